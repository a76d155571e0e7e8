//! `hemoclone*_mqc.json`: custom content of MultiQC, which takes one section from each file.
//!
//! Layout: MultiQC's manual, "Custom content". Data are by sample, so that MultiQC joins the files of several runs.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::output::{Output, Place, RunWriter, Selection, Writer};
use super::table::Row as _;
use super::value::{Cell as _, Fraction, Value};
use super::{ReportError, SummaryRow, file_stem};
use crate::drivers::GeneResult;
use crate::sample::SampleResult;
use crate::text;

/// Columns of MultiQC's general statistics.
pub(super) const MQC: Output = Output {
    name: "mqc",
    place: Place::Run("hemoclone_mqc.json"),
    holds: "for MultiQC: columns of its general statistics",
    about: "Custom content of MultiQC.",
    columns: &[],
    // Not by default: every report in the folder is read again for it, and a folder of reports has one JSON a sample.
    selection: Selection::OnRequest,
    applies: |_| true,
    writer: Writer::Run(|| Box::new(GeneralStatistics)),
};

/// Fractions of the drivers.
pub(super) const MQC_VAF: Output = Output {
    place: Place::Run("hemoclone_vaf_mqc.json"),
    holds: "for MultiQC: the fractions of the drivers",
    writer: Writer::Run(|| Box::new(Section::new(&VAF))),
    ..MQC
};

/// Genes by samples.
pub(super) const MQC_GENES: Output = Output {
    place: Place::Run("hemoclone_genes_mqc.json"),
    holds: "for MultiQC: genes by samples",
    writer: Writer::Run(|| Box::new(Section::new(&GENES))),
    ..MQC
};

/// Detection limits.
pub(super) const MQC_LIMITS: Output = Output {
    place: Place::Run("hemoclone_limits_mqc.json"),
    holds: "for MultiQC: detection limits of the genes; of alignments, or of files that show depth",
    writer: Writer::Run(|| Box::new(Section::new(&LIMITS))),
    ..MQC
};

/// What a section shows.
#[derive(Debug)]
struct Kind {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    plot_type: &'static str,
    options: fn() -> Json,
    /// The numbers of a sample, per cent, by gene.
    numbers: fn(&SampleResult) -> ByGene,
}

/// Genes, each with a share where it is known.
type ByGene = Vec<(String, Option<f64>)>;

const VAF: Kind = Kind {
    id: "hemoclone_vaf",
    name: "Drivers",
    description: "Variant allele fraction of the largest driver of each gene, drivers to review among them.",
    plot_type: "bargraph",
    options: || json!({"ylab": "VAF (%)", "stacking": "group", "cpswitch": false, "tt_decimals": 1}),
    numbers: |result| {
        let mutated = result.genes.iter().filter(|gene| gene.largest_vaf.is_some());
        mutated
            .map(|gene| (gene.gene.clone(), gene.largest_vaf))
            .collect()
    },
};

const GENES: Kind = Kind {
    id: "hemoclone_genes",
    name: "Genes",
    description: "VAF (%) of the largest driver; 0: assessed over the whole gene at the threshold, and no driver found; blank: not \
                  assessed, not in full, or not decided.",
    plot_type: "heatmap",
    options: || json!({"xlab": "Gene", "ylab": "Sample", "min": 0, "square": false, "tt_decimals": 1}),
    numbers: |result| {
        let shown = |gene: &GeneResult| gene.largest_vaf.or_else(|| gene.is_negative().then_some(0.0));
        let genes = result.genes.iter();
        genes.map(|gene| (gene.gene.clone(), shown(gene))).collect()
    },
};

const LIMITS: Kind = Kind {
    id: "hemoclone_limits",
    name: "Detection limits",
    description: "Smallest VAF (%) that would have been called with 95 % power over 95 % of the gene's bases; blank: not known.",
    plot_type: "heatmap",
    options: || json!({"xlab": "Gene", "ylab": "Sample", "min": 0, "square": false, "tt_decimals": 2, "reverse_colors": true}),
    numbers: |result| {
        let limit = |gene: &GeneResult| gene.detection_limit_95.or(gene.detection_limit);
        let genes = result.genes.iter();
        genes.map(|gene| (gene.gene.clone(), limit(gene))).collect()
    },
};

/// A section with a plot.
#[derive(Debug)]
struct Section {
    kind: &'static Kind,
    data: Map<String, Json>,
}

impl Section {
    fn new(kind: &'static Kind) -> Self {
        Self {
            kind,
            data: Map::new(),
        }
    }
}

