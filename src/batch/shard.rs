//! A part of a project's reports, for one machine of several.

use std::fmt;
use std::str::FromStr;

use super::plan::Plan;

/// The third of twenty parts, written `3/20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    /// Which one, from 1; 0 is the last as well, for those who count from 0.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Shard {
    /// Whether a report is in this part. It hangs on nothing but the report's name and the number of parts, so that a
    /// report stays where it is when others come and go.
    pub fn has(self, report: &str) -> bool {
        let hash = blake3::hash(report.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        u32::from_le_bytes([a, b, c, d]) % self.of.max(1) == self.number % self.of.max(1)
    }
}

/// What is not written as `3/20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAPart;

impl fmt::Display for NotAPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("3/20")
    }
}

impl std::error::Error for NotAPart {}

impl FromStr for Shard {
    type Err = NotAPart;

    fn from_str(text: &str) -> Result<Self, NotAPart> {
        let (number, of) = text.split_once('/').ok_or(NotAPart)?;
        let read = |text: &str| text.trim().parse().map_err(|_| NotAPart);
        let shard = Self { number: read(number)?, of: read(of)? };
        (shard.of > 0 && shard.number <= shard.of).then_some(shard).ok_or(NotAPart)
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl Plan {
    /// Leaves out the reports that are not in this part.
    pub fn keep(&mut self, shard: Shard) {
        self.jobs.retain(|job| shard.has(&job.name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_written_as_which_of_how_many() {
        assert_eq!("3/20".parse(), Ok(Shard { number: 3, of: 20 }));
        for wrong in ["", "3", "0/0", "5/4", "a/4", "-1/4", "1/0"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_report_is_in_one_part_and_the_parts_are_about_as_large() {
        let names: Vec<String> = (0..4000).map(|number| format!("school {number:04}")).collect();
        let parts = |name: &String| (1..=8).filter(|number| Shard { number: *number, of: 8 }.has(name)).count();
        assert!(names.iter().all(|name| parts(name) == 1));
        for number in 1..=8 {
            let size = names.iter().filter(|name| Shard { number, of: 8 }.has(name)).count();
            assert!((400..600).contains(&size), "{size}");
        }
    }
}
