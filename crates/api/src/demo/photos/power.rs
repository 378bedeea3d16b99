//! Electricity, heat and machines.

use super::Shot;
use super::backdrop::{plain, room, tiled};
use super::canvas::{Canvas, Colour, darker, lighter, mix};

const WHITE: Colour = 0xf6f5f0;
const DARK: Colour = 0x2b3036;
const GREEN: Colour = 0x4fa368;
const RED: Colour = 0xd24a3f;
const GREY: Colour = 0xb9c0c4;

fn flash(c: &mut Canvas, x: f32, y: f32, size: f32) {
    let at = |dx: f32, dy: f32| [x + dx * size, y + dy * size];
    c.poly(
        &[
            at(-0.2, -1.0),
            at(0.5, -1.0),
            at(0.1, -0.2),
            at(0.6, -0.2),
            at(-0.4, 1.0),
            at(0.0, 0.1),
            at(-0.5, 0.1),
        ],
        0xf4c430,
    );
}

pub fn socket(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.round(338.0, 258.0, 520.0, 400.0, 36.0, darker(shot.wall, 0.22));
    c.round(330.0, 245.0, 520.0, 400.0, 36.0, WHITE);
    for x in [460.0, 720.0] {
        c.disc(x, 445.0, 104.0, darker(WHITE, 0.14));
        c.disc(x, 445.0, 92.0, darker(WHITE, 0.05));
        c.disc(x - 36.0, 445.0, 13.0, DARK);
        c.disc(x + 36.0, 445.0, 13.0, DARK);
        c.rect(x - 8.0, 345.0, 16.0, 26.0, GREY);
        c.rect(x - 8.0, 519.0, 16.0, 26.0, GREY);
    }
    if !shot.after {
        c.oval(740.0, 420.0, 90.0, 70.0, 0x5a5148);
        c.oval(740.0, 330.0, 44.0, 90.0, 0x7b7065);
        c.disc(720.0, 445.0, 30.0, DARK);
        flash(c, 800.0, 250.0, 100.0);
        flash(c, 900.0, 360.0, 60.0);
    }
}

pub fn fuse_box(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.round(210.0, 150.0, 780.0, 600.0, 20.0, darker(GREY, 0.2));
    c.round(230.0, 170.0, 740.0, 560.0, 14.0, WHITE);
    let tripped = shot.dice.below(9);
    for row in 0..2 {
        let y = 240.0 + row as f32 * 240.0;
        c.rect(260.0, y + 50.0, 680.0, 60.0, GREY);
        for nth in 0..9 {
            let x = 270.0 + nth as f32 * 74.0;
            c.round(x, y, 64.0, 160.0, 8.0, darker(WHITE, 0.1));
            let down = !shot.after && (row * 9 + nth) % 9 == tripped;
            c.round(
                x + 16.0,
                if down { y + 85.0 } else { y + 30.0 },
                32.0,
                50.0,
                6.0,
                if down { RED } else { DARK },
            );
            c.disc(x + 32.0, y + 145.0, 6.0, if down { RED } else { GREEN });
        }
    }
    if !shot.after {
        c.oval(600.0, 200.0, 150.0, 44.0, 0x8a8178);
        c.oval(660.0, 130.0, 110.0, 50.0, 0xa49b92);
        c.oval(600.0, 70.0, 80.0, 40.0, 0xbab2a9);
    }
}

pub fn corridor(c: &mut Canvas, shot: &mut Shot) {
    let (wall, floor) = if shot.after { (shot.wall, 0xb79c77) } else { (darker(shot.wall, 0.68), 0x3a3834) };
    c.fade(0.0, 900.0, lighter(wall, 0.1), darker(wall, 0.1));
    c.poly(&[[0.0, 900.0], [1200.0, 900.0], [760.0, 560.0], [440.0, 560.0]], floor);
    c.poly(&[[0.0, 0.0], [1200.0, 0.0], [760.0, 240.0], [440.0, 240.0]], lighter(wall, 0.15));
    c.rect(440.0, 240.0, 320.0, 320.0, darker(wall, 0.08));
    c.rect(540.0, 320.0, 120.0, 240.0, mix(shot.accent, wall, 0.35));
    for [a, b, d, e] in [[90.0, 220.0, 210.0, 820.0], [290.0, 370.0, 270.0, 690.0]] {
        for flip in [false, true] {
            let x = |x: f32| if flip { 1200.0 - x } else { x };
            c.poly(&[[x(a), d], [x(b), d + 40.0], [x(b), e - 70.0], [x(a), e]], mix(shot.accent, wall, 0.2));
        }
    }
    for (x, y, size) in [(600.0, 60.0, 90.0), (600.0, 160.0, 46.0)] {
        if shot.after {
            c.oval(x, y, size * 1.9, size * 0.6, 0xfdf3c8);
        }
        c.oval(x, y, size, size * 0.25, if shot.after { 0xffffff } else { 0x55585a });
    }
}

