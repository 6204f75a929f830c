//! Cuts a face of the Compact Font Format (Adobe Technical Note 5176) down to some glyphs, where its glyphs share nothing:
//! without subroutines and with one set of private values a cut is a copy of the glyphs' outlines, and takes a tenth of
//! the time that taking each outline apart takes. Chinese faces are often so. Of any other face nothing is made.

/// The operators of dictionaries that matter here; of two bytes those that begin with 12.
mod operator {
    pub const FONT_BOX: u16 = 5;
    pub const CHAR_STRINGS: u16 = 17;
    pub const PRIVATE: u16 = 18;
    pub const SUBROUTINES: u16 = 19;
    pub const CHARSET: u16 = 15;
    pub const MATRIX: u16 = 12 << 8 | 7;
    pub const OUTLINE_TYPE: u16 = 12 << 8 | 6;
    pub const ROS: u16 = 12 << 8 | 30;
    pub const CID_COUNT: u16 = 12 << 8 | 34;
    pub const FONTS: u16 = 12 << 8 | 36;
    pub const FONT_OF_GLYPH: u16 = 12 << 8 | 37;
}

/// The face of these glyphs (by index, ascending), numbered from 1 in their order, as a CID-keyed font. `None` if it
/// shares anything between its glyphs, or cannot be read.
pub(super) fn cut(table: &[u8], glyphs: &[u16]) -> Option<Vec<u8>> {
    let source = Source::read(table)?;
    let outlines =
        std::iter::once(0).chain(glyphs.iter().copied()).map(|glyph| source.outlines.get(usize::from(glyph)));
    let outlines: Vec<&[u8]> = outlines.collect::<Option<_>>()?;
    let count = u16::try_from(outlines.len()).ok()?;
    let outlines = index(&outlines)?;

    let mut charset = vec![2];
    if count > 1 {
        charset.extend([1_u16, count - 2].map(u16::to_be_bytes).concat());
    }
    let font_of_glyph = [[3].as_slice(), &1_u16.to_be_bytes(), &[0, 0, 0], &count.to_be_bytes()].concat();

    let names = index(&[source.name])?;
    let strings = index(&[b"Adobe", b"Identity"])?;
    let subroutines = index(&[])?;
    // Offsets are always written in five bytes, so what they are does not change where things stand.
    let fonts = |private: usize| {
        let mut font = Vec::new();
        copy(&mut font, &source.own, operator::MATRIX);
        entry(&mut font, &[source.private.len(), private], operator::PRIVATE)?;
        index(&[&font])
    };
    let top = |charset: usize, font_of_glyph: usize, outlines: usize, fonts: usize| {
        let mut top = Vec::new();
        // SIDs of the first two strings that are not standard ones.
        entry(&mut top, &[391, 392, 0], operator::ROS)?;
        copy(&mut top, &source.top, operator::MATRIX);
        copy(&mut top, &source.top, operator::FONT_BOX);
        entry(&mut top, &[usize::from(count)], operator::CID_COUNT)?;
        entry(&mut top, &[charset], operator::CHARSET)?;
        entry(&mut top, &[font_of_glyph], operator::FONT_OF_GLYPH)?;
        entry(&mut top, &[outlines], operator::CHAR_STRINGS)?;
        entry(&mut top, &[fonts], operator::FONTS)?;
        index(&[&top])
    };
    let header = [1, 0, 4, 4];
    let before = header.len() + names.len() + top(0, 0, 0, 0)?.len() + strings.len() + subroutines.len();
    let charset_at = before;
    let font_of_glyph_at = charset_at + charset.len();
    let outlines_at = font_of_glyph_at + font_of_glyph.len();
    let fonts_at = outlines_at + outlines.len();
    let private_at = fonts_at + fonts(0)?.len();
    let parts: [&[u8]; 10] = [
        &header,
        &names,
        &top(charset_at, font_of_glyph_at, outlines_at, fonts_at)?,
        &strings,
        &subroutines,
        &charset,
        &font_of_glyph,
        &outlines,
        &fonts(private_at)?,
        source.private,
    ];
    Some(parts.concat())
}

/// What a cut takes from a face.
struct Source<'a> {
    name: &'a [u8],
    top: Vec<Entry<'a>>,
    /// The one font that a CID-keyed face is made of, or else the face.
    own: Vec<Entry<'a>>,
    private: &'a [u8],
    outlines: Index<'a>,
}

impl<'a> Source<'a> {
    fn read(table: &'a [u8]) -> Option<Self> {
        let (names, rest) = Index::read(table.get(usize::from(*table.get(2)?)..)?)?;
        let (tops, rest) = Index::read(rest)?;
        let (_, rest) = Index::read(rest)?;
        let (shared, _) = Index::read(rest)?;
        let top = dictionary(tops.get(0)?)?;
        let outline_type = find(&top, operator::OUTLINE_TYPE).map_or(Some(2), |entry| entry.number(0));
        if shared.count != 0 || outline_type != Some(2) {
            return None;
        }
        let (outlines, _) = Index::read(table.get(find(&top, operator::CHAR_STRINGS)?.offset(0)?..)?)?;
        let own = match find(&top, operator::FONTS) {
            Some(fonts) => {
                let (fonts, _) = Index::read(table.get(fonts.offset(0)?..)?)?;
                if fonts.count != 1 {
                    return None;
                }
                dictionary(fonts.get(0)?)?
            }
            None => vec![*find(&top, operator::PRIVATE)?],
        };
        let place = find(&own, operator::PRIVATE)?;
        let (length, from) = (place.offset(0)?, place.offset(1)?);
        let private = table.get(from..from.checked_add(length)?)?;
        if find(&dictionary(private)?, operator::SUBROUTINES).is_some() {
            return None;
        }
        Some(Self { name: names.get(0)?, top, own, private, outlines })
    }
}

