//! A canvas for flat shapes, measured as if it were 1200 wide and 900 high. It has four pixels for each of the
//! picture's, so that edges come out smooth; every shape is laid down in whole rows, which is fast even unoptimised.

use image::DynamicImage;

use super::{HEIGHT, WIDTH};

/// How wide it is for those who draw.
const ACROSS: f32 = 1200.0;
/// How many pixels of the canvas make one unit.
const FINE: f32 = COLUMNS as f32 / ACROSS;
const COLUMNS: usize = WIDTH as usize * 2;
const ROWS: usize = HEIGHT as usize * 2;

/// `0xRRGGBB`.
pub type Colour = u32;
/// In the units of the canvas.
pub type Point = [f32; 2];

pub struct Canvas {
    pixels: Vec<u8>,
    /// A row of nothing but the colour in use.
    paint: Vec<u8>,
    colour: Option<Colour>,
}

impl Canvas {
    pub fn new() -> Self {
        Self { pixels: vec![255; COLUMNS * ROWS * 3], paint: vec![0; COLUMNS * 3], colour: None }
    }

    /// The picture in its own size.
    pub fn finish(self) -> Option<DynamicImage> {
        let full = image::RgbImage::from_raw(COLUMNS as u32, ROWS as u32, self.pixels)?;
        Some(DynamicImage::ImageRgb8(full).thumbnail_exact(WIDTH, HEIGHT))
    }

    /// A band over the whole width, from one colour above to another below.
    pub fn fade(&mut self, top: f32, bottom: f32, above: Colour, below: Colour) {
        let steps = 48;
        let height = (bottom - top) / steps as f32;
        for step in 0..steps {
            let colour = mix(above, below, step as f32 / (steps - 1) as f32);
            self.rect(0.0, top + height * step as f32, ACROSS, height + 1.0, colour);
        }
    }

    pub fn rect(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.dip(colour);
        for row in rows(y, y + height) {
            self.span(row, x, x + width);
        }
    }

    /// A rectangle with rounded corners.
    pub fn round(&mut self, x: f32, y: f32, width: f32, height: f32, radius: f32, colour: Colour) {
        self.dip(colour);
        let radius = radius.min(width / 2.0).min(height / 2.0);
        for row in rows(y, y + height) {
            let at = (row as f32 + 0.5) / FINE;
            let into = (y + radius - at).max(at - (y + height - radius)).max(0.0);
            let inset = radius - (radius * radius - into * into).max(0.0).sqrt();
            self.span(row, x + inset, x + width - inset);
        }
    }

    pub fn disc(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        self.oval(x, y, radius, radius, colour);
    }

    pub fn oval(&mut self, x: f32, y: f32, across: f32, down: f32, colour: Colour) {
        self.dip(colour);
        for row in rows(y - down, y + down) {
            let off = ((row as f32 + 0.5) / FINE - y) / down;
            let half = across * (1.0 - off * off).max(0.0).sqrt();
            self.span(row, x - half, x + half);
        }
    }

    pub fn poly(&mut self, corners: &[Point], colour: Colour) {
        self.dip(colour);
        let top = corners.iter().fold(f32::MAX, |low, corner| low.min(corner[1]));
        let bottom = corners.iter().fold(f32::MIN, |high, corner| high.max(corner[1]));
        let mut crossings = Vec::new();
        for row in rows(top, bottom) {
            let at = (row as f32 + 0.5) / FINE;
            crossings.clear();
            let mut from = corners[corners.len() - 1];
            for &to in corners {
                if (from[1] > at) != (to[1] > at) {
                    crossings.push(from[0] + (at - from[1]) / (to[1] - from[1]) * (to[0] - from[0]));
                }
                from = to;
            }
            crossings.sort_by(f32::total_cmp);
            for pair in crossings.chunks_exact(2) {
                self.span(row, pair[0], pair[1]);
            }
        }
    }

    /// A line through these points, with round joints.
    pub fn line(&mut self, points: &[Point], width: f32, colour: Colour) {
        for pair in points.windows(2) {
            let ([ax, ay], [bx, by]) = (pair[0], pair[1]);
            let length = (bx - ax).hypot(by - ay).max(0.01);
            let (dx, dy) = ((by - ay) / length * width / 2.0, (ax - bx) / length * width / 2.0);
            self.poly(
                &[[ax + dx, ay + dy], [bx + dx, by + dy], [bx - dx, by - dy], [ax - dx, ay - dy]],
                colour,
            );
        }
        for &[x, y] in points {
            self.disc(x, y, width / 2.0, colour);
        }
    }

    /// Fills the row of paint, unless it has that colour already.
    fn dip(&mut self, colour: Colour) {
        if self.colour == Some(colour) {
            return;
        }
        self.colour = Some(colour);
        self.paint[..3].copy_from_slice(&colour.to_be_bytes()[1..]);
        let mut done = 3;
        while done < self.paint.len() {
            let more = done.min(self.paint.len() - done);
            self.paint.copy_within(..more, done);
            done += more;
        }
    }

    fn span(&mut self, row: usize, from: f32, to: f32) {
        let column = |x: f32| (x * FINE).round().clamp(0.0, COLUMNS as f32) as usize;
        let (from, to) = (column(from), column(to));
        if from < to && row < ROWS {
            let start = row * COLUMNS;
            self.pixels[(start + from) * 3..(start + to) * 3].copy_from_slice(&self.paint[..(to - from) * 3]);
        }
    }
}

/// The rows of the canvas between two heights.
fn rows(top: f32, bottom: f32) -> std::ops::Range<usize> {
    let row = |y: f32| (y * FINE).round().clamp(0.0, ROWS as f32) as usize;
    row(top)..row(bottom)
}

/// So much of the second colour in the first.
pub fn mix(one: Colour, other: Colour, share: f32) -> Colour {
    let channel = |shift: u32| {
        let (a, b) = ((one >> shift & 255) as f32, (other >> shift & 255) as f32);
        ((a + (b - a) * share).round().clamp(0.0, 255.0) as u32) << shift
    };
    channel(16) | channel(8) | channel(0)
}

pub fn darker(colour: Colour, share: f32) -> Colour {
    mix(colour, 0x1c_24_30, share)
}

pub fn lighter(colour: Colour, share: f32) -> Colour {
    mix(colour, 0xff_ff_ff, share)
}
