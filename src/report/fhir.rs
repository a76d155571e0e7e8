//! `<sample>.fhir.json`: the report as a FHIR R4 collection, for hospital and laboratory information systems.
//!
//! Codes are those of the HL7 Genomics Reporting Implementation Guide (input/fsh/CGFindings.fsh, CGGeneral.fsh and its examples). No
//! profile of it is claimed: what the guide demands beyond R4 (codes of HGNC for genes) is not held here. LOINC codes are
//! copyright of Regenstrief Institute, Inc. and the LOINC Committee, and free to use (loinc.org/license).

use std::io::Write;

use serde_json::{Map, Value, json};

use super::output::{Output, Place, Selection, Writer};
use super::summary::SummaryRow;
use super::value::{List, Number};
use super::words::{Bilingual, Label as _, Languages, page_phrases};
use super::{ReportError, html};
use crate::drivers::{Call, CallStatus, GeneState, Reason};
use crate::genome::{Allele, Build, EventKind, Sex, VariantKind};
use crate::patient::Date;
use crate::sample::SampleResult;
use crate::text;

/// The report as FHIR.
pub(super) const FHIR: Output = Output {
    name: "fhir",
    place: Place::Sample(".fhir.json"),
    holds: "the report as FHIR R4 resources, for information systems of hospitals and laboratories",
    about: "A Bundle (collection) of a preliminary DiagnosticReport, its Patient and Specimen, an Observation for each driver, driver to \
            review or variant of uncertain significance, for each score and classification that is known, and for what was \
            assessed. Codes follow the HL7 Genomics Reporting guide, whose profiles are not claimed. What is not known is left out.",
    columns: &[],
    selection: Selection::OnRequest,
    applies: |_| true,
    writer: Writer::Sample(|writer, result, languages| write_fhir(writer, result, languages)),
};

const LOINC: &str = "http://loinc.org";
const HGVS: &str = "http://varnomen.hgvs.org";
const REFSEQ: &str = "http://www.ncbi.nlm.nih.gov/refseq";
const SEQUENCE_ONTOLOGY: &str = "http://www.sequenceontology.org";
const UCUM: &str = "http://unitsofmeasure.org";
const CATEGORY: &str = "http://terminology.hl7.org/CodeSystem/observation-category";
const SERVICE: &str = "http://terminology.hl7.org/CodeSystem/v2-0074";
/// The extension of R4 by which a string stands in another language.
const TRANSLATION: &str = "http://hl7.org/fhir/StructureDefinition/translation";

fn write_fhir(
    writer: &mut dyn Write,
    result: &SampleResult,
    languages: &Languages,
) -> Result<(), ReportError> {
    let bundle = Collection::of(result).bundle(languages);
    let json = serde_json::to_string_pretty(&bundle)?;
    writer
        .write_all(text::json(&json).as_bytes())
        .and_then(|()| writer.write_all(b"\n"))
        .map_err(ReportError::Write)
}

/// The resources of a sample in the making.
struct Collection<'a> {
    result: &'a SampleResult,
    /// Address and resource.
    entries: Vec<(String, Value)>,
}

impl<'a> Collection<'a> {
    fn of(result: &'a SampleResult) -> Self {
        let mut collection = Self {
            result,
            entries: Vec::new(),
        };
        for call in result.calls.iter().filter(|call| is_told(call.status)) {
            let observation = collection.variant(call);
            collection.add_observation(&call.variant.key(), observation);
        }
        for (name, value, components) in measures(result) {
            let observation = measure(name, &value, components);
            collection.add_observation(name, observation);
        }
        collection.add_observation("genes", assessed(result));
        collection
    }

