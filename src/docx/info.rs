//! The parts in which the file tells of itself (`docProps/core.xml`, `docProps/app.xml`).

use super::DECLARATION;
use super::xml::escape;
use crate::document::Info;

/// Title, author and the like. The dates are the document's own, never the clock's.
pub fn core(info: &Info) -> Vec<u8> {
    let mut part = format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
    );
    let keywords = info.keywords.join("，");
    for (name, value) in [
        ("dc:title", &info.title),
        ("dc:subject", &info.subject),
        ("dc:creator", &info.author),
        ("cp:keywords", &keywords),
        ("cp:lastModifiedBy", &info.author),
        ("dc:language", &info.language),
    ] {
        if !value.is_empty() {
            part += &format!("<{name}>{}</{name}>", escape(value));
        }
    }
    if let Some(date) = info.date.as_deref().filter(|date| is_date(date)) {
        for name in ["dcterms:created", "dcterms:modified"] {
            part += &format!("<{name} xsi:type=\"dcterms:W3CDTF\">{date}T00:00:00Z</{name}>");
        }
    }
    part += "</cp:coreProperties>";
    part.into_bytes()
}

/// The program that made the file.
pub fn app() -> Vec<u8> {
    format!(
        "{DECLARATION}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>huibao</Application></Properties>"
    )
    .into_bytes()
}

/// `YYYY-MM-DD` with a month and a day that there can be.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(year, 4)
        && digits(month, 2)
        && digits(day, 2)
        && (1..=12).contains(&month.parse::<u8>().unwrap_or(0))
        && (1..=31).contains(&day.parse::<u8>().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_real_date_becomes_the_date_of_creation() {
        assert!(is_date("2024-01-05"));
        assert!(
            !is_date("2024-13-05") && !is_date("2024-1-5") && !is_date("2024年1月5日") && !is_date("2024-01-05-06")
        );
    }

    #[test]
    fn the_title_is_escaped() {
        let info = Info { title: "甲<乙>".into(), date: Some("2024-01-05".into()), ..Info::default() };
        let core = String::from_utf8(core(&info)).unwrap();
        assert!(core.contains("<dc:title>甲&lt;乙&gt;</dc:title>"), "{core}");
        assert!(core.contains("2024-01-05T00:00:00Z"), "{core}");
    }
}
