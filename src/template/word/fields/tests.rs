use super::*;

fn converted(paragraph: &str) -> (String, Vec<String>) {
    let tree = Tree::read(format!("<w:p>{paragraph}</w:p>").into_bytes()).unwrap();
    let mut refused = Vec::new();
    let source = as_tags(&tree, &mut refused).unwrap_or_default();
    let text = source.split("<w:t xml:space=\"preserve\">").skip(1).map(|rest| rest.split("</w:t>").next().unwrap());
    (unescaped(&text.collect::<String>()), refused.into_iter().map(|refused| refused.field).collect())
}

/// A field whose instruction has other fields, between braces: `IF {MERGEFIELD 性别} = "男" "先生" "女士"`.
fn nested(instruction: &str) -> String {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let mut runs = mark("begin");
    for part in instruction.split_inclusive(['{', '}']) {
        let text = part.trim_end_matches(['{', '}']).replace('&', "&amp;").replace('<', "&lt;");
        runs += &format!("<w:r><w:instrText xml:space=\"preserve\">{text}</w:instrText></w:r>");
        if part.ends_with('{') {
            runs += &mark("begin");
        } else if part.ends_with('}') {
            runs += &(mark("separate") + "<w:r><w:t>旧</w:t></w:r>" + &mark("end"));
        }
    }
    runs + &mark("separate") + "<w:r><w:t>旧</w:t></w:r>" + &mark("end")
}

fn field(instruction: &str) -> String {
    let run = |inside: &str| format!("<w:r>{inside}</w:r>");
    let text = instruction.replace('<', "&lt;");
    run("<w:fldChar w:fldCharType=\"begin\"/>")
        + &run(&format!("<w:instrText>{text}</w:instrText>"))
        + &run("<w:fldChar w:fldCharType=\"separate\"/>")
        + &run("<w:rPr><w:b/></w:rPr><w:t>«旧»</w:t>")
        + &run("<w:fldChar w:fldCharType=\"end\"/>")
}

#[test]
fn merge_fields_are_tags_with_their_switches() {
    for (instruction, tags) in [
        (" MERGEFIELD 姓名 \\* MERGEFORMAT ", "{{姓名}}"),
        (" MERGEFIELD \"入党 时间\" \\@ \"yyyy年M月d日\" ", "{{格式 [入党 时间] \"yyyy年M月d日\"}}"),
        (" MERGEFIELD 党费 \\# \"#,##0.00\" ", "{{格式 党费 \"#,##0.00\"}}"),
        (" MERGEFIELD 占比 \\# 0% ", "{{格式 占比 \"0'%'\"}}"),
        (" MERGEFIELD code \\*Upper ", "{{格式 code \"upper\"}}"),
        (" MERGEFIELD 人数 \\* CHINESENUM3 ", "{{中文数字 人数}}"),
        (" MERGEFIELD 职务 \\b \"任\" ", "{{#if (不等于 职务 \"\")}}任{{/if}}{{职务}}"),
        (" PAGE ", ""),
    ] {
        assert_eq!(converted(&field(instruction)).0, tags);
    }
    let simple = "<w:fldSimple w:instr=\" MERGEFIELD 姓名 \"><w:r><w:t>旧</w:t></w:r></w:fldSimple>";
    assert_eq!(converted(simple).0, "{{姓名}}");
}

