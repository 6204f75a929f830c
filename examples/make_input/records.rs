//! What schools report beside their branches: leaders, trainings, scores, stories, prizes, the private-school survey.

use crate::OFFICE;
use crate::city::{SCHOOLS, School, person};
use crate::pictures::{self, Scene};
use crate::sheet::{Cell, Sheet};

fn sheet(name: &'static str, title: &str, columns: &[(&'static str, f64)], rows: Vec<Vec<Cell>>) -> Sheet {
    let columns = columns.iter().map(|(name, width)| ("", *name, *width)).collect();
    Sheet { name, title: title.into(), unit: OFFICE.into(), columns, rows, total: false }
}

macro_rules! rows {
    ($([$($cell:expr),* $(,)?]),* $(,)?) => { vec![$(vec![$(Cell::from($cell)),*]),*] };
}

/// Leadership of each school that has a party organisation.
pub fn leadership() -> Sheet {
    let rows = SCHOOLS.iter().enumerate().filter(|(_, school)| school.branches > 0).map(|(at, school)| {
        let leaders = if school.stage == "高校" { 9 } else { 3 + school.branches.min(4) };
        let cadres = leaders + school.branches * 3;
        let trained = if at == 12 { cadres - 2 } else { cadres };
        let terms = match school.district {
            "青岚县" if at != 13 => "未实行",
            _ if school.kind != "公办" => "未实行",
            _ => "实行",
        };
        let year = at as u32;
        vec![
            school.code.into(),
            leaders.into(),
            terms.into(),
            (10 + year % 4).into(),
            cadres.into(),
            trained.into(),
            (1 + year % 2).into(),
            (year % 3).into(),
            u32::from(at == 3).into(),
        ]
    });
    let columns = [
        ("学校代码", 10.0),
        ("校级领导", 10.0),
        ("任期制", 10.0),
        ("中心组学习次数", 15.0),
        ("应轮训干部", 12.0),
        ("已轮训干部", 12.0),
        ("民主生活会次数", 15.0),
        ("提醒谈话人次", 13.0),
        ("诫勉人次", 10.0),
    ];
    Sheet { total: true, ..sheet("班子建设", "领导班子建设和制度执行情况", &columns, rows.collect()) }
}

/// Trainings; dates as people type them.
pub fn trainings() -> Sheet {
    let columns = [
        ("培训班名称", 36.0),
        ("培训对象", 14.0),
        ("主办单位", 18.0),
        ("开班时间", 14.0),
        ("天数", 8.0),
        ("参训人数", 10.0),
    ];
    let rows = rows![
        ["党政正职专题研修班", "党政正职", "市教育工委", Cell::Date(2023, 3, 14), 5, 36],
        ["党组织书记培训班（第一期）", "党组织书记", "市教育工委", "2023年4月", 3, 41],
        ["党组织书记培训班（第二期）", "党组织书记", "市教育工委", "2023年9月", 3, 40],
        ["党务干部业务培训班", "党务干部", "市教育工委", Cell::Date(2023, 5, 23), 2, 88],
        ["栖云区党务干部培训班", "党务干部", "栖云区教育工委", Cell::Date(2023, 6, 7), 2, 45],
        ["兰渚区党务干部培训班", "党务干部", "兰渚区教育工委", Cell::Date(2023, 10, 18), 2, 39],
        ["青岚县党务干部培训班", "党务干部", "青岚县教育工委", "2023年11月", 2, 27],
    ];
    sheet("培训", "2023年教育系统党员干部培训班次", &columns, rows)
}

/// Posts filled in the year, and how.
pub fn posts() -> Sheet {
    const WAYS: [&str; 4] = ["公开选拔", "竞争上岗", "民主推荐", "校长助理"];
    const NUMBERS: [usize; 4] = [3, 6, 7, 4];
    let columns = [("学校代码", 10.0), ("姓名", 10.0), ("职务", 16.0), ("选任方式", 12.0), ("任职时间", 14.0)];
    let ways = WAYS.iter().zip(NUMBERS).flat_map(|(way, number)| std::iter::repeat_n(*way, number));
    let rows = ways.enumerate().map(|(at, way)| {
        let school = &SCHOOLS[at * 3 % 16];
        let post = if way == "校长助理" {
            "校长助理"
        } else {
            ["副校长", "党总支副书记", "副校长"][at % 3]
        };
        let month = at as u8 % 8 + 2;
        let since = if at % 5 == 0 { format!("2023年{month}月").into() } else { Cell::Date(2023, month, 10) };
        vec![school.code.into(), person(at * 11 + 70).into(), post.into(), way.into(), since]
    });
    sheet("选拔任用", "2023年校级干部选拔任用情况", &columns, rows.collect())
}

