//! How objects are written (ISO 32000-1, 7.3).

use std::io::Write;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};

/// Writes an object; of a stream only its dictionary.
pub(super) fn write_object(out: &mut Vec<u8>, object: &Object) {
    // Nothing that is written into memory fails.
    let _ = match object {
        Object::Null => out.write_all(b"null"),
        Object::Boolean(value) => write!(out, "{value}"),
        Object::Integer(value) => {
            write_integer(out, *value);
            Ok(())
        }
        Object::Real(value) => write!(out, "{value}"),
        Object::Reference(id) => {
            write_reference(out, *id);
            Ok(())
        }
        Object::Name(name) => {
            write_name(out, name);
            Ok(())
        }
        Object::String(text, format) => {
            write_string(out, text, *format);
            Ok(())
        }
        Object::Array(objects) => {
            out.push(b'[');
            for (at, object) in objects.iter().enumerate() {
                if at > 0 && needs_space(object) {
                    out.push(b' ');
                }
                write_object(out, object);
            }
            out.write_all(b"]")
        }
        Object::Dictionary(entries) => {
            write_dictionary(out, entries);
            Ok(())
        }
        Object::Stream(stream) => {
            write_dictionary(out, &stream.dict);
            Ok(())
        }
    };
}

fn write_dictionary(out: &mut Vec<u8>, entries: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in entries {
        write_name(out, key);
        if needs_space(value) {
            out.push(b' ');
        }
        write_object(out, value);
    }
    out.extend_from_slice(b">>");
}

/// Whether an object would run together with a name or a number before it.
fn needs_space(object: &Object) -> bool {
    matches!(object, Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Reference(_))
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_graphic() && !b"()<>[]{}/%#".contains(byte) {
            out.push(*byte);
        } else {
            let _ = write!(out, "#{byte:02X}");
        }
    }
}

fn write_string(out: &mut Vec<u8>, text: &[u8], format: StringFormat) {
    match format {
        StringFormat::Literal => {
            out.push(b'(');
            write_literal(out, text);
            out.push(b')');
        }
        StringFormat::Hexadecimal => {
            out.push(b'<');
            for byte in text {
                out.extend([byte >> 4, byte & 15].map(|digit| b"0123456789ABCDEF"[usize::from(digit)]));
            }
            out.push(b'>');
        }
    }
}

/// Writes bytes within a literal string.
pub(super) fn write_literal(out: &mut Vec<u8>, text: &[u8]) {
    for byte in text {
        match byte {
            b'(' | b')' | b'\\' => out.extend([b'\\', *byte]),
            b'\r' => out.extend_from_slice(b"\\r"),
            _ => out.push(*byte),
        }
    }
}

/// Writes a reference to an object.
pub(super) fn write_reference(out: &mut Vec<u8>, (number, generation): ObjectId) {
    write_integer(out, number.into());
    out.push(b' ');
    write_integer(out, generation.into());
    out.extend_from_slice(b" R");
}

/// Writes a whole number.
pub(super) fn write_integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0; 20];
    let mut begin = digits.len();
    let mut rest = value.unsigned_abs();
    while rest > 0 || begin == digits.len() {
        begin -= 1;
        digits[begin] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[begin..]);
}

/// Writes a number to so many decimal places, without zeros at its end.
pub(super) fn write_decimal(out: &mut Vec<u8>, value: f64, places: u32) {
    let unit = 10_i64.pow(places);
    let scaled = (value * unit as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let (whole, mut part) = (scaled.unsigned_abs() as i64 / unit, scaled.unsigned_abs() as i64 % unit);
    if whole > 0 || part == 0 {
        write_integer(out, whole);
    }
    if part > 0 {
        out.push(b'.');
        let mut unit = unit;
        while part > 0 {
            unit /= 10;
            out.push(b'0' + (part / unit) as u8);
            part %= unit;
        }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn written(object: impl Into<Object>) -> String {
        let mut out = Vec::new();
        write_object(&mut out, &object.into());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn objects_are_written_in_the_syntax_of_the_standard() {
        let array = vec![1.into(), Object::Real(-0.5), true.into(), Object::Null, (7, 0).into(), "N".into()];
        assert_eq!(written(array), "[1 -0.5 true null 7 0 R/N]");
        assert_eq!(written(dictionary! { "A b" => "C#", "D" => 1, "E" => Vec::new() }), "<</A#20b/C#23/D 1/E[]>>");
    }

    #[test]
    fn numbers_are_written_to_the_places_asked_for() {
        let written = |value: f64, places| {
            let mut out = Vec::new();
            write_decimal(&mut out, value, places);
            String::from_utf8(out).unwrap()
        };
        for (value, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (-0.5, "-.5"),
            (595.276, "595.276"),
            (0.05, ".05"),
            (-1e6, "-1000000"),
        ] {
            assert_eq!(written(value, 3), expected);
            assert_eq!(written(value, 5), expected);
        }
        assert_eq!(written(2.0 / 3.0, 4), ".6667");
        assert_eq!(written(-1e-9, 4), "0");
        assert_eq!(written(f64::NAN, 4), "0");
    }

    #[test]
    fn nothing_in_a_string_ends_it() {
        assert_eq!(written(Object::string_literal(")(\\\r")), "(\\)\\(\\\\\\r)");
        assert_eq!(written(Object::String(vec![0, 0xAF], StringFormat::Hexadecimal)), "<00AF>");
    }
}
