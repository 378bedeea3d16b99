//! Doors, windows, furniture, floors, walls.

use super::Shot;
use super::backdrop::{plain, room, tiled};
use super::canvas::{Canvas, Colour, Point, darker, lighter, mix};

const WHITE: Colour = 0xf6f5f0;
const DARK: Colour = 0x2b3036;
const WOOD: Colour = 0xb98a5a;
const METAL: Colour = 0xb9c3c9;

/// A crooked line from top to bottom.
pub fn crack_line(shot: &mut Shot, from: Point, to: Point, sway: f32) -> Vec<Point> {
    (0..=9)
        .map(|nth| {
            let along = nth as f32 / 9.0;
            let off = if nth % 9 == 0 { 0.0 } else { shot.any(-sway, sway) };
            [from[0] + (to[0] - from[0]) * along + off, from[1] + (to[1] - from[1]) * along + off * 0.3]
        })
        .collect()
}

pub fn door(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.rect(370.0, 70.0, 460.0, 656.0, WHITE);
    c.rect(400.0, 100.0, 400.0, 626.0, DARK);
    if shot.after {
        c.rect(400.0, 100.0, 400.0, 626.0, shot.accent);
        for y in [140.0, 430.0] {
            c.round(450.0, y, 300.0, 240.0, 8.0, darker(shot.accent, 0.14));
        }
        c.line(&[[750.0, 420.0], [710.0, 420.0]], 18.0, METAL);
    } else {
        c.poly(&[[400.0, 100.0], [720.0, 150.0], [720.0, 800.0], [400.0, 726.0]], shot.accent);
        c.poly(&[[450.0, 160.0], [680.0, 196.0], [680.0, 430.0], [450.0, 400.0]], darker(shot.accent, 0.14));
        c.line(&[[690.0, 480.0], [640.0, 500.0]], 18.0, METAL);
        c.poly(&[[650.0, 790.0], [760.0, 790.0], [770.0, 840.0], [640.0, 840.0]], 0xb5593f);
    }
}

pub fn lock(c: &mut Canvas, shot: &mut Shot) {
    c.fade(0.0, 900.0, lighter(shot.accent, 0.12), darker(shot.accent, 0.15));
    for nth in 0..5 {
        c.rect(nth as f32 * 260.0 - 20.0, 0.0, 6.0, 900.0, darker(shot.accent, 0.2));
    }
    c.round(450.0, 130.0, 300.0, 660.0, 40.0, darker(METAL, 0.3));
    c.round(460.0, 135.0, 280.0, 640.0, 36.0, METAL);
    c.disc(600.0, 290.0, 60.0, darker(METAL, 0.2));
    c.line(&[[600.0, 290.0], [850.0, 290.0]], 54.0, lighter(METAL, 0.25));
    c.disc(600.0, 560.0, 66.0, darker(METAL, 0.35));
    c.disc(600.0, 545.0, 18.0, DARK);
    c.rect(592.0, 550.0, 16.0, 50.0, DARK);
    if shot.after {
        c.line(&[[600.0, 560.0], [600.0, 720.0]], 22.0, 0xe0b84a);
        c.disc(600.0, 745.0, 46.0, 0xe0b84a);
    } else {
        for _ in 0..9 {
            let (x, y) = (shot.any(480.0, 720.0), shot.any(440.0, 720.0));
            c.line(
                &[[x, y], [x + shot.any(-70.0, 70.0), y + shot.any(-50.0, 50.0)]],
                5.0,
                darker(METAL, 0.6),
            );
        }
    }
}

