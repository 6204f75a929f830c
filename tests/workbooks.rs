//! Workbooks as offices send them: a workbook for each thing that people do, made here, read from its bytes, and what
//! must come out.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::io::{Cursor, Read, Write};

use huibao::dataset::{ColumnSpec, Dataset, Hidden, Kind, LinkSpec, SheetChoice, Table, TableSpec, Value, describe};
use huibao::diagnostic::{Diagnostic, Place, Severity};
use huibao::workbook::{self, Workbook};
use rust_xlsxwriter::{Format, Formula, Workbook as Writer, Worksheet};

/// A workbook of one sheet. Rows of words parted by blanks: one that reads as a number is a number, unless an apostrophe
/// stands before it; `_` is an empty cell.
fn made(rows: &[&str], change: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut writer = Writer::new();
    let sheet = writer.add_worksheet().set_name("表").unwrap();
    change(sheet);
    for (row, line) in rows.iter().enumerate() {
        for (column, word) in line.split(' ').enumerate().filter(|(_, word)| *word != "_") {
            let (row, column) = (row as u32, column as u16);
            match word.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).unwrap(),
                Err(_) => sheet.write(row, column, word.trim_start_matches('\'')).unwrap(),
            };
        }
    }
    writer.save_to_buffer().unwrap()
}

/// First row and column, last row and column, and what stands in them.
fn merge(sheet: &mut Worksheet, (top, left, bottom, right): (u32, u16, u32, u16), words: &str) {
    sheet.merge_range(top, left, bottom, right, words, &Format::new()).unwrap();
}

fn read(file: &str, bytes: &[u8]) -> Workbook {
    workbook::read(file, bytes).unwrap_or_else(|problem| panic!("{file}: {problem:?}"))
}

/// A table read from the first sheets of some workbooks.
fn spec(name: &str, workbooks: impl IntoIterator<Item = usize>) -> TableSpec {
    let choice = |workbook| SheetChoice { workbook, sheet: None, place: Place::Run };
    TableSpec { name: name.to_owned(), sheets: workbooks.into_iter().map(choice).collect(), ..TableSpec::default() }
}

/// What came out of one workbook.
struct Outcome {
    table: Table,
    problems: Vec<Diagnostic>,
}

fn outcome(bytes: &[u8], change: impl FnOnce(&mut TableSpec)) -> Outcome {
    let mut spec = spec("表", [0]);
    change(&mut spec);
    let (mut dataset, problems) = Dataset::find(&[read("甲.xlsx", bytes)], &[spec], &[]);
    Outcome { table: dataset.tables.pop().unwrap_or_default(), problems }
}

fn of(rows: &[&str]) -> Outcome {
    outcome(&made(rows, |_| {}), |_| {})
}

impl Outcome {
    fn names(&self) -> Vec<&str> {
        self.table.columns.iter().map(|column| column.name.as_str()).collect()
    }

    fn column(&self, name: &str) -> Vec<String> {
        column(&self.table, name)
    }

    fn kind(&self, name: &str) -> Kind {
        self.table.columns[self.table.find_column(name).unwrap()].kind
    }

    /// Severity, place and Chinese words of each problem.
    fn said(&self) -> Vec<String> {
        said(&self.problems)
    }

    /// Only the errors and warnings.
    fn wrong(&self) -> Vec<String> {
        let wrong = self.problems.iter().filter(|problem| problem.severity != Severity::Note).cloned();
        said(&wrong.collect::<Vec<_>>())
    }
}

fn column(table: &Table, name: &str) -> Vec<String> {
    let column = table.find_column(name).unwrap_or_else(|| panic!("no column {name}"));
    table.rows.iter().map(|row| shown(&row.cells[column].value)).collect()
}

fn shown(value: &Value) -> String {
    match value {
        Value::Blank => String::new(),
        Value::Text(text) => format!("“{text}”"),
        Value::Number(number) => number.to_string(),
        Value::Bool(yes) => yes.to_string(),
        Value::Date(date) => {
            let parts = [date.month, date.day].into_iter().flatten().map(|part| format!("-{part}"));
            format!("{}{}", date.year, parts.collect::<String>())
        }
    }
}

