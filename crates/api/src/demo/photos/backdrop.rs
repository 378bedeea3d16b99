//! Where scenes are set: rooms, gardens, streets.

use super::Shot;
use super::canvas::{Canvas, Colour, darker, lighter, mix};
use crate::demo::dice::Dice;

const WALLS: &[Colour] = &[0xe9e2d6, 0xd8e3e4, 0xe7dccf, 0xdfe4d6, 0xe3dde6, 0xf0e6d2];
const FLOORS: &[Colour] = &[0xb58a5f, 0x9aa3a8, 0xc2a27c, 0x8b7b6b, 0xa9b0a5];
const ACCENTS: &[Colour] = &[0x2f6f73, 0xc8643c, 0x4b6a9b, 0x7a8b3f, 0x9b4f5f, 0x3f7f5f];
const SKIES: &[(Colour, Colour)] = &[
    (0x8fbfe0, 0xe4f0f4),
    (0xa7c3d6, 0xeee6da),
    (0x7fa9c9, 0xd9e8ee),
    (0xc7cfd6, 0xeceae4),
    (0xf0c79b, 0xf6e9d8),
];
const HOUSES: &[Colour] = &[0xe3c9a8, 0xd6a98c, 0xc9d2cf, 0xe0d9c8, 0xb9c7cf, 0xd9b7a4, 0xe8dcc0];

pub fn wall(dice: &mut Dice) -> Colour {
    *dice.pick(WALLS)
}

pub fn accent(dice: &mut Dice) -> Colour {
    *dice.pick(ACCENTS)
}

/// A wall, a skirting board and a floor.
pub fn room(c: &mut Canvas, shot: &mut Shot) {
    let floor = *shot.dice.pick(FLOORS);
    c.fade(0.0, 720.0, lighter(shot.wall, 0.25), darker(shot.wall, 0.08));
    c.rect(0.0, 700.0, 1200.0, 26.0, lighter(shot.wall, 0.6));
    c.rect(0.0, 722.0, 1200.0, 4.0, darker(shot.wall, 0.3));
    c.fade(726.0, 900.0, floor, darker(floor, 0.22));
    for board in 0..7 {
        let x = board as f32 * 200.0 - 60.0;
        c.line(&[[x + 40.0, 726.0], [x - 40.0, 900.0]], 3.0, darker(floor, 0.18));
    }
}

/// A tiled wall, as in kitchens and bathrooms.
pub fn tiled(c: &mut Canvas, shot: &mut Shot) {
    let tile = lighter(shot.wall, 0.45);
    c.rect(0.0, 0.0, 1200.0, 900.0, darker(tile, 0.16));
    let (wide, high) = *shot.dice.pick(&[(150.0, 150.0), (200.0, 100.0), (120.0, 120.0)]);
    let mut row = 0;
    while row as f32 * high < 900.0 {
        let shift = if wide > high && row % 2 == 1 { -wide / 2.0 } else { 0.0 };
        for column in 0..(1400.0 / wide) as i32 {
            let shade = darker(tile, ((row * 5 + column * 3) % 4) as f32 * 0.018);
            c.round(
                column as f32 * wide + shift + 3.0,
                row as f32 * high + 3.0,
                wide - 6.0,
                high - 6.0,
                5.0,
                shade,
            );
        }
        row += 1;
    }
}

/// A close look at one wall.
pub fn plain(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, lighter(shot.wall, 0.3), darker(shot.wall, 0.12));
    for _ in 0..14 {
        let (x, y) = (shot.any(0.0, 1200.0), shot.any(0.0, 900.0));
        c.oval(x, y, shot.any(20.0, 90.0), 3.0, darker(shot.wall, 0.03));
    }
}

pub fn sky(c: &mut Canvas, shot: &mut Shot) {
    let (above, below) = *shot.dice.pick(SKIES);
    c.fade(0.0, 620.0, above, below);
    for _ in 0..3 {
        let (x, y, size) = (shot.any(50.0, 1100.0), shot.any(60.0, 240.0), shot.any(40.0, 80.0));
        let cloud = mix(below, 0xffffff, 0.6);
        c.oval(x, y, size * 1.9, size * 0.5, cloud);
        c.oval(x - size * 0.6, y - size * 0.25, size * 0.7, size * 0.5, cloud);
        c.oval(x + size * 0.4, y - size * 0.4, size * 0.8, size * 0.6, cloud);
    }
}

