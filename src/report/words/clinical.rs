words! { ClinicalWords = "clinical";
    myeloid, not_staged, not_certain, beside, contradictions, reasons, needed, given, cytopenia_mark,
    high_mark, classification, classification_idle, none_matches, open_types, open_types_only,
    rules_looked_at, rule_yes, rule_no, rule_unknown, rule_not_looked_for, karyotype, karyotype_group,
    karyotype_fusions, row_of_table, changes, clones, normal_clone, cells, notes_en, scores, only_if_mds,
    only_if_ch, not_mds, only_if_ccus, only_if_aml, open_genes, median_survival_months,
    median_survival_not_reached, category, score, not_computed, best, mean, worst, scenario, without_mutation,
    outcome_only_without, range_of, outcome, contributions, variable, points, value, missing, nothing_missing,
    gene_columns, basis, age_adjusted, median_survival, median_survival_range, leukemia_free, leukemia_at,
    quarter_leukemia, quarter_not_reached, share, ten_years, two_years, remarks, yearly_risk, next_steps,
    level, level_proposal, levels_note, background, background_intro, mds_types_asked, outside_mds, asked_yes,
    asked_no, feature_yes, feature_no, colon, separator, open_bracket, close_bracket, semicolon, source,
    groups_note,

    model_says_high, model_says_not_high, plasma, plasma_page, patients, definition, events, event, state,
    rule, values, needs, could_become, models, model, factors, group, progression, within_years,
    progression_within, survival, competing, relative, model_if, factor_present, factor_absent,
    factor_unknown, stage_progression, follow_up, tests, evidence, serial, findings, carried_from,
}
