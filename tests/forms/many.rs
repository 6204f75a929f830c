//! Many forms that make one table: rows put in, rows in another order, values that nearly all have.

use std::fmt::Write as _;

use huibao::dataset::{Dataset, Kind, SheetChoice};
use huibao::diagnostic::Place;

use crate::{book, forms, inside, rows, told};

/// A member's form, the `number`th of many; its layout differs a bit from that of others.
fn member(number: usize) -> String {
    let family = ["张", "李", "周", "吴", "诸葛"][number % 5];
    let name = format!("{family}{}", ["晓明", "若兰", "立", "以宁", "卉"][number / 5 % 5]);
    // Values that nearly all share, and a label that few have.
    let nation = if number == 17 { "回族" } else { "汉族" };
    let sex = if number.is_multiple_of(3) { "男☑ 女□" } else { "男□ 女☑" };
    let mut lines = vec![
        "A1:F1 党员登记表".to_owned(),
        format!("A2:F2 填报单位：第{}支部　填报日期：2023年11月{}日", number % 4 + 1, number % 28 + 1),
    ];
    let mut row = 3;
    let mut add = |cells: &[(&str, String)]| {
        for (place, text) in cells {
            let place = place.replace('#', &row.to_string());
            lines.push(format!("{place} {text}"));
        }
        row += 1;
    };
    add(&[
        ("A#", "姓名".into()),
        ("B#", name),
        ("C#", "性别".into()),
        ("D#", sex.into()),
        ("E#", "民族".into()),
        ("F#", nation.into()),
    ]);
    let code = [
        ("A#", "身份证号".into()),
        ("B#:D#", format!("'11010119850401{number:04}")),
        ("E#", "学历".into()),
        ("F#", "本科".into()),
    ];
    let duty = [
        ("A#", "职务".into()),
        ("B#", ["书记", "委员", "教师"][number % 3].into()),
        ("C#", "党龄（年）".into()),
        ("D#:F#", format!("{}", number + 1)),
    ];
    // Some have these two rows the other way round.
    let (first, second) = if number.is_multiple_of(6) { (&duty, &code) } else { (&code, &duty) };
    add(first);
    if number.is_multiple_of(10) {
        add(&[("A#", "微信号".into()), ("B#:F#", format!("wx_{number}"))]);
    }
    add(second);
    add(&[("A#", "家庭住址".into()), ("B#:F#", String::new())]);
    let people = number % 4;
    let top = row;
    let heads = ["称谓", "姓名", "年龄", "单位"];
    let mut family = String::new();
    for (column, head) in ["B", "C", "D", "E"].iter().zip(heads) {
        let place = if *column == "E" { format!("E{top}:F{top}") } else { format!("{column}{top}") };
        let _ = writeln!(family, "{place} {head}");
    }
    for line in 0..people.max(2) {
        let at = top + 1 + line;
        if line < people {
            let _ =
                writeln!(family, "B{at} 亲属{line}\nC{at} 王某{number}\nD{at} {}\nE{at}:F{at} 云江市医院", 20 + line);
        } else {
            let _ = writeln!(family, "E{at}:F{at}");
        }
    }
    let _ = writeln!(family, "A{top}:A{} 家庭成员", top + people.max(2));
    lines.join("\n") + "\n" + &family
}

#[test]
fn thirty_forms_of_slightly_different_layout_are_one_table() {
    let books: Vec<_> = (0..30).map(|number| book(&format!("{number:02}.xlsx"), &[&member(number)])).collect();
    let specs = [forms("登记表", 30, &["身份证号"]), inside("家庭成员", "登记表")];
    let (dataset, problems) = Dataset::find(&books, &specs, &[]);
    assert_eq!(told(&problems), [""; 0]);
    let table = &dataset.tables[0];
    let names: Vec<_> = table.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "填报单位",
            "填报日期",
            "姓名",
            "性别",
            "民族",
            "职务",
            "党龄（年）",
            "微信号",
            "身份证号",
            "学历",
            "家庭住址"
        ]
    );
    let kind = |name| table.columns[table.find_column(name).unwrap()].kind;
    assert_eq!((kind("党龄"), kind("填报日期"), kind("身份证号")), (Kind::Number, Kind::Date, Kind::Text));
    let read = rows(table);
    assert_eq!(read.len(), 30);
    for (number, row) in read.iter().enumerate() {
        let wechat = if number.is_multiple_of(10) { format!("wx_{number}") } else { String::new() };
        let expected = [
            format!("填报单位=第{}支部", number % 4 + 1),
            format!("填报日期=2023-11-{:02}", number % 28 + 1),
            format!(
                "姓名={}{}",
                ["张", "李", "周", "吴", "诸葛"][number % 5],
                ["晓明", "若兰", "立", "以宁", "卉"][number / 5 % 5]
            ),
            format!("性别={}", if number.is_multiple_of(3) { "男" } else { "女" }),
            format!("民族={}", if number == 17 { "回族" } else { "汉族" }),
            format!("职务={}", ["书记", "委员", "教师"][number % 3]),
            format!("党龄（年）={}", number + 1),
            format!("微信号={wechat}"),
            format!("身份证号=11010119850401{number:04}"),
            "学历=本科".into(),
            "家庭住址=".into(),
        ];
        assert_eq!(*row, expected, "form {number}");
    }
    let family = &dataset.tables[1];
    assert_eq!(family.rows.len(), (0..30).map(|number| number % 4).sum::<usize>());
    let third = rows(family).into_iter().find(|row| row[0].ends_with("0003")).unwrap();
    assert_eq!(third, ["身份证号=110101198504010003", "称谓=亲属0", "姓名=王某3", "年龄=20", "单位=云江市医院"]);
    assert_eq!(
        dataset.links[0].followers.iter().map(Vec::len).collect::<Vec<_>>(),
        (0..30).map(|number| number % 4).collect::<Vec<_>>()
    );
}

