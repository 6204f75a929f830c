//! Files made here, row by row, and what is read from them.

use proptest::prelude::*;

use super::*;

/// One grey dot.
pub const GRAY_DOT: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\
    \0\0\0\x0dIDAT\x78\x01\x01\x02\0\xfd\xff\0\x80\0\x82\0\x81\0\0\0\0\0\0\0\0IEND\0\0\0\0";

/// A file of rows that already have their filters.
fn png(size: (u32, u32), depth: u8, kind: u8, interlaced: bool, extra: &[(&[u8; 4], &[u8])], rows: &[u8]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut add = |name: &[u8; 4], data: &[u8]| {
        file.extend((data.len() as u32).to_be_bytes());
        file.extend(name);
        file.extend(data);
        file.extend([0; 4]);
    };
    let size = [size.0.to_be_bytes(), size.1.to_be_bytes()].concat();
    add(b"IHDR", &[size, vec![depth, kind, 0, 0, u8::from(interlaced)]].concat());
    extra.iter().for_each(|(name, data)| add(name, data));
    let rows = crate::deflate::zlib(rows, crate::deflate::Effort::Full);
    let (first, second) = rows.split_at(rows.len() / 2);
    add(b"IDAT", first);
    add(b"IDAT", second);
    add(b"IEND", &[]);
    file
}

/// The samples of a plane that was rebuilt.
fn samples(plane: &Plane, row: usize) -> Vec<u8> {
    let mut rows = Vec::new();
    ZlibDecoder::new(plane.bytes.as_ref()).read_to_end(&mut rows).unwrap();
    let (mut above, mut samples) = (vec![0; row], Vec::new());
    for line in rows.chunks_mut(row + 1) {
        unfilter(line[0], &mut line[1..], &above, 1).unwrap();
        above.copy_from_slice(&line[1..]);
        samples.extend_from_slice(&above);
    }
    samples
}

#[test]
fn rows_without_alpha_are_taken_over() {
    let file = png((2, 2), 8, 2, false, &[], &[0, 1, 2, 3, 4, 5, 6, 1, 9, 9, 9, 1, 1, 1]);
    let picture = read(&file).unwrap();
    assert!(picture.mask.is_none());
    let mut rows = Vec::new();
    ZlibDecoder::new(picture.image.bytes.as_ref()).read_to_end(&mut rows).unwrap();
    assert_eq!(rows, [0, 1, 2, 3, 4, 5, 6, 1, 9, 9, 9, 1, 1, 1]);
    assert!(read(GRAY_DOT).unwrap().mask.is_none());
}

#[test]
fn alpha_becomes_a_mask_unless_all_is_opaque() {
    let clear = read(&png((2, 1), 8, 6, false, &[], &[0, 1, 2, 3, 128, 4, 5, 6, 255])).unwrap();
    assert_eq!(samples(&clear.image, 6), [1, 2, 3, 4, 5, 6]);
    assert_eq!(samples(&clear.mask.unwrap(), 2), [128, 255]);
    let opaque = read(&png((2, 1), 8, 4, false, &[], &[0, 7, 255, 8, 255])).unwrap();
    assert_eq!(samples(&opaque.image, 2), [7, 8]);
    assert!(opaque.mask.is_none());
}

#[test]
fn sixteen_bits_of_alpha_become_eight() {
    let file = png((1, 1), 16, 4, false, &[], &[0, 0x12, 0x34, 0x56, 0x78]);
    let picture = read(&file).unwrap();
    assert_eq!(samples(&picture.image, 1), [0x12]);
    assert_eq!(samples(&picture.mask.unwrap(), 1), [0x56]);
}

#[test]
fn a_palette_may_be_transparent() {
    let palette: (&[u8; 4], &[u8]) = (b"PLTE", &[255, 0, 0, 0, 255, 0]);
    // Indices 0, 1, 1 of four bits.
    let rows = [0, 0x01, 0x10];
    let plain = read(&png((3, 1), 4, 3, false, &[palette], &rows)).unwrap();
    assert!(plain.mask.is_none());
    let clear = read(&png((3, 1), 4, 3, false, &[palette, (b"tRNS", &[40])], &rows)).unwrap();
    assert_eq!(samples(&clear.image, 3), [0, 1, 1]);
    assert_eq!(samples(&clear.mask.unwrap(), 3), [40, 255, 255]);
    assert_eq!(read(&png((3, 1), 4, 3, false, &[], &rows)).unwrap_err(), Reason::Damaged);
}

