//! Data to merge templates with: schools that are always there, and branches that the fuzzer makes up.

use std::sync::{Arc, OnceLock};

use huibao::dataset::{Dataset, LinkSpec, SheetChoice, TableId, TableSpec};
use huibao::diagnostic::{Diagnostic, Place};
use huibao::document::{Image, ImageFormat};
use huibao::picture::Print;
use huibao::template::{Documents, PictureSource, Pictures, ProjectFacts};
use huibao::workbook::{Workbook, read};

/// The unit of reports.
pub const SCHOOLS: TableId = TableId(0);

const SCHOOL_TABLE: &str = "学校代码,学校名称,区县,类型,学生数,占地面积,成立时间\n\
    0101,一中,东区,公办,1200,20000.5,1956-09-01\n0102,二小,东区,民办,800,,1987-09\n0201,职校,西区,公办,1000,约三十亩,2001\n";
/// What branches there are where the fuzzer makes up none.
const BRANCH_TABLE: &str = "支部名称,学校代码,类型,党员总数,正式党员,党费（元）,书记,示范,说明\n\
    教工一支部,0101,教工,12,10,285.5,赵甲,是,# 标题\n教工二支部,0101,教工,8,8,1200,钱乙,否,**粗**\n\
    学生支部,0101,学生,30,15,0,孙*丙*,否,\"两\n行\"\n联合支部,0102,教工,5,,,,否,\n";

/// 学校, and 党支部 of any bytes.
pub fn dataset(branches: &[u8]) -> Dataset {
    static SCHOOL_BOOK: OnceLock<Workbook> = OnceLock::new();
    let schools = SCHOOL_BOOK.get_or_init(|| read("学校.csv", SCHOOL_TABLE.as_bytes()).expect("sound"));
    let own = read("党支部.csv", BRANCH_TABLE.as_bytes());
    let branches = read("党支部.csv", branches).or(own).expect("sound");
    let table = |name: &str, workbook, key: &str| TableSpec {
        name: name.into(),
        sheets: vec![SheetChoice { workbook, sheet: None, place: Place::Run }],
        key: vec![(key.to_owned(), Place::Run)],
        ..TableSpec::default()
    };
    let end = |table: &str| (table.to_owned(), "学校代码".to_owned(), Place::Run);
    let link = LinkSpec { from: end("党支部"), to: end("学校") };
    let tables = [table("学校", 0, "学校代码"), table("党支部", 1, "支部名称")];
    Dataset::find(&[schools.clone(), branches], &tables, &[link]).0
}

/// What the project file says of the whole.
pub fn facts() -> ProjectFacts {
    ProjectFacts { title: "总结".into(), year: "2023".into(), others: vec![("单位".into(), "XX市".into())] }
}

/// One picture.
pub struct Album;

impl Pictures for Album {
    fn picture(&self, source: PictureSource<'_>, _: &Print, named_at: &Place) -> Result<Arc<Image>, Diagnostic> {
        let PictureSource::File { path, .. } = source else { unreachable!("no workbook has pictures") };
        let missing =
            || Diagnostic::error("fuzz.picture", named_at.clone(), huibao::diagnostic::Words::new("无", "none"));
        let bytes = include_bytes!("../../templates/照片.png").to_vec();
        let picture = Image { format: ImageFormat::Png, bytes: bytes.into(), width_px: 295, height_px: 413, drawing: None };
        path.ends_with(".png").then(|| Arc::new(picture)).ok_or_else(missing)
    }
}

/// Two documents to put in, one of Markdown and one of Word; each may name the other, and itself.
#[derive(Debug)]
pub struct Library {
    pub text: Vec<u8>,
    pub word: Vec<u8>,
}

impl Documents for Library {
    fn document(&self, _: &str, path: &str, named_at: &Place) -> Result<(String, Vec<u8>), Diagnostic> {
        match path {
            "部分.md" => Ok((path.to_owned(), self.text.clone())),
            "部分.docx" => Ok((path.to_owned(), self.word.clone())),
            _ => Err(Diagnostic::error(
                "fuzz.document",
                named_at.clone(),
                huibao::diagnostic::Words::new("无", "none"),
            )),
        }
    }
}
