//! What was repaired, left out or doubtful of a karyotype.

use crate::text::sayings;

sayings! {
    /// A note on how a karyotype was read; `position` is the 1-based character where it stands.
    pub enum KaryotypeNote {
        OneOfSeveral { position: usize } = "character {position}: one of several changes; each is tried, and what differs is left open";
        ParenthesisTooMany { position: usize } = "character {position}: one parenthesis too many";
        BandWithChromosome { position: usize } = "character {position}: chromosome and band in the same parentheses";
        ParenthesisMissing { position: usize } = "character {position}: a closing parenthesis is missing";
        TakenAsParenthesis { position: usize } = "character {position}: taken as (";
        TakenAsSemicolon { position: usize } = "character {position}: taken as ;";
        TakenAsPoint { position: usize } = "character {position}: taken as a point";
        TakenAsComma { position: usize } = "character {position}: taken as a comma";
        TakenAs { position: usize, written: String, read: String } = "character {position}: {written} taken as {read}";
        TwoSigns { position: usize } = "character {position}: two signs, the second counts";
        SlashMissing { position: usize } = "character {position}: a slash is missing";
        CommaMissing { position: usize } = "character {position}: a comma is missing";
        BracketMissing { position: usize } = "character {position}: a closing bracket is missing";
        SexMissing { position: usize } = "character {position}: no sex chromosomes";
        PloidyBehindSex { position: usize } = "character {position}: a ploidy behind the sex chromosomes";
        SexTwice { position: usize } = "character {position}: the sex chromosomes stand twice";
        NothingBetweenCommas { position: usize } = "character {position}: nothing stands between commas";
        TwoNumbers { position: usize } = "character {position}: two numbers of chromosomes without a ~ between them";
        WideCharacters { position: usize } = "character {position}: full-width characters are read as plain ones";
        Unreadable { position: usize, part: String } = "character {position}: {part} cannot be read, and is left open";
        OtherMethod { position: usize } = "from character {position} on: in situ hybridization or array, left out";
        BandsSeparated = "bands of one chromosome were separated by ;";
        NumberMissing = "no number of chromosomes: the changes named are taken as all that there are";
        TakenAsNormal = "taken as a normal karyotype";
        AsElsewhere { written: String, read: String } = "{written}: taken as {read}, as it is written elsewhere";
        Incomplete = "incomplete karyotype (inc): there is more that is not described";
        UncertainCounted = "uncertain changes (?) are counted";
        WithoutMecomBand = "3q without 3q26: Poor by the written rule; some laboratories say Intermediate";
        FirstCloneRefers = "the first clone refers to another one; taken as written after it";
        NothingToLose { change: String } = "{change}: no such change to be lost; left out";
        NumberUnexplained { clone: String } = "{clone}: the number of chromosomes is not explained; counted as unknown changes";
        NumberMisfit { clone: String } = "{clone}: the number of chromosomes does not fit the changes";
        OfHealthyPeople { change: String } = "{change}: a variant of healthy people, not counted";
        Mosaic = "mos: a mosaic from birth, its changes are not counted";
        MosaicOpen = "mos: a mosaic from birth, but with changes that are usually acquired; whether they count is left open";
        LostOtherwise { change: String } = "{change}: 5q is lost, which is not del(5q)";
        Lost { change: String, arm: String } = "{change}: {arm} is lost";
        MayBeLost { change: String, arm: String } = "{change}: {arm} may be lost, which is left open";
        FusionWithoutBands { change: String, fusion: String } = "{change}: taken as {fusion}, though without breakpoints";
        MayBeRearranged { change: String, gene: String } = "{change}: {gene} may be rearranged, which only another method can show";
        TooFewCells { change: String, cells: u32 } = "{change}: seen in fewer than {cells} cells, not clonal";
    }
}
