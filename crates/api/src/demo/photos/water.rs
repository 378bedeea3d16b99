//! Kitchens and bathrooms.

use super::Shot;
use super::backdrop::{plain, room, tiled};
use super::canvas::{Canvas, Colour, darker, lighter};

const METAL: Colour = 0xb9c3c9;
const CHINA: Colour = 0xf7f7f4;
const WATER: Colour = 0x7fb8d6;

/// A falling drop.
fn drop(c: &mut Canvas, x: f32, y: f32, size: f32) {
    c.disc(x, y, size, WATER);
    c.poly(
        &[[x - size * 0.95, y - size * 0.3], [x + size * 0.95, y - size * 0.3], [x, y - size * 2.4]],
        WATER,
    );
    c.disc(x - size * 0.3, y + size * 0.1, size * 0.28, lighter(WATER, 0.7));
}

pub fn puddle_at(c: &mut Canvas, x: f32, y: f32, across: f32, colour: Colour) {
    c.oval(x, y, across, across * 0.2, colour);
    c.oval(x + across * 0.5, y + across * 0.12, across * 0.55, across * 0.13, colour);
    c.oval(x - across * 0.55, y + across * 0.1, across * 0.4, across * 0.1, colour);
    c.oval(x - across * 0.2, y - across * 0.04, across * 0.4, across * 0.05, lighter(colour, 0.45));
}

pub fn tap(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.round(150.0, 560.0, 900.0, 240.0, 60.0, darker(CHINA, 0.1));
    c.round(170.0, 560.0, 860.0, 215.0, 55.0, CHINA);
    c.oval(600.0, 610.0, 370.0, 60.0, darker(CHINA, 0.16));
    c.oval(600.0, 625.0, 340.0, 45.0, darker(CHINA, 0.07));
    c.oval(600.0, 640.0, 34.0, 10.0, darker(METAL, 0.5));
    c.rect(0.0, 790.0, 1200.0, 110.0, darker(shot.wall, 0.25));
    c.round(440.0, 300.0, 70.0, 280.0, 24.0, METAL);
    c.round(452.0, 310.0, 16.0, 260.0, 8.0, lighter(METAL, 0.6));
    c.line(&[[475.0, 310.0], [560.0, 260.0], [640.0, 275.0], [660.0, 340.0]], 52.0, METAL);
    c.line(&[[480.0, 298.0], [560.0, 248.0], [636.0, 264.0]], 12.0, lighter(METAL, 0.6));
    c.round(632.0, 340.0, 58.0, 34.0, 8.0, darker(METAL, 0.25));
    c.line(&[[475.0, 290.0], [420.0, 200.0]], 30.0, shot.accent);
    if !shot.after {
        drop(c, 661.0, 420.0, 13.0);
        drop(c, 661.0, 500.0, 16.0);
        drop(c, 661.0, 592.0, 12.0);
        puddle_at(c, 661.0, 640.0, 90.0, WATER);
    }
}

pub fn pipe(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, 0x8d7a66, 0x5f5145);
    c.rect(90.0, 60.0, 1020.0, 720.0, 0xd9c7a8);
    c.fade(90.0, 760.0, 0xcdb894, 0xb59f7a);
    c.rect(0.0, 0.0, 110.0, 900.0, shot.accent);
    c.rect(1090.0, 0.0, 110.0, 900.0, shot.accent);
    c.rect(0.0, 760.0, 1200.0, 140.0, 0x9c8461);
    c.round(330.0, 0.0, 540.0, 120.0, 30.0, METAL);
    c.line(&[[600.0, 110.0], [600.0, 420.0]], 74.0, CHINA);
    c.line(
        &[[600.0, 420.0], [640.0, 540.0], [740.0, 540.0], [780.0, 420.0], [780.0, 330.0], [1090.0, 330.0]],
        66.0,
        CHINA,
    );
    c.round(552.0, 230.0, 96.0, 50.0, 12.0, darker(CHINA, 0.15));
    c.round(552.0, 390.0, 96.0, 50.0, 12.0, darker(CHINA, 0.15));
    c.round(732.0, 390.0, 96.0, 50.0, 12.0, darker(CHINA, 0.15));
    c.line(&[[200.0, 200.0], [200.0, 640.0]], 26.0, 0xb87f4a);
    c.disc(200.0, 430.0, 40.0, 0xc4473a);
    if shot.after {
        c.round(545.0, 385.0, 110.0, 60.0, 14.0, shot.accent);
    } else {
        for (x, y) in [(585.0, 500.0), (615.0, 570.0), (590.0, 650.0), (625.0, 720.0)] {
            drop(c, x, y, shot.any(12.0, 20.0));
        }
        puddle_at(c, 600.0, 800.0, 260.0, WATER);
    }
}

