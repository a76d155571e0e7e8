//! The region engine: brings the reads of each chunk to a visitor, over threads, and hands out the results in order.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;
use rust_htslib::bam::Record;

use super::same_bases::SameBases;
use crate::alignments::input::cigar::reference_length;
use crate::alignments::input::error::AlignmentError;
use crate::alignments::input::file::AlignmentFile;
use crate::alignments::input::region::{Chunk, Span, TargetRegion, spans};
use crate::alignments::input::source::{Source, SourceError};

/// What is done with the reads of one chunk.
pub(crate) trait ChunkVisitor: Send {
    /// What comes of it.
    type Output: Send;
    /// Takes a record that overlaps the chunk, in coordinate order.
    fn take(&mut self, record: &Record);
    /// Ends the chunk.
    fn finish(self) -> Self::Output;
}

/// Spans that are worked on before their results are handed out: bounds what waits for its turn.
const BATCH: usize = 64;

/// Visits every chunk once and hands out the results in the order of the chunks, whatever the number of threads.
///
/// With an index, threads of the current rayon pool share the spans; without, the file is read once from its start, which
/// needs it sorted.
pub(crate) fn visit<V, E>(
    file: &AlignmentFile,
    chunks: Vec<Chunk>,
    make: &(dyn Fn(&Chunk) -> Result<V, E> + Sync),
    each: &mut dyn FnMut(V::Output) -> Result<(), E>,
) -> Result<(), E>
where
    V: ChunkVisitor,
    E: From<AlignmentError> + Send,
{
    let spans = spans(chunks, file.format);
    let regions: Vec<TargetRegion> = spans.iter().filter_map(Span::region).collect();
    if file.can_use_index(&regions) {
        let readers = Readers {
            file,
            same: SameBases::new(file),
            idle: Mutex::new(Vec::new()),
        };
        for batch in spans.chunks(BATCH) {
            let results: Vec<Result<Vec<V::Output>, E>> =
                batch.par_iter().map(|span| readers.visit(span, make)).collect();
            for outputs in results {
                outputs?.into_iter().try_for_each(&mut *each)?;
            }
        }
    } else {
        stream(file, spans, make, each)?;
    }
    Ok(file.check_unchanged()?)
}

/// Open readers, taken by the thread that needs one.
struct Readers<'f> {
    file: &'f AlignmentFile,
    same: SameBases<'f>,
    idle: Mutex<Vec<Source>>,
}

impl Readers<'_> {
    fn visit<V, E>(
        &self,
        span: &Span,
        make: &(dyn Fn(&Chunk) -> Result<V, E> + Sync),
    ) -> Result<Vec<V::Output>, E>
    where
        V: ChunkVisitor,
        E: From<AlignmentError>,
    {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => self.file.indexed()?,
        };
        let mut outputs = Vec::with_capacity(span.chunks.len());
        let mut dispatch = Dispatch::new(span.chunks.clone().into(), make);
        let result = self.read(&mut reader, span, &mut dispatch, &mut |output| {
            outputs.push(output);
            Ok(())
        });
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(reader);
        result.map(|()| outputs)
    }

    fn read<V, E>(
        &self,
        reader: &mut Source,
        span: &Span,
        dispatch: &mut Dispatch<'_, V, E>,
        each: &mut dyn FnMut(V::Output) -> Result<(), E>,
    ) -> Result<(), E>
    where
        V: ChunkVisitor,
        E: From<AlignmentError>,
    {
        let Some(TargetRegion { contig, start, end }) = span.region() else {
            return Ok(());
        };
        let failed = |error: SourceError| {
            let name = self.file.contigs.get(contig as usize).map_or("?", |c| &c.name);
            self.file
                .record_error(format!("in {name}:{}-{end}", start + 1), error)
        };
        reader.fetch(contig, start, end).map_err(failed)?;
        let mut record = Record::new();
        while let Some(result) = reader.read(&mut record) {
            result.map_err(failed)?;
            self.same.spell_out(&mut record)?;
            dispatch.take(&record, each)?;
        }
        dispatch.finish(each)
    }
}

