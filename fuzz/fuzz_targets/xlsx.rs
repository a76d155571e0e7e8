//! The cells of a workbook: parts of a zip archive, divided by lines of `---`, under the names that a workbook gives them.
#![no_main]

use std::io::{Cursor, Write as _};

use hemoclone::sample::SampleSheet;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;

const PARTS: [&str; 4] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
];
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
const WORKBOOK: &str = "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
<sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
const RELATIONS: &str = "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\" \
Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\"/></Relationships>";

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut given = text.split("\n---\n");
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut part = |name: &str, text: &str| {
        zip.start_file(name, stored).expect("a new part");
        zip.write_all(text.as_bytes()).expect("written");
    };
    part("[Content_Types].xml", TYPES);
    part("xl/_rels/workbook.xml.rels", RELATIONS);
    for name in PARTS {
        let usual = if name == "xl/workbook.xml" { WORKBOOK } else { "" };
        part(name, given.next().unwrap_or(usual));
    }
    let bytes = zip.finish().expect("finished").into_inner();
    _ = SampleSheet::read(bytes.as_slice(), "samples.xlsx");
});
