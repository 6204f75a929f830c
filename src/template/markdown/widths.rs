//! Widths of a table's columns by their content: the table is as wide as the text, a column of short entries no wider
//! than it needs, and the long ones share what is left.

/// What a column would like, in twips.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Wish {
    /// The least that keeps words and numbers whole.
    pub least: f64,
    /// What takes every entry in one line.
    pub natural: f64,
    /// What takes every entry in one line but for the heading, whose unit stands below it: `党支部` and `（个）`.
    pub folded: f64,
}

/// Whole twips a column, together exactly `total`.
pub(super) fn by_content(wishes: &[Wish], total: i32) -> Vec<i32> {
    let least: f64 = wishes.iter().map(|wish| wish.least).sum();
    let natural: f64 = wishes.iter().map(|wish| wish.natural.max(wish.least)).sum();
    let room = f64::from(total);
    let shares: Vec<f64> = if natural <= room {
        wishes.iter().map(|wish| wish.natural.max(wish.least)).collect()
    } else if least >= room {
        wishes.iter().map(|wish| wish.least).collect()
    } else if let Some(widths) = with_units_below(wishes, natural - room) {
        widths
    } else {
        let wishes = without_near_misses(wishes, room);
        let level = level(&wishes, room);
        wishes.iter().map(|wish| width_at(wish, level)).collect()
    };
    by_share(&shares, total)
}

/// Whole twips a column in proportion to shares, together exactly `total`.
pub(super) fn by_share(shares: &[f64], total: i32) -> Vec<i32> {
    let sum: f64 = shares.iter().sum();
    let count = shares.len().max(1) as f64;
    let mut widths = Vec::with_capacity(shares.len());
    let (mut reached, mut given) = (0.0, 0_i32);
    for share in shares {
        reached += if sum > 0.0 { share / sum } else { 1.0 / count };
        let edge = (reached * f64::from(total)).round() as i32;
        widths.push((edge - given).max(0));
        given = edge.max(given);
    }
    widths
}

/// The columns' full widths, but for those that save most by having their heading's unit on a line of its own; none if that
/// does not save what is `missing`.
fn with_units_below(wishes: &[Wish], missing: f64) -> Option<Vec<f64>> {
    let mut widths: Vec<f64> = wishes.iter().map(|wish| wish.natural.max(wish.least)).collect();
    let saved =
        |at: &usize| wishes.get(*at).map_or(0.0, |wish| wish.natural.max(wish.least) - wish.folded.max(wish.least));
    let mut most_first: Vec<usize> = (0..wishes.len()).collect();
    most_first.sort_by(|a, b| saved(b).total_cmp(&saved(a)));
    let mut missing = missing;
    for at in most_first {
        if missing <= 0.0 {
            break;
        }
        missing -= saved(&at);
        if let Some(width) = widths.get_mut(at) {
            *width -= saved(&at);
        }
    }
    (missing <= 0.0).then_some(widths)
}

/// A column that lacks less than this share of its width would put a character or two on a line of their own.
const NEAR_MISS: f64 = 0.35;

/// The wishes, those raised to their full width that would miss it by a little, the narrowest first, while there is room:
/// better one heading in two good lines than two with a character left over each.
fn without_near_misses(wishes: &[Wish], room: f64) -> Vec<Wish> {
    let mut wishes = wishes.to_vec();
    let mut narrowest_first: Vec<usize> = (0..wishes.len()).collect();
    narrowest_first.sort_by(|a, b| natural(&wishes, *a).total_cmp(&natural(&wishes, *b)));
    for at in narrowest_first {
        let level = level(&wishes, room);
        let least: f64 = wishes.iter().map(|wish| wish.least).sum();
        if let Some(wish) = wishes.get_mut(at)
            && wish.natural > level
            && wish.natural <= level * (1.0 + NEAR_MISS)
            && least - wish.least + wish.natural <= room
        {
            wish.least = wish.natural;
        }
    }
    wishes
}

fn natural(wishes: &[Wish], at: usize) -> f64 {
    wishes.get(at).map_or(0.0, |wish| wish.natural)
}

/// No column is wider than the level, but for the least that it needs.
fn width_at(wish: &Wish, level: f64) -> f64 {
    wish.natural.min(level).max(wish.least)
}

/// The level at which the columns fill the room.
fn level(wishes: &[Wish], room: f64) -> f64 {
    let (mut low, mut high) = (0.0, room);
    for _ in 0..48 {
        let middle = (low + high) / 2.0;
        let sum: f64 = wishes.iter().map(|wish| width_at(wish, middle)).sum();
        if sum > room { high = middle } else { low = middle }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn wish(least: f64, natural: f64) -> Wish {
        Wish { least, natural, folded: natural }
    }

    #[test]
    fn short_columns_have_what_they_need_and_long_ones_share_the_rest() {
        let widths = by_content(&[wish(400.0, 1000.0), wish(400.0, 900.0), wish(400.0, 30000.0)], 8000);
        assert_eq!(widths, [1000, 900, 6100]);
    }

    #[test]
    fn a_table_with_little_in_it_is_as_wide_as_the_text() {
        assert_eq!(by_content(&[wish(400.0, 1000.0), wish(400.0, 3000.0)], 8000), [2000, 6000]);
    }

    #[test]
    fn a_column_that_nearly_fits_is_given_what_it_lacks() {
        let widths = by_content(&[wish(200.0, 1000.0), wish(500.0, 1200.0), wish(500.0, 2000.0)], 2400);
        assert_eq!(widths, [1000, 700, 700]);
    }

    #[test]
    fn a_unit_goes_below_its_heading_where_that_makes_room_for_all() {
        let unit = |natural, folded| Wish { least: 300.0, natural, folded };
        let wishes = [wish(300.0, 700.0), unit(800.0, 500.0), unit(1000.0, 600.0), wish(400.0, 900.0)];
        assert_eq!(by_content(&wishes, 3000), [700, 800, 600, 900]);
        assert_eq!(by_content(&wishes, 2700), [700, 500, 600, 900]);
        assert_ne!(by_content(&wishes, 2600), [700, 500, 600, 900]);
    }

    proptest! {
        #[test]
        fn the_widths_add_up(wishes in prop::collection::vec((0.0..9000.0, 0.0..90000.0), 1..70), total in 1000..20000) {
            let wishes: Vec<_> = wishes.into_iter().map(|(least, natural)| wish(least, natural)).collect();
            let widths = by_content(&wishes, total);
            prop_assert_eq!(widths.iter().sum::<i32>(), total);
            prop_assert!(widths.iter().all(|width| *width >= 0));
        }
    }
}