#[test]
fn all_sheets_of_a_workbook_are_forms_and_others_among_them_are_passed_over() {
    let sheets: Vec<_> = (1..5).map(member).collect();
    let mut sheets: Vec<_> = sheets.iter().map(String::as_str).collect();
    sheets.push("A1 填表说明\nA2 一、请用黑色字体填写。\nA3 二、不得改动格式。");
    sheets.push("");
    let mut spec = forms("登记表", 1, &["身份证号"]);
    spec.sheets = vec![SheetChoice { workbook: 0, sheet: Some("*".into()), place: Place::Run }];
    let (dataset, problems) = Dataset::find(&[book("全部.xlsx", &sheets)], &[spec], &[]);
    assert_eq!(told(&problems), [""; 0]);
    assert_eq!(dataset.tables[0].rows.len(), 4);
    let passed: Vec<_> = problems.iter().filter(|problem| problem.code == "dataset.no-form").collect();
    assert_eq!(passed.len(), 1);
    assert_eq!(passed[0].place.to_string(), "全部.xlsx#Sheet5");
}

#[test]
fn another_form_among_many_a_key_sent_twice_and_a_label_left_out_are_told() {
    let mut books: Vec<_> = (1..8).map(|number| book(&format!("{number}.xlsx"), &[&member(number)])).collect();
    // The same form once more, and one that was mended in between.
    books.push(book("再发.xlsx", &[&member(2)]));
    books.push(book("重复.xlsx", &[&member(3).replace("第4支部", "第9支部")]));
    let without: String = member(9)
        .lines()
        .filter(|line| !line.contains("民族") && !line.contains("汉族"))
        .fold(String::new(), |all, line| all + line + "\n");
    books.push(book("缺栏.xlsx", &[&without]));
    books.push(book("活动.xlsx", &[crate::layouts::ACTIVITY]));
    let (dataset, problems) =
        Dataset::find(&books, &[forms("登记表", 11, &["身份证号"]), inside("家庭成员", "登记表")], &[]);
    assert_eq!(dataset.tables[0].rows.len(), 9);
    assert!(dataset.links[0].targets.iter().all(Option::is_some));
    let mut told = told(&problems);
    told.sort();
    let twice = format!("dataset.key-twice 重复.xlsx#Sheet1!{}", "B4");
    assert_eq!(
        told,
        [
            twice.as_str(),
            "dataset.missing-column 缺栏.xlsx#Sheet1",
            "dataset.no-form 活动.xlsx#Sheet1",
            "dataset.same-content 再发.xlsx#Sheet1"
        ]
    );
}

#[test]
fn wrong_values_are_told_with_their_cells() {
    let wrong = |number: usize, from: &str, to: &str| member(number).replace(from, to);
    let mut books: Vec<_> = (1..6).map(|number| book(&format!("{number}.xlsx"), &[&member(number)])).collect();
    books.push(book("错.xlsx", &[&wrong(7, "D5:F5 8", "D5:F5 若干")]));
    books.push(book("猜.xlsx", &[&wrong(8, "D5:F5 9", "D5:F5 约9")]));
    books.push(book("勾.xlsx", &[&wrong(9, "男☑ 女□", "男☑ 女☑")]));
    let (_, problems) = Dataset::find(&books, &[forms("登记表", 8, &["身份证号"])], &[]);
    assert_eq!(
        told(&problems),
        ["dataset.all-ticked 勾.xlsx#Sheet1!D3", "dataset.text-in-number-column 错.xlsx#Sheet1!D5",]
    );
    let guess = problems.iter().find(|problem| problem.code == "dataset.guessed-number").unwrap();
    assert_eq!(guess.place.to_string(), "猜.xlsx#Sheet1!D5");
}
