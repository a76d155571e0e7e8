//! Sites of alleles, each visited with the reads over it.

use std::collections::BTreeMap;

use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::region::{Chunk, TargetRegion};
use crate::alignments::reads::visit::{ChunkVisitor, visit};

/// Visits sites, each with the reads over it, in the order of their regions. No two sites share a region.
pub(crate) fn visit_sites<S, V>(
    file: &AlignmentFile,
    sites: Vec<S>,
    chunk_of: fn(&S) -> Chunk,
    make: &(dyn Fn(&S) -> V + Sync),
) -> Result<Vec<V::Output>, AlignmentError>
where
    S: Sync,
    V: ChunkVisitor,
{
    let by_region: BTreeMap<TargetRegion, S> = sites
        .into_iter()
        .map(|site| (chunk_of(&site).region, site))
        .collect();
    let mut outputs = Vec::with_capacity(by_region.len());
    visit::<V, AlignmentError>(
        file,
        by_region.values().map(chunk_of).collect(),
        &|chunk| {
            let site = by_region.get(&chunk.region).ok_or_else(|| AlignmentError::Open {
                path: file.path.clone(),
                message: "a site without indels".to_owned(),
            })?;
            Ok(make(site))
        },
        &mut |output| {
            outputs.push(output);
            Ok(())
        },
    )?;
    Ok(outputs)
}