#[test]
fn a_condition_with_a_field_in_it_is_a_block() {
    let nested = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>".to_owned()
        + &field(" MERGEFIELD 性别 ")
        + "<w:r><w:instrText> = \"男\" \"先生\" \"女士\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\
           <w:r><w:t>先生</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    assert_eq!(converted(&nested).0, "{{#if (等于 性别 \"男\")}}先生{{else}}女士{{/if}}");
}

#[test]
fn the_result_s_look_is_the_values() {
    let tree = Tree::read(format!("<w:p>{}</w:p>", field(" MERGEFIELD 姓名 ")).into_bytes()).unwrap();
    assert_eq!(
        as_tags(&tree, &mut Vec::new()).unwrap(),
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{{姓名}}</w:t></w:r></w:p>"
    );
}

#[test]
fn conditions_know_all_signs_wildcards_and_fields_in_either_branch() {
    for (instruction, tags) in [
        ("IF {MERGEFIELD 成绩} >= 60 \"及格\" \"不及格\"", "{{#if (不小于 成绩 60)}}及格{{else}}不及格{{/if}}"),
        ("IF {MERGEFIELD 姓名}=\"王*\" \"王家\"", "{{#if (匹配 姓名 \"王*\")}}王家{{/if}}"),
        ("IF {MERGEFIELD 姓名}<>\"王?\" \"别家\"", "{{#if (非 (匹配 姓名 \"王?\"))}}别家{{/if}}"),
        (
            "IF {MERGEFIELD 职务} = \"\" \"\" \"{MERGEFIELD 职务}：{MERGEFIELD 姓名}\"",
            "{{#if (等于 职务 \"\")}}{{else}}{{职务}}：{{姓名}}{{/if}}",
        ),
        (
            "IF {MERGEFIELD 党费 \\# 0.00} > {MERGEFIELD 标准} \"称“多”\" \"\"",
            "{{#if (大于 (格式 党费 \"0.00\") 标准)}}称“多”{{/if}}",
        ),
        ("IF {IF {MERGEFIELD 甲} = 1 \"是\" \"否\"} = \"是\" \"好\" \"差\"", ""),
        (
            "IF {= OR ( {COMPARE {MERGEFIELD 甲} = 1}, {COMPARE {MERGEFIELD 乙} = \"二\"} )} = 1 \"有\" \"无\"",
            "{{#if (或者 (等于 甲 1) (等于 乙 \"二\"))}}有{{else}}无{{/if}}",
        ),
        ("COMPARE {MERGEFIELD 甲} < 3", "{{#if (小于 甲 3)}}1{{else}}0{{/if}}"),
        ("NEXT", "{{@下一条}}"),
        ("NEXTIF {MERGEFIELD 班} = \"一班\"", "{{#if (等于 班 \"一班\")}}{{@下一条}}{{/if}}"),
        ("SKIPIF {MERGEFIELD 到会} = \"否\"", "{{#if (等于 到会 \"否\")}}{{@跳过}}{{/if}}"),
        ("MERGEREC", "{{@记录号}}"),
        ("MERGESEQ \\# 000", "{{格式 @合并号 \"000\"}}"),
        ("INCLUDEPICTURE \"{MERGEFIELD 照片}\" \\d", "{{图片 照片}}"),
    ] {
        assert_eq!(converted(&nested(instruction)).0, tags, "{instruction}");
    }
}

#[test]
fn a_bookmark_that_is_set_is_what_was_set() {
    let fields =
        nested("SET 称呼 \"{MERGEFIELD 姓名}同志\"") + &nested("REF 称呼") + &nested("称呼") + &nested("REF 别的");
    assert_eq!(converted(&fields).0, "{{姓名}}同志{{姓名}}同志");
}

#[test]
fn fields_that_cannot_be_had_are_named() {
    for instruction in ["ASK 姓名 \"姓名？\"", "FILLIN \"日期？\"", "ADDRESSBLOCK \\f x", "GREETINGLINE \\f x", "IF a"]
    {
        let name = instruction.split(' ').next().unwrap().to_owned();
        assert_eq!(converted(&nested(instruction)).1, [name]);
    }
    let paragraphs = nested("IF {MERGEFIELD 甲} = 1 \"两段\" \"\"").replacen(
        "= 1",
        "= 1</w:instrText></w:r></w:p><w:p><w:r><w:instrText>",
        1,
    );
    assert_eq!(converted(&paragraphs).1, ["IF"]);
}

#[test]
fn fields_within_links_and_other_fields_are_tags_too() {
    let (text, refused) = converted(&nested("HYPERLINK \"mailto:{MERGEFIELD 邮箱}\""));
    assert_eq!((text.as_str(), refused.len()), ("", 0));
    let tree =
        Tree::read(format!("<w:p>{}</w:p>", nested("HYPERLINK \"mailto:{MERGEFIELD 邮箱}\"")).into_bytes()).unwrap();
    let source = as_tags(&tree, &mut Vec::new()).unwrap();
    assert!(source.contains("<w:instrText xml:space=\"preserve\">{{邮箱}}</w:instrText>"), "{source}");
}

#[test]
fn fields_deep_within_each_other_are_read_in_no_time() {
    let deep = "IF {".repeat(40) + "MERGEFIELD 甲" + &"} = 1 \"a\" \"b\"".repeat(40);
    let start = std::time::Instant::now();
    converted(&nested(&deep));
    assert!(start.elapsed().as_secs() < 5);
}

#[test]
fn each_text_of_a_condition_keeps_its_own_look() {
    let mark = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let code = |look: &str, text: &str| format!("<w:r><w:rPr>{look}</w:rPr><w:instrText>{text}</w:instrText></w:r>");
    let instruction = |last: &str| {
        mark("begin")
            + &code("<w:i/>", " IF ")
            + &field(" MERGEFIELD 性别 ")
            + &code("<w:i/>", " = \"男\" \"")
            + &code("<w:b/>", "先生")
            + &code("<w:u/>", "（男）\" \"女士\"")
            + &code("", last)
            + &mark("separate")
            + "<w:r><w:rPr><w:strike/></w:rPr><w:t>旧</w:t></w:r>"
            + &mark("end")
    };
    let looks = |paragraph: &str| {
        let tree = Tree::read(format!("<w:p>{paragraph}</w:p>").into_bytes()).unwrap();
        let source = as_tags(&tree, &mut Vec::new()).unwrap();
        let look = |word: &str| {
            let run = source.split("<w:r>").find(|run| run.contains(word)).unwrap();
            run.split("<w:rPr><w:").nth(1).unwrap().split('/').next().unwrap().to_owned()
        };
        ["先生", "（男）", "女士"].map(look)
    };
    assert_eq!(looks(&instruction("")), ["b", "u", "u"]);
    assert_eq!(looks(&instruction(" \\* MERGEFORMAT ")), ["strike", "strike", "strike"]);
}