pub fn window(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.rect(260.0, 80.0, 680.0, 560.0, WHITE);
    c.rect(300.0, 120.0, 600.0, 480.0, 0x9cc6dd);
    c.oval(430.0, 590.0, 120.0, 90.0, 0x86aa74);
    c.oval(770.0, 600.0, 125.0, 70.0, 0x7a9f69);
    c.rect(260.0, 600.0, 680.0, 40.0, WHITE);
    c.poly(&[[340.0, 120.0], [460.0, 120.0], [300.0, 330.0], [300.0, 210.0]], 0xc4e0ec);
    c.rect(586.0, 120.0, 28.0, 480.0, WHITE);
    c.rect(230.0, 640.0, 740.0, 34.0, darker(WHITE, 0.1));
    c.line(&[[600.0, 360.0], [600.0, 420.0]], 14.0, METAL);
    if !shot.after {
        let (x, y) = (shot.any(700.0, 800.0), shot.any(280.0, 400.0));
        let mut star: Vec<Point> = Vec::new();
        for nth in 0..14 {
            let (angle, far) = (nth as f32 * 0.449, if nth % 2 == 0 { shot.any(70.0, 120.0) } else { 28.0 });
            star.push([x + angle.cos() * far, y + angle.sin() * far]);
        }
        c.poly(&star, 0x37424a);
        for nth in 0..6 {
            let angle = nth as f32 * 1.05 + 0.4;
            c.line(&[[x, y], [x + angle.cos() * 150.0, y + angle.sin() * 150.0]], 3.0, 0xf3fafc);
        }
    }
}

pub fn shutter(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.rect(290.0, 90.0, 620.0, 700.0, WHITE);
    c.rect(330.0, 130.0, 540.0, 620.0, 0x8fb6c9);
    c.rect(586.0, 130.0, 28.0, 620.0, WHITE);
    let (down, tilt) = if shot.after { (4, 0.0) } else { (11, shot.any(70.0, 120.0)) };
    for slat in 0..down {
        let y = 130.0 + slat as f32 * 40.0;
        let lean = tilt * slat as f32 / 11.0;
        c.poly(
            &[[330.0, y - lean], [870.0, y + lean], [870.0, y + lean + 34.0], [330.0, y - lean + 34.0]],
            darker(0xcabf9f, (slat % 2) as f32 * 0.08),
        );
    }
    c.rect(290.0, 60.0, 620.0, 74.0, darker(WHITE, 0.12));
    c.rect(940.0, 400.0, 26.0, 300.0, if shot.after { 0x9a8f7d } else { 0xd24a3f });
}

pub fn cabinet(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.rect(0.0, 420.0, 1200.0, 46.0, 0x8d8378);
    for nth in 0..4 {
        let x = nth as f32 * 300.0;
        c.rect(x, 466.0, 296.0, 380.0, shot.accent);
        c.round(x + 22.0, 488.0, 252.0, 336.0, 8.0, lighter(shot.accent, 0.12));
        c.round(x + 240.0, 500.0, 14.0, 80.0, 7.0, METAL);
    }
    c.rect(0.0, 846.0, 1200.0, 54.0, DARK);
    for nth in 0..3 {
        let x = 60.0 + nth as f32 * 380.0;
        c.rect(x, 40.0, 320.0, 260.0, shot.accent);
        c.round(x + 20.0, 60.0, 280.0, 220.0, 8.0, lighter(shot.accent, 0.12));
    }
    if !shot.after {
        c.rect(300.0, 466.0, 296.0, 380.0, 0x4a4038);
        c.rect(316.0, 640.0, 264.0, 14.0, WOOD);
        c.round(380.0, 560.0, 60.0, 80.0, 8.0, 0xd9d2c4);
        c.round(470.0, 580.0, 80.0, 60.0, 8.0, 0xc8643c);
        c.poly(&[[560.0, 500.0], [830.0, 560.0], [770.0, 890.0], [500.0, 830.0]], lighter(shot.accent, 0.12));
        c.disc(318.0, 500.0, 12.0, METAL);
    }
}

