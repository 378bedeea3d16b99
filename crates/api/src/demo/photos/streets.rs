//! What the city looks after.

use super::Shot;
use super::backdrop::{asphalt, plain, street, tree};
use super::canvas::{Canvas, Colour, Point, darker, lighter, mix};

const DARK: Colour = 0x2b3036;
const METAL: Colour = 0xa9b3b9;
const WHITE: Colour = 0xf6f5f0;
const WATER: Colour = 0x86b3c8;

/// A closed, uneven shape.
fn blob(shot: &mut Shot, x: f32, y: f32, across: f32, down: f32) -> Vec<Point> {
    (0..16)
        .map(|nth| {
            let (angle, far) = (nth as f32 * 0.393, shot.any(0.82, 1.08));
            [x + angle.cos() * across * far, y + angle.sin() * down * far]
        })
        .collect()
}

pub fn pothole(c: &mut Canvas, shot: &mut Shot) {
    asphalt(c, shot);
    let (x, y) = (shot.any(480.0, 700.0), shot.any(500.0, 580.0));
    if shot.after {
        c.poly(
            &[[x - 300.0, y - 150.0], [x + 300.0, y - 150.0], [x + 330.0, y + 170.0], [x - 330.0, y + 170.0]],
            0x3f4347,
        );
        c.line(
            &[
                [x - 300.0, y - 150.0],
                [x + 300.0, y - 150.0],
                [x + 330.0, y + 170.0],
                [x - 330.0, y + 170.0],
                [x - 300.0, y - 150.0],
            ],
            8.0,
            0x2d3033,
        );
        return;
    }
    let edge = blob(shot, x, y, 310.0, 160.0);
    c.poly(&edge, 0x9a9a96);
    let rim = blob(shot, x, y + 8.0, 270.0, 132.0);
    c.poly(&rim, 0x4a4640);
    let deep = blob(shot, x, y + 26.0, 200.0, 84.0);
    c.poly(&deep, 0x35322d);
    c.oval(x + 20.0, y + 50.0, 130.0, 40.0, WATER);
    c.oval(x - 10.0, y + 42.0, 60.0, 9.0, lighter(WATER, 0.5));
    for _ in 0..12 {
        let (dx, dy) = (shot.any(-380.0, 380.0), shot.any(-190.0, 200.0));
        c.oval(x + dx, y + dy, shot.any(8.0, 20.0), 9.0, 0x6d6f70);
    }
}

pub fn road_sign(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    let lean = if shot.after { 0.0 } else { shot.any(220.0, 320.0) };
    let (x, y) = (560.0 + lean, 240.0 + lean * 0.35);
    c.line(&[[560.0, 800.0], [x, y]], 24.0, METAL);
    c.disc(x, y, 140.0, darker(WHITE, 0.15));
    c.disc(x, y, 130.0, 0xc93a34);
    if shot.after {
        c.round(x - 88.0, y - 22.0, 176.0, 44.0, 6.0, WHITE);
    } else {
        c.line(&[[x - 70.0, y - 46.0], [x + 70.0, y + 46.0]], 44.0, WHITE);
    }
    c.oval(560.0, 806.0, 60.0, 14.0, 0x55585b);
}

pub fn bollard(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    for nth in 0..4 {
        let x = 170.0 + nth as f32 * 270.0;
        if nth == 2 && !shot.after {
            c.oval(x + 20.0, 742.0, 50.0, 14.0, DARK);
            c.line(&[[x + 60.0, 800.0], [x + 330.0, 840.0]], 70.0, 0x4b5258);
            c.line(&[[x + 250.0, 828.0], [x + 280.0, 832.0]], 72.0, 0xd24a3f);
        } else {
            c.round(x, 500.0, 72.0, 250.0, 32.0, 0x4b5258);
            c.rect(x, 560.0, 72.0, 34.0, 0xd24a3f);
            c.rect(x + 12.0, 520.0, 10.0, 220.0, 0x727a81);
        }
    }
}

pub fn traffic_light(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    c.rect(585.0, 560.0, 30.0, 300.0, METAL);
    c.round(470.0, 80.0, 260.0, 500.0, 40.0, 0x23282d);
    let lit = if shot.after { 2 } else { 9 };
    for (nth, colour) in [0xe2463b, 0xf0b53a, 0x4fc06f].into_iter().enumerate() {
        let y = 170.0 + nth as f32 * 155.0;
        c.disc(600.0, y, 72.0, 0x14181b);
        c.disc(600.0, y, 62.0, if nth == lit { colour } else { mix(colour, 0x1d2226, 0.82) });
        if nth == lit {
            c.disc(580.0, y - 20.0, 18.0, lighter(colour, 0.6));
        }
        c.round(520.0, y - 84.0, 160.0, 26.0, 12.0, 0x14181b);
    }
}

