//! `form` and `inside`: how a table stands in its sheets.

use super::{TableSource, problem};
use crate::settings::{Group, Located, Reader};

/// How a table stands in its sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TableLayout {
    /// Rows below a header.
    #[default]
    Rows,
    /// Labels with their values, a record a sheet.
    Form,
    /// Rows below a header inside the forms of another table.
    Inside(Located<String>),
}

pub(super) fn read(reader: &Reader<'_>, group: &mut Group<'_, '_>) -> TableLayout {
    let form = group.switch("form").is_some_and(|form| form.value);
    let inside = group.text("inside");
    let Some(inside) = inside else {
        return if form { TableLayout::Form } else { TableLayout::Rows };
    };
    if form {
        reader.report(problem::form_inside_form(&inside));
    }
    TableLayout::Inside(inside)
}

/// Tables inside what is no form.
pub(super) fn check(reader: &Reader<'_>, tables: &[TableSource]) {
    let forms = tables.iter().filter(|table| table.layout == TableLayout::Form).map(|table| table.name.value.as_str());
    for table in tables {
        let TableLayout::Inside(form) = &table.layout else { continue };
        if !forms.clone().any(|known| known == form.value) {
            let exists = tables.iter().any(|table| table.name.value == form.value);
            reader.report(problem::not_inside_forms(form, exists, forms.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::project::parse;

    #[test]
    fn forms_and_the_tables_inside_them_are_said_in_two_words() {
        let source = "[[table]]\nname = '登记表'\nfrom = 'input/*.xlsx#*'\nform = true\n\
            [[table]]\nname = '家庭成员'\ninside = '登记表'\nat = '家庭主要成员'\n";
        let project = parse("huibao.toml", source).unwrap();
        assert_eq!(project.tables[0].layout, TableLayout::Form);
        let TableLayout::Inside(form) = &project.tables[1].layout else { panic!("it is inside") };
        assert_eq!(form.value, "登记表");
        assert!(project.tables[1].from.is_empty());
    }

    #[test]
    fn what_is_inside_no_form_is_told_with_a_way_out() {
        let source = "[[table]]\nname = '登记表'\nfrom = 'a.xlsx'\nform = true\n\
            [[table]]\nname = '学校'\nfrom = 'b.xlsx'\n\
            [[table]]\nname = '简历'\ninside = '登记标'\n\
            [[table]]\nname = '成员'\ninside = '学校'\n\
            [[table]]\nname = '奖惩'\ninside = '登记表'\nfrom = 'c.xlsx'\n";
        let problems = parse("huibao.toml", source).unwrap_err();
        let text: Vec<_> = problems.iter().map(|problem| problem.to_text(Language::Chinese)).collect();
        assert_eq!(
            text.join("\n"),
            "错误：huibao.toml:10:10：没有叫“登记标”的登记表\n  办法：是不是“登记表”？\n\
             错误：huibao.toml:13:10：表“学校”不是登记表\n  办法：给“学校”加一行 form = true\n\
             错误：huibao.toml:17:8：表“奖惩”在登记表里面，不能再写 from\n  办法：去掉 from，或去掉 inside"
        );
    }
}
