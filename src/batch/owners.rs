//! Whose mistake a problem is: the unit, such as a school, that the cell, sheet or file belongs to.

use std::collections::{BTreeSet, HashMap};

use crate::dataset::{Dataset, NamedUnits, TableId};
use crate::diagnostic::{Place, cell_position};

/// A row of a table that reports are made for.
type Unit = (TableId, u32);

/// Knows which unit a place in the workbooks belongs to.
///
/// A cell belongs to the unit that the row in it names, over any number of links: the row itself if it is a unit, else
/// the nearest one. A place that is in no such row belongs to whom the sheet belongs to, and the sheet if need be to
/// whom the file belongs to: the nearest unit that all their rows belong to, as far as they belong to anybody. A file
/// that holds no row is known by the one unit that its name names.
#[derive(Debug)]
pub struct Owners<'a> {
    files: HashMap<&'a str, FileRows<'a>>,
    names: NamedUnits<'a>,
    units: Units<'a>,
}

/// What was read from a file.
#[derive(Debug, Default)]
struct FileRows<'a> {
    sheets: HashMap<&'a str, SheetRows>,
    belongs: Belongs,
}

/// The rows that were read from a sheet.
#[derive(Debug, Default)]
struct SheetRows {
    /// Sorted by the row of the sheet.
    rows: Vec<OwnedRow>,
    belongs: Belongs,
}

/// Some cells of a row of a table that stand in one row of a sheet: mostly all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct OwnedRow {
    /// The row of the sheet, from 0.
    row: u32,
    /// First column of the cells.
    left: u32,
    /// Last column of the cells.
    right: u32,
    owner: Option<Unit>,
}

impl<'a> Owners<'a> {
    /// Knows the owners of all rows; `unit_tables` are the tables that some report has as its `each`.
    pub fn new(dataset: &'a Dataset, unit_tables: &[TableId]) -> Self {
        let units = Units { dataset, tables: unit_tables.to_vec() };
        let mut files: HashMap<&str, FileRows<'_>> = HashMap::new();
        for (name, mut rows) in dataset.sheets.iter().zip(owned_rows(&units)) {
            rows.sort_unstable();
            let belongs = units.most(rows.iter().map(|row| row.owner));
            files.entry(&name.file).or_default().sheets.insert(&name.sheet, SheetRows { rows, belongs });
        }
        for file in files.values_mut() {
            let rows = file.sheets.values().flat_map(|sheet| &sheet.rows);
            file.belongs = units.most(rows.map(|row| row.owner));
        }
        Self { files, names: NamedUnits::new(dataset, unit_tables), units }
    }

    /// The unit that a place belongs to, as the table and the row of it; nothing if it belongs to nobody or to several.
    pub fn owner(&self, place: &Place) -> Option<Unit> {
        match place {
            Place::Run | Place::Text { .. } | Place::Paragraph { .. } => None,
            Place::File { file } => self.of_file(file),
            Place::Sheet { file, sheet } => self.of_sheet(file, sheet),
            Place::Cell { file, sheet, cell } => {
                let (row, column) = cell_position(cell)?;
                let rows = self.files.get(file.as_str()).and_then(|file| file.sheets.get(sheet.as_str()));
                match rows.map_or(Belongs::ToNobody, |rows| rows.at(row, column, &self.units)) {
                    Belongs::To(unit) => Some(unit),
                    Belongs::ToSeveral => None,
                    Belongs::ToNobody => self.of_sheet(file, sheet),
                }
            }
        }
    }

    fn of_sheet(&self, file: &str, sheet: &str) -> Option<Unit> {
        let rows = self.files.get(file).and_then(|file| file.sheets.get(sheet));
        match rows.map_or(Belongs::ToNobody, |rows| rows.belongs) {
            Belongs::To(unit) => Some(unit),
            Belongs::ToSeveral => None,
            Belongs::ToNobody => self.of_file(file),
        }
    }

    fn of_file(&self, file: &str) -> Option<Unit> {
        match self.files.get(file).map_or(Belongs::ToNobody, |file| file.belongs) {
            Belongs::To(unit) => Some(unit),
            Belongs::ToSeveral => None,
            Belongs::ToNobody => self.names.in_path(file),
        }
    }
}

