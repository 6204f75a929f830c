//! How large a picture is printed, and how many pixels that takes.

use crate::document::Length;

/// How a picture is to be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Print {
    /// Its width, if that is said.
    pub width: Option<Length>,
    /// Its height, if that is said.
    pub height: Option<Length>,
    /// Where both are said: it fills the box, and what stands out is cut off; else it stands whole in the box.
    pub fills: bool,
    /// The widest that it can be.
    pub room: Length,
    /// Dots an inch that a printer shows; a picture with more of them is scaled down.
    pub dots: u32,
    /// It stands over text: white paper becomes clear.
    pub over_text: bool,
}

/// Re-encoding a picture costs some of its quality, which fewer pixels than these are not worth.
const WORTH_IT: f64 = 1.2;

impl Print {
    /// Width and height on paper of a picture with sides so long, before anything is cut off.
    pub fn size(&self, sides: (f64, f64)) -> (Length, Length) {
        let (across, down) = (sides.0.max(1e-6), sides.1.max(1e-6));
        let width = match (self.width, self.height) {
            (None, None) => self.room,
            (Some(width), None) => width,
            (None, Some(height)) => height * (across / down),
            (Some(width), Some(height)) => {
                let by_height = height * (across / down);
                if self.fills { width.max(by_height) } else { width.min(by_height) }
            }
        };
        (width, width * (down / across))
    }

    /// Pixels that a picture is to be scaled down to; nothing where it has no more than it needs.
    pub fn scaled_down(&self, pixels: (u32, u32)) -> Option<(u32, u32)> {
        let (width, _) = self.size((f64::from(pixels.0), f64::from(pixels.1)));
        let wanted = (width.to_pt() / 72.0 * f64::from(self.dots)).ceil().max(1.0);
        let ratio = wanted / f64::from(pixels.0.max(1));
        let scaled = |side: u32| ((f64::from(side) * ratio).round() as u32).max(1);
        (self.dots > 0 && ratio * WORTH_IT < 1.0).then(|| (scaled(pixels.0), scaled(pixels.1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(width: Option<f64>, height: Option<f64>, fills: bool) -> Print {
        let length = |mm: Option<f64>| mm.map(Length::mm);
        Print {
            width: length(width),
            height: length(height),
            fills,
            room: Length::mm(254.0),
            dots: 100,
            over_text: false,
        }
    }

    #[test]
    fn a_picture_keeps_its_shape_whatever_is_said_of_its_size() {
        for (width, height, fills, size) in [
            (Some(40.0), None, false, (40.0, 20.0)),
            (None, Some(40.0), false, (80.0, 40.0)),
            (Some(40.0), Some(40.0), false, (40.0, 20.0)),
            (Some(40.0), Some(40.0), true, (80.0, 40.0)),
            (None, None, false, (254.0, 127.0)),
        ] {
            let (across, down) = print(width, height, fills).size((200.0, 100.0));
            assert_eq!((across.to_mm(), down.to_mm()), size, "{width:?} {height:?} {fills}");
        }
    }

    #[test]
    fn only_pictures_with_many_more_pixels_than_paper_shows_are_scaled_down() {
        let width = print(Some(25.4), None, false);
        assert_eq!(width.scaled_down((4000, 3000)), Some((100, 75)));
        assert_eq!(width.scaled_down((119, 90)), None);
        assert_eq!(width.scaled_down((20, 90_000)), None);
        assert_eq!(width.scaled_down((100_000, 1)), Some((100, 1)));
        assert_eq!(Print { dots: 0, ..width }.scaled_down((4000, 3000)), None, "no limit");
    }
}