impl RunWriter for Section {
    fn add(&mut self, result: &SampleResult) {
        let numbers = (self.kind.numbers)(result);
        if numbers.iter().all(|(_, number)| number.is_none()) {
            return;
        }
        let numbers: Map<String, Json> = numbers
            .into_iter()
            .map(|(gene, number)| (gene, number.map_or(Json::Null, percent)))
            .collect();
        self.data
            .insert(shown_name(&result.sample), Json::Object(numbers));
    }

    fn is_empty(&self, _: &[Vec<Value>]) -> bool {
        self.data.is_empty()
    }

    fn write(&mut self, _: &[Vec<Value>], writer: &mut dyn Write) -> Result<(), ReportError> {
        let kind = self.kind;
        let mut options =
            json!({"id": format!("{}_plot", kind.id), "title": format!("hemoclone: {}", kind.name)});
        if let (Some(all), Json::Object(more)) = (options.as_object_mut(), (kind.options)()) {
            all.extend(more);
        }
        let content = json!({
            "id": kind.id,
            "parent_id": "hemoclone",
            "parent_name": "hemoclone",
            "parent_description": "Clonal hematopoiesis: drivers, genes and what could have been seen.",
            "section_name": kind.name,
            "description": kind.description,
            "plot_type": kind.plot_type,
            "pconfig": options,
            "data": self.data,
        });
        write(&content, writer)
    }
}

/// Columns of the summary that go among the general statistics, and how MultiQC shows them.
const COLUMNS: [(&str, &str, &str, bool); 5] = [
    (
        "ch_label",
        "Clonal hematopoiesis",
        "Whether clonal hematopoiesis was found",
        false,
    ),
    ("drivers", "Drivers", "Drivers at or above the threshold", false),
    (
        "largest_vaf",
        "Largest VAF",
        "Fraction of the largest driver clone, drivers to review among them",
        true,
    ),
    (
        "genes_assessed",
        "Genes assessed",
        "Panel genes assessed at the threshold over their whole target",
        false,
    ),
    (
        "median_depth",
        "Depth",
        "Median depth over the target, of alignments",
        false,
    ),
];

/// Columns of the general statistics, from the summary.
#[derive(Debug)]
struct GeneralStatistics;

impl RunWriter for GeneralStatistics {
    fn add(&mut self, _: &SampleResult) {}

    fn is_empty(&self, summary: &[Vec<Value>]) -> bool {
        summary.is_empty()
    }

    fn write(&mut self, summary: &[Vec<Value>], writer: &mut dyn Write) -> Result<(), ReportError> {
        let place = |name: &str| SummaryRow::COLUMNS.iter().position(|column| column.name == name);
        let mut headers = Map::new();
        let mut data = Map::new();
        for row in summary {
            let mut shown = Map::new();
            for (name, _, _, is_share) in COLUMNS {
                match place(name).and_then(|place| row.get(place)) {
                    None | Some(Value::Missing) => {}
                    Some(Value::Number { value, .. }) if is_share => {
                        shown.insert(name.to_owned(), percent(*value));
                    }
                    Some(value) => {
                        shown.insert(name.to_owned(), value.json());
                    }
                }
            }
            if let Some(Value::Text(sample)) = row.first() {
                data.insert(shown_name(sample), Json::Object(shown));
            }
        }
        for (name, title, description, is_share) in COLUMNS {
            let mut header = json!({"title": title, "description": description});
            if is_share {
                header["suffix"] = json!("%");
                header["min"] = json!(0);
                header["max"] = json!(100);
                header["format"] = json!("{:,.1f}");
            } else if name != "ch_label" {
                header["format"] = json!("{:,.0f}");
            }
            headers.insert(name.to_owned(), header);
        }
        let content = json!({
            "id": "hemoclone",
            "plot_type": "generalstats",
            "headers": headers,
            "data": data,
        });
        write(&content, writer)
    }
}

/// Returns a share as per cent with four decimals, as many as the tables have.
fn percent(share: f64) -> Json {
    let cell = Fraction(share * 100.0).value();
    match cell {
        Value::Number { value, .. } => json!((value * 10_000.0).round() / 10_000.0),
        _ => Json::Null,
    }
}

/// Returns a name as it may stand in MultiQC's page, which does not escape it.
fn shown_name(sample: &str) -> String {
    if sample.is_empty() || sample.contains(['<', '>', '&', '"', '\'']) {
        file_stem(sample)
    } else {
        text::terminal(sample).into_owned()
    }
}

fn write(content: &Json, writer: &mut dyn Write) -> Result<(), ReportError> {
    let text = serde_json::to_string_pretty(content)?;
    writeln!(writer, "{}", text::json(&text)).map_err(ReportError::Write)
}