/// Grass, a path and trees.
pub fn garden(c: &mut Canvas, shot: &mut Shot) {
    sky(c, shot);
    c.oval(300.0, 640.0, 620.0, 180.0, 0xa8bf8f);
    c.oval(980.0, 650.0, 560.0, 150.0, 0x9ab583);
    for place in [90.0, 260.0, 990.0, 1130.0] {
        let size = shot.any(50.0, 90.0);
        tree(c, place + shot.any(-30.0, 30.0), 590.0, size, 0x6f9562);
    }
    c.fade(580.0, 900.0, 0x8db36c, 0x6b944f);
    c.poly(&[[480.0, 580.0], [640.0, 580.0], [1020.0, 900.0], [180.0, 900.0]], 0xd6c7a9);
    for _ in 0..26 {
        let (x, y) = (shot.any(0.0, 1200.0), shot.any(620.0, 890.0));
        c.oval(x, y, 16.0, 4.0, 0x7aa35d);
    }
}

pub fn tree(c: &mut Canvas, x: f32, foot: f32, size: f32, leaves: Colour) {
    c.rect(x - size * 0.12, foot - size * 1.2, size * 0.24, size * 1.2, 0x7b5b42);
    c.disc(x, foot - size * 1.9, size * 0.95, leaves);
    c.disc(x - size * 0.6, foot - size * 1.4, size * 0.65, darker(leaves, 0.08));
    c.disc(x + size * 0.6, foot - size * 1.5, size * 0.7, lighter(leaves, 0.08));
}

/// A row of houses, a pavement and a road.
pub fn street(c: &mut Canvas, shot: &mut Shot) {
    sky(c, shot);
    let mut x = -20.0;
    while x < 1200.0 {
        let (wide, high) = (shot.any(150.0, 230.0), shot.any(300.0, 430.0));
        let (front, top) = (*shot.dice.pick(HOUSES), 600.0 - high);
        c.rect(x, top, wide, high, front);
        c.rect(x, top, 8.0, high, darker(front, 0.12));
        c.poly(
            &[[x - 8.0, top], [x + wide + 8.0, top], [x + wide - 18.0, top - 46.0], [x + 18.0, top - 46.0]],
            0xb5593f,
        );
        let columns = (wide / 75.0) as i32;
        for floor in 0..(high / 105.0) as i32 {
            for column in 0..columns {
                let left = x + (wide - columns as f32 * 62.0) / 2.0 + column as f32 * 62.0 + 10.0;
                let upper = top + 26.0 + floor as f32 * 105.0;
                c.rect(left - 4.0, upper - 4.0, 50.0, 76.0, lighter(front, 0.55));
                c.rect(left, upper, 42.0, 68.0, 0x6d8796);
                c.rect(left + 19.0, upper, 4.0, 68.0, lighter(front, 0.55));
            }
        }
        x += wide;
    }
    c.rect(0.0, 600.0, 1200.0, 70.0, 0xcfc8bb);
    for slab in 0..16 {
        c.rect(slab as f32 * 80.0, 600.0, 3.0, 70.0, 0xb9b2a5);
    }
    c.rect(0.0, 668.0, 1200.0, 16.0, 0x9f998e);
    c.fade(684.0, 900.0, 0x767a7f, 0x5f6368);
}

/// A close look at the road.
pub fn asphalt(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, 0x83878b, 0x5d6166);
    c.rect(0.0, 0.0, 1200.0, 150.0, 0xc9c2b5);
    for slab in 0..10 {
        c.rect(slab as f32 * 130.0 + 20.0, 0.0, 4.0, 150.0, 0xb0a99c);
    }
    c.rect(0.0, 146.0, 1200.0, 30.0, 0xa39d92);
    for _ in 0..60 {
        let (x, y) = (shot.any(0.0, 1200.0), shot.any(190.0, 890.0));
        let grain = if shot.dice.percent(50) { 0x8f9397 } else { 0x54585c };
        c.oval(x, y, shot.any(2.0, 6.0), 2.5, grain);
    }
}
