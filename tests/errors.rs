//! Every kind of mistake a user can make, and the message as a person sees it (tests/golden/errors). After a change of
//! words: `UPDATE_GOLDEN=1 cargo test --test errors`, then read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod project;

use std::fs;

use project::{BRANCHES, Project, Rows, SCHOOLS, compare};

#[test]
fn a_sound_project_is_built_without_a_word() {
    let project = Project::new();
    project.build_says("sound", 0);
    assert_eq!(project.made(), ["01 第一小学.docx", "01 第一小学.pdf", "02 第二小学.docx", "02 第二小学.pdf"]);
}

#[test]
fn a_folder_without_a_project() {
    let project = Project::new();
    fs::remove_file(project.path("huibao.toml")).unwrap();
    project.build_says("no-project", 2);
}

#[test]
fn text_in_an_unknown_encoding_and_with_bytes_that_mean_nothing() {
    let project = Project::new();
    project.change("huibao.toml", "from = \"input/学校.xlsx\"", "from = \"input/学校.csv\"\nencoding = \"GB18303\"");
    project.change("huibao.toml", "input/党支部.xlsx#党支部", "input/党支部.txt");
    let (gbk, _, _) = encoding_rs::GBK.encode("代码,名称\n01,第一小学\n02,第二小学\n");
    fs::write(project.path("input/学校.csv"), gbk).unwrap();
    let damaged = [b"\xEF\xBB\xBF01,\xE8\xAF\xAD,12\n02,".as_slice(), b"\xE8\xAF,8\n"].concat();
    fs::write(project.path("input/党支部.txt"), damaged).unwrap();
    project.build_says("text-encoding", 2);
}

#[test]
fn tables_of_text_make_reports_as_workbooks_do() {
    let project = Project::new();
    project.change("huibao.toml", "input/学校.xlsx", "input/学校.csv");
    project.change("huibao.toml", "input/党支部.xlsx#党支部", "input/党支部.tsv");
    let (gbk, _, _) = encoding_rs::GBK.encode("代码,名称\r\n01,第一小学\r\n02,第二小学\r\n");
    fs::write(project.path("input/学校.csv"), gbk).unwrap();
    project.write("input/党支部.tsv", "学校代码\t支部名称\t党员\n01\t语文组\t12\n02\t\"数学\n组\"\t1,008\n");
    let (code, said) = project.run(&["build", "--fonts", "carried", "--lang", "zh", "--format", "docx"]);
    assert_eq!(code, 0, "{said}");
    assert_eq!(project.made(), ["01 第一小学.docx", "02 第二小学.docx"]);
    let (_, said) = project.run(&["check", "--lang", "zh"]);
    assert!(said.contains("提示：input/学校.csv：按 GB18030 编码读取"), "{said}");
}

/// What comes instead of workbooks, each under a name that ends like one's.
#[test]
fn files_that_are_called_workbooks_and_are_none() {
    let project = Project::new();
    project.change("huibao.toml", "input/党支部.xlsx#党支部", "input/来件/*");
    let put = |name: &str, bytes: &[u8]| fs::write(project.path(&format!("input/来件/{name}")), bytes).unwrap();
    let good = fs::read(project.path("input/党支部.xlsx")).unwrap();
    let zip = |parts: &[(&str, &str)]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let compound = |stream: &str| {
        let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(4096, 0);
        bytes
    };
    let odf = "application/vnd.oasis.opendocument.";
    put("01 加密.xlsx", &compound("EncryptedPackage"));
    put("02 老文档.xls", &compound("WordDocument"));
    put("03 加密.ods", &zip(&[("mimetype", &format!("{odf}spreadsheet")), ("encrypted-package", "…")]));
    put("04 截断.xlsx", &good[..good.len() / 2]);
    put("05 空.xlsx", b"");
    put("06 网页.xls", b"<html><body><table><tr><td>1</td></tr></table></body></html>");
    put(
        "07 表格2003.xls",
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
    );
    put("08 文档.xlsx", &zip(&[("[Content_Types].xml", ""), ("word/document.xml", "")]));
    put("09 开放文档.ods", &zip(&[("mimetype", &format!("{odf}text")), ("content.xml", "")]));
    put("10 压缩包.xlsx", &zip(&[("学校.xlsx", "")]));
    put("11 版式.xlsx", b"%PDF-1.7");
    put("12 图片.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    put("13 通知.csv", "各位老师：\n请于周五前报送。\n".as_bytes());
    put("14 数据.xlsx", &zip(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "<workbook/>")]));
    // A record that is shorter than its kind.
    let mut damaged = include_bytes!("workbooks/kinds.xls").to_vec();
    let at = damaged.windows(4).position(|window| window == [0x42, 0, 2, 0]).unwrap();
    damaged[at] = 0x18;
    put("15 损坏.xls", &damaged);
    put("~$党支部.xlsx", b"lock");
    // A workbook by any other name.
    put("99 其实是.xls", &good);
    project.build_says("strange-files", 2);
}

