//! Large sheets cut into shares of their rows, for as many threads to read.
//!
//! calamine reads a sheet from its first row to its last. But where rows tell their numbers, the XML may be cut between
//! two of them: a share is the whole package but for the rows of other shares. A cut that was none, because it lies in
//! a comment or something else as strange, makes a share that cannot be read; then the workbook is to be read whole.
//! What comes out must never depend on the number of shares, which is that of the machine's cores: a sheet that cannot be
//! read whole must not be read in shares either.

use memchr::memmem;

use super::package::Package;
use super::stored_zip::StoredZip;

/// A package cut into shares.
#[derive(Debug)]
pub(super) struct Shares<'a> {
    package: &'a Package,
    /// For each part, the rows to be cut.
    sheets: Vec<Option<Rows<'a>>>,
    count: usize,
}

impl<'a> Shares<'a> {
    /// At most so many shares, each of at least so many bytes of rows. What else there is has to be read for every
    /// share, the shared strings above all: the rows of a share are to be more than that.
    pub(super) fn new(package: &'a Package, most: usize, least: usize) -> Self {
        let all: usize = package.parts().map(|(_, part)| part.len()).sum();
        if most < 2 || all < least.saturating_mul(2) {
            return Self { package, sheets: Vec::new(), count: 1 };
        }
        let sheets: Vec<_> = package.parts().map(|(_, part)| Rows::of(part)).collect();
        let rows: usize = sheets.iter().flatten().map(|sheet| sheet.rows.len()).sum();
        let count = (rows / least.max(all - rows).max(1)).clamp(1, most);
        Self { package, sheets, count }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The share of this number, from 0, as a zip file.
    ///
    /// # Errors
    /// It is too large to be one.
    pub(super) fn zip(&self, number: usize) -> std::io::Result<StoredZip<'a>> {
        let share = |sheet: &Rows<'a>| sheet.share(number, self.count).to_vec();
        self.package.zip_with(|part| self.sheets.get(part)?.as_ref().map(share))
    }
}

/// The rows of a sheet, and its XML before and after them.
#[derive(Debug)]
struct Rows<'a> {
    before: &'a [u8],
    /// What stands before the rows of all shares but the first: the declaration, and the element of the rows alone. With
    /// no other element open, an end tag too many among the rows leaves none for the end, and the share cannot be read;
    /// within the elements of a sheet it would go unseen, though too many of them in all keep the whole from being read.
    opening: [&'a [u8]; 2],
    rows: &'a [u8],
    after: &'a [u8],
    /// What a row begins and ends with, up to its number.
    start: Vec<u8>,
    end: Vec<u8>,
}

impl<'a> Rows<'a> {
    /// A part's rows; nothing if it is no sheet, or one in which they are not beyond doubt.
    fn of(part: &'a [u8]) -> Option<Self> {
        const NAME: &[u8] = b"sheetData";
        let name = memmem::find(part, NAME)?;
        let tag = memchr::memrchr(b'<', part.get(..name)?)?;
        // The prefix that the sheet gives its elements.
        let prefix = part.get(tag + 1..name)?;
        let is_prefix = |prefix: &[u8]| prefix.iter().all(u8::is_ascii_alphanumeric);
        if !prefix.is_empty() && !prefix.strip_suffix(b":").is_some_and(is_prefix) {
            return None;
        }
        let first = name + NAME.len() + memchr::memchr(b'>', part.get(name + NAME.len()..)?)? + 1;
        let closing = [b"</", prefix].concat();
        let last = (first + memmem::find(part.get(first..)?, NAME)?).checked_sub(closing.len())?;
        if last < first
            || !part.get(last..)?.starts_with(&closing)
            || memmem::rfind(part, NAME)? != last + closing.len()
        {
            return None;
        }
        let start = [b"<", prefix, b"row r=\""].concat();
        let end = [b"</", prefix, b"row>"].concat();
        Some(Self {
            before: part.get(..first)?,
            opening: [declaration(part), part.get(tag..first)?],
            rows: part.get(first..last)?,
            after: part.get(last..)?,
            start,
            end,
        })
    }

    /// The sheet with the rows of one share only.
    fn share(&self, number: usize, count: usize) -> [&'a [u8]; 4] {
        let (from, to) = (self.cut(number, count), self.cut(number + 1, count));
        let [declaration, opening] = if number == 0 { [&[], self.before] } else { self.opening };
        [declaration, opening, self.rows.get(from..to).unwrap_or_default(), self.after]
    }

    /// Where the share of a number begins: before the next row that tells its number, if the one before has ended.
    fn cut(&self, number: usize, count: usize) -> usize {
        if number == 0 {
            return 0;
        }
        let mut at = if number < count { self.rows.len() / count * number } else { self.rows.len() };
        while let Some(found) = self.rows.get(at..).and_then(|rows| memmem::find(rows, &self.start)) {
            at += found;
            if self.rows.get(..at).unwrap_or_default().trim_ascii_end().ends_with(&self.end) {
                return at;
            }
            at += 1;
        }
        self.rows.len()
    }
}

