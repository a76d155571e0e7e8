//! Calendar dates of visits, as far as "within six months" needs them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day of the Gregorian calendar; ordered, written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

/// Years that a laboratory value can come from.
const YEARS: std::ops::RangeInclusive<u16> = 1900..=2199;

impl Date {
    /// Returns the date if it exists, from `YYYY-MM-DD` or `YYYY/MM/DD`.
    pub fn parse(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split(['-', '/']).collect();
        let [year, month, day] = parts.as_slice() else {
            return None;
        };
        let digits = |s: &str, most| s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
        // A year of fewer digits is none of `YEARS`.
        if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let date = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        (YEARS.contains(&date.year)
            && (1..=12).contains(&date.month)
            && (1..=days(date.year, date.month)).contains(&date.day))
        .then_some(date)
    }

    /// Returns the same day so many months later, or the last day of that month where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u8) -> Self {
        let index = u16::from(self.month) - 1 + u16::from(months);
        let year = self.year + index / 12;
        let month = u8::try_from(index % 12).unwrap_or(0) + 1;
        Self {
            year,
            month,
            day: self.day.min(days(year, month)),
        }
    }

    /// Returns the days from another date to this one, negative where the other is later.
    pub fn days_since(self, other: Self) -> i32 {
        self.number() - other.number()
    }

    /// Returns the number of the day, counted from 1 March of the year 0: years begin with March, so that a leap day ends one.
    fn number(self) -> i32 {
        let (year, month) = match self.month {
            1 | 2 => (i32::from(self.year) - 1, i32::from(self.month) + 9),
            month => (i32::from(self.year), i32::from(month) - 3),
        };
        let of_months = (153 * month + 2) / 5;
        365 * year + year / 4 - year / 100 + year / 400 + of_months + i32::from(self.day) - 1
    }
}

fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or_else(|| format!("{text:?} is not a date YYYY-MM-DD"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_that_exist_are_dates() {
        for good in ["2024-02-29", "2000-02-29", "2025/1/5", "1900-01-01", "2199-12-31"] {
            assert!(Date::parse(good).is_some(), "{good}");
        }
        for bad in [
            "2023-02-29",
            "1900-02-29",
            "2025-04-31",
            "2025-13-01",
            "2025-00-10",
            "2025-01-00",
            "25-01-01",
            "02025-01-01",
            "2025-001-01",
            "2025-01-001",
            "2025--01",
            "01/05/2025",
            "2025-1",
            "2025-+1-01",
            "1899-12-31",
            "2200-01-01",
            "",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    /// Python: `date.fromisoformat(b) - date.fromisoformat(a)`.
    #[test]
    fn days_are_counted_over_leap_years() {
        let between = |a: &str, b: &str| Date::parse(b).unwrap().days_since(Date::parse(a).unwrap());
        assert_eq!(between("2020-02-28", "2020-03-01"), 2);
        assert_eq!(between("2021-02-28", "2021-03-01"), 1);
        assert_eq!(between("1900-01-01", "2199-12-31"), 109_572);
        assert_eq!(between("1999-12-31", "2000-12-31"), 366);
        assert_eq!(between("2024-05-17", "2019-11-03"), -1657);
        assert_eq!(between("2025-01-01", "2025-01-01"), 0);
    }

    #[test]
    fn months_are_calendar_months() {
        let plus = |text: &str, months| Date::parse(text).unwrap().plus_months(months).to_string();
        assert_eq!(plus("2025-01-15", 6), "2025-07-15");
        assert_eq!(plus("2025-08-31", 6), "2026-02-28");
        assert_eq!(plus("2023-08-31", 6), "2024-02-29");
        assert_eq!(plus("2025-12-01", 12), "2026-12-01");
        assert_eq!(plus("2025-06-30", 6), "2025-12-30");
        assert_eq!(plus("2025-10-31", 6), "2026-04-30");
    }
}
