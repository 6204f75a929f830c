//! The party branches of a school: who leads them, their members, what they did.

use crate::city::{School, person};
use crate::sheet::Cell;

/// A branch.
pub struct Branch {
    /// Name.
    pub name: String,
    /// Staff, students, or the retired.
    pub kind: &'static str,
    /// All members.
    pub members: u32,
    /// Of them on probation, all taken in during the period reported on.
    pub probationary: u32,
    /// Posts held by members as models.
    pub posts: u32,
    number: usize,
}

/// The columns of the branches' workbook, in two header rows.
pub const COLUMNS: [(&str, &str, f64); 26] = [
    ("", "序号", 6.0),
    ("", "学校代码", 10.0),
    ("", "支部名称", 32.0),
    ("", "支部类型", 12.0),
    ("", "书记", 10.0),
    ("党员队伍", "党员总数", 9.0),
    ("党员队伍", "正式党员", 9.0),
    ("党员队伍", "预备党员", 9.0),
    ("党员队伍", "35岁以下", 9.0),
    ("学历", "研究生", 9.0),
    ("学历", "大学本科", 9.0),
    ("学历", "大专及以下", 9.0),
    ("发展党员", "申请入党人", 9.0),
    ("发展党员", "入党积极分子", 9.0),
    ("发展党员", "发展对象", 9.0),
    ("发展党员", "本期发展", 9.0),
    ("换届", "换届时间", 13.0),
    ("换届", "换届情况", 12.0),
    ("组织生活", "三会一课次数", 9.0),
    ("组织生活", "主题党日次数", 9.0),
    ("组织生活", "组织生活会次数", 9.0),
    ("组织生活", "谈心谈话人次", 9.0),
    ("", "党费（元）", 12.0),
    ("作用发挥", "责任区数", 9.0),
    ("作用发挥", "示范岗数", 9.0),
    ("", "备注", 14.0),
];

/// The branches of a school; `first` is the number of the city's branches before them.
pub fn of(school: &School, first: usize) -> Vec<Branch> {
    const MORE_OR_LESS: [u32; 6] = [3, 1, 4, 2, 5, 0];
    (0..school.branches)
        .map(|at| {
            let kind = match (school.stage, at) {
                ("高校", 5..=10) | ("高中", 4) => "学生",
                (_, 0) => "教职工",
                (_, last) if last + 1 == school.branches => "离退休",
                _ => "教职工",
            };
            let usual = school.members_before.unwrap_or(24) / school.branches;
            // The awkward case: a new school's branch of the retired has one member.
            let lonely = school.members_before.is_none() && at > 0;
            let members = if lonely { 1 } else { usual + MORE_OR_LESS[at as usize % 6] - 2 };
            let probationary = match kind {
                "学生" => members / 3,
                "教职工" => members / 14,
                _ => 0,
            };
            let number = first + at as usize;
            let posts = if lonely || kind == "离退休" && number.is_multiple_of(2) { 0 } else { members / 6 };
            Branch { name: name(school, kind, at), kind, members, probationary, posts, number }
        })
        .collect()
}

fn name(school: &School, kind: &str, at: u32) -> String {
    const COUNTED: [&str; 12] =
        ["第一", "第二", "第三", "第四", "第五", "第六", "第七", "第八", "第九", "第十", "第十一", "第十二"];
    match (school.branches, kind) {
        (1, _) => "学校党支部".to_owned(),
        (_, "离退休") => "离退休党支部".to_owned(),
        (_, kind) => format!("{kind}{}党支部", COUNTED[at as usize % 12]),
    }
}

impl Branch {
    /// Its row in the workbook.
    pub fn row(&self, serial: u32, code: &str) -> Vec<Cell> {
        let (all, number) = (self.members, self.number);
        let retired = self.kind == "离退休";
        let (graduate, lower) = (all / 4, all / 9);
        let seeking = match self.kind {
            "学生" => all + 8,
            "教职工" => all / 4,
            _ => 0,
        };
        let (month, year) = (number as u32 % 9 + 3, 2021 + number as u16 % 2);
        let (elected, state) = match number % 4 {
            0 => (Cell::from(format!("2023年{month}月")), "按期换届"),
            1 if number == 41 => (Cell::Date(2020, 6, 18), "逾期未换届"),
            1 => (Cell::Date(2023, month as u8, 8 + number as u8 % 20), "按期换届"),
            _ => (Cell::Date(year, month as u8, 5 + number as u8 % 20), "未到期"),
        };
        let meetings = if number == 41 { 9 } else { 20 + number as u32 % 5 };
        vec![
            serial.into(),
            code.into(),
            self.name.clone().into(),
            self.kind.into(),
            person(number * 5 + 1).into(),
            all.into(),
            (all - self.probationary).into(),
            self.probationary.into(),
            (if retired { 0 } else { all * 2 / 5 }).into(),
            graduate.into(),
            (all - graduate - lower).into(),
            lower.into(),
            seeking.into(),
            (seeking / 2).into(),
            (seeking / 4).into(),
            self.probationary.into(),
            elected,
            state.into(),
            meetings.into(),
            (12 - number as u32 % 3).into(),
            (1 + number as u32 % 2).into(),
            (all * 2).into(),
            (f64::from(all) * 318.5).into(),
            all.div_ceil(5).into(),
            self.posts.into(),
            Cell::Blank,
        ]
    }
}