/// What a part says of its encoding before its first element.
fn declaration(part: &[u8]) -> &[u8] {
    let text = part.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(part);
    let end = memmem::find(text, b"?>").filter(|_| text.starts_with(b"<?xml"));
    part.get(..end.map_or(0, |end| part.len() - text.len() + end + 2)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::grid::Grid;
    use crate::workbook::package::{checksum, folded};
    use crate::workbook::reading::{Cells, xlsx_share, xlsx_shares};
    use proptest::prelude::*;

    fn package(sheet: &str) -> Package {
        let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let relation = |kind_of: &str, target: &str| {
            format!("<Relationships><Relationship Id='r1' Type='{kind}/{kind_of}' Target='{target}'/></Relationships>")
        };
        let parts = [
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns:r='{kind}'><sheets><sheet name='甲' sheetId='1' r:id='r1'/></sheets></workbook>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", sheet.to_owned()),
        ];
        let mut package = Package::default();
        for (name, part) in parts {
            package.push(name.to_owned(), folded(name), checksum([part.as_bytes()]), part.into_bytes());
        }
        package
    }

    fn whole(package: &Package, most_cells: usize) -> Option<Cells> {
        xlsx_share(package.zip().unwrap(), most_cells).ok()
    }

    fn shown(cells: Option<Cells>) -> Option<String> {
        cells.map(|(_, grids)| {
            let rows = grids.into_iter().map(|grid| grid.map(Grid::into_rows));
            format!("{:?}", rows.collect::<Vec<_>>())
        })
    }

    fn table(rows: usize) -> String {
        let rows = (1..=rows).map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>{row}</v></c></row>"));
        format!("<worksheet><sheetData>{}</sheetData></worksheet>", rows.collect::<String>())
    }

    #[test]
    fn every_row_is_in_one_share() {
        let package = package(&table(100));
        let shares = Shares::new(&package, 3, 1000);
        assert_eq!(shares.count(), 3);
        let lengths = shares.sheets.iter().flatten().map(|sheet| (0..3).map(|number| sheet.share(number, 3)[2].len()));
        let lengths: Vec<Vec<_>> = lengths.map(Iterator::collect).collect();
        assert!(lengths[0].iter().all(|length| *length > 1000), "{lengths:?}");
        let expected = shown(whole(&package, 200));
        assert!(expected.is_some());
        assert_eq!(shown(xlsx_shares(&shares, 210)), expected);
    }

    #[test]
    fn shares_have_room_for_no_more_cells_than_the_whole() {
        let package = package(&table(100));
        assert!(whole(&package, 199).is_none());
        assert!(xlsx_shares(&Shares::new(&package, 3, 1000), 199).is_none());
    }

    #[test]
    fn end_tags_too_many_keep_a_sheet_from_being_read_however_many_shares_it_has() {
        let row = |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>");
        for strays in 0..4 {
            // Never more of them in one share than the elements around the rows.
            let rows: String =
                (1..=40).map(|at| row(at) + if at % 10 == 5 && at / 10 < strays { "</row>" } else { "" }).collect();
            let package = package(&format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"));
            let whole = shown(whole(&package, 1000));
            assert_eq!(whole.is_some(), strays < 2, "{strays}");
            for count in 2..8 {
                let mut shares = Shares::new(&package, count, 1);
                shares.count = count;
                let shares = shown(xlsx_shares(&shares, 1000 * count));
                assert!(shares.is_none() || shares == whole, "{strays} in {count}: {shares:?}");
            }
        }
    }

    #[test]
    fn all_shares_are_read_in_the_encoding_of_the_whole() {
        for (part, told) in [
            ("<?xml version='1.0'?>\n<worksheet>", "<?xml version='1.0'?>"),
            ("\u{FEFF}<?xml version='1.0'?><worksheet>", "\u{FEFF}<?xml version='1.0'?>"),
            ("<worksheet><?a?>", ""),
        ] {
            assert_eq!(declaration(part.as_bytes()), told.as_bytes());
        }
    }

    #[test]
    fn a_small_package_is_not_cut() {
        assert_eq!(Shares::new(&package(&table(10)), 8, 1 << 20).count(), 1);
    }

    /// What stands between rows, rows, and what is no row at all.
    fn piece() -> impl Strategy<Value = String> {
        let row = |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c><c><v>7</v></c></row>");
        prop_oneof![
            8 => (1_u32..60).prop_map(row),
            2 => (1_u32..60).prop_map(move |at| format!("</row>{}<row>", row(at))),
            3 => prop::sample::select(vec![
                "<row><c><v>5</v></c></row>", "<row r=\"9\"/>", "\n ", "<!--", "-->", "<![CDATA[", "]]>", "<?a", "?>", "</row>",
                "<row r=\"3\">", "<c r=\"C4\">", "</c>", "<c><is><t>甲", "</t></is></c>", "<c t=\"b\"><v>", "</v>", "</sheetData>",
                "<sheetData>", "<a b='", "'>", "\"", "<row r=\"x\"></row>", "</worksheet>",
            ]).prop_map(str::to_owned),
        ]
    }

    proptest! {
        #[test]
        fn what_can_be_read_in_shares_can_be_read_whole_and_is_the_same(
            head in prop::sample::select(vec!["", "<!-- <sheetData> -->", "<dimension ref=\"A1\"/>", "<!--"]),
            pieces in prop::collection::vec(piece(), 0..40),
            most in 2_usize..6,
        ) {
            let sheet = format!("<worksheet>{head}<sheetData>{}</sheetData></worksheet>", pieces.concat());
            let package = package(&sheet);
            let mut shares = Shares::new(&package, most, 1);
            shares.count = most;
            if let Some(shares) = xlsx_shares(&shares, 10_000) {
                prop_assert_eq!(shown(Some(shares)), shown(whole(&package, 10_000)));
            }
        }
    }
}