#[test]
fn a_workbook_that_is_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "input/学校.xlsx", "input/学较.xlsx");
    project.build_says("file-missing", 2);
}

#[test]
fn a_file_that_is_no_workbook() {
    let project = Project::new();
    project.write("input/学校.xlsx", "这不是工作簿");
    project.build_says("no-workbook", 2);
}

#[test]
fn a_sheet_that_is_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "#党支部", "#支部");
    project.build_says("sheet-not-found", 2);
}

#[test]
fn columns_that_are_not_there() {
    let project = Project::new();
    project.change("huibao.toml", "key = \"代码\"", "key = \"学校编码\"");
    project.change("huibao.toml", "党支部.学校代码", "党支部.学校代玛");
    project.build_says("column-not-found", 2);
}

#[test]
fn names_with_brackets_of_either_width() {
    let project = Project::new();
    let rows: Rows = &[
        &["学校代码", "支部名称", "党费（元）", "党员(女)"],
        &["01", "语文组", "100", "3"],
        &["02", "数学组", "80", "4"],
    ];
    project.workbook("input/党支部.xlsx", "党支部", rows);
    let column = "[[column]]\nname = \"党支部.党费(元)\"\nrequired = true\n\n[[column]]\nname = \"党支部.党员（男）\"\n\
                  required = true\n\n[[link]]";
    project.change("huibao.toml", "[[link]]", column);
    project.write(
        "templates/school.md",
        "{{合计 党支部.党费（元）}}{{合计 党支部.党费(元)}}{{合计 党支部.党费}}{{合计 党支部.党员（女）}}\n\n\
         {{合计 党支部.党费（万元）}}{{合计 党支部.党弗（元）}}{{合计 党支部.党员（男）}}\n",
    );
    project.build_says("names-with-brackets", 2);
}

#[test]
fn text_where_a_number_belongs() {
    let project = Project::new();
    let rows: Rows =
        &[BRANCHES[0], BRANCHES[1], &["01", "英语组", "若干人"], &["02", "数学组", "8"], &["02", "体育组", "9"]];
    project.workbook("input/党支部.xlsx", "党支部", rows);
    project.build_says("text-for-number", 1);
}

#[test]
fn a_row_that_names_a_school_that_is_not_there() {
    let project = Project::new();
    project.workbook("input/党支部.xlsx", "党支部", &[BRANCHES[0], BRANCHES[1], &["03", "数学组", "8"]]);
    project.build_says("dangling-link", 2);
}

#[test]
fn a_key_used_twice() {
    let project = Project::new();
    project.workbook("input/学校.xlsx", "学校", &[SCHOOLS[0], SCHOOLS[1], SCHOOLS[1], SCHOOLS[2]]);
    project.build_says("key-twice", 2);
}

#[test]
fn several_tables_on_one_sheet() {
    let project = Project::new();
    let below: Rows = &[BRANCHES[0], BRANCHES[1], BRANCHES[2], &[], &["培训情况"], &["班名", "人数"], &["党史", "40"]];
    project.workbook("input/党支部.xlsx", "党支部", below);
    project.build_says("another-table", 0);
    project.change("huibao.toml", "#党支部\"", "#党支部\"\nat = \"培训清况\"");
    project.build_says("no-table-at", 2);
}

#[test]
fn who_has_sent_nothing_and_whose_file_is_nobodys() {
    let project = Project::new();
    project.change("huibao.toml", "input/党支部.xlsx#党支部\"", "input/党支部*.xlsx\"\nevery = \"学校\"");
    project.workbook("input/党支部.xlsx", "党支部", &[BRANCHES[0], BRANCHES[1]]);
    project.build_says("nothing-sent", 0);
    project.workbook("input/党支部02.xlsx", "党支部", &[BRANCHES[0], &["03", "数学组", "8"], &["03", "语文组", "9"]]);
    project.build_says("file-of-nobody", 2);
}