pub fn toilet(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.fade(720.0, 900.0, 0xb9b4aa, 0x9c978d);
    c.round(420.0, 170.0, 360.0, 300.0, 30.0, darker(CHINA, 0.08));
    c.round(420.0, 160.0, 360.0, 60.0, 22.0, CHINA);
    c.round(560.0, 150.0, 80.0, 20.0, 8.0, METAL);
    c.poly(&[[480.0, 560.0], [720.0, 560.0], [680.0, 800.0], [520.0, 800.0]], darker(CHINA, 0.1));
    c.oval(600.0, 530.0, 200.0, 90.0, CHINA);
    c.oval(600.0, 520.0, 160.0, 62.0, darker(CHINA, 0.25));
    c.oval(600.0, 535.0, 130.0, 42.0, WATER);
    c.oval(600.0, 800.0, 110.0, 22.0, darker(CHINA, 0.2));
    c.round(880.0, 380.0, 90.0, 70.0, 35.0, 0xf3efe6);
    if !shot.after {
        c.oval(600.0, 560.0, 190.0, 60.0, WATER);
        c.poly(&[[460.0, 570.0], [500.0, 570.0], [500.0, 800.0], [450.0, 800.0]], lighter(WATER, 0.2));
        puddle_at(c, 580.0, 830.0, 380.0, WATER);
    }
}

pub fn shower(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.line(&[[330.0, 820.0], [330.0, 170.0], [420.0, 120.0], [540.0, 150.0]], 20.0, METAL);
    c.poly(&[[500.0, 150.0], [640.0, 190.0], [620.0, 240.0], [480.0, 200.0]], darker(METAL, 0.15));
    c.round(250.0, 520.0, 160.0, 60.0, 28.0, METAL);
    c.disc(250.0, 550.0, 36.0, shot.accent);
    c.disc(410.0, 550.0, 36.0, shot.accent);
    c.round(0.0, 800.0, 1200.0, 100.0, 0.0, CHINA);
    c.rect(0.0, 792.0, 1200.0, 14.0, if shot.after { 0xffffff } else { 0x5c5a4d });
    if shot.after {
        for ray in 0..6 {
            let x = 500.0 + ray as f32 * 24.0;
            c.line(&[[x, 240.0 + ray as f32 * 3.0], [x + 60.0, 780.0]], 4.0, lighter(WATER, 0.3));
        }
    } else {
        for nth in 0..5 {
            drop(c, 320.0 + nth as f32 * 8.0, 620.0 + nth as f32 * 36.0, 9.0);
        }
        for _ in 0..9 {
            let x = shot.any(40.0, 1160.0);
            c.oval(x, 792.0, 22.0, 9.0, 0x3f4038);
        }
    }
}

pub fn ceiling(c: &mut Canvas, shot: &mut Shot) {
    let white = lighter(shot.wall, 0.65);
    c.fade(0.0, 520.0, darker(white, 0.04), white);
    c.poly(
        &[[0.0, 900.0], [0.0, 420.0], [260.0, 560.0], [940.0, 560.0], [1200.0, 420.0], [1200.0, 900.0]],
        shot.wall,
    );
    c.rect(260.0, 560.0, 680.0, 340.0, darker(shot.wall, 0.08));
    c.line(&[[0.0, 420.0], [260.0, 560.0], [940.0, 560.0], [1200.0, 420.0]], 14.0, lighter(white, 0.8));
    c.oval(600.0, 250.0, 110.0, 26.0, 0xf4e6b8);
    c.oval(600.0, 246.0, 80.0, 16.0, 0xfff8df);
    if !shot.after {
        let (x, y) = (shot.any(330.0, 420.0), shot.any(260.0, 330.0));
        c.oval(x, y, 230.0, 96.0, 0xc9ae7c);
        c.oval(x + 130.0, y + 50.0, 130.0, 60.0, 0xc9ae7c);
        c.oval(x, y, 200.0, 76.0, 0xdcc79c);
        c.oval(x + 20.0, y + 4.0, 110.0, 40.0, 0xcdb182);
        drop(c, x + 40.0, y + 190.0, 12.0);
        drop(c, x + 48.0, y + 300.0, 14.0);
    }
}