/// Things in a row: INDEX data.
struct Index<'a> {
    count: usize,
    /// Bytes of an offset.
    width: usize,
    offsets: &'a [u8],
    /// The things, after the byte that offset 1 points at.
    data: &'a [u8],
}

impl<'a> Index<'a> {
    /// The index that bytes begin with, and what follows it.
    fn read(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let count = usize::from(u16::from_be_bytes(bytes.get(..2)?.try_into().ok()?));
        if count == 0 {
            return Some((Self { count, width: 1, offsets: &[], data: &[] }, bytes.get(2..)?));
        }
        let width = usize::from(*bytes.get(2)?);
        let end = 3 + (count + 1) * width;
        let offsets = bytes.get(3..end).filter(|_| (1..=4).contains(&width))?;
        let mut index = Self { count, width, offsets, data: bytes.get(end..)? };
        let (data, rest) = index.data.split_at_checked(index.offset(count)?)?;
        index.data = data;
        Some((index, rest))
    }

    /// Where a thing begins.
    fn offset(&self, at: usize) -> Option<usize> {
        let bytes = self.offsets.get(at * self.width..(at + 1) * self.width)?;
        bytes.iter().fold(0, |offset, byte| offset << 8 | usize::from(*byte)).checked_sub(1)
    }

    fn get(&self, at: usize) -> Option<&'a [u8]> {
        self.data.get(self.offset(at)?..self.offset(at + 1)?)
    }
}

/// An entry of a dictionary: its operands as they stand there, and its operator.
#[derive(Clone, Copy)]
struct Entry<'a> {
    operands: &'a [u8],
    operator: u16,
}

impl Entry<'_> {
    /// An operand that is a whole number.
    fn number(&self, wanted: usize) -> Option<i32> {
        let mut rest = self.operands;
        for at in 0.. {
            let (value, length) = operand(rest)?;
            if at == wanted {
                return value;
            }
            rest = rest.get(length..)?;
        }
        None
    }

    fn offset(&self, wanted: usize) -> Option<usize> {
        usize::try_from(self.number(wanted)?).ok()
    }
}

/// The operand that bytes begin with, if it is whole, and how many bytes it takes.
fn operand(bytes: &[u8]) -> Option<(Option<i32>, usize)> {
    let first = i32::from(*bytes.first()?);
    let next = |at: usize| bytes.get(at).map(|byte| i32::from(*byte));
    Some(match first {
        32..=246 => (Some(first - 139), 1),
        247..=250 => (Some((first - 247) * 256 + next(1)? + 108), 2),
        251..=254 => (Some(-(first - 251) * 256 - next(1)? - 108), 2),
        28 => (Some(i32::from(i16::from_be_bytes(bytes.get(1..3)?.try_into().ok()?))), 3),
        29 => (Some(i32::from_be_bytes(bytes.get(1..5)?.try_into().ok()?)), 5),
        // digits of four bits up to one that ends them
        30 => (None, 2 + bytes.get(1..)?.iter().position(|byte| byte & 15 == 15 || byte >> 4 == 15)?),
        _ => return None,
    })
}

/// The entries of a dictionary.
fn dictionary(bytes: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let (mut begin, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if *byte > 21 {
            at += operand(bytes.get(at..)?)?.1;
            continue;
        }
        let operands = bytes.get(begin..at)?;
        let operator = if *byte == 12 { 12 << 8 | u16::from(*bytes.get(at + 1)?) } else { u16::from(*byte) };
        at += if *byte == 12 { 2 } else { 1 };
        begin = at;
        entries.push(Entry { operands, operator });
    }
    Some(entries)
}

fn find<'e, 'a>(entries: &'e [Entry<'a>], operator: u16) -> Option<&'e Entry<'a>> {
    entries.iter().find(|entry| entry.operator == operator)
}

/// Writes things in a row.
fn index(things: &[&[u8]]) -> Option<Vec<u8>> {
    let mut bytes = u16::try_from(things.len()).ok()?.to_be_bytes().to_vec();
    if things.is_empty() {
        return Some(bytes);
    }
    let total: usize = things.iter().map(|thing| thing.len()).sum();
    bytes.reserve(1 + 4 * (things.len() + 1) + total);
    bytes.push(4);
    let mut offset = 1_u32;
    bytes.extend(offset.to_be_bytes());
    for thing in things {
        offset = offset.checked_add(u32::try_from(thing.len()).ok()?)?;
        bytes.extend(offset.to_be_bytes());
    }
    things.iter().for_each(|thing| bytes.extend_from_slice(thing));
    Some(bytes)
}

/// Writes an entry of whole numbers, each in five bytes.
fn entry(dictionary: &mut Vec<u8>, operands: &[usize], operator: u16) -> Option<()> {
    for operand in operands {
        dictionary.push(29);
        dictionary.extend(i32::try_from(*operand).ok()?.to_be_bytes());
    }
    write_operator(dictionary, operator);
    Some(())
}

/// Writes an entry as it stands elsewhere, if it does.
fn copy(dictionary: &mut Vec<u8>, entries: &[Entry<'_>], operator: u16) {
    if let Some(entry) = find(entries, operator) {
        dictionary.extend_from_slice(entry.operands);
        write_operator(dictionary, operator);
    }
}

fn write_operator(dictionary: &mut Vec<u8>, operator: u16) {
    match operator.to_be_bytes() {
        [12, second] => dictionary.extend([12, second]),
        [_, only] => dictionary.push(only),
    }
}

#[cfg(test)]
mod tests;