pub fn intercom(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.round(390.0, 110.0, 420.0, 690.0, 26.0, darker(GREY, 0.3));
    c.round(405.0, 122.0, 390.0, 660.0, 20.0, GREY);
    c.round(520.0, 160.0, 160.0, 120.0, 12.0, if shot.after { 0x7fc4d8 } else { DARK });
    for line in 0..5 {
        c.round(470.0, 310.0 + line as f32 * 18.0, 260.0, 8.0, 4.0, darker(GREY, 0.45));
    }
    for row in 0..5 {
        for x in [450.0, 620.0] {
            let y = 430.0 + row as f32 * 66.0;
            c.round(x, y, 90.0, 40.0, 6.0, WHITE);
            c.disc(x + 118.0, y + 20.0, 16.0, if shot.after { GREEN } else { darker(GREY, 0.5) });
        }
    }
    if !shot.after {
        c.line(&[[560.0, 190.0], [640.0, 250.0]], 8.0, RED);
        c.line(&[[640.0, 190.0], [560.0, 250.0]], 8.0, RED);
    }
}

pub fn air_con(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(230.0, 150.0, 740.0, 220.0, 34.0, darker(shot.wall, 0.25));
    c.round(230.0, 140.0, 740.0, 215.0, 34.0, WHITE);
    c.round(270.0, 292.0, 660.0, 34.0, 12.0, darker(WHITE, 0.35));
    for nth in 0..5 {
        c.rect(290.0, 180.0 + nth as f32 * 18.0, 620.0, 4.0, darker(WHITE, 0.12));
    }
    c.disc(900.0, 270.0, 8.0, if shot.after { GREEN } else { RED });
    let (colour, bend) = if shot.after { (0x9fd3ea, 40.0) } else { (0xe8a07a, -40.0) };
    for nth in 0..4 {
        let x = 360.0 + nth as f32 * 160.0;
        c.line(&[[x, 370.0], [x + bend, 440.0], [x - bend, 510.0], [x + bend, 580.0]], 14.0, colour);
    }
    if !shot.after {
        for nth in 0..4 {
            c.oval(940.0, 400.0 + nth as f32 * 80.0, 9.0, 16.0, 0x7fb8d6);
        }
        super::water::puddle_at(c, 930.0, 800.0, 140.0, 0x7fb8d6);
    }
}

pub fn radiator(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(330.0, 60.0, 540.0, 300.0, 8.0, WHITE);
    c.rect(352.0, 82.0, 496.0, 256.0, 0xa9cbdc);
    c.rect(592.0, 82.0, 16.0, 256.0, WHITE);
    for nth in 0..9 {
        let x = 240.0 + nth as f32 * 80.0;
        let cold = mix(0x8fb4cc, WHITE, 0.35);
        c.round(x, 430.0, 70.0, 270.0, 30.0, if shot.after { 0xf0d6c4 } else { cold });
        c.round(x + 12.0, 446.0, 14.0, 238.0, 7.0, lighter(WHITE, 0.5));
    }
    c.line(&[[180.0, 660.0], [240.0, 660.0]], 18.0, 0xb87f4a);
    c.round(150.0, 620.0, 60.0, 80.0, 16.0, WHITE);
    if shot.after {
        for nth in 0..4 {
            let x = 320.0 + nth as f32 * 180.0;
            c.line(&[[x, 410.0], [x + 22.0, 390.0], [x, 368.0]], 9.0, 0xe08a5a);
        }
    } else {
        super::water::puddle_at(c, 210.0, 770.0, 110.0, 0x7fb8d6);
        for (x, y) in [(420.0, 520.0), (740.0, 580.0)] {
            for turn in 0..3 {
                let angle = turn as f32 * 1.047;
                let (dx, dy) = (angle.cos() * 40.0, angle.sin() * 40.0);
                c.line(&[[x - dx, y - dy], [x + dx, y + dy]], 7.0, 0x4f86ab);
            }
        }
    }
}

