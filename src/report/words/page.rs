words! { Words = "page";
    title, sample, panel, build, version, rules, sex, age, years,

    colon, open_bracket, close_bracket, to_review, high_risk, high_risk_gene, high_risk_count, high_risk_vaf,
    disclaimer_title, disclaimer,

    driver_calls, driver_calls_caption, no_driver_calls, other_calls, other_calls_intro, no_calls, gene,
    change, status, vaf, interval, no_interval, vaf_missing, reads, strands, normal, caller_filter, no_filter,
    rule_and_sets, against, reasons, position, exon, intron, population, inherited_parts, unresolved,
    unresolved_intro, why, calls_left_out, counts_from,

    risk, risk_intro, pileup, pileup_says, lollipop_length, lollipop_domains, lollipop_regions,
    lollipop_hotspots, lollipop_hotspot, lollipop_region, lollipop_elsewhere, lollipop_no_residue, no_risk,
    no_facts,

    genes, genes_caption, limit_picture, genes_intro, state, class, ipssm, chrs, coverage, depth_lowest,
    detection_limit, calls, largest_vaf, coverage_stated, yes,

    methods, method_vaf, method_interval, method_threshold, method_depth, method_rules, method_limit,

    quality, quality_verdict, quality_intro, quality_reads, quality_depth, quality_assessed, quality_limits,
    copies_title, copies_intro, copies_depth, copies_sites, copies_sites_count, copies_shift, copies_balanced,
    copies_sites_of, copies_tp53, copies_tp53_name, copies_basis, copies_spread, copies_ratio, copies_cells,
    copies_limit, quality_sex, quality_one_x, quality_two_x, quality_unclear_x, none_reached, hotspots_title,
    hotspots_intro, hotspots_counts, sought_title, sought_intro, sought_limit, event_itd, event_stretch,
    allelic_ratio, allelic_ratio_low, allelic_ratio_high, recount, detection_limit_95,

    inputs, inputs_caption, file, format, caller, column, normal_column, panel_records, build_from, reference,
    targets, overrides, none, panel_checksum,

    identity, identity_other, identity_reads, identity_normal,

    warnings, sources, abbreviations,
}