pub fn street_lamp(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 640.0, 0x1d2740, 0x46516b);
    for _ in 0..26 {
        let (x, y) = (shot.any(0.0, 1200.0), shot.any(0.0, 300.0));
        c.disc(x, y, 2.5, 0xd9e0ee);
    }
    for nth in 0..7 {
        let (x, top) = (nth as f32 * 180.0 - 20.0, shot.any(260.0, 380.0));
        c.rect(x, top, 176.0, 660.0 - top, mix(0x3a4358, 0x2c3346, (nth % 3) as f32 * 0.4));
        for floor in 0..3 {
            let lit = shot.dice.percent(35);
            c.rect(
                x + 30.0,
                top + 40.0 + floor as f32 * 90.0,
                40.0,
                56.0,
                if lit { 0xe8c77a } else { 0x242b3b },
            );
            c.rect(x + 105.0, top + 40.0 + floor as f32 * 90.0, 40.0, 56.0, 0x242b3b);
        }
    }
    c.fade(640.0, 900.0, 0x383d48, 0x282c35);
    if shot.after {
        c.poly(&[[600.0, 210.0], [960.0, 860.0], [320.0, 860.0]], 0x8b825f);
        c.oval(640.0, 860.0, 330.0, 40.0, 0xc9b877);
    }
    c.line(&[[420.0, 880.0], [420.0, 170.0], [470.0, 130.0], [600.0, 150.0]], 22.0, 0x14181b);
    c.poly(&[[560.0, 150.0], [680.0, 150.0], [655.0, 215.0], [585.0, 215.0]], 0x14181b);
    c.oval(620.0, 214.0, 40.0, 13.0, if shot.after { 0xfff3c4 } else { 0x50565f });
}

pub fn bags(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    if shot.after {
        c.line(&[[840.0, 780.0], [980.0, 430.0]], 20.0, 0xa87a4c);
        c.poly(&[[760.0, 760.0], [900.0, 800.0], [870.0, 870.0], [720.0, 840.0]], 0xd0a73a);
        return;
    }
    for nth in 0..9 {
        let x = 220.0 + (nth % 5) as f32 * 170.0 + shot.any(-30.0, 30.0);
        let y = if nth < 5 { 790.0 } else { 690.0 };
        let colour = *shot.dice.pick(&[0x2f3338, 0x3f454b, 0x54606b, 0xd9d6cc]);
        c.oval(x, y, 100.0, 84.0, colour);
        c.poly(
            &[[x - 22.0, y - 76.0], [x + 22.0, y - 76.0], [x + 36.0, y - 120.0], [x - 30.0, y - 116.0]],
            colour,
        );
        c.oval(x - 34.0, y - 26.0, 22.0, 34.0, lighter(colour, 0.18));
    }
    for _ in 0..6 {
        let (x, y) = (shot.any(100.0, 1100.0), shot.any(840.0, 880.0));
        c.round(x, y, 40.0, 18.0, 4.0, *shot.dice.pick(&[0xc8643c, 0xe9e2d6, 0x4b6a9b]));
    }
}

pub fn mattress(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    if shot.after {
        return;
    }
    c.poly(&[[220.0, 380.0], [700.0, 330.0], [740.0, 760.0], [260.0, 800.0]], 0xd9d3c6);
    c.poly(&[[700.0, 330.0], [760.0, 350.0], [800.0, 770.0], [740.0, 760.0]], 0xb9b2a3);
    for row in 0..3 {
        for column in 0..4 {
            let (x, y) = (320.0 + column as f32 * 110.0 + row as f32 * 8.0, 460.0 + row as f32 * 120.0);
            c.disc(x, y, 12.0, 0xbdb6a8);
        }
    }
    c.round(830.0, 560.0, 220.0, 200.0, 16.0, shot.accent);
    c.round(850.0, 430.0, 180.0, 170.0, 20.0, darker(shot.accent, 0.1));
    for x in [850.0, 1020.0] {
        c.line(&[[x, 760.0], [x, 830.0]], 18.0, 0x6f5439);
    }
}

pub fn manhole(c: &mut Canvas, shot: &mut Shot) {
    asphalt(c, shot);
    c.oval(600.0, 530.0, 300.0, 210.0, 0x4c5054);
    if shot.after {
        c.oval(600.0, 526.0, 280.0, 194.0, 0x6d7479);
        for ring in 1..5 {
            c.oval(
                600.0,
                526.0,
                280.0 - ring as f32 * 50.0,
                194.0 - ring as f32 * 35.0,
                if ring % 2 == 0 { 0x6d7479 } else { 0x555b60 },
            );
        }
        return;
    }
    c.oval(600.0, 530.0, 280.0, 194.0, 0x17191b);
    c.oval(600.0, 560.0, 250.0, 150.0, 0x2a3a3f);
    for (y, across) in [(520.0, 190.0), (470.0, 130.0), (430.0, 70.0)] {
        c.oval(600.0, y, across, 90.0, WATER);
    }
    c.oval(560.0, 410.0, 40.0, 22.0, lighter(WATER, 0.5));
    c.poly(&[[430.0, 540.0], [770.0, 540.0], [820.0, 760.0], [400.0, 760.0]], WATER);
    let flow = blob(shot, 620.0, 760.0, 460.0, 90.0);
    c.poly(&flow, WATER);
    c.oval(560.0, 740.0, 200.0, 12.0, lighter(WATER, 0.5));
    c.poly(&[[960.0, 380.0], [1060.0, 640.0], [860.0, 640.0]], 0xf0a03f);
    c.rect(895.0, 540.0, 130.0, 26.0, WHITE);
}

