//! Qualities written by fqzcomp (CRAM codecs 3.1, section 6). noodles has it too, but notes down records of no qualities without end: they
//! cost next to nothing in the file.

use super::CramError;
use super::bytes::Bytes;
use crate::genome::as_count;

/// Models of qualities, one for each context.
const CONTEXTS: usize = 1 << 16;
/// Records of no qualities at the most; of the others each takes a byte at least.
const MOST_EMPTY: usize = 1 << 20;
/// What a symbol that was seen adds to its frequency, and the sum from which all are halved.
const STEP: u16 = 16;
const LARGEST_SUM: u32 = (1 << 16) - 17;

fn damaged() -> CramError {
    CramError::new("a block of qualities cannot be unpacked")
}

/// The range coder (section 4.1).
struct Coder<'b> {
    bytes: Bytes<'b>,
    range: u32,
    code: u32,
}

impl<'b> Coder<'b> {
    fn new(mut bytes: Bytes<'b>) -> Result<Self, CramError> {
        bytes.byte()?;
        let code = bytes.word()?.swap_bytes();
        Ok(Self {
            bytes,
            range: u32::MAX,
            code,
        })
    }

    fn advance(&mut self, low: u32, frequency: u32) -> Result<(), CramError> {
        self.code = self.code.wrapping_sub(low.wrapping_mul(self.range));
        self.range = self.range.wrapping_mul(frequency);
        while self.range < 1 << 24 {
            self.range <<= 8;
            self.code = self.code << 8 | u32::from(self.bytes.byte()?);
        }
        Ok(())
    }
}

/// Adaptive models of so many symbols each (section 4.2).
struct Models {
    symbols: usize,
    names: Vec<u8>,
    frequencies: Vec<u16>,
    sums: Vec<u32>,
}

impl Models {
    fn new(count: usize, symbols: usize) -> Self {
        let names: Vec<u8> = (0..=u8::MAX).take(symbols).collect();
        Self {
            symbols,
            names: names.repeat(count),
            frequencies: vec![1; count * symbols],
            sums: vec![as_count(symbols); count],
        }
    }

    fn decode(&mut self, model: usize, coder: &mut Coder<'_>) -> Result<u8, CramError> {
        let own = model * self.symbols..(model + 1) * self.symbols;
        let frequencies = self.frequencies.get_mut(own.clone()).ok_or_else(damaged)?;
        let names = self.names.get_mut(own).ok_or_else(damaged)?;
        let sum = &mut self.sums[model];
        coder.range /= *sum;
        let wanted = coder.code / coder.range;
        let (mut low, mut at) = (0, 0);
        loop {
            let frequency = u32::from(*frequencies.get(at).ok_or_else(damaged)?);
            if low + frequency > wanted {
                break;
            }
            low += frequency;
            at += 1;
        }
        coder.advance(low, u32::from(frequencies[at]))?;
        frequencies[at] += STEP;
        *sum += u32::from(STEP);
        if *sum > LARGEST_SUM {
            for frequency in frequencies.iter_mut() {
                *frequency -= *frequency / 2;
            }
            *sum = frequencies.iter().map(|f| u32::from(*f)).sum();
        }
        let name = names[at];
        if at > 0 && frequencies[at] > frequencies[at - 1] {
            frequencies.swap(at, at - 1);
            names.swap(at, at - 1);
        }
        Ok(name)
    }
}

/// How the qualities of a kind of record are written.
#[derive(Debug, Default)]
struct Parameters {
    context: u16,
    repeats: bool,
    fixed_length: bool,
    selected: bool,
    symbols: usize,
    quality_bits: u32,
    quality_shift: u32,
    quality_place: u32,
    selector_place: u32,
    position_place: u32,
    difference_place: u32,
    map: Option<Vec<u8>>,
    qualities: Option<Vec<u8>>,
    positions: Option<Vec<u8>>,
    differences: Option<Vec<u8>>,
}