pub fn tile(c: &mut Canvas, shot: &mut Shot) {
    let grout = 0x9d968b;
    c.rect(0.0, 0.0, 1200.0, 900.0, grout);
    let broken = 5 + shot.dice.below(2);
    for nth in 0..12 {
        let (x, y) = ((nth % 4) as f32 * 300.0, (nth / 4) as f32 * 300.0);
        let shade = darker(lighter(shot.wall, 0.3), (nth * 7 % 5) as f32 * 0.02);
        c.round(x + 6.0, y + 6.0, 288.0, 288.0, 8.0, shade);
        c.poly(
            &[[x + 20.0, y + 280.0], [x + 280.0, y + 20.0], [x + 280.0, y + 60.0], [x + 60.0, y + 280.0]],
            lighter(shade, 0.18),
        );
        if nth == broken && !shot.after {
            c.poly(
                &[
                    [x + 200.0, y + 160.0],
                    [x + 294.0, y + 130.0],
                    [x + 294.0, y + 294.0],
                    [x + 170.0, y + 294.0],
                ],
                darker(grout, 0.35),
            );
            for (dx, dy) in [(30.0, 10.0), (290.0, 40.0), (20.0, 260.0)] {
                let line = crack_line(shot, [x + 180.0, y + 170.0], [x + dx, y + dy], 12.0);
                c.line(&line, 6.0, 0x4b453d);
            }
        }
    }
}

pub fn parquet(c: &mut Canvas, shot: &mut Shot) {
    let base = *shot.dice.pick(&[0xb98a5a, 0xa6764a, 0xc79c6b]);
    c.rect(0.0, 0.0, 1200.0, 900.0, darker(base, 0.3));
    for row in 0..9 {
        for column in -1..4 {
            let x = column as f32 * 380.0 + (row % 3) as f32 * 127.0;
            let shade = darker(base, ((row * 3 + column + 4) % 5) as f32 * 0.035);
            c.rect(x + 2.0, row as f32 * 100.0 + 2.0, 376.0, 96.0, shade);
            c.rect(x + 30.0, row as f32 * 100.0 + 44.0, 250.0, 4.0, darker(shade, 0.08));
        }
    }
    if !shot.after {
        for nth in 0..3 {
            let y = 340.0 + nth as f32 * 100.0;
            let x = 380.0 + nth as f32 * 60.0;
            c.poly(&[[x, y + 96.0], [x + 376.0, y + 96.0], [x + 376.0, y + 130.0], [x, y + 116.0]], DARK);
            c.poly(
                &[[x, y - 6.0], [x + 376.0, y - 46.0], [x + 376.0, y + 54.0], [x, y + 94.0]],
                lighter(base, 0.12),
            );
        }
    }
}

pub fn wall(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(760.0, 430.0, 300.0, 296.0, 20.0, shot.accent);
    c.round(780.0, 330.0, 260.0, 140.0, 30.0, darker(shot.accent, 0.1));
    if shot.after {
        c.rect(120.0, 560.0, 90.0, 150.0, 0xe3e6e8);
        c.oval(165.0, 560.0, 45.0, 14.0, lighter(shot.wall, 0.4));
        c.line(&[[330.0, 700.0], [330.0, 430.0]], 18.0, WOOD);
        c.round(250.0, 360.0, 160.0, 70.0, 20.0, lighter(shot.wall, 0.5));
    } else {
        for _ in 0..7 {
            let (x, y, size) = (shot.any(120.0, 620.0), shot.any(260.0, 640.0), shot.any(40.0, 100.0));
            let edge: Vec<Point> = (0..9)
                .map(|nth| {
                    let (angle, far) = (nth as f32 * 0.698, shot.any(size * 0.6, size));
                    [x + angle.cos() * far, y + angle.sin() * far * 0.8]
                })
                .collect();
            c.poly(&edge, mix(shot.wall, 0x9a8f80, 0.6));
        }
        for _ in 0..12 {
            let (x, y) = (shot.any(100.0, 640.0), shot.any(735.0, 800.0));
            c.poly(&[[x, y], [x + 22.0, y - 6.0], [x + 18.0, y + 10.0]], lighter(shot.wall, 0.5));
        }
    }
}