    /// Returns the bundle, the report in front of what it refers to.
    fn bundle(self, languages: &Languages) -> Value {
        let of_person = [("Patient", self.patient()), ("Specimen", self.specimen())];
        let report = self.report(languages);
        let first = [(self.address("DiagnosticReport"), report)];
        let of_person = of_person.map(|(kind, resource)| (self.address(kind), resource));
        let entries: Vec<Value> = first
            .into_iter()
            .chain(of_person)
            .chain(self.entries)
            .map(|(address, resource)| json!({ "fullUrl": address, "resource": resource }))
            .collect();
        json!({ "resourceType": "Bundle", "type": "collection", "entry": entries })
    }

    /// Returns the address of a resource: the same for the same sample and place, since the same input makes the same bytes.
    fn address(&self, place: &str) -> String {
        let digest = text::sha256(format!("{}\n{place}", self.result.sample).as_bytes());
        // RFC 9562, section 5.8: version 8 is for digests of one's own; the variant is binary 10.
        format!(
            "urn:uuid:{}-{}-8{}-8{}-{}",
            &digest[..8],
            &digest[8..12],
            &digest[12..15],
            &digest[15..18],
            &digest[18..30]
        )
    }

    fn reference(&self, place: &str) -> Value {
        json!({ "reference": self.address(place) })
    }

    /// Adds an observation; one without an answer is none.
    fn add_observation(&mut self, place: &str, parts: Map<String, Value>) {
        let mut observation = object(json!({
            "resourceType": "Observation",
            "status": "preliminary",
            "category": [
                { "coding": [{ "system": CATEGORY, "code": "laboratory" }] },
                { "coding": [{ "system": SERVICE, "code": "GE" }] },
            ],
        }));
        observation.extend(parts);
        observation.insert("subject".into(), self.reference("Patient"));
        observation.insert("specimen".into(), self.reference("Specimen"));
        self.put_time_and_performer(&mut observation);
        let place = format!("Observation {place}");
        self.entries
            .push((self.address(&place), Value::Object(observation)));
    }

    /// What it is of is the time of collection (R4, Observation.effective), where a date is given.
    fn put_time_and_performer(&self, resource: &mut Map<String, Value>) {
        let given = &self.result.report;
        put(resource, "effectiveDateTime", day(given.collected.as_deref()));
        if let Some(laboratory) = said(given.laboratory.as_deref()) {
            resource.insert("performer".into(), json!([{ "display": laboratory }]));
        }
    }

    fn patient(&self) -> Value {
        let report = &self.result.report;
        let gender = match self.result.sex {
            Some(Sex::Male) => "male",
            Some(Sex::Female) => "female",
            None => "unknown",
        };
        let mut patient = object(json!({ "resourceType": "Patient" }));
        if let Some(id) = said(report.patient_id.as_deref()) {
            patient.insert("identifier".into(), json!([{ "value": id }]));
        }
        patient.insert("gender".into(), gender.into());
        put(&mut patient, "birthDate", day(report.birth_date.as_deref()));
        Value::Object(patient)
    }

    fn specimen(&self) -> Value {
        let report = &self.result.report;
        let mut specimen = object(json!({ "resourceType": "Specimen" }));
        if let Some(name) = said(Some(&self.result.sample)) {
            specimen.insert("identifier".into(), json!([{ "value": name }]));
        }
        if let Some(kind) = said(report.specimen.as_deref()) {
            specimen.insert("type".into(), json!({ "text": kind }));
        }
        specimen.insert("subject".into(), self.reference("Patient"));
        put(&mut specimen, "receivedTime", day(report.received.as_deref()));
        if let Some(collected) = day(report.collected.as_deref()) {
            specimen.insert("collection".into(), json!({ "collectedDateTime": collected }));
        }
        Value::Object(specimen)
    }

