//! Members made in code.

use super::member::{Digest, Gene, Known, Member, Seen, State};
use crate::drivers::CallStatus;

pub(super) fn gene(state: State, known: Known) -> Gene {
    Gene(state, known, None)
}

pub(super) fn member(sample: &str, genes: Vec<Gene>) -> Member {
    Member {
        sample: sample.to_owned(),
        digest: Digest::of(sample.as_bytes()),
        batch: None,
        page: None,
        sex: None,
        age: None,
        ch: "none_called".to_owned(),
        stage: None,
        quality: None,
        doubts: Vec::new(),
        depth: None,
        depth_of_target: false,
        assessed: None,
        callers: Vec::new(),
        version: "0.1.0".to_owned(),
        genes,
        calls: Vec::new(),
    }
}

pub(super) fn seen(key: &str, (alternative, depth): (u32, u32), status: CallStatus) -> Seen {
    let vaf = f64::from(alternative) / f64::from(depth);
    Seen {
        key: key.to_owned(),
        gene: 0,
        name: "p.A1V".to_owned(),
        coding: None,
        status,
        vaf: Some(vaf),
        counts: Some((alternative, depth)),
        strands: None,
        is_listed: false,
        is_doubted: status == CallStatus::ArtifactSuspected,
        is_carried: vaf >= 0.25,
    }
}
