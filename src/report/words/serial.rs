//! The words of the page of a person over time.

words! { SerialWords = "serial";
    serial_title, person, visits, visits_n, clones, no_clones, clones_caption, clone, course, last_vaf,
    growth, growth_interval, doubling, halving, reaches, change, unknown_before, unknown_after, no_growth,
    bound_only, from_years, years, at_least, at_most, no_bound, or_never, reached, beyond, per_cent_a_year,
    fold_first, fold_peak, fold_nadir, picture, picture_caption, sights, below_limit, limit_from,
    not_assessed, fraction_only, counts, date, sample, hemoglobin, platelets, neutrophils, white_cells,
    monocytes, marrow_blasts, m_protein, stage, possible, types, scores, changes, no_changes, item, before,
    after, pairs, pairs_intro, one_clone, warnings, methods, method_model, method_interval, method_times,
    method_folds, method_assumed, method_binomial, method_spread, method_given, abbreviation_vaf, assumption,
    history, history_grown, history_seen, history_none, history_more, history_other_person,
}