impl Parameters {
    fn read(bytes: &mut Bytes<'_>) -> Result<Self, CramError> {
        let context = u16::from_le_bytes([bytes.byte()?, bytes.byte()?]);
        let flags = bytes.byte()?;
        let largest = usize::from(bytes.byte()?);
        let mut halves = || bytes.byte().map(|b| (u32::from(b >> 4), u32::from(b & 0x0f)));
        let (
            (quality_bits, quality_shift),
            (quality_place, selector_place),
            (position_place, difference_place),
        ) = (halves()?, halves()?, halves()?);
        let map = match flags & 0x10 {
            0 => None,
            _ => Some(bytes.take(largest)?.to_vec()),
        };
        let mut table = |flag: u8, length| match flags & flag {
            0 => Ok(None),
            _ => read_table(bytes, length).map(Some),
        };
        Ok(Self {
            context,
            repeats: flags & 0x02 != 0,
            fixed_length: flags & 0x04 != 0,
            selected: flags & 0x08 != 0,
            symbols: largest + 1,
            quality_bits,
            quality_shift,
            quality_place,
            selector_place,
            position_place,
            difference_place,
            map,
            qualities: table(0x80, 256)?,
            positions: table(0x20, 1024)?,
            differences: table(0x40, 256)?,
        })
    }
}

/// Reads a table of ascending numbers: how often each stands in it, repeated lengths as their count (section 6.2).
fn read_table(bytes: &mut Bytes<'_>, length: usize) -> Result<Vec<u8>, CramError> {
    let (mut runs, mut sum, mut last) = (Vec::new(), 0, 0);
    while sum < length {
        let run = bytes.byte()?;
        runs.push(run);
        sum += usize::from(run);
        if run == last {
            let copies = usize::from(bytes.byte()?);
            runs.extend(std::iter::repeat_n(run, copies));
            sum += usize::from(run) * copies;
        }
        last = run;
        if runs.len() > 2 * length {
            return Err(damaged());
        }
    }
    let mut table = Vec::with_capacity(length);
    let mut runs = runs.into_iter();
    let mut number = 0_u8;
    while table.len() < length {
        let mut count = 0;
        loop {
            let part = runs.next().ok_or_else(damaged)?;
            count += usize::from(part);
            if part != u8::MAX {
                break;
            }
        }
        if table.len() + count > length {
            return Err(damaged());
        }
        table.resize(table.len() + count, number);
        number = number.wrapping_add(1);
    }
    Ok(table)
}

/// Where in a record the decoder is.
#[derive(Debug, Default)]
struct Place {
    left: usize,
    parameters: usize,
    selector: u8,
    qualities: u32,
    differences: u32,
    last: u8,
}

impl Place {
    fn context(&mut self, of: &Parameters, quality: u8) -> usize {
        let at = |table: &Option<Vec<u8>>, index: usize| {
            table.as_ref().and_then(|t| t.get(index)).map(|n| u32::from(*n))
        };
        let own = at(&of.qualities, usize::from(quality)).unwrap_or(u32::from(quality));
        self.qualities = (self.qualities << of.quality_shift).wrapping_add(own);
        let mut context = u32::from(of.context);
        let mut add = |number: u32, place: u32| context = context.wrapping_add(number << place);
        add(self.qualities & ((1 << of.quality_bits) - 1), of.quality_place);
        if let Some(number) = at(&of.positions, self.left.min(1023)) {
            add(number, of.position_place);
        }
        if let Some(number) = at(&of.differences, self.differences.min(255) as usize) {
            add(number, of.difference_place);
            self.differences += u32::from(self.last != quality);
            self.last = quality;
        }
        if of.selected {
            add(u32::from(self.selector), of.selector_place);
        }
        (context & 0xffff) as usize
    }
}

/// A block that is being unpacked.
struct Unpacking<'b> {
    parameters: Vec<Parameters>,
    /// Which parameters a selector stands for.
    choice: Option<Vec<u8>>,
    selectors: Option<Models>,
    lengths: Models,
    flags: Models,
    reverses: bool,
    coder: Coder<'b>,
    out: Vec<u8>,
    size: usize,
    /// Length of each record, and whether it is written backwards.
    records: Vec<(usize, bool)>,
    /// Records of no qualities.
    empty: usize,
}

/// Unpacks qualities of `size` bytes.
pub(super) fn unpack(data: &[u8], size: usize) -> Result<Vec<u8>, CramError> {
    let mut bytes = Bytes::new(data);
    if bytes.uint7()? != size || bytes.byte()? != 5 {
        return Err(damaged());
    }
    let flags = bytes.byte()?;
    let several = flags & 0x01 != 0;
    let count = if several { usize::from(bytes.byte()?) } else { 1 };
    let (mut selectors, mut choice) = (several.then_some(count + 1), None);
    if flags & 0x02 != 0 {
        selectors = Some(usize::from(bytes.byte()?) + 1);
        choice = Some(read_table(&mut bytes, 256)?);
    }
    let parameters: Result<Vec<Parameters>, CramError> =
        (0..count).map(|_| Parameters::read(&mut bytes)).collect();
    let parameters = parameters?;
    let symbols = parameters.iter().map(|p| p.symbols).max().ok_or_else(damaged)?;
    let mut unpacking = Unpacking {
        parameters,
        choice,
        selectors: selectors.map(|symbols| Models::new(1, symbols.min(256))),
        lengths: Models::new(4, 256),
        flags: Models::new(2, 2),
        reverses: flags & 0x04 != 0,
        coder: Coder::new(bytes)?,
        out: Vec::with_capacity(size),
        size,
        records: Vec::new(),
        empty: 0,
    };
    unpacking.run(&mut Models::new(CONTEXTS, symbols))?;
    Ok(unpacking.turned())
}

