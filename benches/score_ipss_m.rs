//! A table through IPSS-M: rows a second of the whole road from bytes to bytes.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hemoclone::myeloid::ipss_m::{IpssmTable, IpssmTableOptions};
use hemoclone::myeloid::table::score_table;
use hemoclone::patient::TableReader;

/// Rows of the table; the cost of a row does not depend on their number.
const ROWS: usize = 20_000;

const COLUMNS: &str = "ID,HB,PLT,BM_BLAST,del5q,del7_7q,complex,CYTO_IPSSR,del17_17p,TP53mut,TP53maxvaf,TP53loh,MLL_PTD,\
FLT3,ASXL1,BCOR,BCORL1,CBL,CEBPA,DNMT3A,ETV6,EZH2,IDH1,IDH2,KRAS,NF1,NPM1,NRAS,RUNX1,SETBP1,SF3B1,SRSF2,STAG2,U2AF1,\
ETNK1,GATA2,GNB1,PHF6,PPM1D,PRPF8,PTPN11,WT1";

/// Makes a table in which every fifth gene is missing in some rows and mutated in others.
fn made_up() -> String {
    let mut text = format!("{COLUMNS}\n");
    for row in 0..ROWS {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "p{row},{}.{},{},{},{},0,0,Good,0,{},0.{},NA",
            7 + row % 6,
            row % 10,
            20 + row % 300,
            row % 20,
            row % 2,
            row % 3,
            row % 100
        );
        for gene in 0..30 {
            text.push_str(match (row + gene) % 7 {
                0 => ",1",
                1 => ",NA",
                _ => ",0",
            });
        }
        text.push('\n');
    }
    text
}

fn bench(c: &mut Criterion) {
    let text = made_up();
    let mut group = c.benchmark_group("score ipss-m");
    group.throughput(Throughput::Elements(ROWS as u64));
    group.bench_function("rows", |b| {
        b.iter(|| {
            let Ok(mut reader) = TableReader::new(black_box(text.as_bytes()), "made up") else {
                return;
            };
            let model = IpssmTable::new(reader.header(), IpssmTableOptions::default());
            if let Ok(model) = model {
                let scored = score_table(&mut reader, &model, io::sink(), b',');
                assert_eq!(scored.ok().map(|s| (s.rows, s.failed)), Some((ROWS as u64, 0)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
