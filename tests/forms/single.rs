//! One form alone: its words and its cells say what is label and what value.

use huibao::dataset::{Dataset, Hidden, Layout, Origin};

use crate::layouts::*;
use crate::{book, forms, inside, read, rows, told};

fn has(lines: &str, expected: &[&str]) {
    let (fields, told) = read(lines);
    assert_eq!(fields, expected);
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_branchs_form_gives_a_column_per_label() {
    has(BRANCH, BRANCH_FIELDS);
}

#[test]
fn a_members_form_is_read_around_its_photograph_and_its_tables() {
    has(MEMBER, MEMBER_FIELDS);
}

#[test]
fn a_schools_form_has_labels_above_values_and_figures_by_rows_and_columns() {
    has(SCHOOL, SCHOOL_FIELDS);
}

#[test]
fn an_appraisal_has_words_as_labels_that_are_values_elsewhere() {
    has(APPRAISAL, APPRAISAL_FIELDS);
}

#[test]
fn an_activity_record_needs_no_merged_cells() {
    has(ACTIVITY, ACTIVITY_FIELDS);
}

#[test]
fn tables_inside_a_form_are_tables_with_the_forms_key_in_front() {
    let specs = [forms("登记表", 1, &["身份证号"]), inside("主要简历", "登记表"), inside("家庭成员", "登记表")];
    let (dataset, problems) = Dataset::find(&[book("张三.xlsx", &[MEMBER])], &specs, &[]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(
        rows(&dataset.tables[1]),
        [
            ["身份证号=110101198504011234", "起止年月=2007.7—2015.8", "单位=云江市第二小学", "职务=教师"],
            ["身份证号=110101198504011234", "起止年月=2015.9至今", "单位=云江市第一小学", "职务=教研组长"],
        ]
    );
    assert_eq!(
        rows(&dataset.tables[2]),
        [
            ["身份证号=110101198504011234", "称谓=丈夫", "姓名=李四", "年龄=40", "工作单位=云江市供电公司"],
            ["身份证号=110101198504011234", "称谓=女儿", "姓名=李小花", "年龄=10", "工作单位=学生"],
        ]
    );
    // Every cell knows where it stands: the key in the form, the rest in its line.
    let origins: Vec<_> =
        dataset.tables[2].rows[1].cells.iter().map(|cell| (cell.origin.row, cell.origin.column)).collect();
    assert_eq!(origins, [(3, 1), (11, 1), (11, 2), (11, 3), (11, 4)]);
    assert_eq!(dataset.tables[0].rows[0].cells[1].origin, Origin { sheet: 0, row: 1, column: 3 });
    // The lines belong to their form without a word in the project file.
    let links: Vec<_> = dataset.links.iter().map(|link| (link.from.0, link.to.0, link.targets.clone())).collect();
    assert_eq!(links, [(1, 0, vec![Some(0), Some(0)]), (2, 0, vec![Some(0), Some(0)])]);
}

#[test]
fn a_title_within_the_form_tells_labels_of_one_name_apart() {
    let (fields, told) = read(
        "A1:D1 申请登记表
        A2:D2 一、本人情况
        A3 姓名
        B3 张三
        C3 出生年月
        D3 1990年1月
        A4:D4 二、配偶情况
        A5 姓名
        B5 李四
        C5 工作单位
        D5 云江市医院
        A6:D6 三、主要事迹
        A7:D7 扎根乡村学校十年，教学成绩突出。",
    );
    assert_eq!(
        fields,
        [
            "本人情况/姓名=张三",
            "出生年月=1990-01",
            "配偶情况/姓名=李四",
            "工作单位=云江市医院",
            "主要事迹=扎根乡村学校十年，教学成绩突出。"
        ]
    );
    assert_eq!(told, [""; 0]);
}

#[test]
fn a_label_that_stands_twice_is_numbered_and_told() {
    let (fields, told) = read(
        "A1:D1 登记表\nA2 姓名\nB2 张三\nC2 联系电话\nD2 '13800000001\nA3 籍贯\nB3 云江\nC3 联系电话\nD3 '0571001",
    );
    assert_eq!(fields, ["姓名=张三", "联系电话=13800000001", "籍贯=云江", "联系电话2=0571001"]);
    assert_eq!(told, ["dataset.label-twice 表.xlsx#Sheet1!C3"]);
}

#[test]
fn words_without_a_label_and_labels_without_a_value_are_told() {
    let (fields, told) = read(
        "A1:F1 登记表\nA2 姓名\nB2 张三\nC2 云江市民\nD2 性别\nE2 男\nA3 籍贯\nB3 云江\nC3 学历\nD3 本科\nA4 职务：\nB4 学历证书编号\nC4 '001",
    );
    assert_eq!(fields[..2], ["姓名=张三", "性别=男"]);
    assert_eq!(told, ["dataset.value-without-label 表.xlsx#Sheet1!C2"]);
}

#[test]
fn gaps_between_label_and_value_and_units_behind_values_do_no_harm() {
    has(
        "B2 党费收缴登记表
        B4 支部名称
        D4 第二党支部
        F4 党员人数
        G4 28
        H4 人
        B6 应缴党费
        D6 1,200.50
        E6 元
        F6 是否足额
        G6 √",
        &["支部名称=第二党支部", "党员人数=28", "应缴党费=1200.5", "是否足额=是"],
    );
}

#[test]
fn what_is_hidden_is_read_or_not_as_the_project_says_and_told_either_way() {
    let mut writer = rust_xlsxwriter::Workbook::new();
    let sheet = writer.add_worksheet();
    crate::write(
        sheet,
        "A1:D1 登记表\nA2 姓名\nB2 张三\nC2 性别\nD2 男\nA3 联系电话\nB3 '13800000001\nC3 籍贯\nD3 云江",
    );
    sheet.set_row_hidden(2).unwrap();
    let book = huibao::workbook::read("表.xlsx", &writer.save_to_buffer().unwrap()).unwrap();
    for (hidden, expected) in [(Hidden::Read, 4), (Hidden::Skip, 2)] {
        let spec = huibao::dataset::TableSpec { hidden, ..forms("表", 1, &[]) };
        let (dataset, problems) = Dataset::find(std::slice::from_ref(&book), &[spec], &[]);
        assert_eq!(dataset.tables[0].columns.len(), expected);
        let noted: Vec<_> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(noted, ["dataset.hidden-lines"]);
    }
}

#[test]
fn a_form_that_the_project_takes_for_a_table_is_told() {
    let spec = huibao::dataset::TableSpec { layout: Layout::Rows, ..forms("表", 1, &[]) };
    for lines in [BRANCH, MEMBER, APPRAISAL] {
        let (_, problems) = Dataset::find(&[book("表.xlsx", &[lines])], std::slice::from_ref(&spec), &[]);
        let form_told =
            problems.iter().filter(|problem| problem.hint.as_ref().is_some_and(|hint| hint.zh.contains("form = true")));
        assert_eq!(form_told.count(), 1, "{problems:#?}");
    }
}