/// For each sheet of the dataset the rows read from it.
fn owned_rows(units: &Units<'_>) -> Vec<Vec<OwnedRow>> {
    let mut rows: Vec<Vec<OwnedRow>> = vec![Vec::new(); units.dataset.sheets.len()];
    for (table, id) in units.dataset.tables.iter().zip(0..) {
        for (row, index) in table.rows.iter().zip(0..) {
            let owner = units.of_row((TableId(id), index)).next();
            // Merged cells and forms take a row's values from several rows of the sheet.
            let mut pieces: Vec<(u32, OwnedRow)> = Vec::with_capacity(1);
            for origin in row.cells.iter().map(|cell| cell.origin) {
                let (sheet, row, column) = (origin.sheet, origin.row, origin.column);
                match pieces.iter_mut().find(|(of, piece)| *of == sheet && piece.row == row) {
                    Some((_, piece)) => {
                        piece.left = piece.left.min(column);
                        piece.right = piece.right.max(column);
                    }
                    None => pieces.push((sheet, OwnedRow { row, left: column, right: column, owner })),
                }
            }
            for (sheet, piece) in pieces {
                rows.get_mut(sheet as usize).into_iter().for_each(|rows| rows.push(piece));
            }
        }
    }
    rows
}

impl SheetRows {
    /// Whom the cell belongs to, or else the rest of its row.
    fn at(&self, row: u32, column: u32, units: &Units<'_>) -> Belongs {
        let start = self.rows.partition_point(|known| known.row < row);
        let here = || self.rows[start..].iter().take_while(|known| known.row == row);
        let cell = here().filter(|known| (known.left..=known.right).contains(&column));
        match units.all(cell.map(|known| known.owner)) {
            Belongs::ToNobody => units.all(here().map(|known| known.owner)),
            belongs => belongs,
        }
    }
}

/// Whom a number of rows belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Belongs {
    #[default]
    ToNobody,
    To(Unit),
    ToSeveral,
}

/// The tables that reports are made for.
#[derive(Debug)]
struct Units<'a> {
    dataset: &'a Dataset,
    tables: Vec<TableId>,
}

