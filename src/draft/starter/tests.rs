use proptest::prelude::*;

use super::*;
use crate::dataset::{SheetChoice, TableSpec};
use crate::diagnostic::{Diagnostic, Language, Place, Words};
use crate::document::Image;
use crate::draft::let_tags_say;
use crate::picture::Print;
use crate::template::{PictureSource, Pictures, ProjectFacts, Scope, WordTemplate};
use crate::workbook::{CellValue, Sheet, Workbook};

struct NoPictures;

impl Pictures for NoPictures {
    fn picture(&self, _: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        Err(Diagnostic::error("test.picture", named_at.clone(), Words::new("没有图片", "no picture")))
    }
}

/// The data of a sheet whose header has these names; each row has a word of its own in each cell.
fn data(names: &[String], rows: usize) -> (Dataset, Renamed) {
    let header = names.iter().map(|name| CellValue::Text(name.as_str().into())).collect();
    let row = |row: usize| (0..names.len()).map(|at| CellValue::Text(format!("值{row}之{at}。").into())).collect();
    let rows = std::iter::once(header).chain((0..rows).map(row)).collect();
    let sheet = Sheet { name: "名单".into(), rows, ..Sheet::default() };
    let book = Workbook { file: "名单.xlsx".into(), sheets: vec![sheet], ..Workbook::default() };
    let spec = TableSpec {
        name: "名单".into(),
        place: Place::Run,
        sheets: vec![SheetChoice { workbook: 0, sheet: None, place: Place::Run }],
        ..TableSpec::default()
    };
    let (mut dataset, _) = Dataset::find(&[book], &[spec], &[]);
    let renamed = let_tags_say(&mut dataset);
    (dataset, renamed)
}

/// The text of the starter merged with the first row or, as a list, with all; and what is said of it.
fn merged((dataset, renamed): &(Dataset, Renamed), list: bool) -> (Document, Vec<String>) {
    let titles = ["名单".to_owned()];
    let request = StarterRequest { dataset, renamed, table: TableId(0), titles: &titles, list };
    let template = crate::docx::write(&starter(request).unwrap()).unwrap();
    let facts = ProjectFacts::default();
    let scope = Scope { dataset, project: &facts, unit: (!list).then_some((TableId(0), 0)), skipped: 0 };
    let (word, problems) = match WordTemplate::parse("模板.docx", &template).merge(scope, &NoPictures) {
        Ok(merged) => merged,
        Err(problems) => panic!("{:?}", problems.iter().map(|p| p.to_text(Language::Chinese)).collect::<Vec<_>>()),
    };
    let (document, _) = crate::docx::read("模板.docx", &word.bytes).unwrap();
    (document, problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect())
}