#[test]
fn one_colour_may_be_transparent() {
    let file = png((1, 1), 8, 2, false, &[(b"tRNS", &[0, 1, 0, 2, 0, 3])], &[0, 1, 2, 3]);
    let mask = read(&file).unwrap().image.dictionary.get(b"Mask").unwrap().as_array().unwrap().clone();
    assert_eq!(mask, [1, 1, 2, 2, 3, 3].map(Object::Integer));
}

#[test]
fn interlaced_rows_are_put_in_order() {
    // Three by three grey pixels: passes 1, 4, 5, 6 and 7 have some of them.
    let rows = [&[0, 1][..], &[0, 3], &[0, 7, 9], &[0, 2], &[0, 8], &[0, 4, 5, 6]].concat();
    let picture = read(&png((3, 3), 8, 0, true, &[], &rows)).unwrap();
    assert_eq!(samples(&picture.image, 3), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

#[test]
fn small_grey_samples_are_spread_over_eight_bits() {
    let picture = read(&png((4, 1), 2, 0, true, &[], &[0, 0x00, 0, 0xC0, 0, 0x60])).unwrap();
    assert_eq!(samples(&picture.image, 4), [0, 85, 255, 170]);
}

#[test]
fn damage_and_excess_are_told_apart() {
    assert_eq!(read(b"GIF89a").unwrap_err(), Reason::NotTheFormat);
    assert_eq!(read(&png((1 << 20, 1 << 20), 8, 0, false, &[], &[0])).unwrap_err(), Reason::TooLarge);
    assert_eq!(read(&png((2, 2), 8, 0, false, &[], &[0, 1, 2])).unwrap_err(), Reason::Damaged, "a row is missing");
    assert_eq!(read(&png((2, 1), 8, 0, false, &[], &[5, 1, 2])).unwrap_err(), Reason::Damaged, "no such filter");
    for end in 8..GRAY_DOT.len() - 4 {
        assert_eq!(read(&GRAY_DOT[..end]).unwrap_err(), Reason::Damaged, "cut at {end}");
    }
}

/// Puts the filter on that `unfilter` takes off.
fn filter(filter: u8, row: &[u8], above: &[u8], back: usize) -> Vec<u8> {
    let at = |row: &[u8], at: Option<usize>| at.map_or(0, |at| row[at]);
    let predicted = |x: usize| {
        let (left, up, corner) = (at(row, x.checked_sub(back)), above[x], at(above, x.checked_sub(back)));
        match filter {
            1 => left,
            2 => up,
            3 => ((u16::from(left) + u16::from(up)) / 2) as u8,
            4 => paeth(left, up, corner),
            _ => 0,
        }
    };
    (0..row.len()).map(|x| row[x].wrapping_sub(predicted(x))).collect()
}

proptest! {
    #[test]
    fn a_filter_taken_off_leaves_the_row(
        kind in 0_u8..=4,
        back in 1_usize..=8,
        (row, above) in (1_usize..40).prop_flat_map(|n| (prop::collection::vec(any::<u8>(), n), prop::collection::vec(any::<u8>(), n))),
    ) {
        let mut filtered = filter(kind, &row, &above, back);
        unfilter(kind, &mut filtered, &above, back).unwrap();
        prop_assert_eq!(filtered, row);
    }

    #[test]
    fn no_bytes_make_it_panic(
        (width, height) in (0_u32..40, 0_u32..40),
        depth in prop::sample::select(vec![1_u8, 2, 4, 8, 16]),
        kind in prop::sample::select(vec![0_u8, 2, 3, 4, 6]),
        interlaced: bool,
        palette: Vec<u8>,
        clear: Vec<u8>,
        rows in prop::collection::vec(0_u8..5, 0..4000),
        cut in 0_usize..200,
    ) {
        let mut file = png((width, height), depth, kind, interlaced, &[(b"PLTE", &palette), (b"tRNS", &clear)], &rows);
        file.truncate(file.len() - cut.min(file.len()));
        let _ = read(&file);
    }
}