pub fn crack(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    c.rect(0.0, 800.0, 1200.0, 100.0, lighter(shot.wall, 0.6));
    let top = shot.any(480.0, 620.0);
    let foot = top + shot.any(-140.0, 140.0);
    let line = crack_line(shot, [top, 0.0], [foot, 800.0], 46.0);
    if shot.after {
        c.line(&line, 40.0, lighter(shot.wall, 0.55));
        c.line(&line, 26.0, lighter(shot.wall, 0.7));
    } else {
        c.line(&line, 22.0, darker(shot.wall, 0.25));
        c.line(&line, 11.0, DARK);
        for nth in [2, 5, 7] {
            let [x, y] = line[nth];
            let side = crack_line(shot, [x, y], [x + 190.0, y + 60.0], 16.0);
            c.line(&side, 5.0, darker(shot.wall, 0.7));
        }
    }
    c.disc(910.0, 240.0, 64.0, 0xe0b84a);
    c.disc(910.0, 240.0, 40.0, 0xf0d68a);
}

pub fn oven(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.round(280.0, 110.0, 640.0, 720.0, 20.0, 0x8f979c);
    c.round(300.0, 130.0, 600.0, 680.0, 14.0, 0xc7cdd0);
    c.round(480.0, 160.0, 240.0, 80.0, 10.0, DARK);
    for x in [380.0, 820.0] {
        c.disc(x, 200.0, 40.0, DARK);
        c.rect(x - 4.0, 164.0, 8.0, 36.0, WHITE);
    }
    c.round(340.0, 290.0, 520.0, 26.0, 13.0, METAL);
    c.round(340.0, 350.0, 520.0, 400.0, 20.0, DARK);
    let glow = if shot.after { 0xe58a3c } else { 0x3d444a };
    c.round(380.0, 390.0, 440.0, 320.0, 14.0, glow);
    for y in [470.0, 590.0] {
        c.rect(380.0, y, 440.0, 8.0, 0x8f979c);
    }
    let lit = if shot.after { 0x7fe0a0 } else { 0xd24a3f };
    c.line(&[[540.0, 180.0], [540.0, 220.0]], 10.0, lit);
    c.line(&[[600.0, 180.0], [640.0, 180.0], [640.0, 220.0], [600.0, 220.0], [600.0, 180.0]], 8.0, lit);
}

pub fn washer(c: &mut Canvas, shot: &mut Shot) {
    tiled(c, shot);
    c.fade(790.0, 900.0, 0xa8a196, 0x8d877d);
    c.round(330.0, 120.0, 540.0, 700.0, 18.0, darker(WHITE, 0.16));
    c.round(330.0, 112.0, 540.0, 696.0, 18.0, WHITE);
    c.round(360.0, 146.0, 160.0, 66.0, 8.0, darker(WHITE, 0.1));
    c.disc(620.0, 180.0, 38.0, METAL);
    c.round(700.0, 150.0, 130.0, 60.0, 8.0, DARK);
    for nth in 0..3 {
        c.disc(725.0 + nth as f32 * 40.0, 180.0, 9.0, if shot.after { 0x7fe0a0 } else { 0xd24a3f });
    }
    c.disc(600.0, 500.0, 220.0, METAL);
    c.disc(600.0, 500.0, 175.0, DARK);
    if shot.after {
        c.disc(600.0, 500.0, 150.0, 0x59626a);
    } else {
        c.oval(600.0, 570.0, 160.0, 80.0, 0x7fb8d6);
        c.oval(560.0, 540.0, 70.0, 34.0, shot.accent);
        super::water::puddle_at(c, 600.0, 840.0, 320.0, 0x7fb8d6);
    }
}

pub fn fridge(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.round(300.0, 40.0, 420.0, 760.0, 20.0, darker(WHITE, 0.15));
    c.rect(330.0, 70.0, 360.0, 700.0, if shot.after { 0xe9f6fb } else { 0x6d7a82 });
    for nth in 0..4 {
        let y = 230.0 + nth as f32 * 150.0;
        c.rect(330.0, y, 360.0, 10.0, METAL);
        for item in 0..3 {
            let colour = *shot.dice.pick(&[0xc8643c, 0x7a8b3f, 0xe0b84a, 0x4b6a9b]);
            let high = shot.any(50.0, 110.0);
            c.round(350.0 + item as f32 * 110.0, y - high, 70.0, high, 10.0, colour);
        }
    }
    c.poly(&[[720.0, 40.0], [1000.0, 110.0], [1000.0, 860.0], [720.0, 800.0]], WHITE);
    c.line(&[[960.0, 380.0], [960.0, 520.0]], 16.0, METAL);
    if !shot.after {
        super::water::puddle_at(c, 520.0, 840.0, 240.0, 0x7fb8d6);
    }
}