/// The scores of the five goods, this year and last.
pub fn scores() -> Sheet {
    let columns = [
        ("学校代码", 10.0),
        ("领导班子", 10.0),
        ("党员队伍", 10.0),
        ("工作机制", 10.0),
        ("发展业绩", 10.0),
        ("群众反映", 10.0),
        ("总分", 9.0),
        ("上年领导班子", 13.0),
        ("上年党员队伍", 13.0),
        ("上年工作机制", 13.0),
        ("上年发展业绩", 13.0),
        ("上年群众反映", 13.0),
        ("上年总分", 10.0),
        ("增减", 8.0),
    ];
    let row = |school: &School| -> Vec<Cell> {
        let total: f64 = school.score.iter().sum();
        let before = school.score_before.map(|score| score.iter().sum::<f64>());
        let mut row = vec![school.code.into()];
        row.extend(school.score.map(Cell::from));
        row.push(total.into());
        row.extend((0..5).map(|at| Cell::from(school.score_before.map(|score| score[at]))));
        row.push(before.into());
        row.push(before.map(|before| total - before).into());
        row
    };
    sheet("五好评分", "“五个好”基层党组织考评得分（每项20分）", &columns, SCHOOLS.iter().map(row).collect())
}

/// Stories of model posts, in the words of the schools; the signs in them must come out as themselves.
pub fn stories() -> Sheet {
    let columns = [("学校代码", 10.0), ("选用", 8.0), ("事迹", 100.0)];
    let rows = rows![
        [
            "0101",
            "全市",
            "校党委推行“课堂示范岗”，党员教师每学期开放一节公开课，听课记录分为A*、A、B三档并向全校公布。"
        ],
        ["0102", "全市", "校党总支把示范岗设到班主任队伍，寻访、竞聘、评选一气呵成，党员班主任带起了年轻教师。"],
        [
            "0203",
            "全市",
            "校党总支开展“牵手成长”结对帮扶，一名党员联系一名学习困难学生，家访记录按“家庭|学业|心理”分栏建档。"
        ],
        [
            "0303",
            "全市",
            "校党总支把示范岗搬进实训车间，党员师傅带徒弟，要求操作误差<0.1毫米，以技能比武检验带教效果。"
        ],
        ["0105", "本校", "校党委在二级学院设立党员导师岗，一名导师联系一个班级，学生有问题能找到人。"],
    ];
    sheet("事迹", "党员示范岗典型事迹", &columns, rows)
}

/// Activities of schools.
pub fn activities() -> Sheet {
    let columns = [("学校代码", 10.0), ("活动名称", 34.0), ("时间", 14.0), ("参加人数", 10.0)];
    let rows = rows![
        ["0101", "“开学第一课”主题党日", Cell::Date(2023, 9, 4), 108],
        ["0101", "党员教师公开课展示周", "2023年5月", 64],
        ["0102", "家校共育开放日", Cell::Date(2023, 4, 21), 47],
        ["0105", "学生党员进社区宣讲", "2023年7月", 96],
        ["0203", "“牵手成长”结对启动", Cell::Date(2023, 3, 6), 35],
        ["0204", "企业导师进校园", Cell::Date(2023, 10, 12), 22],
        ["0303", "党员师傅技能比武", Cell::Date(2023, 11, 2), 58],
        ["0306", "新校建设义务劳动", "2023年8月", 15],
    ];
    sheet("活动", "2023年党员主题活动", &columns, rows)
}

