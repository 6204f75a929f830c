//! The forms of clause 10 of GB/T 9704-2012 that stand apart, and what is signed by a stamp.

use huibao::diagnostic::Language;

use crate::set::{Placed, golden, line, near, placed, set};

const CHARACTER: f32 = 156.0 / 28.0;
const LINE: f32 = 225.0 / 22.0;
const WIDTH: f32 = 156.0;
/// From the paper's upper edge to the type area, and the paper's height.
const TOP: f32 = 37.0;
const PAPER: f32 = 297.0;

const LETTER: &str = "格式：信函\n发文机关标志：云江市教育局\n份号：12\n密级：秘密★1年\n发文字号：云教函〔2023〕15号\n标题：云江市教育局关于商请支持年度考核工作的函\n主送：云江市财政局\n署名：云江市教育局\n日期：2024年1月15日\n盖章：是\n抄送：市政府办公室\n";

fn red_rules(page: &[Placed]) -> Vec<&Placed> {
    page.iter().filter(|placed| placed.text.is_empty() && placed.color == "FF0000").collect()
}

/// 10.1: mark, red double rules, number at the right, first page without number, foot without rules.
#[test]
fn gbt9704_10_1_a_letter_has_red_double_rules_and_its_number_at_the_right() {
    let layout = golden("letter", LETTER, &"请予支持为盼，具体事项如下。\n\n".repeat(30));
    let pages: Vec<_> = layout.pages.pages.iter().map(placed).collect();
    let mark = line(&pages[0], "云江市教育局");
    assert!(mark.color == "FF0000" && near((mark.left + mark.right) / 2.0, WIDTH / 2.0, 0.5), "{mark:?}");
    let top = mark.y - 0.85 * mark.size_pt * 25.4 / 72.0 + TOP;
    assert!(near(top, 30.0, 0.5), "30 mm from the paper's edge: {top}");
    let rules = red_rules(&pages[0]);
    assert_eq!(rules.len(), 4, "{rules:?}");
    assert!(rules.iter().all(|rule| near(rule.right - rule.left, 170.0, 0.5) && near(rule.left, -8.0, 0.3)));
    assert!(rules[0].size_pt > rules[1].size_pt && rules[2].size_pt < rules[3].size_pt, "{rules:?}");
    let below_mark = rules[0].y - (mark.y + 0.1 * mark.size_pt * 25.4 / 72.0);
    assert!(near(below_mark, 4.0, 0.6), "4 mm below the mark: {below_mark}");
    assert!(near(rules[3].y + TOP, PAPER - 20.0, 0.6), "20 mm above the paper's edge: {:?}", rules[3]);
    let (copy, number) = (line(&pages[0], "000012"), line(&pages[0], "云教函"));
    assert!(copy.y == number.y && near(copy.left, 0.0, 0.1) && near(number.right, WIDTH, 0.3), "{copy:?} {number:?}");
    let three = 16.0 * 25.4 / 72.0;
    let below_rule = number.y - 0.85 * three - rules[1].y;
    assert!(near(below_rule, three * 7.0 / 8.0, 0.7), "seven eighths of a character below the rule: {below_rule}");
    assert!(near(line(&pages[0], "云江市教育局关于").y - line(&pages[0], "秘密").y, 3.0 * LINE, 0.5));
    let numbered = |page: &[Placed]| page.iter().any(|placed| placed.text.starts_with("— "));
    assert_eq!((numbered(&pages[0]), numbered(&pages[1])), (false, true));
    assert!(red_rules(&pages[1]).is_empty());
    let second = pages[1].iter().find(|placed| placed.text.starts_with("请予")).unwrap();
    assert!(near(second.y, 0.8 * LINE, 0.3), "the type area of other pages is as ever: {second:?}");
    let copies = line(pages.last().unwrap(), "抄送：");
    assert!(!pages.last().unwrap().iter().any(|placed| placed.text.is_empty()), "no rules: {copies:?}");
}

/// 10.2, 7.3.5.3: the mark 20 mm below the top, the number in the middle without a rule, signed by post and name.
#[test]
fn gbt9704_10_2_an_order_has_its_number_in_the_middle_and_is_signed_by_name() {
    let front = "格式：命令\n发文机关标志：云江市人民政府令\n发文字号：第15号\n签发人：王学文\n职务：市长\n日期：2024年1月15日\n";
    let layout = golden("order", front, "《云江市学校安全管理办法》已经通过，现予公布，自公布之日起施行。\n");
    let page = placed(&layout.pages.pages[0]);
    let (mark, number) = (line(&page, "云江市人民政府令"), line(&page, "第15号"));
    let top = mark.y - 0.85 * mark.size_pt * 25.4 / 72.0;
    assert!(near(top, 20.0, 0.5), "{top}");
    assert!(near((number.left + number.right) / 2.0, WIDTH / 2.0, 0.5), "{number:?}");
    assert!(red_rules(&page).is_empty());
    let text = line(&page, "《云江市");
    assert!(near(text.y - number.y, 3.0 * LINE, 0.3), "two lines below the number: {text:?}");
    let (post, date) = (line(&page, "市长"), line(&page, "2024"));
    assert!(near(date.right, WIDTH - 4.0 * CHARACTER, 0.2), "{date:?}");
    let ends = page.iter().filter(|placed| placed.y == post.y).map(|placed| placed.right).fold(0.0, f32::max);
    assert!(near(ends, WIDTH - 4.0 * CHARACTER, 0.2), "{ends}");
    assert!(near(post.left, ends - 7.0 * CHARACTER, 0.3), "two characters between post and name: {post:?}");
    assert!(near(date.y - post.y, 2.0 * LINE, 0.2), "a blank line between");
}

#[test]
fn what_a_form_does_not_have_is_told() {
    let said = |front: &str| {
        let (_, _, warnings) = set(&format!("---\n样式：official\n{front}---\n\n正文。\n"));
        warnings.iter().map(|warning| warning.to_text(Language::Chinese)).collect::<Vec<_>>().join("\n")
    };
    let letter = said("格式：信函\n发文机关标志：云江市教育局\n印发机关：云江市教育局办公室\n");
    assert!(letter.contains("templates/公文.md:5:6") && letter.contains("信函格式没有“印发机关”"), "{letter}");
    let order = said("格式：命令\n发文机关标志：云江市人民政府令\n发文字号：云政令〔2023〕1号\n签发人：王学文\n");
    assert!(order.contains("templates/公文.md:5:6") && order.contains("第15号"), "{order}");
}