pub fn ants(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.rect(700.0, 120.0, 380.0, 380.0, WHITE);
    c.rect(730.0, 150.0, 320.0, 320.0, 0x9cc6dd);
    if shot.after {
        c.round(520.0, 770.0, 110.0, 50.0, 12.0, WHITE);
        c.disc(575.0, 795.0, 14.0, 0x4fa368);
        return;
    }
    for nth in 0..26 {
        let along = nth as f32 / 25.0;
        let x = 880.0 - along * 740.0 + shot.any(-14.0, 14.0);
        let y = 500.0 + along * 320.0 + (along * 9.0).sin() * 30.0;
        for (dx, size) in [(-13.0, 9.0), (0.0, 6.5), (11.0, 7.5)] {
            c.oval(x + dx, y, size, size * 0.8, DARK);
        }
        for leg in [-8.0, 0.0, 8.0] {
            c.line(&[[x + leg, y - 13.0], [x + leg * 0.6, y + 13.0]], 2.0, DARK);
        }
    }
}

pub fn mailbox(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    let odd = shot.dice.below(12);
    for nth in 0..12 {
        let (x, y) = (160.0 + (nth % 4) as f32 * 225.0, 120.0 + (nth / 4) as f32 * 215.0);
        c.round(x, y, 210.0, 200.0, 8.0, darker(shot.accent, 0.2));
        c.round(x + 6.0, y + 6.0, 198.0, 188.0, 6.0, shot.accent);
        c.round(x + 30.0, y + 34.0, 150.0, 26.0, 6.0, DARK);
        c.rect(x + 40.0, y + 96.0, 120.0, 34.0, WHITE);
        c.disc(x + 105.0, y + 164.0, 9.0, METAL);
        if nth == odd && !shot.after {
            c.rect(x + 6.0, y + 6.0, 198.0, 188.0, DARK);
            c.poly(
                &[[x + 6.0, y + 60.0], [x + 190.0, y + 110.0], [x + 170.0, y + 270.0], [x - 10.0, y + 220.0]],
                lighter(shot.accent, 0.1),
            );
            c.poly(
                &[[x + 40.0, y + 20.0], [x + 170.0, y + 8.0], [x + 180.0, y + 80.0], [x + 50.0, y + 90.0]],
                WHITE,
            );
        }
    }
}

pub fn toolbox(c: &mut Canvas, shot: &mut Shot) {
    room(c, shot);
    c.line(&[[420.0, 470.0], [420.0, 400.0], [780.0, 400.0], [780.0, 470.0]], 26.0, DARK);
    c.round(280.0, 470.0, 640.0, 330.0, 20.0, darker(0xc4473a, 0.1));
    c.rect(280.0, 540.0, 640.0, 16.0, DARK);
    c.round(560.0, 510.0, 80.0, 80.0, 10.0, 0xe0b84a);
    c.line(&[[330.0, 470.0], [250.0, 240.0]], 30.0, WOOD);
    c.round(190.0, 190.0, 130.0, 64.0, 10.0, DARK);
    c.line(&[[860.0, 470.0], [960.0, 260.0]], 24.0, METAL);
    c.disc(966.0, 240.0, 48.0, METAL);
    c.disc(980.0, 218.0, 24.0, shot.wall);
    if shot.after {
        c.round(980.0, 560.0, 160.0, 210.0, 8.0, WHITE);
        c.line(&[[1010.0, 660.0], [1050.0, 710.0], [1110.0, 610.0]], 18.0, 0x4fa368);
    }
}
