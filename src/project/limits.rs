//! How large workbooks and Word documents may be: `[limits]`.

use super::problem;
use crate::settings::{Group, Located, Reader};

/// Limits that differ from the usual ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LimitsSource {
    /// Most cells of a sheet.
    pub cells: Option<u64>,
    /// Most megabytes of a workbook, unpacked.
    pub unpacked: Option<u64>,
    /// Most times its own size that a workbook may unpack to.
    pub ratio: Option<u64>,
    /// Most parts of a workbook.
    pub parts: Option<u64>,
    /// Most megabytes of memory that a report, and a template in Word, may take.
    pub memory: Option<u64>,
}

pub(super) fn read(reader: &Reader<'_>, mut group: Group<'_, '_>) -> LimitsSource {
    let mut whole = |key| group.number(key).and_then(|number| whole_number(reader, &number));
    let limits = LimitsSource {
        cells: whole("cells"),
        unpacked: whole("unpacked"),
        ratio: whole("ratio"),
        parts: whole("parts"),
        memory: whole("memory"),
    };
    group.finish();
    limits
}

/// Dots an inch that pictures are printed with where nothing is said: those that Word keeps of them.
pub const PICTURE_DPI: u32 = 220;

/// `picture_dpi`: as printers have them, or 0 for pictures as they are.
pub(super) fn picture_dpi(reader: &Reader<'_>, number: Option<Located<f64>>) -> u32 {
    let Some(number) = number else { return PICTURE_DPI };
    let found = number.value;
    if found.fract() == 0.0 && (found == 0.0 || (72.0..=1200.0).contains(&found)) {
        return found as u32;
    }
    reader.report(problem::not_a_picture_dpi(found, number.place));
    PICTURE_DPI
}

fn whole_number(reader: &Reader<'_>, number: &Located<f64>) -> Option<u64> {
    let found = number.value;
    let is_whole = (1.0..=1e12).contains(&found) && found.fract() == 0.0;
    if !is_whole {
        reader.report(problem::not_a_limit(found, number.place.clone()));
    }
    is_whole.then_some(found as u64)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::diagnostic::Language;

    #[test]
    fn dots_of_pictures_are_those_of_printers_or_none() {
        let dots = |line: &str| parse("huibao.toml", &format!("[project]\n{line}"));
        assert_eq!(dots("").unwrap().picture_dpi, 220);
        assert_eq!(dots("picture_dpi = 0").unwrap().picture_dpi, 0);
        assert_eq!(dots("picture_dpi = 150").unwrap().picture_dpi, 150);
        for wrong in ["10", "99.5", "-1", "9999"] {
            let problems = dots(&format!("picture_dpi = {wrong}")).unwrap_err();
            assert_eq!(problems[0].code, "project.not-a-picture-dpi", "{wrong}");
        }
    }

    #[test]
    fn limits_are_whole_numbers_from_one() {
        let project = parse("huibao.toml", "[limits]\ncells = 20_000_000\nunpacked = 1024\nmemory = 2048").unwrap();
        let expected = LimitsSource {
            cells: Some(20_000_000),
            unpacked: Some(1024),
            memory: Some(2048),
            ..LimitsSource::default()
        };
        assert_eq!(project.limits, expected);
        let problems = parse("huibao.toml", "[limits]\ncells = 0\nratio = 1.5\ncell = 3").unwrap_err();
        let told: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            told,
            [
                "错误：huibao.toml:2:9：上限应当是正整数，这里写的是 0\n  办法：不想改就删掉这一行，用原来的上限",
                "错误：huibao.toml:3:9：上限应当是正整数，这里写的是 1.5\n  办法：不想改就删掉这一行，用原来的上限",
                "错误：huibao.toml:4:1：没有“cell”这项设置\n  办法：是不是“cells”？",
            ]
        );
    }
}
