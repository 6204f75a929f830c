//! One form alone: its words and its cells say what is label and what value.

use huibao::dataset::{Dataset, Origin};

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
