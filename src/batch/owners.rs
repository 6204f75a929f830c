//! Whose mistake a problem is: the unit, such as a school, that the cell, sheet or file belongs to.

use std::collections::HashMap;

use crate::dataset::{Dataset, NamedUnits, TableId};
use crate::diagnostic::{Place, cell_position};

/// A row of a table that reports are made for.
type Unit = (TableId, u32);

/// Knows which unit a place in the workbooks belongs to.
///
/// A cell belongs to the unit that the row in it names, over any number of links: the row itself if it is a unit, else
/// the nearest one. A place that is in no such row belongs to whom the sheet belongs to, and the sheet if need be to
/// whom the file belongs to: the unit that all their rows belong to, as far as they belong to anybody. A file that
/// holds no row is known by the one unit that its name names.
#[derive(Debug)]
pub struct Owners<'a> {
    sheets: HashMap<&'a str, HashMap<&'a str, SheetRows>>,
    names: NamedUnits<'a>,
}

/// The rows that were read from a sheet.
#[derive(Debug, Default)]
struct SheetRows {
    /// Sorted by the row of the sheet.
    rows: Vec<OwnedRow>,
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
        let mut sheets: HashMap<&str, HashMap<&str, SheetRows>> = HashMap::new();
        let mut rows: Vec<Vec<OwnedRow>> = vec![Vec::new(); dataset.sheets.len()];
        for (number, table) in dataset.tables.iter().enumerate() {
            let id = TableId(number as u16);
            for (index, row) in table.rows.iter().enumerate() {
                let owner = unit_of_row(dataset, unit_tables, (id, index as u32));
                let origins = row.cells.iter().map(|cell| cell.origin);
                // Merged cells and forms take a row's values from several rows of the sheet.
                let mut pieces: Vec<(u32, OwnedRow)> = Vec::with_capacity(1);
                for origin in origins {
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
        for (name, mut rows) in dataset.sheets.iter().zip(rows) {
            rows.sort_unstable();
            sheets.entry(&name.file).or_default().insert(&name.sheet, SheetRows { rows });
        }
        Self { sheets, names: NamedUnits::new(dataset, unit_tables) }
    }

    /// The unit that a place belongs to, as the table and the row of it; nothing if it belongs to nobody or to several.
    pub fn owner(&self, place: &Place) -> Option<Unit> {
        match place {
            Place::Run | Place::Text { .. } | Place::Paragraph { .. } => None,
            Place::File { file } => self.of_file(file),
            Place::Sheet { file, sheet } => self.of_sheet(file, sheet),
            Place::Cell { file, sheet, cell } => {
                let (row, column) = cell_position(cell)?;
                let rows = self.sheets.get(file.as_str()).and_then(|sheets| sheets.get(sheet.as_str()));
                match rows.map_or(Belongs::ToNobody, |rows| rows.at(row, column)) {
                    Belongs::To(unit) => Some(unit),
                    Belongs::ToSeveral => None,
                    Belongs::ToNobody => self.of_sheet(file, sheet),
                }
            }
        }
    }

    fn of_sheet(&self, file: &str, sheet: &str) -> Option<Unit> {
        let rows = self.sheets.get(file).and_then(|sheets| sheets.get(sheet));
        match rows.map_or(Belongs::ToNobody, |rows| whole(rows.rows.iter().map(|row| row.owner))) {
            Belongs::To(unit) => Some(unit),
            Belongs::ToSeveral => None,
            Belongs::ToNobody => self.of_file(file),
        }
    }

    fn of_file(&self, file: &str) -> Option<Unit> {
        let rows = self.sheets.get(file).into_iter().flat_map(HashMap::values).flat_map(|sheet| &sheet.rows);
        match whole(rows.map(|row| row.owner)) {
            Belongs::To(unit) => Some(unit),
            Belongs::ToSeveral => None,
            Belongs::ToNobody => self.names.in_path(file),
        }
    }
}

impl SheetRows {
    /// Whom the cell belongs to, or else the rest of its row.
    fn at(&self, row: u32, column: u32) -> Belongs {
        let start = self.rows.partition_point(|known| known.row < row);
        let here = || self.rows[start..].iter().take_while(|known| known.row == row);
        let cell = all(here().filter(|known| (known.left..=known.right).contains(&column)).map(|known| known.owner));
        if cell == Belongs::ToNobody { all(here().map(|known| known.owner)) } else { cell }
    }
}

/// Whom a number of rows belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Belongs {
    ToNobody,
    To(Unit),
    ToSeveral,
}

/// Rows that belong to nobody do not count.
fn all(owners: impl Iterator<Item = Option<Unit>>) -> Belongs {
    let mut owners = owners.flatten();
    match owners.next() {
        None => Belongs::ToNobody,
        Some(first) if owners.all(|owner| owner == first) => Belongs::To(first),
        Some(_) => Belongs::ToSeveral,
    }
}

/// The same for a sheet or a file, of which most rows must belong to somebody: a list in which one row alone names a
/// unit is not that unit's.
fn whole(owners: impl Iterator<Item = Option<Unit>> + Clone) -> Belongs {
    let (mut owned, mut others) = (0_usize, 0_usize);
    for owner in owners.clone() {
        *(if owner.is_some() { &mut owned } else { &mut others }) += 1;
    }
    match all(owners) {
        Belongs::To(_) if owned < others => Belongs::ToSeveral,
        belongs => belongs,
    }
}

/// The unit that a row is, or names over the fewest links.
fn unit_of_row(dataset: &Dataset, unit_tables: &[TableId], start: Unit) -> Option<Unit> {
    let mut reached = vec![start];
    let mut next = 0;
    while let Some((table, row)) = reached.get(next).copied() {
        if unit_tables.contains(&table) {
            return Some((table, row));
        }
        for link in dataset.links.iter().filter(|link| link.from == table) {
            if let Some(target) = link.targets.get(row as usize).copied().flatten()
                && !reached.iter().any(|(known, _)| *known == link.to)
            {
                reached.push((link.to, target));
            }
        }
        next += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::testing::Draft;

    const DISTRICTS: TableId = TableId(0);
    const SCHOOLS: TableId = TableId(1);

    /// The city's list, one file a school, a list of activities that names branches, and a table that nobody owns.
    fn city() -> Dataset {
        Draft::default()
            .table("区县", "区县名称", &["市/名单.xlsx#区县:", "东区", "西区"])
            .table("学校", "代码 学校名称 区县", &["市/名单.xlsx#学校:", "0101|第一小学|东区", "0102|第二小学|东区"])
            .table("支部", "支部 代码", &["校/甲.xlsx#表:", "语文|0101", "数学|0109", "校/乙.xlsx#表:", "体育|0102"])
            .table("活动", "活动 支部", &["市/活动.xlsx#表:", "党课|语文", "参观|体育", "讨论|美术"])
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
        assert_eq!(owner(&Place::Sheet { file: "市/名单.xlsx".into(), sheet: "学校".into() }), None);
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
