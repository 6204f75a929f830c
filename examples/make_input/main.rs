//! Makes the workbooks of the shipped example, an invented city: `cargo run --example make_input`.
//! The same bytes come out each time. All names of people and places are invented.

mod branches;
mod city;
mod pictures;
mod records;
mod sheet;

use std::error::Error;
use std::fs;

use branches::Branch;
use city::{DISTRICTS, SCHOOLS};
use sheet::{Cell, Sheet, save};

const OFFICE: &str = "云江市教育工委组织科";

fn main() -> Result<(), Box<dyn Error>> {
    fs::create_dir_all("input/党支部")?;
    let mut first = 0;
    let branches: Vec<Vec<Branch>> = SCHOOLS
        .iter()
        .map(|school| {
            let found = branches::of(school, first);
            first += found.len();
            found
        })
        .collect();
    save("input/基本情况.xlsx", &[districts(), schools(&branches), years(&branches)])?;
    for (district, ..) in DISTRICTS {
        save(&format!("input/党支部/{district}.xlsx"), &[branch_sheet(district, &branches)])?;
    }
    save("input/干部队伍.xlsx", &[records::leadership(), records::trainings(), records::posts()])?;
    save("input/五好评分.xlsx", &[records::scores()])?;
    save(
        "input/作用发挥.xlsx",
        &[records::stories(), records::activities(), records::photos(), records::volunteers(), records::prizes()],
    )?;
    let members: Vec<u32> = branches.iter().map(|all| all.iter().map(|branch| branch.members).sum()).collect();
    save("input/民办学校调查.xlsx", &[records::private_schools(&members)])?;
    Ok(())
}

fn districts() -> Sheet {
    let row = |(name, secretary, terms, practice): (&'static str, &str, &str, &str)| -> Vec<Cell> {
        vec![name.into(), secretary.into(), terms.into(), practice.into()]
    };
    Sheet {
        name: "区县",
        title: "云江市各区县教育工委基本情况".into(),
        unit: OFFICE.into(),
        columns: vec![("", "区县名称", 12.0), ("", "教育工委书记", 14.0), ("", "任期制", 12.0), ("", "特色做法", 60.0)],
        rows: DISTRICTS.into_iter().map(row).collect(),
        total: false,
    }
}

fn schools(branches: &[Vec<Branch>]) -> Sheet {
    let rows = SCHOOLS.iter().zip(branches).enumerate().map(|(at, (school, branches))| {
        let private = school.kind != "公办";
        vec![
            school.code.into(),
            school.name.into(),
            school.district.into(),
            if private { "民办" } else { "公办" }.into(),
            school.stage.into(),
            if school.organisation.is_empty() { "未建" } else { school.organisation }.into(),
            if branches.is_empty() { Cell::Blank } else { city::person(at * 7 + 3).into() },
            branches.iter().map(|branch| branch.members).sum::<u32>().into(),
            school.members_before.into(),
        ]
    });
    Sheet {
        name: "学校",
        title: "云江市教育系统学校名册（2023年）".into(),
        unit: OFFICE.into(),
        columns: vec![
            ("", "学校代码", 10.0),
            ("", "学校名称", 40.0),
            ("", "区县", 10.0),
            ("", "办学性质", 10.0),
            ("", "学段", 13.0),
            ("", "党组织形式", 12.0),
            ("", "党组织书记", 12.0),
            ("", "党员总数", 10.0),
            ("", "上年党员总数", 14.0),
        ],
        rows: rows.collect(),
        total: true,
    }
}

/// Five years; the last two agree with the schools' own figures.
fn years(branches: &[Vec<Branch>]) -> Sheet {
    let sum = |of: fn(&Branch) -> u32| branches.iter().flatten().map(of).sum::<u32>();
    let before: u32 = SCHOOLS.iter().filter_map(|school| school.members_before).sum();
    let now = sum(|branch| branch.members);
    let row = |year: &str, branches: u32, members: u32, admitted: u32| -> Vec<Cell> {
        vec![year.into(), branches.into(), members.into(), admitted.into()]
    };
    let count = sum(|_| 1);
    Sheet {
        name: "历年",
        title: "云江市教育系统历年党员情况".into(),
        unit: OFFICE.into(),
        columns: vec![("", "年度", 10.0), ("", "党支部数", 12.0), ("", "党员总数", 12.0), ("", "发展党员", 12.0)],
        rows: vec![
            row("2019年", count - 6, before - 71, 88),
            row("2020年", count - 5, before - 52, 91),
            row("2021年", count - 3, before - 30, 97),
            row("2022年", count - 2, before, 95),
            row("2023年", count, now, sum(|branch| branch.probationary)),
        ],
        total: false,
    }
}

fn branch_sheet(district: &str, branches: &[Vec<Branch>]) -> Sheet {
    let of_district = SCHOOLS.iter().zip(branches).filter(|(school, _)| school.district == district);
    let all = of_district.flat_map(|(school, branches)| branches.iter().map(move |branch| (school.code, branch)));
    Sheet {
        name: "党支部",
        title: format!("{district}教育系统党支部情况统计表（2023年）"),
        unit: format!("{district}教育工委"),
        columns: branches::COLUMNS.to_vec(),
        rows: (1..).zip(all).map(|(serial, (code, branch))| branch.row(serial, code)).collect(),
        total: true,
    }
}