fn texts(blocks: &[Block]) -> Vec<String> {
    let text = |block: &Block| match block {
        Block::Paragraph(paragraph) => vec![paragraph.plain_text()],
        Block::Table(table) => {
            table.rows.iter().flat_map(|row| &row.cells).flat_map(|cell| texts(&cell.blocks)).collect()
        }
    };
    blocks.iter().flat_map(text).filter(|text| !text.is_empty()).collect()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn every_column_is_a_label_and_a_value_and_the_hint_is_gone() {
    let (document, problems) = merged(&data(&names(&["姓名", "党费（元）", "合计"]), 2), false);
    assert_eq!(problems, [""; 0]);
    let expected = ["名单", "姓名", "值0之0。", "党费（元）", "值0之1。", "合计", "值0之2。"];
    assert_eq!(texts(&document.sections[0].blocks), expected);
}

#[test]
fn a_list_has_all_rows_with_their_numbers() {
    let (document, problems) = merged(&data(&names(&["姓名", "单位"]), 2), true);
    assert_eq!(problems, [""; 0]);
    let expected = ["名单", "序号", "姓名", "单位", "1", "值0之0。", "值0之1。", "2", "值1之0。", "值1之1。"];
    assert_eq!(texts(&document.sections[0].blocks), expected);
}

#[test]
fn too_many_columns_for_a_list_make_a_form_for_each_row() {
    let many: Vec<String> = (0..60).map(|at| format!("第{at}项指标")).collect();
    let (document, problems) = merged(&data(&many, 2), true);
    assert_eq!(problems, [""; 0]);
    let shown = texts(&document.sections[0].blocks);
    assert_eq!(shown.iter().filter(|text| text.starts_with("值1之")).count(), 60);
    assert!(shown.contains(&"第2条".to_owned()));
}

#[test]
fn dates_money_and_blanks_have_tags_that_suit_them() {
    let dataset = crate::dataset::testing::Draft::default()
        .table(
            "名单",
            "姓名 入党时间@ 党费（元）# 人数# 备注",
            &["名单.xlsx#名单:", "甲|2001-07-01|12.5|3|-", "乙|2002-07-01|8|4|借调"],
        )
        .done();
    let fields = Field::all(&dataset, &Renamed::default(), TableId(0));
    let tags: Vec<_> = fields.iter().map(|field| field.tag.as_str()).collect();
    let expected = ["{{姓名}}", "{{日期 入党时间}}", "{{格式 党费 \"#,##0.00\"}}", "{{人数}}", "{{缺省 备注 \"—\"}}"];
    assert_eq!(tags, expected);
    assert_eq!(fields.iter().filter(|field| field.number).count(), 2);
}

#[test]
fn a_label_is_a_columns_last_level_unless_another_column_has_the_same() {
    let table = "今年/人数 上年/人数 党员队伍/正式党员";
    let dataset = crate::dataset::testing::Draft::default().table("名单", table, &["名单.xlsx#名单:", "1|2|3"]).done();
    let fields = Field::all(&dataset, &Renamed::default(), TableId(0));
    assert_eq!(
        fields.iter().map(|field| field.label.as_str()).collect::<Vec<_>>(),
        ["今年人数", "上年人数", "正式党员"]
    );
}

#[test]
fn braces_in_a_heading_stay_text() {
    assert_eq!(literal("a{{b"), "a\\{{b");
    assert_eq!(literal("{{{{"), "\\{{\\{{");
    assert_eq!(literal("\\{｛"), "＼\\{｛");
}

fn name() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "姓名",
        "合计",
        "each",
        "键",
        "this",
        "序号2",
        "党费（元）",
        "a.b",
        "甲 乙",
        "\"引号\"",
        "“弯”",
        "'单'",
        "{{x}}",
        "{y}",
        "[z]",
        "｛｛全｝｝",
        "1990",
        "１班",
        "1班",
        "今年/人数",
        "党员队伍/正式党员",
        "a=b",
        "甲，乙",
        "甲、乙",
        "@x",
        "#y",
        "！",
        "C++",
        "50%",
        "名单",
        "\\",
        "a|b",
        "null",
        "else",
        "../x",
        "()",
        "（）",
        "甲}}乙",
        "甲{{乙",
    ]);
    prop_oneof![3 => odd.prop_map(str::to_owned), 1 => "\\PC{1,8}", 1 => "[甲乙丙丁a-c0-9{}\\[\\]\"'“”（）./ ]{1,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_the_columns_are_called_the_starter_merges_without_a_word(
        names in prop::collection::vec(name(), 1..24),
        list in any::<bool>(),
    ) {
        let data = data(&names, 2);
        prop_assume!(!data.0.tables.is_empty());
        let table = data.0.table(TableId(0));
        let wanted: Vec<String> = table.columns.iter().enumerate().filter(|(_, column)| !column.is_serial())
            .filter_map(|(at, _)| table.rows.first().map(|row| match &row.cells[at].value {
                crate::dataset::Value::Text(text) => text.to_string(),
                other => format!("{other:?}"),
            })).collect();
        prop_assume!(!wanted.is_empty());
        let (document, problems) = merged(&data, list);
        prop_assert_eq!(problems, Vec::<String>::new());
        let shown = texts(&document.sections[0].blocks);
        let values: Vec<_> = shown.iter().filter(|text| wanted.contains(text)).cloned().collect();
        prop_assert_eq!(values, wanted);
    }
}
