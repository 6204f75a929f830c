//! The invented city: districts, schools, and what stays the same however often the workbooks are made.

/// A school.
pub struct School {
    /// Code, with leading zeros.
    pub code: &'static str,
    /// Name.
    pub name: &'static str,
    /// District.
    pub district: &'static str,
    /// How it is run: public, or one of the kinds of private schools.
    pub kind: &'static str,
    /// What it teaches.
    pub stage: &'static str,
    /// How its party organisation is made up.
    pub organisation: &'static str,
    /// Party branches.
    pub branches: u32,
    /// Members last year; none for a school that is new.
    pub members_before: Option<u32>,
    /// The five scores this year, each of at most 20.
    pub score: [f64; 5],
    /// The five scores last year.
    pub score_before: Option<[f64; 5]>,
}

/// The districts, how far terms of office for school heads have come, and a practice of their own.
pub const DISTRICTS: [(&str, &str, &str, &str); 3] = [
    ("栖云区", "司徒若谷", "全面推行", "栖云区开设“栖云教育先锋”网上党建专栏，支部之间经验互学、问题互答。"),
    ("兰渚区", "闻人望舒", "全面推行", "兰渚区把支部工作台账搬到线上，每季度晒一次进度、评一次实绩。"),
    ("青岚县", "宇文堃", "试点", ""),
];

macro_rules! school {
    ($code:literal $name:literal $district:literal $kind:literal $stage:literal $organisation:literal
     $branches:literal $before:expr, $score:expr, $score_before:expr) => {
        School {
            code: $code,
            name: $name,
            district: $district,
            kind: $kind,
            stage: $stage,
            organisation: $organisation,
            branches: $branches,
            members_before: $before,
            score: $score,
            score_before: $score_before,
        }
    };
}

/// The schools. Among them: one without a branch, one that is new, one with a very long name, one whose score fell.
pub const SCHOOLS: [School; 19] = [
    school!("0101" "云江市第一中学" "栖云区" "公办" "高中" "党委" 6 Some(118),
        [19.0, 18.5, 18.5, 19.0, 18.5], Some([18.5, 18.5, 18.0, 18.5, 18.0])),
    school!("0102" "栖云区实验小学" "栖云区" "公办" "小学" "党总支" 3 Some(49),
        [19.0, 19.0, 18.0, 18.5, 19.0], Some([18.5, 18.0, 18.0, 18.0, 18.5])),
    school!("0103" "云江市栖云外国语学校" "栖云区" "名校办民校" "九年一贯制" "党支部" 1 Some(15),
        [18.0, 17.5, 17.5, 18.5, 18.0], Some([17.5, 17.0, 17.0, 18.0, 18.0])),
    school!("0104" "云江市信息工程职业学校" "栖云区" "公办" "中职" "党总支" 4 Some(77),
        [18.0, 17.5, 17.0, 18.0, 17.5], Some([18.0, 18.0, 17.5, 18.0, 18.0])),
    school!("0105" "云江师范学院" "栖云区" "公办" "高校" "党委" 12 Some(268),
        [19.0, 18.5, 19.0, 18.5, 18.5], Some([19.0, 18.0, 18.5, 18.5, 18.0])),
    school!("0106" "栖云区启明小学" "栖云区" "社会力量" "小学" "党支部" 1 Some(6),
        [16.5, 16.0, 16.0, 17.0, 17.5], Some([16.0, 15.5, 15.5, 16.5, 17.0])),
    school!("0201" "云江市第二中学" "兰渚区" "公办" "高中" "党委" 5 Some(94),
        [18.5, 18.5, 18.0, 18.5, 18.0], Some([18.5, 18.0, 18.0, 18.5, 18.5])),
    school!("0202" "兰渚区中心小学" "兰渚区" "公办" "小学" "党总支" 2 Some(33),
        [18.0, 18.0, 17.5, 18.0, 18.5], Some([17.5, 17.5, 17.0, 17.5, 18.0])),
    school!("0203" "兰渚区滨河初级中学" "兰渚区" "公办" "初中" "党总支" 2 Some(37),
        [17.5, 17.5, 17.5, 17.0, 17.5], Some([17.0, 17.5, 17.0, 17.0, 17.0])),
    school!("0204" "云江市恒远实验学校" "兰渚区" "企业出资" "九年一贯制" "党总支" 2 Some(26),
        [17.0, 17.5, 16.5, 18.0, 17.5], Some([16.5, 17.0, 16.0, 17.5, 17.0])),
    school!("0205" "云江科技职业学院" "兰渚区" "公办" "高校" "党委" 8 Some(171),
        [18.5, 18.0, 18.0, 18.5, 18.0], Some([18.0, 18.0, 17.5, 18.0, 18.0])),
    school!("0206" "兰渚区晨光小学" "兰渚区" "社会力量" "小学" "党支部" 1 Some(7),
        [16.0, 16.5, 16.0, 16.5, 17.0], Some([16.5, 16.5, 16.0, 16.5, 17.0])),
    school!("0207" "云江师范学院附属中学与兰渚区教师发展中心联合办学实验初级中学" "兰渚区" "公办" "初中" "党总支" 2
        Some(28), [18.0, 18.0, 18.0, 17.5, 18.0], Some([18.0, 17.5, 17.5, 17.5, 18.0])),
    school!("0301" "青岚县高级中学" "青岚县" "公办" "高中" "党委" 5 Some(88),
        [18.0, 18.0, 17.5, 18.5, 18.0], Some([17.5, 18.0, 17.5, 18.0, 18.0])),
    school!("0302" "青岚县城关小学" "青岚县" "公办" "小学" "党总支" 2 Some(30),
        [17.5, 17.5, 17.0, 17.5, 18.0], Some([17.5, 17.0, 17.0, 17.5, 18.0])),
    school!("0303" "青岚县职业教育中心" "青岚县" "公办" "中职" "党总支" 4 Some(64),
        [17.5, 17.0, 17.0, 17.5, 17.5], Some([17.5, 17.0, 17.0, 17.5, 17.5])),
    school!("0304" "青岚县新苗小学" "青岚县" "社会力量" "小学" "" 0 Some(0),
        [15.0, 14.5, 14.5, 16.0, 16.5], Some([15.0, 14.5, 14.0, 16.0, 16.0])),
    school!("0305" "青岚县博雅高级中学" "青岚县" "名校办民校" "高中" "党支部" 1 Some(12),
        [17.0, 17.0, 16.5, 17.5, 17.0], Some([16.5, 16.5, 16.5, 17.0, 17.0])),
    school!("0306" "青岚县云岭学校" "青岚县" "公办" "九年一贯制" "党总支" 2 None,
        [16.5, 17.0, 16.5, 16.5, 17.5], None),
];

/// An invented name; rare characters are among them because they must print.
pub fn person(number: usize) -> String {
    const FAMILY: [&str; 13] = ["桑", "祁", "柏", "郁", "舒", "晏", "岑", "蔺", "司徒", "上官", "闻人", "宇文", "濮阳"];
    const GIVEN: [&str; 16] = [
        "喆", "堃", "玥", "珺", "镕", "瑄", "知行", "望舒", "云帆", "晓岚", "若谷", "守拙", "明澈", "采薇", "砚秋",
        "致远",
    ];
    format!("{}{}", FAMILY[number % FAMILY.len()], GIVEN[number % GIVEN.len()])
}