fn said(problems: &[Diagnostic]) -> Vec<String> {
    let mark = |severity| match severity {
        Severity::Note => "提示",
        Severity::Warning => "警告",
        Severity::Error => "错误",
    };
    problems
        .iter()
        .map(|problem| format!("{} {} {}", mark(problem.severity), problem.place, problem.message.zh))
        .collect()
}

const NOTHING: [&str; 0] = [];

mod finding_the_table {
    use super::*;

    #[test]
    fn title_rows_and_notes_above_are_no_part_of_the_table() {
        let rows = ["_", "填报单位：第一小学 _ 单位：人", "学校 教师 学生", "一小 30 500"];
        let outcome = outcome(&made(&rows, |sheet| merge(sheet, (0, 0, 0, 2), "2023年学校情况统计表")), |_| {});
        assert_eq!((outcome.names(), outcome.column("学生")), (vec!["学校", "教师", "学生"], vec!["500".to_owned()]));
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn headers_of_one_to_three_rows_with_merged_cells_name_columns_by_path_and_by_last_part() {
        let rows = ["", "_ _ _ _ _", "_ 男 女 _ _", "一小 3 4 1 12.5", "二小 5 6 0 8"];
        let bytes = made(&rows, |sheet| {
            merge(sheet, (0, 0, 2, 0), "学校");
            merge(sheet, (0, 1, 0, 3), "党员队伍");
            merge(sheet, (1, 1, 1, 2), "正式党员");
            merge(sheet, (1, 3, 2, 3), "预备党员");
            merge(sheet, (0, 4, 2, 4), "党费（元）");
        });
        let outcome = outcome(&bytes, |_| {});
        let names = ["学校", "党员队伍/正式党员/男", "党员队伍/正式党员/女", "党员队伍/预备党员", "党费（元）"];
        assert_eq!(outcome.names(), names);
        assert_eq!(outcome.column("预备党员"), ["1", "0"]);
        assert_eq!(outcome.column("党员队伍/正式党员/女"), ["4", "6"]);
        assert_eq!(outcome.table.find_column("正式党员"), None);
    }

    #[test]
    fn serial_numbers_blank_rows_and_blank_columns_do_no_harm() {
        let rows = ["_ 序号 学校 _ 教师", "_ 1 一小 _ 30", "", "_ 2 二小 _ 20", "_ 3", "_ 4"];
        let outcome = of(&rows);
        assert_eq!(
            (outcome.names(), outcome.column("教师")),
            (vec!["序号", "学校", "教师"], vec!["30".to_owned(), "20".to_owned()])
        );
        assert_eq!(outcome.said(), ["提示 甲.xlsx#表 第 5, 6 行不算数据：只有序号的空行"]);
    }

    #[test]
    fn totals_and_subtotals_at_top_or_bottom_are_never_data_and_are_compared_with_the_sum() {
        for rows in [
            ["学校 教师", "一小 30", "二小 20", "小计 50", "三小 10", "小计 10", "合　计 60"],
            ["学校 教师", "总计 60", "小计 50", "一小 30", "二小 20", "小计 10", "三小 10"],
        ] {
            let outcome = of(&rows);
            assert_eq!(outcome.column("教师").len(), 3, "{rows:?}");
            assert_eq!(outcome.wrong(), NOTHING, "{rows:?}");
        }
        let wrong = of(&["学校 教师", "一小 30", "二小 20", "小计 51", "三小 10", "小计 10", "合计 61"]).wrong();
        assert_eq!(
            wrong,
            [
                "警告 甲.xlsx#表!B4 小计里“教师”是 51，第 2 至 3 行加起来是 50",
                "警告 甲.xlsx#表!B7 合计行里“教师”是 61，各行加起来是 60"
            ]
        );
    }

    #[test]
    fn headers_repeated_down_a_long_sheet_are_passed_over() {
        let mut rows = Vec::new();
        for page in 0..3 {
            rows.extend(["学校 教师 学生".to_owned()]);
            rows.extend((0..30).map(|row| format!("第{page}{row}小学 {row} 500")));
        }
        let rows: Vec<_> = rows.iter().map(String::as_str).collect();
        let outcome = of(&rows);
        assert_eq!(outcome.table.rows.len(), 90);
        assert_eq!(outcome.said(), ["提示 甲.xlsx#表 第 32, 63 行不算数据：重复的表头"]);
    }

    #[test]
    fn notes_and_signatures_below_are_no_rows() {
        let outcome =
            of(&["学校 教师", "一小 30", "", "注：含民办学校。", "填表人：张某 _ 审核人：李某", "联系电话：12345678"]);
        assert_eq!(outcome.column("学校"), ["“一小”"]);
        assert_eq!(outcome.said(), ["提示 甲.xlsx#表 第 4, 5, 6 行不算数据：注释或签名"]);
    }

    #[test]
    fn of_several_tables_on_one_sheet_each_can_be_read_and_none_is_passed_over_in_silence() {
        let rows = [
            "学校情况 _ _ 区县情况",
            "学校 教师 _ 区县 学校数",
            "一小 30 _ 东区 12",
            "二小 20 _ 西区 9",
            "三小 10",
            "",
            "二、培训情况",
            "培训班 讲师 人数",
            "党史 王某 40",
        ];
        let bytes = made(&rows, |_| {});
        let found: Vec<_> =
            describe(&read("甲.xlsx", &bytes)).into_iter().map(|table| (table.range, table.at)).collect();
        let table = |range: &str, at: &str| (Some(range.to_owned()), Some(at.to_owned()));
        assert_eq!(found, [table("A2:B5", "学校情况"), table("D2:E4", "区县情况"), table("A8:C9", "二、培训情况")]);
        for (at, name, values) in [
            ("区县情况", "学校数", vec!["12", "9"]),
            ("培训情况", "人数", vec!["40"]),
            ("D2", "学校数", vec!["12", "9"]),
            ("A8", "讲师", vec!["“王某”"]),
        ] {
            let outcome = outcome(&bytes, |spec| spec.at = Some((at.to_owned(), Place::Run)));
            assert_eq!(outcome.column(name), values, "{at}");
            assert_eq!(outcome.wrong(), NOTHING, "{at}");
        }
        let first = outcome(&bytes, |_| {});
        assert_eq!(first.column("教师"), ["30", "20", "10"]);
        let warning = "警告 甲.xlsx#表 这里不止一张表：读的是 A2:B5，没有读 D2:E4“区县情况”、A8:C9“二、培训情况”";
        assert_eq!(first.wrong(), [warning]);
    }

    #[test]
    fn a_merged_data_cell_holds_for_every_row_that_it_spans() {
        let rows = ["学校 支部 党员", "_ 语文 3", "_ 数学 4", "二小 英语 5"];
        let outcome = outcome(&made(&rows, |sheet| merge(sheet, (1, 0, 2, 0), "一小")), |_| {});
        assert_eq!(outcome.column("学校"), ["“一小”", "“一小”", "“二小”"]);
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn what_is_hidden_is_read_or_not_by_a_setting_and_said_either_way() {
        let mut writer = Writer::new();
        for name in ["表", "旧"] {
            let sheet = writer.add_worksheet().set_name(name).unwrap();
            for (row, cells) in
                [["学校", "教师", "内部"], ["一小", "30", "甲"], ["二小", "20", "乙"]].iter().enumerate()
            {
                for (column, cell) in cells.iter().enumerate() {
                    sheet.write(row as u32, column as u16, *cell).unwrap();
                }
            }
            sheet.set_row_hidden(1).unwrap();
            sheet.set_column_hidden(2).unwrap();
            sheet.set_hidden(name == "旧");
        }
        let bytes = writer.save_to_buffer().unwrap();
        let with = |sheet: Option<&str>, hidden| {
            outcome(&bytes, |spec| {
                spec.hidden = hidden;
                spec.sheets[0].sheet = sheet.map(str::to_owned);
            })
        };
        let all = with(None, Hidden::Read);
        assert_eq!((all.names().len(), all.table.rows.len()), (3, 2));
        let not_read = "提示 甲.xlsx 没有读的工作表：“旧”（隐藏）";
        assert_eq!(all.said(), ["提示 甲.xlsx#表 第 2 行和 C 列是隐藏的，照样读了", not_read]);
        let seen = with(None, Hidden::Skip);
        assert_eq!((seen.names(), seen.column("学校")), (vec!["学校", "教师"], vec!["“二小”".to_owned()]));
        assert_eq!(seen.said(), ["提示 甲.xlsx#表 第 2 行和 C 列是隐藏的，没有读", not_read]);
        assert_eq!(with(Some("旧"), Hidden::Read).said()[0], "提示 甲.xlsx#旧 这张工作表是隐藏的，照样读了");
        assert_eq!(with(Some("旧"), Hidden::Skip).said()[0], "警告 甲.xlsx#旧 这张工作表是隐藏的，没有读");
    }

    #[test]
    fn a_unit_in_a_header_need_not_be_said() {
        let outcome = of(&["学校 党费（元） 面积(平方米)", "一小 30 500"]);
        assert_eq!(
            (outcome.column("党费"), outcome.column("面积（平方米）")),
            (vec!["30".to_owned()], vec!["500".to_owned()])
        );
    }
}

mod understanding_cells {
    use super::*;

    #[test]
    fn numbers_as_text_full_width_with_separators_and_in_percent_are_numbers() {
        let outcome = of(&[
            "学校 学生数 优秀率",
            "一小 '1,200 '45%",
            "二小 '３００ 0.5",
            "三小 '￥1，000.50 '１００％",
            "四小 40 _",
        ]);
        assert_eq!(outcome.column("学生数"), ["1200", "300", "1000.5", "40"]);
        assert_eq!(outcome.column("优秀率"), ["0.45", "0.5", "1", ""]);
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn numbers_among_words_and_in_chinese_are_guesses_with_a_note_each() {
        let outcome =
            of(&["学校 党员人数", "一小 12人", "二小 约30", "三小 1.2万", "四小 一百二十三", "五小 二十", "六小 7"]);
        assert_eq!(outcome.column("党员人数"), ["12", "30", "12000", "123", "20", "7"]);
        let notes = [
            ("B2", "12人", "12"),
            ("B3", "约30", "30"),
            ("B4", "1.2万", "12000"),
            ("B5", "一百二十三", "123"),
            ("B6", "二十", "20"),
        ];
        let notes = notes.map(|(cell, text, number)| format!("提示 甲.xlsx#表!{cell} “{text}”读作 {number}"));
        assert_eq!(outcome.said(), notes);
    }

    #[test]
    fn dashes_slashes_none_and_blank_are_blank() {
        let outcome = of(&["学校 学生数", "一小 —", "二小 /", "三小 无", "四小 _", "五小 －－", "六小 7"]);
        assert_eq!(outcome.column("学生数"), ["", "", "", "", "", "7"]);
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn dates_in_every_writing_are_dates() {
        let rows = [
            "支部 换届时间",
            "甲 2023年4月15日",
            "乙 '2023.4",
            "丙 '2023/4/15",
            "丁 二〇二三年四月",
            "戊 2023",
            "己 2023年",
            "庚 20230415",
            "辛 _",
        ];
        let bytes = made(&rows, |sheet| {
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(8, 1, 45_031.0, &date).unwrap();
        });
        let outcome = outcome(&bytes, |_| {});
        assert_eq!(outcome.kind("换届时间"), Kind::Date);
        let dates = ["2023-4-15", "2023-4", "2023-4-15", "2023-4", "2023", "2023", "2023-4-15", "2023-4-15"];
        assert_eq!(outcome.column("换届时间"), dates);
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn days_count_from_1904_where_the_workbook_says_so() {
        let bytes = made(&["支部 换届时间", "甲 _"], |sheet| {
            let date = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(1, 1, 43_569.0, &date).unwrap();
        });
        let part = |bytes: &[u8]| outcome(bytes, |_| {}).column("换届时间");
        assert_eq!(part(&bytes), ["2019-4-14"]);
        let from_1904 = changed(&bytes, "xl/workbook.xml", "<workbookPr ", "<workbookPr date1904=\"1\" ");
        assert_eq!(part(&from_1904), ["2023-4-15"]);
    }

    /// A workbook with a text in one of its parts replaced.
    fn changed(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            let name = file.name().unwrap().into_owned();
            let mut content = Vec::new();
            file.read_to_end(&mut content).unwrap();
            if name == part {
                let text = String::from_utf8(content).unwrap();
                assert!(text.contains(from), "{text}");
                content = text.replace(from, to).into_bytes();
            }
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn yes_and_no_in_words_and_ticks_are_yes_and_no() {
        let outcome = of(&["学校 民办 达标 优秀", "一小 是 √ ☑", "二小 否 × □", "三小 _ √ ☑"]);
        assert_eq!(outcome.column("民办"), ["true", "false", ""]);
        assert_eq!(outcome.column("达标"), ["true", "false", "true"]);
        assert_eq!(outcome.column("优秀"), ["true", "false", "true"]);
    }

    #[test]
    fn formulas_count_by_their_value_and_one_without_is_told() {
        let bytes = made(&["学校 教师", "一小 _", "二小 _", "三小 30"], |sheet| {
            sheet.write_formula(1, 1, Formula::new("=10+2").set_result("12")).unwrap();
            sheet.write_formula(2, 1, Formula::new("=10+3").set_result("13")).unwrap();
        });
        let bytes = changed(&bytes, "xl/worksheets/sheet1.xml", "<v>13</v>", "");
        let outcome = outcome(&bytes, |_| {});
        assert_eq!(outcome.column("教师"), ["12", "", "30"]);
        assert_eq!(outcome.said(), ["错误 甲.xlsx#表!B3 公式还没有算出结果"]);
    }

    #[test]
    fn error_cells_are_told_with_their_cell() {
        let bytes = made(&["学校 教师", "一小 _", "二小 _", "三小 30"], |sheet| {
            sheet.write_formula(1, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
            sheet.write_formula(2, 1, Formula::new("=#REF!").set_result("#REF!")).unwrap();
        });
        let said = ["错误 甲.xlsx#表!B2 单元格是错误值 #DIV/0!", "错误 甲.xlsx#表!B3 单元格是错误值 #REF!"];
        assert_eq!(outcome(&bytes, |_| {}).said(), said);
    }

    #[test]
    fn identity_numbers_and_codes_of_digits_stay_text_with_their_zeros() {
        let bytes = made(
            &["学校代码 姓名 身份证号 邮编", "'0101 张某 '110101199001011234 _", "'0102 李某 '11010119900101123X _"],
            |sheet| {
                let padded = Format::new().set_num_format("000000");
                sheet.write_with_format(1, 3, 10_020.0, &padded).unwrap();
                sheet.write_with_format(2, 3, 100_020.0, &padded).unwrap();
            },
        );
        let outcome = outcome(&bytes, |_| {});
        assert_eq!(outcome.column("学校代码"), ["“0101”", "“0102”"]);
        assert_eq!(outcome.column("身份证号"), ["“110101199001011234”", "“11010119900101123X”"]);
        assert_eq!(outcome.column("邮编"), ["“010020”", "“100020”"]);
        assert_eq!(outcome.said(), NOTHING);
    }

    #[test]
    fn blanks_tabs_line_breaks_and_characters_of_no_width_around_names_do_not_break_a_link() {
        let schools = made(&["学校 区县", "第一小学 东区", "第二小学 东区", "第三小学 西区", "第四小学 西区"], |_| {});
        let branches = made(&["支部 学校", "甲 _", "乙 _", "丙 _", "丁 _"], |sheet| {
            let names = [" 第一小学\t", "第二\n小学", "\u{200B}第三小学\u{FEFF}", "第　四 小学\u{FE0F}"];
            for (row, name) in (1..).zip(names) {
                sheet.write(row, 1, name).unwrap();
            }
        });
        let books = [read("学校.xlsx", &schools), read("支部.xlsx", &branches)];
        let end = |table: &str| (table.to_owned(), "学校".to_owned(), Place::Run);
        let links = [LinkSpec { from: end("支部"), to: end("学校") }];
        let (dataset, problems) = Dataset::find(&books, &[spec("学校", [0]), spec("支部", [1])], &links);
        assert_eq!(said(&problems), NOTHING);
        assert_eq!(dataset.links[0].targets, [Some(0), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn what_cannot_be_right_is_an_error_with_its_cell() {
        let rows = [
            "学校 成立时间 教师数 合格率",
            "一小 2023年13月 30 '90%",
            "二小 2023年2月30日 若干 '85%",
            "三小 2023年5月 20 优",
            "四小 2023年6月 10 '80%",
        ];
        let said = [
            "错误 甲.xlsx#表!B2 没有“2023年13月”这一天",
            "错误 甲.xlsx#表!B3 没有“2023年2月30日”这一天",
            "错误 甲.xlsx#表!C3 “教师数”应当是数，这里却是“若干”",
            "错误 甲.xlsx#表!D4 “合格率”应当是数，这里却是“优”",
        ];
        assert_eq!(of(&rows).said(), said);
    }
}

mod files_of_one_table {
    use super::*;

    const SCHOOLS: [&str; 4] = ["学校代码 学校名称", "'0101 第一小学", "'0102 第二小学", "'0103 第三小学"];

    /// Branches of schools, from files that each hold the rows given.
    fn branches(files: &[(&str, &[&str])]) -> (Dataset, Vec<String>) {
        let mut books = vec![read("学校.xlsx", &made(&SCHOOLS, |_| {}))];
        books.extend(files.iter().map(|(file, rows)| read(file, &made(rows, |_| {}))));
        let name = |name: &str| (name.to_owned(), Place::Run);
        let also =
            ColumnSpec { name: "党员总数".to_owned(), also: vec![name("党员数")], ..ColumnSpec::default() };
        let branches = TableSpec {
            key: vec![name("学校代码"), name("支部")],
            columns: vec![also],
            every: Some(name("学校")),
            ..spec("支部", 1..books.len())
        };
        let schools = TableSpec { key: vec![name("学校代码")], ..spec("学校", [0]) };
        let end = |table: &str| (table.to_owned(), "学校代码".to_owned(), Place::Run);
        let links = [LinkSpec { from: end("支部"), to: end("学校") }];
        let (dataset, problems) = Dataset::find(&books, &[schools, branches], &links);
        (dataset, said(&problems))
    }

    #[test]
    fn columns_in_any_order_under_other_names_missing_and_extra_ones_make_one_table() {
        let (dataset, said) = branches(&[
            ("1.xlsx", &["学校代码 支部 党员总数 书记", "'0101 语文 3 张某"]),
            ("2.xlsx", &["党员数 书　记 学校代码", "4 李某 '0102"]),
            ("3.xlsx", &["支部 书记 学校代码 党员总数 地址", "英语 王某 '0103 5 城东"]),
        ]);
        assert_eq!(column(&dataset.tables[1], "党员总数"), ["3", "4", "5"]);
        assert_eq!(column(&dataset.tables[1], "书记"), ["“张某”", "“李某”", "“王某”"]);
        let expected = [
            "错误 2.xlsx#表 缺“支部”这一列，别的文件里有",
            "提示 3.xlsx#表!E1 “地址”这一列多数文件里没有",
            "错误 2.xlsx#表!A2 “支部”用来区分各行，不能空着",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn the_same_key_sent_twice_is_told_with_both_places() {
        let header = "学校代码 支部 党员总数";
        let (_, said) = branches(&[
            ("1.xlsx", &[header, "'0101 语文 3", "'0102 语文 4", "'0103 语文 5"]),
            ("2.xlsx", &[header, "'0102 语文 6"]),
        ]);
        let expected = "错误 2.xlsx#表!A2 “学校代码、支部”为“0102 语文”的行有两行：\
                        第 2 行，和 1.xlsx#表!A3（第 3 行）；两行不同：党员总数 4/6";
        assert_eq!(said, [expected]);
    }

    #[test]
    fn a_file_that_belongs_to_nobody_and_who_has_not_sent_anything_are_told() {
        let header = "学校代码 支部 党员总数";
        let (_, said) =
            branches(&[("0101.xlsx", &[header, "'0101 语文 3"]), ("第二小学上报.xlsx", &[header, "'0202 语文 4"])]);
        let nobody = "错误 第二小学上报.xlsx 这个文件的 1 行不是“学校”里任何一个的：“学校代码”写的是 0202";
        let missing = "警告  “学校”共 3 个，有 2 个没有报“支部”：\
                       0102 第二小学（文件 第二小学上报.xlsx 像是它的，里面却没有它的行）、0103 第三小学";
        assert_eq!(said, [nobody, missing]);
    }
}