pub fn puddle(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(140.0, 200.0, 260.0, 526.0, 8.0, darker(shot.accent, 0.1));
    c.round(160.0, 220.0, 220.0, 506.0, 6.0, shot.accent);
    c.disc(350.0, 480.0, 14.0, METAL);
    c.round(820.0, 430.0, 250.0, 296.0, 10.0, darker(shot.wall, 0.2));
    if shot.after {
        c.poly(&[[600.0, 520.0], [690.0, 820.0], [510.0, 820.0]], 0xf0c43f);
        c.round(575.0, 600.0, 50.0, 110.0, 10.0, 0x2f3338);
    } else {
        puddle_at(c, 640.0, 800.0, 400.0, WATER);
        puddle_at(c, 380.0, 850.0, 180.0, WATER);
        for nth in 0..4 {
            drop(c, 945.0 + nth as f32 * 3.0, 470.0 + nth as f32 * 70.0, 11.0);
        }
    }
}

pub fn meter(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.line(&[[0.0, 560.0], [1200.0, 560.0]], 60.0, 0xb87f4a);
    c.line(&[[0.0, 546.0], [1200.0, 546.0]], 10.0, 0xd8a878);
    c.round(380.0, 250.0, 440.0, 440.0, 220.0, 0x3d6f9c);
    c.disc(600.0, 460.0, 180.0, 0xf5f5ef);
    c.rect(480.0, 380.0, 240.0, 64.0, 0x2b3238);
    for digit in 0..5 {
        c.rect(488.0 + digit as f32 * 47.0, 386.0, 40.0, 52.0, if digit > 3 { 0xd24a3f } else { 0xf5f5ef });
        c.rect(503.0 + digit as f32 * 47.0, 394.0, 9.0, 36.0, 0x2b3238);
    }
    c.disc(600.0, 540.0, 52.0, 0xdfe5e6);
    let turn = if shot.after { 0.0 } else { shot.any(0.5, 2.4) };
    for blade in 0..4 {
        let angle = turn + blade as f32 * 0.785;
        let (x, y) = (angle.cos() * 44.0, angle.sin() * 44.0);
        c.line(&[[600.0 - x, 540.0 - y], [600.0 + x, 540.0 + y]], 8.0, 0xd24a3f);
    }
}

pub fn pump(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(120.0, 330.0, 260.0, 430.0, 120.0, 0x3f78ac);
    c.round(150.0, 360.0, 40.0, 360.0, 20.0, 0x6fa2cf);
    c.round(480.0, 520.0, 420.0, 220.0, 40.0, shot.accent);
    for fin in 0..7 {
        c.rect(520.0 + fin as f32 * 34.0, 530.0, 12.0, 200.0, darker(shot.accent, 0.25));
    }
    c.line(&[[380.0, 640.0], [480.0, 640.0]], 44.0, METAL);
    c.line(&[[860.0, 540.0], [860.0, 120.0], [1200.0, 120.0]], 44.0, METAL);
    c.disc(860.0, 330.0, 90.0, darker(METAL, 0.3));
    c.disc(860.0, 330.0, 76.0, 0xfafaf5);
    let (x, y) = if shot.after { (900.0, 290.0) } else { (806.0, 360.0) };
    c.line(&[[860.0, 330.0], [x, y]], 9.0, 0xd24a3f);
    if !shot.after {
        puddle_at(c, 700.0, 800.0, 250.0, WATER);
    }
}