pub fn tree_scene(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    c.oval(600.0, 800.0, 130.0, 26.0, 0x6f5439);
    if shot.after {
        c.line(&[[600.0, 800.0], [600.0, 420.0]], 16.0, 0x7b5b42);
        c.line(&[[540.0, 800.0], [540.0, 520.0]], 10.0, 0xb89464);
        c.line(&[[660.0, 800.0], [660.0, 520.0]], 10.0, 0xb89464);
        c.line(&[[540.0, 560.0], [660.0, 560.0]], 8.0, DARK);
        tree(c, 600.0, 500.0, 90.0, 0x7fae5f);
        return;
    }
    c.poly(&[[555.0, 800.0], [575.0, 420.0], [630.0, 420.0], [655.0, 800.0]], 0x7b6a58);
    for (x, y, width) in [
        (380.0, 200.0, 26.0),
        (500.0, 110.0, 22.0),
        (700.0, 130.0, 24.0),
        (840.0, 240.0, 26.0),
        (300.0, 380.0, 18.0),
        (900.0, 400.0, 18.0),
    ] {
        c.line(&[[600.0, 440.0], [(600.0 + x) / 2.0, (430.0 + y) / 2.0 - 20.0], [x, y]], width, 0x7b6a58);
        c.line(&[[(600.0 + x) / 2.0, (430.0 + y) / 2.0 - 20.0], [x + 50.0, y - 60.0]], 10.0, 0x7b6a58);
    }
    for _ in 0..14 {
        let (x, y) = (shot.any(300.0, 900.0), shot.any(80.0, 400.0));
        c.oval(x, y, 18.0, 10.0, 0xa8763c);
    }
}

pub fn graffiti(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    for row in 0..6 {
        for column in -1..7 {
            let x = column as f32 * 200.0 + (row % 2) as f32 * 100.0;
            c.round(
                x + 3.0,
                60.0 + row as f32 * 105.0,
                194.0,
                99.0,
                4.0,
                darker(0xd2b69a, ((row * 2 + column + 2) % 4) as f32 * 0.03),
            );
        }
    }
    c.rect(0.0, 700.0, 1200.0, 200.0, 0xb7b0a4);
    if shot.after {
        c.round(360.0, 160.0, 480.0, 420.0, 20.0, 0xdcc3a9);
        return;
    }
    let colours = [0x3f5fd0, 0xd03f7a, 0x2fa36b, 0xe07b2f];
    let start = shot.dice.below(4);
    for (nth, x) in [220.0, 430.0, 640.0, 850.0].into_iter().enumerate() {
        let colour = colours[(start + nth) % 4];
        let swing = shot.any(60.0, 110.0);
        let shape = [
            [x, 560.0],
            [x + 20.0, 260.0],
            [x + swing, 220.0],
            [x + 150.0, 330.0],
            [x + 60.0, 400.0],
            [x + 160.0, 560.0],
        ];
        c.line(&shape, 60.0, DARK);
        c.line(&shape, 40.0, colour);
        c.line(&[[x + 10.0, 470.0], [x + 24.0, 280.0]], 8.0, lighter(colour, 0.5));
        let drip = shot.any(620.0, 690.0);
        c.line(&[[x + 150.0, 560.0], [x + 150.0, drip]], 9.0, colour);
    }
}

pub fn speaker(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, 0x232a44, 0x4a4258);
    for _ in 0..20 {
        let (x, y) = (shot.any(0.0, 1200.0), shot.any(0.0, 400.0));
        c.disc(x, y, 2.5, 0xd9e0ee);
    }
    c.round(430.0, 200.0, 340.0, 600.0, 24.0, 0x191d24);
    for (y, size) in [(340.0, 80.0), (590.0, 130.0)] {
        c.disc(600.0, y, size, 0x3d454f);
        c.disc(600.0, y, size * 0.8, 0x262c34);
        c.disc(600.0, y, size * 0.3, 0x59636e);
    }
    c.fade(800.0, 900.0, 0x2d3038, 0x22252b);
    if shot.after {
        c.line(&[[820.0, 380.0], [960.0, 540.0]], 20.0, 0x8b949c);
        c.line(&[[960.0, 380.0], [820.0, 540.0]], 20.0, 0x8b949c);
        return;
    }
    for (nth, far) in [90.0, 170.0, 250.0].into_iter().enumerate() {
        for side in [-1.0, 1.0] {
            let arc: Vec<Point> = (0..9)
                .map(|step| {
                    let angle = (step as f32 - 4.0) * 0.2;
                    [600.0 + side * (160.0 + far * angle.cos()), 480.0 + far * 1.3 * angle.sin()]
                })
                .collect();
            c.line(&arc, 16.0, mix(0xf0a04b, 0x4a4258, nth as f32 * 0.25));
        }
    }
}
