//! Which rows or columns of a sheet something holds for.

/// Rows or columns of a sheet, from 0, as runs from first to last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spans(Vec<(u32, u32)>);

impl Spans {
    /// Whether a row or column is among them.
    pub fn contains(&self, index: usize) -> bool {
        let after = self.0.partition_point(|(first, _)| *first as usize <= index);
        after.checked_sub(1).and_then(|run| self.0.get(run)).is_some_and(|(_, last)| index <= *last as usize)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The runs, first and last included, in order; between two of them there is at least one that is not among them.
    pub fn runs(&self) -> impl Iterator<Item = (usize, usize)> {
        self.0.iter().map(|(first, last)| (*first as usize, *last as usize))
    }
}

impl FromIterator<(u32, u32)> for Spans {
    /// Spans of runs in any order; runs that touch become one, and a run that ends before it begins is none.
    fn from_iter<T: IntoIterator<Item = (u32, u32)>>(runs: T) -> Self {
        let mut runs: Vec<_> = runs.into_iter().filter(|(first, last)| first <= last).collect();
        runs.sort_unstable();
        let mut spans: Vec<(u32, u32)> = Vec::new();
        for (first, last) in runs {
            match spans.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = last.max(*end),
                _ => spans.push((first, last)),
            }
        }
        Self(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_that_touch_are_one() {
        let spans: Spans = [(7, 9), (1, 1), (2, 3), (8, 8), (5, 4)].into_iter().collect();
        assert_eq!(spans.runs().collect::<Vec<_>>(), [(1, 3), (7, 9)]);
    }

    proptest::proptest! {
        #[test]
        fn what_is_in_a_run_is_contained(runs in proptest::collection::vec((0_u32..60, 0_u32..60), 0..10), at in 0_u32..70) {
            let spans: Spans = runs.iter().copied().collect();
            let expected = runs.iter().any(|(first, last)| (*first..=*last).contains(&at));
            assert_eq!(spans.contains(at as usize), expected);
        }
    }
}
