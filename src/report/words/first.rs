//! The words of the first page: whose sample, the answer, the road, drivers, risk, what to do, what was not assessed.

words! { FirstWords = "first";
    patient_id, birth_date, specimen, collected, received, reported, laboratory, requester,

    title_aml, title_aml_open, title_mm, title_mds, title_cmml, title_smm, title_plasma_other, title_clone,
    title_cytopenia, title_mgus, title_review, title_open, title_none, title_nothing,

    two_open, many_open, only_after_exclusion, no_ch, no_ch_certain, no_ch_explained, or, unstaged_present,
    unstaged_review, unstaged_none, types, one_clone, clones, and, more_genes, to_review, only_review,
    many_clones, largest_in_doubt, vaf_not_known, no_driver, genes_open, no_proof, provisional, plasma_open,

    first, also, urgent_other_person, urgent_swap, urgent_quality, urgent_mm, urgent_mpn, urgent_germline,
    urgent_many, urgent_contradiction, short_swap, short_quality, short_mpn, short_germline, short_many,
    short_contradiction, short_mm,

    road, myeloid_road, plasma_road, here, somewhere_here, here_if_excluded, off_the_road, not_staged,

    drivers, no_drivers, gene_change, scale, vaf_interval, reads, status, sure, review, more_drivers,
    scale_note,

    risk, no_score, not_scored, open_category, best, worst, if_mds, if_ccus, if_ch, if_aml, if_stage,
    median_survival, myeloid_ten_years, myeloid_two_years, group_figures, cardiovascular,

    next, decide, plasma_step, nothing_open, more_steps, more_plasma_steps, count_blood, decide_calls,
    ask_coverage, sequence_deeper, nothing_to_do, decide_counts, decide_eln, decide_coverage, confirm_ptd,
    confirm_shift, confirm_region, decide_review,

    not_assessed, chips_undecided, chips_shallow, chips_unknown, chips_not_targeted, chips_part, chips_stated,
    chips_shown, chips_limit, not_negative, chips_mutated, chips_mutated_many, not_looked_for, kmt2a_ptd,
    flt3_itd_lengths, kmt2a_ptd_by_depth, flt3_itd, off_panel, unresolved,

    reviewed_by, signature, date, contents, unfold, print_hint, warnings_count,
}