pub fn boiler(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.round(390.0, 90.0, 420.0, 560.0, 24.0, darker(WHITE, 0.25));
    c.round(390.0, 80.0, 420.0, 555.0, 24.0, WHITE);
    c.rect(560.0, 0.0, 80.0, 90.0, GREY);
    c.round(470.0, 460.0, 260.0, 110.0, 14.0, DARK);
    let lit = if shot.after { GREEN } else { RED };
    for digit in 0..3 {
        let x = 510.0 + digit as f32 * 64.0;
        c.line(&[[x, 482.0], [x + 36.0, 482.0], [x + 36.0, 548.0], [x, 548.0], [x, 482.0]], 8.0, lit);
    }
    c.disc(600.0, 270.0, 70.0, DARK);
    if shot.after {
        c.poly(&[[560.0, 310.0], [600.0, 205.0], [640.0, 310.0]], 0x4f9fd8);
    }
    for nth in 0..4 {
        c.line(&[[450.0 + nth as f32 * 100.0, 650.0], [450.0 + nth as f32 * 100.0, 900.0]], 22.0, 0xb87f4a);
    }
    if !shot.after {
        flash(c, 900.0, 300.0, 90.0);
    }
}

pub fn thermostat(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.disc(606.0, 462.0, 290.0, darker(shot.wall, 0.25));
    c.disc(600.0, 450.0, 290.0, WHITE);
    c.disc(600.0, 450.0, 230.0, DARK);
    for mark in 0..28 {
        let angle = 2.3 + mark as f32 * 0.18;
        let (x, y) = (angle.cos(), angle.sin());
        let lit = shot.after && mark < 17;
        c.line(
            &[[600.0 + x * 185.0, 450.0 + y * 185.0], [600.0 + x * 212.0, 450.0 + y * 212.0]],
            8.0,
            if lit { 0xf0a04b } else { 0x59626a },
        );
    }
    let lit = if shot.after { 0xf4f4ee } else { 0x59626a };
    c.line(
        &[[510.0, 380.0], [580.0, 380.0], [580.0, 450.0], [510.0, 450.0], [510.0, 520.0], [580.0, 520.0]],
        18.0,
        lit,
    );
    c.line(&[[630.0, 380.0], [630.0, 520.0]], 18.0, lit);
    c.line(&[[690.0, 380.0], [690.0, 520.0]], 18.0, if shot.after { lit } else { RED });
}

pub fn gas(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.round(140.0, 470.0, 920.0, 430.0, 20.0, DARK);
    c.round(140.0, 460.0, 920.0, 90.0, 20.0, 0x454c53);
    for (x, on) in [(360.0, shot.after), (840.0, false)] {
        c.oval(x, 470.0, 150.0, 30.0, 0x1f2429);
        c.oval(x, 462.0, 90.0, 18.0, GREY);
        if on {
            for nth in 0..7 {
                let left = x - 84.0 + nth as f32 * 28.0;
                c.poly(&[[left - 14.0, 455.0], [left, 390.0], [left + 14.0, 455.0]], 0x4f9fd8);
            }
        }
    }
    for nth in 0..4 {
        c.disc(280.0 + nth as f32 * 210.0, 620.0, 40.0, GREY);
        c.rect(276.0 + nth as f32 * 210.0, 586.0, 8.0, 34.0, DARK);
    }
    if !shot.after {
        for nth in 0..4 {
            let x = 760.0 + nth as f32 * 56.0;
            c.line(&[[x, 430.0], [x + 34.0, 370.0], [x - 20.0, 300.0], [x + 30.0, 230.0]], 16.0, 0xc9d6a8);
        }
        c.poly(&[[360.0, 130.0], [500.0, 370.0], [220.0, 370.0]], 0xf0c43f);
        c.rect(349.0, 210.0, 22.0, 84.0, DARK);
        c.disc(360.0, 330.0, 14.0, DARK);
    }
}

