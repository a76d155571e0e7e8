//! Changes that a laboratory states in columns of their own, where there is no karyotype to read them from.

use super::flags::KaryotypeFlags;

/// Changes as stated; `None` is "not known", which is never "no".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatedChanges {
    /// del(5q).
    pub del5q: Option<bool>,
    /// -7 or del(7q).
    pub del7_7q: Option<bool>,
    /// -17 or del(17p).
    pub del17_17p: Option<bool>,
    /// Three changes or more in one clone.
    pub complex: Option<bool>,
}

impl StatedChanges {
    /// Returns whether something is found, by a test on the findings that more findings can only make true; `None` where what is
    /// stated does not tell.
    pub fn known(self, test: impl Fn(&KaryotypeFlags) -> bool) -> Option<bool> {
        match (test(&self.sure()), test(&self.possible())) {
            (true, _) => Some(true),
            (false, false) => Some(false),
            (false, true) => None,
        }
    }

    /// Whether any change is stated to be there.
    pub fn any(self) -> bool {
        [self.del5q, self.del7_7q, self.del17_17p, self.complex].contains(&Some(true))
    }

    fn sure(self) -> KaryotypeFlags {
        let [del5q, del7_7q, del17_17p, complex] =
            [self.del5q, self.del7_7q, self.del17_17p, self.complex].map(|stated| stated == Some(true));
        // Khoury, Leukemia 2022;36:1703 and Arber, Blood 2022;140:1200, Table 25: each of the three by itself.
        let related = del5q || del7_7q || del17_17p;
        KaryotypeFlags {
            del5q,
            del7_7q,
            del17_17p,
            complex,
            // Not complex leaves one more change at most.
            isolated_del5q: del5q && self.complex == Some(false) && self.del7_7q == Some(false),
            abnormal_17p: del17_17p,
            myelodysplasia_related_who: related,
            myelodysplasia_related_icc: related,
            // A loss of an arm is no gain of a chromosome; whether it is one of a whole chromosome is not said.
            complex_not_hyperdiploid: complex && related,
            abnormal_3q26: false,
            monosomy5: false,
            monosomy7: false,
            monosomal: false,
            del20q: false,
            lost_x: false,
            trisomy8: false,
        }
    }

    fn possible(self) -> KaryotypeFlags {
        let [del5q, del7_7q, del17_17p, complex] =
            [self.del5q, self.del7_7q, self.del17_17p, self.complex].map(|stated| stated != Some(false));
        KaryotypeFlags {
            del5q,
            del7_7q,
            del17_17p,
            complex,
            isolated_del5q: del5q && self.complex != Some(true) && self.del7_7q != Some(true),
            monosomy7: del7_7q,
            complex_not_hyperdiploid: complex,
            // Of these no column speaks.
            abnormal_3q26: true,
            monosomy5: true,
            abnormal_17p: true,
            monosomal: true,
            del20q: true,
            lost_x: true,
            trisomy8: true,
            myelodysplasia_related_who: true,
            myelodysplasia_related_icc: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Test = fn(&KaryotypeFlags) -> bool;

    /// Columns in the order of the fields, 1, 0 or `.`; the answers in that of `TESTS`.
    #[test]
    fn what_columns_say_and_what_they_leave_open() {
        const TESTS: [(&str, Test); 11] = [
            ("del5q", |f| f.del5q),
            ("isolated", |f| f.isolated_del5q),
            ("del7_7q", |f| f.del7_7q),
            ("-7", |f| f.monosomy7),
            ("17p", |f| f.del17_17p),
            ("complex", |f| f.complex),
            ("WHO", |f| f.complex || f.myelodysplasia_related_who),
            ("ICC", |f| f.complex || f.myelodysplasia_related_icc),
            ("3q26", |f| f.abnormal_3q26),
            ("not hyperdiploid", |f| f.complex_not_hyperdiploid),
            ("any 17p", |f| f.abnormal_17p),
        ];
        // Of a row the answers that are written are compared.
        for (stated, expected) in [
            ("....", "..........."),
            ("0000", "000000...0."),
            ("1000", "11000011.0."),
            ("10.0", "1100.01"),
            ("1.00", "1...001"),
            ("1001", "10000111.1."),
            ("1100", "101.0011.0."),
            ("0001", "00000111..."),
            (".000", "..0000...0."),
            ("0.1.", "00..1.11..1"),
            ("..1.", "....1.11..1"),
            ("..11", ".0..1111.11"),
        ] {
            check(stated, expected, &TESTS);
        }
    }

    fn check(stated: &str, expected: &str, tests: &[(&str, Test)]) {
        let column = |index: usize| match stated.as_bytes()[index] {
            b'1' => Some(true),
            b'0' => Some(false),
            _ => None,
        };
        let changes = StatedChanges {
            del5q: column(0),
            del7_7q: column(1),
            del17_17p: column(2),
            complex: column(3),
        };
        for ((name, test), expected) in tests.iter().zip(expected.bytes()) {
            let actual = match changes.known(test) {
                Some(true) => b'1',
                Some(false) => b'0',
                None => b'.',
            };
            assert_eq!(char::from(actual), char::from(expected), "{stated}: {name}");
        }
        assert_eq!(changes.any(), stated.contains('1'), "{stated}");
    }
}