/// Photos of activities: schools send them in cells, each with a line of text.
pub fn photos() -> Sheet {
    use Scene::{Class, Meeting, Outdoors, Workshop};
    const PHOTOS: [(&str, &str, Scene); 13] = [
        ("0101", "“开学第一课”主题党日", Meeting),
        ("0101", "党员教师公开课", Class),
        ("0101", "党员志愿者清扫校园周边", Outdoors),
        ("0101", "听课后集体研讨", Meeting),
        ("0102", "家校共育开放日", Outdoors),
        ("0102", "示范岗班主任经验交流", Meeting),
        ("0105", "学生党员进社区宣讲", Outdoors),
        ("0105", "导师联系班级座谈", Class),
        ("0203", "“牵手成长”结对启动", Meeting),
        ("0203", "结对党员课后辅导", Class),
        ("0204", "企业导师进校园", Class),
        ("0303", "党员师傅技能比武", Workshop),
        ("0306", "新校建设义务劳动", Outdoors),
    ];
    let rows = PHOTOS.iter().enumerate().map(|(at, (school, text, scene))| {
        vec![Cell::from(*school), Cell::from(*text), Cell::Picture(pictures::drawn(*scene, at))]
    });
    let columns = [("学校代码", 10.0), ("说明", 34.0), ("照片", 20.0)];
    sheet("活动照片", "2023年党员主题活动照片", &columns, rows.collect())
}

/// Volunteers and what they were honoured for.
pub fn volunteers() -> Sheet {
    let columns = [("学校代码", 10.0), ("服务队名称", 24.0), ("志愿者人数", 12.0), ("服务次数", 10.0), ("荣誉", 36.0)];
    let rows = rows![
        ["0101", "“晨曦”青年志愿服务队", 126, 31, "云江市十佳青年志愿服务队"],
        ["0105", "“燎原”青年志愿服务队", 840, 96, "全省学雷锋志愿服务先进集体"],
        ["0205", "“匠心”青年志愿服务队", 415, 58, ""],
        ["0301", "“山茶”青年志愿服务队", 88, 20, ""],
    ];
    sheet("志愿服务", "2023年青年志愿服务情况", &columns, rows)
}

/// Prizes for new ways of party work.
pub fn prizes() -> Sheet {
    let columns = [("学校代码", 10.0), ("项目名称", 36.0), ("等次", 10.0)];
    let rows = rows![
        ["0102", "示范岗带动班主任成长", "一等奖"],
        ["0105", "学院党员导师岗", "一等奖"],
        ["0203", "牵手成长结对帮扶", "二等奖"],
        ["0303", "车间里的示范岗", "二等奖"],
        ["0204", "企业党建与学校党建共建", "三等奖"],
    ];
    sheet("创新奖", "2023年基层党建工作创新奖获奖项目", &columns, rows)
}

/// The survey of private schools; `members` are those of each school's branches.
pub fn private_schools(members: &[u32]) -> Sheet {
    let columns = [
        ("学校代码", 10.0),
        ("办学类型", 13.0),
        ("党组织", 9.0),
        ("组建条件", 10.0),
        ("在校党员", 10.0),
        ("60岁以上党员", 14.0),
        ("应转组织关系", 13.0),
        ("已转组织关系", 13.0),
        ("工会", 8.0),
        ("共青团", 8.0),
        ("五个结合", 10.0),
        ("考核等次", 10.0),
    ];
    // Transfers due and done, members over 60, youth league, of the five combinations how many, assessment.
    const SURVEY: [(u32, u32, u32, &str, u32, &str); 6] = [
        (4, 4, 1, "已建", 5, "优秀"),
        (3, 2, 3, "未建", 4, "良好"),
        (6, 6, 2, "已建", 5, "优秀"),
        (3, 2, 4, "未建", 4, "良好"),
        (2, 0, 2, "未建", 0, "合格"),
        (3, 3, 1, "已建", 5, "良好"),
    ];
    let private = SCHOOLS.iter().zip(members).filter(|(school, _)| school.kind != "公办");
    let rows = private.zip(SURVEY).map(|((school, members), (due, done, old, league, five, grade))| {
        let has_branch = school.branches > 0;
        vec![
            school.code.into(),
            school.kind.into(),
            if has_branch { "已建" } else { "未建" }.into(),
            if has_branch { "具备" } else { "不具备" }.into(),
            (members + due - done).into(),
            old.into(),
            due.into(),
            done.into(),
            if has_branch { "已建" } else { "未建" }.into(),
            league.into(),
            five.into(),
            grade.into(),
        ]
    });
    sheet("民办学校", "民办学校党建工作调查表", &columns, rows.collect())
}
