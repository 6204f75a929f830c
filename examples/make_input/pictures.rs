//! Pictures of activities, drawn from circles and rectangles: nobody is in them.

use std::io::Cursor;

use image::{ImageFormat, Rgb, RgbImage};

const WIDTH: i32 = 480;
const HEIGHT: i32 = 360;

type Color = [u8; 3];

const WALLS: [Color; 4] = [[244, 236, 220], [226, 238, 244], [236, 242, 228], [246, 230, 224]];
const FLOORS: [Color; 4] = [[186, 152, 110], [150, 170, 150], [170, 170, 178], [196, 164, 130]];
const COATS: [Color; 6] =
    [[178, 58, 52], [62, 104, 164], [88, 138, 92], [206, 150, 62], [110, 92, 150], [70, 130, 140]];
const RED: Color = [196, 38, 36];
const GOLD: Color = [250, 206, 80];
const SKIN: Color = [238, 206, 178];
const WHITE: Color = [252, 252, 250];

/// What a picture shows.
#[derive(Clone, Copy)]
pub enum Scene {
    /// People before a banner.
    Meeting,
    /// People at desks before a board.
    Class,
    /// People between trees and houses.
    Outdoors,
    /// People at machines.
    Workshop,
}

/// A picture as a PNG file; the same number gives the same picture.
pub fn drawn(scene: Scene, number: usize) -> Vec<u8> {
    let mut canvas = Canvas(RgbImage::from_pixel(WIDTH as u32, HEIGHT as u32, Rgb(WALLS[number % WALLS.len()])));
    match scene {
        Scene::Meeting => canvas.meeting(number),
        Scene::Class => canvas.class(number),
        Scene::Outdoors => canvas.outdoors(number),
        Scene::Workshop => canvas.workshop(number),
    }
    let mut bytes = Cursor::new(Vec::new());
    // a picture of known size is always written
    let written = canvas.0.write_to(&mut bytes, ImageFormat::Png);
    if written.is_ok() { bytes.into_inner() } else { Vec::new() }
}

struct Canvas(RgbImage);

impl Canvas {
    fn rectangle(&mut self, (left, top): (i32, i32), (width, height): (i32, i32), color: Color) {
        for y in top.max(0)..(top + height).min(HEIGHT) {
            for x in left.max(0)..(left + width).min(WIDTH) {
                self.0.put_pixel(x as u32, y as u32, Rgb(color));
            }
        }
    }

    fn circle(&mut self, (x0, y0): (i32, i32), radius: i32, color: Color) {
        for y in (y0 - radius).max(0)..(y0 + radius + 1).min(HEIGHT) {
            for x in (x0 - radius).max(0)..(x0 + radius + 1).min(WIDTH) {
                if (x - x0).pow(2) + (y - y0).pow(2) <= radius.pow(2) {
                    self.0.put_pixel(x as u32, y as u32, Rgb(color));
                }
            }
        }
    }

    /// Someone whose shoulders are at a place.
    fn person(&mut self, (x, y): (i32, i32), size: i32, coat: usize) {
        let coat = COATS[coat % COATS.len()];
        self.circle((x, y), size, coat);
        self.rectangle((x - size, y), (2 * size + 1, 2 * size), coat);
        self.circle((x, y - size * 4 / 3), size * 2 / 3, SKIN);
    }

    fn floor(&mut self, number: usize) {
        self.rectangle((0, 250), (WIDTH, HEIGHT - 250), FLOORS[number % FLOORS.len()]);
    }

    fn meeting(&mut self, number: usize) {
        self.floor(number);
        self.rectangle((50, 28), (380, 52), RED);
        for sign in 0..6 {
            self.rectangle((88 + sign * 52, 42), (30, 24), GOLD);
        }
        for row in 0..2 {
            for at in 0..(6 + row) {
                self.person((58 + at * 66 - row * 26, 190 + row * 84), 22 + row * 3, (at + row) as usize + number);
            }
        }
    }

    fn class(&mut self, number: usize) {
        self.floor(number);
        self.rectangle((90, 36), (300, 130), [84, 92, 88]);
        self.rectangle((98, 44), (284, 114), [44, 84, 70]);
        for line in 0..4 {
            self.rectangle((120, 62 + line * 24), (150 + (line * 37 + number as i32 * 13) % 80, 5), WHITE);
        }
        self.person((424, 190), 24, number);
        for row in 0..2 {
            for at in 0..4 {
                let (x, y) = (70 + at * 100 + row * 20, 240 + row * 62);
                self.person((x, y - 8), 18, (at * 2 + row) as usize + number);
                self.rectangle((x - 36, y + 16), (72, 12), [142, 102, 66]);
            }
        }
    }

    fn outdoors(&mut self, number: usize) {
        self.rectangle((0, 0), (WIDTH, 230), [196, 224, 240]);
        self.circle((410, 56), 30, GOLD);
        for house in 0..4 {
            let (left, top) = (20 + house * 118, 110 + (house * 29 + number as i32 * 17) % 46);
            self.rectangle((left, top), (92, 230 - top), WALLS[(house as usize + number) % WALLS.len()]);
            for window in 0..4 {
                self.rectangle((left + 12 + window % 2 * 40, top + 14 + window / 2 * 36), (24, 20), [120, 150, 170]);
            }
        }
        self.rectangle((0, 228), (WIDTH, HEIGHT - 228), [158, 190, 130]);
        for tree in 0..3 {
            let x = 96 + tree * 150;
            self.rectangle((x - 5, 190), (10, 52), [120, 86, 58]);
            self.circle((x, 176), 30, [84, 140, 82]);
        }
        for at in 0..5 {
            self.person((60 + at * 88, 280 + (at % 2) * 24), 23, at as usize + number);
        }
        self.rectangle((250, 236), (4, 70), [110, 110, 110]);
        self.rectangle((254, 236), (64, 40), RED);
    }

    fn workshop(&mut self, number: usize) {
        self.floor(number);
        for machine in 0..3 {
            let left = 30 + machine * 150;
            self.rectangle((left, 120), (110, 140), [130, 140, 150]);
            self.rectangle((left + 14, 136), (82, 44), [60, 76, 92]);
            self.circle((left + 55, 220), 24, [96, 104, 112]);
            self.circle((left + 55, 220), 9, GOLD);
        }
        for at in 0..4 {
            self.person((92 + at * 108, 282), 26, at as usize + number);
            self.rectangle((92 + at * 108 - 18, 226), (36, 10), GOLD);
        }
    }
}