#[test]
fn one_content_sent_twice_and_one_key_in_two_files() {
    let project = Project::new();
    project.change(
        "huibao.toml",
        "input/党支部.xlsx#党支部\"",
        "input/党支部*.xlsx\"\nkey = [\"学校代码\", \"支部名称\"]",
    );
    project.workbook("input/党支部 - 副本.xlsx", "党支部", BRANCHES);
    project.workbook("input/党支部2.xlsx", "党支部", &[BRANCHES[0], &["01", "语文组", "13"]]);
    project.build_says("sent-twice", 2);
}

#[test]
fn other_names_of_a_column() {
    let project = Project::new();
    let column =
        "[[column]]\nname = \"党支部.党员\"\nalso = \"人数\"\n\n[[column]]\nname = \"党支部.书计\"\n\n[[link]]";
    project.change("huibao.toml", "[[link]]", column);
    project.workbook(
        "input/党支部.xlsx",
        "党支部",
        &[&["学校代码", "党员", "人数", "书记"], &["01", "3", "4", "张某"]],
    );
    project.build_says("other-names", 2);
}

#[test]
fn cells_that_cannot_be_right() {
    let project = Project::new();
    let header: &[&str] = &["学校代码", "支部名称", "党员", "成立日期"];
    let rows: Rows = &[header, &["01", "语文组", "12", "2023年4月"], &["01", "数学组", "8", "2023年13月1日"]];
    let more: Rows =
        &[&["02", "英语组", "9", "2023年2月30日"], &["02", "体育组", "9", "待定"], &["02", "美术组", "9", "2023.5"]];
    project.workbook("input/党支部.xlsx", "党支部", &[rows, more].concat());
    project.build_says("cannot-be-right", 2);
}

#[test]
fn tags_that_name_nothing() {
    let project = Project::new();
    project
        .write("templates/school.md", "{{名秤}}有{{合计 党支部.党圆}}人，{{合记 党支部.党员}}人。\n\n{{学校.年龄}}\n");
    project.build_says("unknown-tag", 2);
}

#[test]
fn a_block_that_is_not_closed() {
    let project = Project::new();
    project.write("templates/school.md", "# 支部\n\n{{#each 党支部}}\n- {{支部名称}}\n");
    project.build_says("unclosed-block", 2);
}

#[test]
fn an_output_name_that_leaves_the_folder() {
    let project = Project::new();
    project.change("huibao.toml", "{{代码}} {{名称}}", "../{{名称}}");
    project.build_says("output-leaves-folder", 2);
}

#[test]
fn output_names_that_collide() {
    let project = Project::new();
    project.change("huibao.toml", "{{代码}} {{名称}}", "总结");
    project.build_says("output-collides", 2);
}

#[test]
fn an_output_folder_that_cannot_be_written() {
    let project = Project::new();
    project.write("out", "a file stands where the folder should be");
    project.build_says("output-not-writable", 2);
}

#[test]
fn one_report_that_fails_does_not_stop_the_others() {
    let project = Project::new();
    project.write("out/01 第一小学.docx", "不是程序生成的");
    project.build_says("one-fails", 1);
    assert_eq!(fs::read_to_string(project.path("out/01 第一小学.docx")).unwrap(), "不是程序生成的");
    assert!(project.made().contains(&"02 第二小学.docx".to_owned()));
}

#[test]
fn a_blank_cell_where_a_report_shows_it() {
    let project = Project::new();
    project.workbook("input/学校.xlsx", "学校", &[SCHOOLS[0], SCHOOLS[1], &["02", "第二小学"], &["03"]]);
    project.change("huibao.toml", "{{代码}} {{名称}}", "{{代码}}");
    project.build_says("blank-shown", 0);
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let project = Project::new();
    project.write("input/学校.xlsx", "这不是工作簿");
    project.change("huibao.toml", "#党支部", "#支部");
    project.write("templates/school.md", "{{#if 名称}}\n");
    project.build_says("all-at-once", 2);
}

#[test]
fn mistakes_in_the_project_file() {
    let project = Project::new();
    project.change("huibao.toml", "each = ", "eech = ");
    project.change("huibao.toml", "to = \"学校.代码\"", "to = \"学校\"");
    project.build_says("project-file", 2);
}

#[test]
fn wrong_use_of_the_program() {
    let project = Project::new();
    let said: String = [&["biuld"][..], &["build", "--ony", "01"], &["build", "--only", "09", "--lang", "zh"]]
        .into_iter()
        .map(|arguments| {
            let (code, text) =
                project.run(&[arguments, if arguments.contains(&"--lang") { &[] } else { &["--lang", "zh"] }].concat());
            assert_eq!(code, 2);
            text
        })
        .collect();
    compare("wrong-use", &said);
}
