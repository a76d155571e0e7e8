//! Strings by number, each kept once and all in one piece of memory: a cohort has hundreds of thousands, and each in a piece of its own takes
//! several times its length.

use std::hash::{BuildHasher as _, RandomState};

use hashbrown::HashTable;
use serde::{Deserialize, Serialize, Serializer};

use crate::genome::as_count;

/// Strings in the order in which they came.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "(String, Vec<usize>)")]
pub(super) struct Names {
    text: String,
    /// Where each string ends in the text.
    ends: Vec<usize>,
    places: HashTable<u32>,
    hasher: RandomState,
}

fn name<'t>(text: &'t str, ends: &[usize], place: u32) -> &'t str {
    let place = place as usize;
    let start = place.checked_sub(1).map_or(Some(&0), |before| ends.get(before));
    let end = ends.get(place);
    let range = start.zip(end).map(|(start, end)| *start..*end);
    range.and_then(|range| text.get(range)).unwrap_or_default()
}

impl Names {
    /// Returns the number of a string, which it has from now on.
    pub(super) fn place(&mut self, wanted: &str) -> u32 {
        if let Some(place) = self.find(wanted) {
            return place;
        }
        let place = as_count(self.ends.len());
        self.text.push_str(wanted);
        self.ends.push(self.text.len());
        self.enter(place);
        place
    }

    fn enter(&mut self, place: u32) {
        let (text, ends, hasher) = (&self.text, &self.ends, &self.hasher);
        let hash = |place: &u32| hasher.hash_one(name(text, ends, *place));
        self.places.insert_unique(hash(&place), place, hash);
    }

    /// Returns the number of a string that is there.
    pub(super) fn find(&self, wanted: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(wanted);
        let found = self.places.find(hash, |place| self.get(*place) == wanted);
        found.copied()
    }

    /// Returns the string of a number; nothing where there is none.
    pub(super) fn get(&self, place: u32) -> &str {
        name(&self.text, &self.ends, place)
    }

    /// Returns how many there are.
    pub(super) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns every string, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..as_count(self.len())).map(|place| self.get(place))
    }
}

impl From<(String, Vec<usize>)> for Names {
    fn from((text, ends): (String, Vec<usize>)) -> Self {
        let places = HashTable::with_capacity(ends.len());
        let mut names = Self {
            text,
            ends,
            places,
            hasher: RandomState::new(),
        };
        (0..as_count(names.len())).for_each(|place| names.enter(place));
        names
    }
}

impl Serialize for Names {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (&self.text, &self.ends).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_keep_their_numbers() {
        let mut names = Names::default();
        let all = ["S1", "", "検体", "S1", "s1", "a\u{0}b"];
        let places: Vec<u32> = all.iter().map(|text| names.place(text)).collect();
        assert_eq!(places, [0, 1, 2, 0, 3, 4]);
        assert_eq!(
            names.iter().collect::<Vec<_>>(),
            ["S1", "", "検体", "s1", "a\u{0}b"]
        );
        assert_eq!((names.find("検体"), names.find("none")), (Some(2), None));
        assert_eq!(names.get(7), "");
        let bytes = postcard::to_stdvec(&names).unwrap();
        let mut again: Names = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(
            (again.find("s1"), again.place("new"), again.len()),
            (Some(3), 5, 6)
        );
    }
}
