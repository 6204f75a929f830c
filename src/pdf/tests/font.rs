//! Small fonts made for tests: each character's glyph is a box, the second one lower than the first and so on.

/// A font of boxes.
pub struct TestFont {
    pub name: &'static str,
    pub file: Vec<u8>,
    characters: Vec<char>,
    advance: u16,
}

/// Units of an em.
const EM: u16 = 1000;

impl TestFont {
    /// With TrueType outlines.
    pub fn truetype(name: &'static str, characters: &str, advance: u16) -> Self {
        let characters: Vec<char> = characters.chars().collect();
        let count = characters.len() as u16 + 1;
        let (mut glyf, mut loca) = (Vec::new(), vec![0; 4]);
        for glyph in 0..count {
            glyf.extend(box_outline(advance, glyph));
            loca.extend((glyf.len() as u32).to_be_bytes());
        }
        let mut maxp = vec![0; 32];
        maxp[..6].copy_from_slice(&[0, 1, 0, 0, (count >> 8) as u8, count as u8]);
        let tables = [(b"glyf", glyf), (b"head", head()), (b"hhea", hhea(count)), (b"hmtx", hmtx(count, advance))];
        let tables = tables.into_iter().chain([(b"loca", loca), (b"maxp", maxp)]).collect();
        Self { name, file: sfnt([0, 1, 0, 0], tables), characters, advance }
    }

    /// With CFF outlines.
    pub fn cff(name: &'static str, characters: &str, advance: u16) -> Self {
        let characters: Vec<char> = characters.chars().collect();
        let count = characters.len() as u16 + 1;
        let maxp = vec![0, 0, 0x50, 0, (count >> 8) as u8, count as u8];
        let tables = vec![
            (b"CFF ", cff_table(count, advance)),
            (b"head", head()),
            (b"hhea", hhea(count)),
            (b"hmtx", hmtx(count, advance)),
            (b"maxp", maxp),
        ];
        Self { name, file: sfnt(*b"OTTO", tables), characters, advance }
    }

    /// The glyph of a character.
    pub fn glyph(&self, character: char) -> u16 {
        self.characters.iter().position(|c| *c == character).unwrap() as u16 + 1
    }

    /// The advance of every glyph in ems.
    pub fn advance_em(&self) -> f32 {
        f32::from(self.advance) / f32::from(EM)
    }
}

fn top(glyph: u16) -> u16 {
    800 - glyph % 16 * 40
}

fn box_outline(advance: u16, glyph: u16) -> Vec<u8> {
    let (left, right, top) = (50, advance - 50, top(glyph));
    let words = |words: &[u16]| words.iter().flat_map(|word| word.to_be_bytes()).collect::<Vec<_>>();
    // One contour, its box, its last point, no instructions; then flags, x and y of four points.
    let mut outline = words(&[1, left, 0, right, top, 3, 0]);
    outline.extend([1; 4]);
    outline.extend(words(&[left, 0, right - left, 0]));
    outline.extend(words(&[0, top, 0, top.wrapping_neg()]));
    outline
}

fn head() -> Vec<u8> {
    let mut head = vec![0; 54];
    head[..4].copy_from_slice(&[0, 1, 0, 0]);
    head[12..16].copy_from_slice(&[0x5F, 0x0F, 0x3C, 0xF5]);
    head[18..20].copy_from_slice(&EM.to_be_bytes());
    head[40..42].copy_from_slice(&EM.to_be_bytes());
    head[42..44].copy_from_slice(&800_u16.to_be_bytes());
    head[51] = 1; // long offsets in loca
    head
}

fn hhea(count: u16) -> Vec<u8> {
    let mut hhea = vec![0; 36];
    hhea[..4].copy_from_slice(&[0, 1, 0, 0]);
    hhea[4..6].copy_from_slice(&880_u16.to_be_bytes());
    hhea[6..8].copy_from_slice(&(-120_i16).to_be_bytes());
    hhea[34..36].copy_from_slice(&count.to_be_bytes());
    hhea
}

fn hmtx(count: u16, advance: u16) -> Vec<u8> {
    (0..count).flat_map(|_| [advance.to_be_bytes(), 50_u16.to_be_bytes()].concat()).collect()
}

fn cff_table(count: u16, advance: u16) -> Vec<u8> {
    let integer = |value: u16| [vec![28], value.to_be_bytes().to_vec()].concat();
    let outline = |glyph: u16| {
        let up = integer(top(glyph));
        let across = integer(advance - 100);
        let back = integer((advance - 100).wrapping_neg());
        // 50 hmoveto, then up, across and down in turn by vlineto; endchar.
        [integer(50), vec![22], up.clone(), across, integer(top(glyph).wrapping_neg()), back, vec![7, 14]].concat()
    };
    let char_strings = index(&(0..count).map(outline).collect::<Vec<_>>());
    // Charset, format 2: one range from the first custom name on.
    let charset = [&[2][..], &391_u16.to_be_bytes(), &(count - 2).to_be_bytes()].concat();
    let names = index(&(0..count).map(|glyph| format!("box{glyph}").into_bytes()).collect::<Vec<_>>());
    let private = [integer(advance), vec![20]].concat();
    let head = [vec![1, 0, 4, 2], index(&[b"Boxes".to_vec()])].concat();
    let offset = |value: usize| [&[29][..], &(value as u32).to_be_bytes()].concat();
    let top_dict = |start: usize| {
        let (at_strings, at_private) = (start + charset.len(), start + charset.len() + char_strings.len());
        let private_entry = [offset(private.len()), offset(at_private), vec![18]].concat();
        index(&[[offset(start), vec![15], offset(at_strings), vec![17], private_entry].concat()])
    };
    // Its length is the same whatever the offsets are.
    let start = head.len() + top_dict(0).len() + names.len() + 2;
    [head, top_dict(start), names, vec![0, 0], charset, char_strings, private].concat()
}

fn index(items: &[Vec<u8>]) -> Vec<u8> {
    let mut index = (items.len() as u16).to_be_bytes().to_vec();
    index.push(2);
    let mut offset = 1_u16;
    index.extend(offset.to_be_bytes());
    for item in items {
        offset += item.len() as u16;
        index.extend(offset.to_be_bytes());
    }
    index.extend(items.concat());
    index
}

fn sfnt(version: [u8; 4], tables: Vec<(&[u8; 4], Vec<u8>)>) -> Vec<u8> {
    let mut file = version.to_vec();
    file.extend((tables.len() as u16).to_be_bytes());
    file.extend([0; 6]);
    let mut offset = 12 + 16 * tables.len();
    let mut data = Vec::new();
    for (tag, mut table) in tables {
        file.extend(tag);
        file.extend([0; 4]);
        file.extend((offset as u32).to_be_bytes());
        file.extend((table.len() as u32).to_be_bytes());
        table.resize(table.len().next_multiple_of(4), 0);
        offset += table.len();
        data.extend(table);
    }
    file.extend(data);
    file
}