    fn report(&self, languages: &Languages) -> Value {
        let mut report = object(json!({
            "resourceType": "DiagnosticReport",
            // Nobody has signed it.
            "status": "preliminary",
            "category": [{ "coding": [{ "system": SERVICE, "code": "GE" }] }],
            "code": { "coding": [{ "system": LOINC, "code": "51969-4" }], "text": "Clonal hematopoiesis" },
            "subject": self.reference("Patient"),
        }));
        self.put_time_and_performer(&mut report);
        report.insert("specimen".into(), json!([self.reference("Specimen")]));
        let results = self
            .entries
            .iter()
            .map(|(address, _)| json!({ "reference": address }));
        report.insert("result".into(), results.collect());
        let mut sentences = html::answer(self.result, languages);
        sentences.push(languages.say(page_phrases::disclaimer));
        put_conclusion(&mut report, &sentences);
        Value::Object(report)
    }

    fn variant(&self, call: &Call) -> Map<String, Value> {
        let mut parts = object(json!({
            "code": { "coding": [{ "system": LOINC, "code": "69548-6" }], "text": variant_name(call) },
            "valueCodeableConcept": { "coding": [{ "system": LOINC, "code": "LA9633-4", "display": "Present" }] },
        }));
        let reason = |reason: &Reason| format!("{} ({})", reason.code.label().en(), reason.detail);
        let reasons: Vec<String> = call.reasons.iter().map(reason).collect();
        let status = call.status.label().en();
        let note = format!("{status}. {}", reasons.join("; "));
        parts.insert("note".into(), json!([{ "text": plain(&note) }]));
        parts.insert(
            "component".into(),
            Value::Array(components(call, self.result.build)),
        );
        parts
    }
}

/// Whether a call is told of as a variant of the sample: what looks inherited, like an artifact, or lies below the threshold is not.
fn is_told(status: CallStatus) -> bool {
    matches!(
        status,
        CallStatus::Driver | CallStatus::DriverReview | CallStatus::Uncertain
    )
}

fn variant_name(call: &Call) -> String {
    match call.consequence.change() {
        Some(change) => format!("{} {change}", call.consequence.gene),
        None => format!("{} {}", call.consequence.gene, call.variant.key()),
    }
}

/// Returns the parts of a variant; what is not known has none.
fn components(call: &Call, build: Build) -> Vec<Value> {
    let consequence = &call.consequence;
    let transcript = &consequence.transcript;
    let mut components = vec![
        component(
            "48018-6",
            "valueCodeableConcept",
            json!({ "text": consequence.gene }),
        ),
        component("51958-7", "valueCodeableConcept", concept(REFSEQ, transcript)),
    ];
    if let Some(change) = &consequence.hgvs_c {
        let change = concept(HGVS, &format!("{transcript}:{change}"));
        components.push(component("48004-6", "valueCodeableConcept", change));
    }
    if let Some(change) = &consequence.hgvs_p {
        // HGVS wants the sequence of the protein in front, whose name is not at hand: so it is text and no code.
        components.push(component(
            "48005-3",
            "valueCodeableConcept",
            json!({ "text": change }),
        ));
    }
    components.extend(place(&call.variant, build));
    if let Some(vaf) = call.evidence.vaf {
        // Six decimals, as in the tables: readers of FHIR do not take the digits of a double.
        let vaf = (vaf * 1e6).round() / 1e6;
        components.push(component("81258-6", "valueQuantity", quantity(&json!(vaf), None)));
    }
    if let Some(count) = call.evidence.alt_count {
        let count = quantity(&json!(count), Some("fragments"));
        components.push(component("82121-5", "valueQuantity", count));
    }
    components
}

fn concept(system: &str, code: &str) -> Value {
    json!({ "coding": [{ "system": system, "code": code }] })
}

