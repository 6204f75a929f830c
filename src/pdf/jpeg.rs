//! JPEG: PDF reads the file as it is (DCTDecode). Only its head is read here, for the size and the colours.

use bytes::Bytes;
use lopdf::{Object, dictionary};

use super::picture::{Picture, Plane, checked_size};
use super::problem::Reason;

/// What a frame header says (ITU-T T.81, B.2.2).
struct Frame {
    width: u16,
    height: u16,
    components: u8,
}

/// Reads a JPEG file.
pub(super) fn read(file: &Bytes) -> Result<Picture, Reason> {
    let mut rest = file.strip_prefix(&[0xFF, 0xD8]).ok_or(Reason::NotTheFormat)?;
    let mut frame = None;
    let mut adobe = false;
    loop {
        let [0xFF, marker, after @ ..] = rest else { return Err(Reason::Damaged) };
        match marker {
            // A marker may be led by any number of fill bytes.
            0xFF => {
                rest = rest.get(1..).unwrap_or_default();
                continue;
            }
            // Markers without a segment.
            0x01 | 0xD0..=0xD7 => {
                rest = after;
                continue;
            }
            // Start of scan: the picture itself follows.
            0xDA => break,
            _ => {}
        }
        let [high, low, ..] = after else { return Err(Reason::Damaged) };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let segment = after.get(2..length).ok_or(Reason::Damaged)?;
        match marker {
            0xC0..=0xC2 => frame = Some(read_frame(segment)?),
            // Lossless, hierarchical and arithmetic coding; C4, C8 and CC are no frames.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return Err(Reason::Unsupported),
            0xEE => adobe |= segment.starts_with(b"Adobe"),
            _ => {}
        }
        rest = after.get(length..).unwrap_or_default();
    }
    if memchr::memmem::rfind(rest, &[0xFF, 0xD9]).is_none() {
        return Err(Reason::Damaged);
    }
    let Frame { width, height, components } = frame.ok_or(Reason::Damaged)?;
    let mut entries = dictionary! { "Filter" => "DCTDecode" };
    let color_space = match components {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        4 => {
            if adobe {
                // Adobe's programs write CMYK the wrong way round.
                let inverted = [1, 0, 1, 0, 1, 0, 1, 0].map(Object::Integer);
                entries.set("Decode", inverted.to_vec());
            }
            "DeviceCMYK"
        }
        _ => return Err(Reason::Unsupported),
    };
    checked_size(width.into(), height.into())?;
    let plane = Plane::new(width.into(), height.into(), 8, color_space.into(), entries, file.clone());
    Ok(Picture { image: plane, mask: None })
}

fn read_frame(segment: &[u8]) -> Result<Frame, Reason> {
    let [bits, height_high, height_low, width_high, width_low, components, ..] = segment else {
        return Err(Reason::Damaged);
    };
    // Twelve bits to a sample, and a height that is told only after the scan, are not in PDF.
    let height = u16::from_be_bytes([*height_high, *height_low]);
    if *bits != 8 || height == 0 {
        return Err(Reason::Unsupported);
    }
    Ok(Frame { width: u16::from_be_bytes([*width_high, *width_low]), height, components: *components })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(file: &[u8]) -> Result<Picture, Reason> {
        super::read(&file.to_vec().into())
    }

    /// The head of a JPEG file with a frame of some kind, and a scan of nothing.
    fn jpeg(sof: u8, components: u8, adobe: bool) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8];
        if adobe {
            file.extend(b"\xFF\xEE\x00\x0EAdobe\x00\x64\x00\x00\x00\x00\x00");
        }
        file.extend([0xFF, 0xFF, sof, 0, 8, 8, 0, 30, 0, 40, components]);
        file.extend([0xFF, 0xDA, 0, 2, 1, 2, 3, 0xFF, 0xD9]);
        file
    }

    fn entry(file: &[u8], key: &[u8]) -> Option<Object> {
        read(file).unwrap().image.dictionary.get(key).ok().cloned()
    }

    #[test]
    fn size_and_colours_are_those_of_the_frame() {
        for (components, space) in [(1, "DeviceGray"), (3, "DeviceRGB"), (4, "DeviceCMYK")] {
            let file = jpeg(0xC2, components, false);
            assert_eq!(entry(&file, b"ColorSpace"), Some(space.into()));
            assert_eq!(entry(&file, b"Width"), Some(40.into()));
            assert_eq!(entry(&file, b"Height"), Some(30.into()));
            assert_eq!(read(&file).unwrap().image.bytes, file);
        }
    }

    #[test]
    fn cmyk_of_adobe_programs_is_turned_round() {
        assert!(entry(&jpeg(0xC0, 4, true), b"Decode").is_some());
        assert!(entry(&jpeg(0xC0, 4, false), b"Decode").is_none());
        assert!(entry(&jpeg(0xC0, 3, true), b"Decode").is_none());
    }

    #[test]
    fn what_pdf_cannot_show_is_refused() {
        assert_eq!(read(b"\x89PNG").unwrap_err(), Reason::NotTheFormat);
        assert_eq!(read(&jpeg(0xC9, 3, false)).unwrap_err(), Reason::Unsupported);
        assert_eq!(read(&jpeg(0xC0, 2, false)).unwrap_err(), Reason::Unsupported);
        let whole = jpeg(0xC0, 3, false);
        for end in 2..whole.len() {
            assert_eq!(read(&whole[..end]).unwrap_err(), Reason::Damaged, "cut at {end}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes: Vec<u8>) {
            bytes.splice(0..0, [0xFF, 0xD8]);
            let _ = read(&bytes);
        }
    }
}