impl Units<'_> {
    /// The units that a row is or names, those over the fewest links first.
    fn of_row(&self, start: Unit) -> impl Iterator<Item = Unit> {
        let mut reached = vec![start];
        let mut next = 0;
        std::iter::from_fn(move || {
            let (table, row) = *reached.get(next)?;
            next += 1;
            for link in self.dataset.links.iter().filter(|link| link.from == table) {
                if let Some(target) = link.targets.get(row as usize).copied().flatten()
                    && !reached.iter().any(|(known, _)| *known == link.to)
                {
                    reached.push((link.to, target));
                }
            }
            Some((table, row))
        })
        .filter(|(table, _)| self.tables.contains(table))
    }

    /// The nearest unit that rows with these owners all belong to. Rows that belong to nobody do not count.
    fn all(&self, owners: impl Iterator<Item = Option<Unit>>) -> Belongs {
        let distinct: BTreeSet<Unit> = owners.flatten().collect();
        let mut distinct = distinct.into_iter();
        let Some(first) = distinct.next() else { return Belongs::ToNobody };
        let mut common: Vec<Unit> = self.of_row(first).collect();
        for other in distinct {
            let above: Vec<Unit> = self.of_row(other).collect();
            common.retain(|unit| above.contains(unit));
        }
        common.first().map_or(Belongs::ToSeveral, |unit| Belongs::To(*unit))
    }

    /// The same for a sheet or a file, of which most rows must belong to somebody: a list in which one row alone names
    /// a unit is not that unit's.
    fn most(&self, owners: impl Iterator<Item = Option<Unit>> + Clone) -> Belongs {
        let (mut owned, mut others) = (0_usize, 0_usize);
        for owner in owners.clone() {
            *(if owner.is_some() { &mut owned } else { &mut others }) += 1;
        }
        match self.all(owners) {
            Belongs::To(_) if owned < others => Belongs::ToSeveral,
            belongs => belongs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::testing::Draft;

    const DISTRICTS: TableId = TableId(0);
    const SCHOOLS: TableId = TableId(1);

    const BRANCHES: [&str; 11] = [
        "校/甲.xlsx#表:",
        "语文|0101",
        "数学|0109",
        "校/乙.xlsx#表:",
        "体育|0102",
        "校/丙.xlsx#表:",
        "美术|0201",
        "区/东.xlsx#表:",
        "高一|0101",
        "高二|0102",
        "高三|0108",
    ];

    /// The city's list, one file a school, a list of activities that names branches, and a table that nobody owns.
    fn city() -> Dataset {
        Draft::default()
            .table("区县", "区县名称", &["市/名单.xlsx#区县:", "东区", "西区"])
            .table(
                "学校",
                "代码 学校名称 区县",
                &["市/名单.xlsx#学校:", "0101|第一小学|东区", "0102|第二小学|东区", "0201|第三小学|西区"],
            )
            .table("支部", "支部 代码", &BRANCHES)
            .table("活动", "活动 支部", &["市/活动.xlsx#表:", "党课|语文", "参观|体育", "讨论|音乐", "展览|美术"])
            .table("历年", "年度#", &["市/名单.xlsx#历年:", "2022", "2023"])
            .link("学校.区县", "区县.区县名称")
            .link("支部.代码", "学校.代码")
            .link("活动.支部", "支部.支部")
            .done()
    }

    fn cell(file: &str, sheet: &str, cell: &str) -> Place {
        Place::Cell { file: file.into(), sheet: sheet.into(), cell: cell.into() }
    }

    fn owner(place: &Place) -> Option<Unit> {
        let city = city();
        Owners::new(&city, &[DISTRICTS, SCHOOLS]).owner(place)
    }

    #[test]
    fn a_row_belongs_to_the_unit_it_is_or_names_over_the_fewest_links() {
        assert_eq!(owner(&cell("市/名单.xlsx", "学校", "C3")), Some((SCHOOLS, 1)));
        assert_eq!(owner(&cell("市/名单.xlsx", "区县", "A2")), Some((DISTRICTS, 0)));
        assert_eq!(owner(&cell("市/活动.xlsx", "表", "A3")), Some((SCHOOLS, 1)));
        assert_eq!(owner(&cell("市/活动.xlsx", "表", "B3:B3")), Some((SCHOOLS, 1)));
    }

    #[test]
    fn a_row_that_names_nobody_belongs_to_whom_its_sheet_belongs_to() {
        assert_eq!(owner(&cell("校/甲.xlsx", "表", "B3")), Some((SCHOOLS, 0)));
        assert_eq!(owner(&cell("市/活动.xlsx", "表", "B4")), None);
        assert_eq!(owner(&cell("市/名单.xlsx", "历年", "A2")), None);
    }

    #[test]
    fn a_header_a_sheet_and_a_file_belong_to_the_unit_all_whose_rows_they_hold() {
        assert_eq!(owner(&cell("校/乙.xlsx", "表", "C1")), Some((SCHOOLS, 1)));
        assert_eq!(owner(&Place::Sheet { file: "校/甲.xlsx".into(), sheet: "表".into() }), Some((SCHOOLS, 0)));
        assert_eq!(owner(&Place::File { file: "校/甲.xlsx".into() }), Some((SCHOOLS, 0)));
        assert_eq!(owner(&Place::File { file: "市/名单.xlsx".into() }), None);
    }

    #[test]
    fn a_sheet_of_several_schools_belongs_to_their_district_if_it_is_one() {
        let sheet = |file: &str, sheet: &str| Place::Sheet { file: file.into(), sheet: sheet.into() };
        assert_eq!(owner(&sheet("区/东.xlsx", "表")), Some((DISTRICTS, 0)));
        assert_eq!(owner(&cell("区/东.xlsx", "表", "B4")), Some((DISTRICTS, 0)));
        assert_eq!(owner(&sheet("市/名单.xlsx", "学校")), None);
        let city = city();
        assert_eq!(Owners::new(&city, &[SCHOOLS]).owner(&sheet("区/东.xlsx", "表")), None);
    }

    #[test]
    fn a_file_that_could_not_be_read_belongs_to_the_one_unit_it_is_named_after() {
        assert_eq!(owner(&Place::File { file: "校/0102.xlsx".into() }), Some((SCHOOLS, 1)));
        assert_eq!(owner(&Place::File { file: "校/东区第一小学（改）.xlsx".into() }), Some((SCHOOLS, 0)));
        assert_eq!(owner(&Place::File { file: "校/01022.xlsx".into() }), None);
        assert_eq!(owner(&Place::File { file: "校/0102第一小学.xlsx".into() }), None);
        assert_eq!(owner(&Place::File { file: "0101第一小学/党支部.xlsx".into() }), Some((SCHOOLS, 0)));
        assert_eq!(owner(&Place::Sheet { file: "校/东区.xlsx".into(), sheet: "表".into() }), Some((DISTRICTS, 0)));
    }

    #[test]
    fn what_is_in_no_workbook_belongs_to_nobody() {
        assert_eq!(owner(&Place::Run), None);
        assert_eq!(owner(&Place::Text { file: "huibao.toml".into(), line: 1, column: 1 }), None);
    }

    #[test]
    fn a_merged_cell_that_rows_of_several_units_share_belongs_to_none_of_them() {
        let mut city = city();
        let held_by = city.tables[1].rows[0].cells[2].origin;
        city.tables[1].rows[1].cells[2].origin = held_by;
        let owners = Owners::new(&city, &[SCHOOLS]);
        assert_eq!(owners.owner(&cell("市/名单.xlsx", "学校", "C2")), None);
        assert_eq!(owners.owner(&cell("市/名单.xlsx", "学校", "A2")), Some((SCHOOLS, 0)));
        assert_eq!(owners.owner(&cell("市/名单.xlsx", "学校", "A3")), Some((SCHOOLS, 1)));
    }
}
