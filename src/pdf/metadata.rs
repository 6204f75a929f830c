//! What a file says about itself: in the information dictionary, and again in XMP for programs that ask there.

use lopdf::{Dictionary, Stream, dictionary, text_string};

use crate::document::Info;

/// The program's name, as the one that made the file.
const PRODUCER: &str = concat!("huibao ", env!("CARGO_PKG_VERSION"));

/// The language of a document that names none.
const LANGUAGE: &str = "zh-CN";

/// The standards that a file says it keeps to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Conformance {
    /// PDF/A-2b (ISO 19005-2): the same for ever.
    pub archive: bool,
    /// PDF/UA-1 (ISO 14289-1): for everyone.
    pub accessible: bool,
}

/// PDF/A wants every property described that it does not know itself.
const ACCESSIBLE: &str = "<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
";

/// The document's language.
pub(super) fn language(info: &Info) -> &str {
    if info.language.is_empty() { LANGUAGE } else { &info.language }
}

/// The information dictionary.
pub(super) fn information(info: &Info) -> Dictionary {
    let mut dictionary = dictionary! { "Producer" => text_string(PRODUCER), "Creator" => text_string(PRODUCER) };
    let keywords = info.keywords.join(", ");
    let texts = [("Title", &info.title), ("Subject", &info.subject), ("Author", &info.author), ("Keywords", &keywords)];
    for (key, text) in texts {
        if !text.is_empty() {
            dictionary.set(key, text_string(text));
        }
    }
    if let Some([year, month, day]) = date(info) {
        let date = format!("D:{year}{month}{day}");
        dictionary.set("CreationDate", text_string(&date));
        dictionary.set("ModDate", text_string(&date));
    }
    dictionary
}

/// The metadata stream (XMP), in the clear so that any program finds it.
pub(super) fn xmp(info: &Info, conformance: Conformance) -> Stream {
    let mut properties = String::new();
    let mut alternatives = |name: &str, text: &str| {
        if !text.is_empty() {
            let text = escape(text);
            properties +=
                &format!("<dc:{name}><rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt></dc:{name}>\n");
        }
    };
    alternatives("title", &info.title);
    alternatives("description", &info.subject);
    if !info.author.is_empty() {
        properties +=
            &format!("<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n", escape(&info.author));
    }
    if !info.keywords.is_empty() {
        let items: String = info.keywords.iter().map(|word| format!("<rdf:li>{}</rdf:li>", escape(word))).collect();
        properties += &format!("<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>\n");
        properties += &format!("<pdf:Keywords>{}</pdf:Keywords>\n", escape(&info.keywords.join(", ")));
    }
    properties +=
        &format!("<dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n", escape(language(info)));
    properties += &format!("<pdf:Producer>{PRODUCER}</pdf:Producer>\n<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\n");
    if let Some(date) = date(info) {
        let date = date.join("-");
        properties += &format!("<xmp:CreateDate>{date}</xmp:CreateDate>\n<xmp:ModifyDate>{date}</xmp:ModifyDate>\n");
    }
    if conformance.archive {
        properties += "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n";
    }
    if conformance.accessible {
        properties += ACCESSIBLE;
    }
    let packet = format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\" \
         xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\" xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\" \
         xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\" \
         xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\" \
         xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n\
         {properties}</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    );
    Stream::new(dictionary! { "Type" => "Metadata", "Subtype" => "XML" }, packet.into_bytes())
}

/// Year, month and day of the document's date, if it is one.
fn date(info: &Info) -> Option<[&str; 3]> {
    let mut parts = info.date.as_deref()?.split('-');
    let date = [parts.next()?, parts.next()?, parts.next()?];
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let [year, month, day] = date;
    let whole = parts.next().is_none() && digits(year, 4) && digits(month, 2) && digits(day, 2);
    let on_calendar = ("01"..="12").contains(&month) && ("01"..="31").contains(&day);
    (whole && on_calendar).then_some(date)
}

/// Text for XML; characters that XML cannot have are left out.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped += "&amp;",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '\t' | '\n' | '\r' => escaped.push(character),
            '\0'..'\u{20}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => escaped.push(character),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xmp_text(info: &Info) -> String {
        String::from_utf8(xmp(info, Conformance::default()).content).unwrap()
    }

    #[test]
    fn markup_in_a_title_stays_text() {
        let info = Info { title: "党建 <b> & \u{1}总结".into(), ..Info::default() };
        assert!(xmp_text(&info).contains(">党建 &lt;b&gt; &amp; 总结<"));
    }

    #[test]
    fn a_date_that_is_none_is_left_out() {
        let dated = |date: &str| Info { date: Some(date.into()), ..Info::default() };
        for wrong in ["2023-13-01", "2023-1-1", "二〇二三年", "2023-01-01-01", "2023-01-00", ""] {
            assert!(information(&dated(wrong)).get(b"CreationDate").is_err(), "{wrong}");
            assert!(!xmp_text(&dated(wrong)).contains("CreateDate"), "{wrong}");
        }
        let right = information(&dated("2023-12-31"));
        assert_eq!(right.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20231231");
        assert!(xmp_text(&dated("2023-12-31")).contains("<xmp:CreateDate>2023-12-31<"));
    }
}