/// Reads a sorted file from its start to its end.
fn stream<V, E>(
    file: &AlignmentFile,
    spans: Vec<Span>,
    make: &(dyn Fn(&Chunk) -> Result<V, E> + Sync),
    each: &mut dyn FnMut(V::Output) -> Result<(), E>,
) -> Result<(), E>
where
    V: ChunkVisitor,
    E: From<AlignmentError>,
{
    let unsorted = |found: String| AlignmentError::Unsorted {
        path: file.path.clone(),
        found,
    };
    let mut dispatch = Dispatch::new(spans.into_iter().flat_map(|s| s.chunks).collect(), make);
    let mut reader = file.to_the_end()?;
    let same = SameBases::new(file);
    let mut record = Record::new();
    let mut last = (0, 0);
    let place = |(contig, column): (i32, i64)| {
        let contig = usize::try_from(contig).ok().and_then(|c| file.contigs.get(c));
        contig.map_or("at the start".to_owned(), |c| {
            format!("behind {}:{}", c.name, column + 1)
        })
    };
    while let Some(result) = reader.read(&mut record) {
        result.map_err(|e| file.record_error(place(last), e))?;
        if record.tid() < 0 {
            break; // Reads without a place end a sorted file.
        }
        let here = (record.tid(), record.pos());
        if here < last {
            let name = String::from_utf8_lossy(record.qname()).into_owned();
            return Err(unsorted(format!("read {name:?} stands {}", place(last))).into());
        }
        last = here;
        same.spell_out(&mut record)?;
        dispatch.take(&record, each)?;
    }
    dispatch.finish(each)
}

/// Chunks in order, of which those around the current position are open.
struct Dispatch<'m, V, E> {
    ahead: VecDeque<Chunk>,
    open: VecDeque<(Chunk, V)>,
    make: &'m (dyn Fn(&Chunk) -> Result<V, E> + Sync),
}

impl<'m, V: ChunkVisitor, E> Dispatch<'m, V, E> {
    fn new(ahead: VecDeque<Chunk>, make: &'m (dyn Fn(&Chunk) -> Result<V, E> + Sync)) -> Self {
        Self {
            ahead,
            open: VecDeque::new(),
            make,
        }
    }

    fn take(&mut self, record: &Record, each: &mut dyn FnMut(V::Output) -> Result<(), E>) -> Result<(), E> {
        let (Ok(contig), Ok(first)) = (u32::try_from(record.tid()), u32::try_from(record.pos())) else {
            return Ok(());
        };
        let end = first.saturating_add(reference_length(record.raw_cigar()));
        while let Some((chunk, _)) = self.open.front() {
            if (chunk.region.contig, chunk.region.end) > (contig, first) {
                break;
            }
            self.close(each)?;
        }
        while let Some(chunk) = self.ahead.front() {
            if (chunk.region.contig, chunk.region.start) >= (contig, end) {
                break;
            }
            if let Some(chunk) = self.ahead.pop_front() {
                let visitor = (self.make)(&chunk)?;
                self.open.push_back((chunk, visitor));
            }
            // A chunk that lies wholly before the read had no reads.
            while self
                .open
                .front()
                .is_some_and(|(c, _)| (c.region.contig, c.region.end) <= (contig, first))
            {
                self.close(each)?;
            }
        }
        for (chunk, visitor) in &mut self.open {
            if chunk.region.contig == contig && chunk.region.start < end && first < chunk.region.end {
                visitor.take(record);
            }
        }
        Ok(())
    }

    fn close(&mut self, each: &mut dyn FnMut(V::Output) -> Result<(), E>) -> Result<(), E> {
        match self.open.pop_front() {
            Some((_, visitor)) => each(visitor.finish()),
            None => Ok(()),
        }
    }

    fn finish(&mut self, each: &mut dyn FnMut(V::Output) -> Result<(), E>) -> Result<(), E> {
        while let Some(chunk) = self.ahead.pop_front() {
            let visitor = (self.make)(&chunk)?;
            self.open.push_back((chunk, visitor));
            while self.open.len() > 1 {
                self.close(each)?;
            }
        }
        while !self.open.is_empty() {
            self.close(each)?;
        }
        Ok(())
    }
}
