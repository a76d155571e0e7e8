//! The words of the pages of `compare`.

words! { CompareWords = "compare";
    truth_title, changes_title, truth, samples, sample, program, colon, result, requirement, value, met,
    not_met, cannot_be_told, no_requirements, all_met, some_not_met, found, missed, not_assessed,
    false_positive, extra, about_found, about_missed, about_not_assessed, about_false, about_extra, none,
    more_rows, more_changes, picture_vaf, picture_vaf_about, no_vaf, true_vaf, observed_vaf,
    picture_sensitivity, picture_sensitivity_about, figures, kind, all, vaf, sensitivity, precision, bias,
    rmse, in_interval, above_limit, change, place, reasons, found_as, warnings, methods, method_match,
    method_intervals, method_assessed, method_partial, snv, mnv, insertion, deletion, complex, event,
    set_aside, coverage_not_stated, off_panel, outside_targets, too_shallow, place_not_sure,
    matched_haplotype, matched_event, unchanged, changed, sample_missing, sample_added, field, before, after,
    difference, added, removed, differs, provenance, tolerated, not_counted,
}