pub fn lift_panel(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, 0xc3c9cc, 0x9ba3a8);
    for nth in 0..12 {
        c.rect(nth as f32 * 104.0, 0.0, 3.0, 900.0, 0xb1b8bc);
    }
    c.round(360.0, 60.0, 480.0, 790.0, 30.0, 0x757d83);
    c.round(376.0, 76.0, 448.0, 758.0, 22.0, 0xd7dcde);
    c.round(450.0, 110.0, 300.0, 130.0, 14.0, DARK);
    let lit = if shot.after { 0xf0a04b } else { 0x7d3a34 };
    c.poly(&[[520.0, 205.0], [560.0, 140.0], [600.0, 205.0]], lit);
    c.line(&[[660.0, 145.0], [660.0, 205.0]], 14.0, lit);
    let broken = shot.dice.below(6);
    for nth in 0..6 {
        let (x, y) = (500.0 + (nth % 2) as f32 * 200.0, 320.0 + (nth / 2) as f32 * 140.0);
        c.disc(x, y, 56.0, 0x8b9398);
        c.disc(x, y, 46.0, if shot.after { 0xfff3cf } else { 0xeceff0 });
        c.round(x - 7.0, y - 22.0, 14.0, 44.0, 6.0, DARK);
        if !shot.after && nth == broken {
            c.disc(x, y, 46.0, 0x5d5a57);
            c.line(&[[x - 24.0, y - 30.0], [x, y], [x - 10.0, y + 20.0], [x + 26.0, y + 30.0]], 5.0, DARK);
        }
    }
    c.disc(600.0, 750.0, 44.0, 0xf0c43f);
}

pub fn lift_door(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.rect(310.0, 90.0, 580.0, 640.0, 0x6f777c);
    let gap = if shot.after { 4.0 } else { shot.any(90.0, 150.0) };
    c.rect(340.0, 120.0, 520.0, 610.0, DARK);
    c.fade(140.0, 150.0, DARK, DARK);
    c.rect(340.0, 120.0, 520.0, 610.0, 0x39332c);
    c.rect(340.0, 120.0, 260.0 - gap / 2.0, 610.0, 0xb4bcc0);
    c.rect(600.0 + gap / 2.0, 120.0, 260.0 - gap / 2.0, 610.0, 0xa9b1b6);
    c.rect(0.0, 0.0, 310.0, 155.0, lighter(shot.wall, 0.2));
    c.rect(890.0, 0.0, 310.0, 155.0, lighter(shot.wall, 0.2));
    c.round(960.0, 400.0, 80.0, 170.0, 16.0, GREY);
    c.disc(1000.0, 445.0, 22.0, WHITE);
    c.disc(1000.0, 520.0, 22.0, if shot.after { GREEN } else { RED });
    if !shot.after {
        c.poly(&[[600.0, 560.0], [720.0, 850.0], [480.0, 850.0]], 0xf0a03f);
        c.rect(520.0, 740.0, 160.0, 26.0, WHITE);
    }
}

pub fn extinguisher(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.round(380.0, 40.0, 440.0, 170.0, 14.0, RED);
    c.poly(&[[540.0, 180.0], [600.0, 70.0], [660.0, 180.0]], 0xfdf3e6);
    c.rect(560.0, 300.0, 80.0, 26.0, GREY);
    if shot.after {
        c.round(480.0, 340.0, 240.0, 470.0, 70.0, darker(RED, 0.2));
        c.round(480.0, 340.0, 225.0, 465.0, 70.0, RED);
        c.round(510.0, 380.0, 28.0, 380.0, 14.0, lighter(RED, 0.45));
        c.round(550.0, 290.0, 100.0, 70.0, 10.0, DARK);
        c.line(&[[640.0, 310.0], [780.0, 360.0], [790.0, 620.0]], 22.0, DARK);
        c.round(540.0, 520.0, 130.0, 150.0, 8.0, WHITE);
    } else {
        c.rect(530.0, 326.0, 14.0, 60.0, GREY);
        c.rect(656.0, 326.0, 14.0, 60.0, GREY);
        c.round(470.0, 340.0, 260.0, 480.0, 70.0, darker(shot.wall, 0.08));
    }
}