impl Unpacking<'_> {
    fn run(&mut self, qualities: &mut Models) -> Result<(), CramError> {
        let mut place = Place::default();
        let mut context = 0;
        while self.out.len() < self.size {
            if place.left == 0 {
                place = self.next_record()?;
                context = usize::from(self.parameters[place.parameters].context);
                if place.left == 0 {
                    continue;
                }
            }
            let parameters = &self.parameters[place.parameters];
            let symbol = qualities.decode(context, &mut self.coder)?;
            self.out.push(match &parameters.map {
                Some(map) => *map.get(usize::from(symbol)).ok_or_else(damaged)?,
                None => symbol,
            });
            context = place.context(parameters, symbol);
            place.left -= 1;
        }
        Ok(())
    }

    /// Begins a record; one that repeats the one before is done at once.
    fn next_record(&mut self) -> Result<Place, CramError> {
        let coder = &mut self.coder;
        let selector = match &mut self.selectors {
            Some(models) => models.decode(0, coder)?,
            None => 0,
        };
        let parameters = match &self.choice {
            Some(choice) => usize::from(choice[usize::from(selector)]),
            None => usize::from(selector).min(self.parameters.len() - 1),
        };
        let of = self.parameters.get(parameters).ok_or_else(damaged)?;
        let mut length = self.records.last().map_or(0, |r| r.0);
        if !of.fixed_length || self.records.is_empty() {
            let mut bytes = [0; 4];
            for (byte, model) in bytes.iter_mut().zip(0..) {
                *byte = self.lengths.decode(model, coder)?;
            }
            length = u32::from_le_bytes(bytes) as usize;
        }
        let backwards = self.reverses && self.flags.decode(0, coder)? != 0;
        let repeats = of.repeats && self.flags.decode(1, coder)? != 0;
        self.empty += usize::from(length == 0);
        if length > self.size - self.out.len() || self.empty > MOST_EMPTY {
            return Err(damaged());
        }
        self.records.push((length, backwards));
        let mut place = Place {
            left: length,
            parameters,
            selector,
            ..Place::default()
        };
        if repeats {
            let start = self.out.len().checked_sub(length).ok_or_else(damaged)?;
            self.out.extend_from_within(start..);
            place.left = 0;
        }
        Ok(place)
    }

    /// Turns the records around that are written backwards.
    fn turned(mut self) -> Vec<u8> {
        let mut start = 0;
        for (length, backwards) in &self.records {
            if *backwards {
                self.out[start..start + length].reverse();
            }
            start += length;
        }
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three records as htscodecs writes them (from the tests of noodles-cram, MIT).
    const THREE: [u8; 36] = [
        0x19, 0x05, 0x00, 0x00, 0x00, 0x20, 0x03, 0x82, 0x7f, 0x0f, 0x01, 0x01, 0x7d, 0xff, 0xff, 0x01, 0x84,
        0x00, 0x09, 0xff, 0xff, 0xf6, 0x01, 0x65, 0x00, 0x86, 0x2e, 0x98, 0xea, 0xca, 0x71, 0x6f, 0x22, 0xcd,
        0xd8, 0x40,
    ];

    #[test]
    fn reads_records_of_several_lengths() {
        let expected = [
            0, 0, 0, 1, 1, 2, 1, 1, 0, 0, 0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 2, 1, 1, 0, 0,
        ];
        assert_eq!(unpack(&THREE, 25).unwrap(), expected);
        assert!(unpack(&THREE, 24).is_err());
        assert!(unpack(&THREE[..30], 25).is_err());
    }

    #[test]
    fn records_of_no_qualities_come_to_an_end() {
        // Lengths all zero, repeats and turns flagged as possible: every record costs next to nothing.
        let mut data = vec![25, 5, 0x04, 0, 0, 0x02 | 0x04, 3, 0, 0, 0];
        data.extend(std::iter::repeat_n(0, 1 << 16));
        assert!(unpack(&data, 25).is_err());
    }
}