/// Returns what an allele is and where; the bases of a sequence only.
fn place(allele: &Allele, build: Build) -> Vec<Value> {
    let (assembly, name) = match build {
        Build::Grch37 => ("LA14029-5", "GRCh37"),
        Build::Grch38 => ("LA26806-2", "GRCh38"),
    };
    let coded = |system: &str, code: &str, name: &str| json!({ "coding": [{ "system": system, "code": code, "display": name }] });
    let assembly = coded(LOINC, assembly, name);
    let chromosome = json!({ "text": allele.chromosome().name() });
    let range = json!({ "low": { "value": allele.position() }, "high": { "value": allele.end() } });
    let mut components = vec![
        component("62374-4", "valueCodeableConcept", assembly),
        component("48000-4", "valueCodeableConcept", chromosome),
        component("92822-6", "valueCodeableConcept", concept(LOINC, "LA30102-0")),
        component("81254-5", "valueRange", range),
    ];
    if let Some((kind, name)) = change_type(allele) {
        let kind = coded(SEQUENCE_ONTOLOGY, kind, name);
        components.push(component("48019-4", "valueCodeableConcept", kind));
    }
    if let Allele::Sequence(variant) = allele {
        components.extend([
            component("69547-8", "valueString", variant.reference().into()),
            component("69551-0", "valueString", variant.alternate().into()),
        ]);
    }
    components
}

/// Returns the kind of change in the Sequence Ontology.
fn change_type(allele: &Allele) -> Option<(&'static str, &'static str)> {
    Some(match allele {
        Allele::Sequence(variant) => match variant.kind() {
            VariantKind::Snv => ("SO:0001483", "SNV"),
            VariantKind::Mnv => ("SO:0002007", "MNV"),
            VariantKind::Insertion => ("SO:0000667", "insertion"),
            VariantKind::Deletion => ("SO:0000159", "deletion"),
            VariantKind::Delins => ("SO:1000032", "delins"),
        },
        Allele::Event(event) => match event.kind {
            EventKind::Duplication => ("SO:1000173", "tandem_duplication"),
            EventKind::Insertion => ("SO:0000667", "insertion"),
            EventKind::Deletion => ("SO:0000159", "deletion"),
            _ => return None,
        },
    })
}

/// An answer for the sample: what it is of, the answer, and its parts by name.
type Measure = (&'static str, String, Vec<(&'static str, Value)>);

/// Returns stage, types and scores, as far as they are known.
fn measures(result: &SampleResult) -> Vec<Measure> {
    let row = SummaryRow::new(result);
    let score = |number: Option<Number>| number.map(|Number(n)| ("score", quantity(&json!(n), None)));
    let mut measures: Vec<Measure> = vec![("Clonal hematopoiesis", row.ch_label.to_owned(), Vec::new())];
    let stage = match (&row.stage_label, &row.possible_stages) {
        (Some(stage), _) => Some((*stage).to_owned()),
        (None, Some(List(possible))) => Some(format!("open: {}", possible.join(", "))),
        (None, None) => None,
    };
    measures.extend(stage.map(|stage| ("Stage", stage, Vec::new())));
    let text = |value: &Option<String>| value.clone();
    let word = |value: Option<&'static str>| value.map(str::to_owned);
    let further = [
        ("Type by WHO 2022", text(&row.who5_label), None),
        ("Type by ICC 2022", text(&row.icc_label), None),
        ("IPSS-R", word(row.ipssr_category), score(row.ipssr_score)),
        ("IPSS-M", word(row.ipssm_category), score(row.ipssm_score)),
        ("CHRS", word(row.chrs_group), score(row.chrs_score)),
        ("CCRS", word(row.ccrs_group), score(row.ccrs_score)),
        ("ELN 2022", word(row.eln_2022), None),
        ("ELN 2024, less intensive therapy", word(row.eln_2024), None),
        (
            "Stage of the plasma-cell road",
            text(&row.plasma_cell_stage_label),
            None,
        ),
    ];
    for (name, value, score) in further {
        measures.extend(value.map(|value| (name, value, score.into_iter().collect())));
    }
    measures
}

fn measure(name: &str, value: &str, parts: Vec<(&'static str, Value)>) -> Map<String, Value> {
    let mut observation = object(json!({ "code": { "text": name }, "valueString": plain(value) }));
    if !parts.is_empty() {
        let components = parts
            .into_iter()
            .map(|(name, value)| json!({ "code": { "text": name }, "valueQuantity": value }));
        observation.insert("component".into(), components.collect());
    }
    observation
}

/// Returns which genes were looked at: a gene without a variant is no negative where it was not.
fn assessed(result: &SampleResult) -> Map<String, Value> {
    let states = [
        ("Mutated", GeneState::Mutated),
        ("Undecided", GeneState::Undecided),
        ("Variants, none of them a driver", GeneState::NoDriver),
        ("Assessed, no driver detected", GeneState::NotDetected),
        ("Partly assessed", GeneState::PartlyAssessed),
        ("Not assessed", GeneState::NotAssessed),
    ];
    let components = states.into_iter().filter_map(|(name, state)| {
        let of_state = result.genes.iter().filter(|gene| gene.state == state);
        let genes: Vec<&str> = of_state.map(|gene| gene.gene.as_str()).collect();
        (!genes.is_empty()).then(|| json!({ "code": { "text": name }, "valueString": genes.join(", ") }))
    });
    let panel = format!("{} {}", result.panel.name, result.panel.version);
    object(json!({
        "code": { "text": "Genes of the panel" },
        "method": { "text": format!("{} {}, panel {}", result.program.name, result.program.version, plain(&panel)) },
        "component": components.collect::<Vec<Value>>(),
    }))
}

fn component(code: &str, kind: &str, value: Value) -> Value {
    let mut component = object(json!({ "code": { "coding": [{ "system": LOINC, "code": code }] } }));
    component.insert(kind.to_owned(), value);
    Value::Object(component)
}

/// A number without a unit: `1` of UCUM.
fn quantity(value: &Value, of: Option<&str>) -> Value {
    let mut quantity = object(json!({ "value": value }));
    if let Some(of) = of {
        quantity.insert("unit".into(), of.into());
    }
    quantity.insert("system".into(), UCUM.into());
    quantity.insert("code".into(), "1".into());
    Value::Object(quantity)
}

/// Puts the sentences in the first language, and beside them in the others.
fn put_conclusion(report: &mut Map<String, Value>, sentences: &[Bilingual]) {
    let codes: Vec<&str> = sentences
        .iter()
        .flat_map(Bilingual::parts)
        .filter_map(|(language, _)| language)
        .collect();
    let Some(first) = codes.first() else {
        return;
    };
    let said_in = |code: &str| {
        let sentence = |sentence: &Bilingual| {
            let mut parts = sentence.parts().filter(|(l, _)| l.is_none_or(|l| l == code));
            parts.next().map(|(_, text)| plain(text))
        };
        let sentences: Vec<String> = sentences.iter().filter_map(sentence).collect();
        let stop = if code == "ja" { "。" } else { ". " };
        sentences.join(stop)
    };
    let conclusion = said_in(first);
    let narrative = conclusion
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let narrative = format!("<div xmlns=\"http://www.w3.org/1999/xhtml\">{narrative}</div>");
    report.insert("text".into(), json!({ "status": "generated", "div": narrative }));
    report.insert("conclusion".into(), conclusion.into());
    if let Some(other) = codes.iter().find(|code| *code != first) {
        let translation = json!([{
            "url": TRANSLATION,
            "extension": [
                { "url": "lang", "valueCode": other },
                { "url": "content", "valueString": said_in(other) },
            ],
        }]);
        report.insert("_conclusion".into(), json!({ "extension": translation }));
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn put(resource: &mut Map<String, Value>, name: &str, value: Option<String>) {
    if let Some(value) = value {
        resource.insert(name.to_owned(), value.into());
    }
}

/// Returns a date as FHIR writes it; text that is none is left out, for a reader would refuse it.
fn day(given: Option<&str>) -> Option<String> {
    Date::parse(given?.trim()).map(|date| date.to_string())
}

/// Returns text from strangers; FHIR has neither control characters nor empty strings.
fn said(given: Option<&str>) -> Option<String> {
    Some(plain(given?)).filter(|text| !text.is_empty())
}

fn plain(text: &str) -> String {
    text::terminal(text).trim().to_owned()
}
