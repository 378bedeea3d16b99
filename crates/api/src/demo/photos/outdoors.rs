//! Gardens, yards and what stands in them.

use super::Shot;
use super::backdrop::{garden, plain, sky, street, tree};
use super::canvas::{Canvas, Colour, darker, lighter};

const DARK: Colour = 0x2b3036;
const METAL: Colour = 0xa9b3b9;
const WOOD: Colour = 0xa87a4c;
const LEAF: Colour = 0x5f8f4f;
const WATER: Colour = 0x7fb8d6;

pub fn bench(c: &mut Canvas, shot: &mut Shot) {
    garden(c, shot);
    c.oval(600.0, 800.0, 400.0, 30.0, 0x8d8168);
    for x in [320.0, 860.0] {
        c.line(&[[x, 460.0], [x, 790.0]], 26.0, DARK);
        c.line(&[[x, 640.0], [x + 30.0, 790.0]], 20.0, DARK);
    }
    for (nth, y) in [470.0, 530.0, 630.0, 670.0].into_iter().enumerate() {
        if nth == 1 && !shot.after {
            c.poly(&[[250.0, y], [560.0, y + 6.0], [580.0, y + 60.0], [250.0, y + 40.0]], WOOD);
            c.poly(
                &[[620.0, y + 20.0], [940.0, y], [940.0, y + 40.0], [640.0, y + 90.0]],
                darker(WOOD, 0.15),
            );
        } else {
            c.round(
                250.0,
                y,
                690.0,
                if nth < 2 { 42.0 } else { 30.0 },
                8.0,
                if shot.after { lighter(WOOD, 0.15) } else { WOOD },
            );
        }
    }
}

pub fn branch(c: &mut Canvas, shot: &mut Shot) {
    garden(c, shot);
    c.poly(&[[880.0, 900.0], [920.0, 240.0], [1010.0, 240.0], [1070.0, 900.0]], 0x7b5b42);
    c.disc(960.0, 150.0, 240.0, LEAF);
    c.disc(780.0, 120.0, 150.0, darker(LEAF, 0.1));
    c.disc(1120.0, 200.0, 170.0, lighter(LEAF, 0.08));
    if shot.after {
        c.oval(935.0, 400.0, 30.0, 40.0, 0xd9b98a);
        for nth in 0..4 {
            c.oval(240.0 + nth as f32 * 74.0, 790.0, 36.0, 36.0, 0x8b6a4c);
            c.oval(240.0 + nth as f32 * 74.0, 790.0, 24.0, 24.0, 0xd9b98a);
        }
        return;
    }
    c.poly(&[[940.0, 380.0], [950.0, 430.0], [900.0, 450.0], [890.0, 400.0]], 0xe3c79b);
    c.line(&[[900.0, 440.0], [640.0, 640.0], [300.0, 760.0]], 44.0, 0x7b5b42);
    c.line(&[[640.0, 640.0], [480.0, 560.0]], 24.0, 0x7b5b42);
    for (x, y) in [(300.0, 760.0), (470.0, 550.0), (220.0, 800.0), (420.0, 800.0), (380.0, 690.0)] {
        c.disc(x, y, shot.any(50.0, 90.0), if shot.dice.percent(50) { LEAF } else { darker(LEAF, 0.12) });
    }
}

pub fn hedge(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    let high = if shot.after { 520.0 } else { 380.0 };
    c.rect(0.0, high + 40.0, 720.0, 700.0 - high, LEAF);
    for nth in 0..12 {
        let x = nth as f32 * 62.0;
        let bulge = if shot.after { 30.0 } else { shot.any(60.0, 110.0) };
        c.disc(x, high + 50.0, bulge * 0.8, darker(LEAF, (nth % 3) as f32 * 0.06));
        if !shot.after {
            c.disc(x + 40.0, 700.0, bulge, lighter(LEAF, (nth % 2) as f32 * 0.08));
        }
    }
    for _ in 0..40 {
        let (x, y) = (shot.any(10.0, 700.0), shot.any(high + 60.0, 690.0));
        c.oval(x, y, 14.0, 7.0, lighter(LEAF, 0.16));
    }
}

pub fn sprinkler(c: &mut Canvas, shot: &mut Shot) {
    garden(c, shot);
    c.round(560.0, 700.0, 80.0, 120.0, 12.0, DARK);
    c.round(545.0, 680.0, 110.0, 36.0, 14.0, shot.accent);
    let sides: &[f32] = if shot.after { &[-1.0, -0.6, 0.6, 1.0] } else { &[0.5, 0.8, 1.1, 1.4] };
    for side in sides {
        let arc: Vec<[f32; 2]> = (0..12)
            .map(|nth| {
                let along = nth as f32 / 11.0;
                [600.0 + side * 420.0 * along, 680.0 - (along * std::f32::consts::PI).sin() * 220.0]
            })
            .collect();
        c.line(&arc, 7.0, lighter(WATER, 0.3));
    }
    if !shot.after {
        super::water::puddle_at(c, 960.0, 780.0, 190.0, WATER);
    }
}

pub fn playground(c: &mut Canvas, shot: &mut Shot) {
    garden(c, shot);
    c.oval(600.0, 810.0, 520.0, 70.0, 0xe2cf9f);
    for (top, foot) in [(360.0, 250.0), (360.0, 450.0), (840.0, 750.0), (840.0, 950.0)] {
        c.line(&[[top, 260.0], [foot, 810.0]], 24.0, shot.accent);
    }
    c.line(&[[340.0, 260.0], [860.0, 260.0]], 26.0, shot.accent);
    for (x, broken) in [(480.0, !shot.after), (700.0, false)] {
        c.line(&[[x, 270.0], [x, 660.0]], 7.0, DARK);
        if broken {
            c.line(&[[x + 90.0, 270.0], [x + 96.0, 430.0]], 7.0, DARK);
            c.line(&[[x, 660.0], [x + 60.0, 760.0]], 24.0, 0xc4473a);
        } else {
            c.line(&[[x + 90.0, 270.0], [x + 90.0, 660.0]], 7.0, DARK);
            c.line(&[[x, 664.0], [x + 90.0, 664.0]], 24.0, 0xc4473a);
        }
    }
}

pub fn pool(c: &mut Canvas, shot: &mut Shot) {
    sky(c, shot);
    for x in [120.0, 420.0, 800.0, 1080.0] {
        let size = shot.any(50.0, 80.0);
        tree(c, x, 470.0, size, 0x6f9562);
    }
    c.fade(460.0, 900.0, 0xe3d8c4, 0xcfc2aa);
    let water = if shot.after { 0x54b5d8 } else { 0x8fa57f };
    c.poly(&[[260.0, 540.0], [940.0, 540.0], [1160.0, 850.0], [40.0, 850.0]], lighter(water, 0.5));
    c.poly(&[[280.0, 556.0], [920.0, 556.0], [1120.0, 836.0], [80.0, 836.0]], water);
    for _ in 0..16 {
        let (x, y) = (shot.any(260.0, 940.0), shot.any(590.0, 810.0));
        c.oval(x, y, shot.any(24.0, 60.0), 5.0, lighter(water, 0.3));
    }
    c.line(&[[980.0, 640.0], [980.0, 500.0], [1040.0, 500.0], [1040.0, 640.0]], 12.0, METAL);
    if !shot.after {
        for _ in 0..9 {
            let (x, y) = (shot.any(250.0, 900.0), shot.any(600.0, 800.0));
            c.oval(x, y, 16.0, 7.0, 0x6b7a3f);
        }
    }
}

pub fn fence(c: &mut Canvas, shot: &mut Shot) {
    garden(c, shot);
    let mut x = -900.0;
    while x < 1300.0 {
        c.line(&[[x, 240.0], [x + 560.0, 800.0]], 4.0, METAL);
        c.line(&[[x + 560.0, 240.0], [x, 800.0]], 4.0, METAL);
        x += 46.0;
    }
    for x in [60.0, 600.0, 1140.0] {
        c.rect(x - 12.0, 210.0, 24.0, 620.0, darker(METAL, 0.35));
    }
    c.rect(0.0, 236.0, 1200.0, 12.0, darker(METAL, 0.3));
    if !shot.after {
        let x = shot.any(300.0, 380.0);
        c.poly(
            &[[x - 90.0, 800.0], [x - 70.0, 560.0], [x, 470.0], [x + 90.0, 540.0], [x + 120.0, 800.0]],
            0x7da35f,
        );
        for nth in 0..6 {
            let y = 540.0 + nth as f32 * 44.0;
            c.line(&[[x + 100.0, y], [x + 150.0, y - 26.0]], 5.0, METAL);
            c.line(&[[x - 80.0, y], [x - 126.0, y - 20.0]], 5.0, METAL);
        }
    }
}

pub fn barrier(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    c.round(150.0, 520.0, 130.0, 270.0, 14.0, shot.accent);
    c.round(172.0, 560.0, 86.0, 60.0, 8.0, DARK);
    c.disc(215.0, 660.0, 18.0, if shot.after { 0x4fa368 } else { 0xd24a3f });
    let (end, drop) = if shot.after { (1120.0, 560.0) } else { (620.0, 560.0) };
    let stripes = ((end - 270.0) / 85.0) as i32;
    for nth in 0..stripes {
        let x = 270.0 + nth as f32 * 85.0;
        c.rect(x, drop, 86.0, 36.0, if nth % 2 == 0 { 0xd24a3f } else { 0xf6f5f0 });
    }
    if !shot.after {
        c.poly(&[[620.0, 556.0], [660.0, 580.0], [630.0, 600.0]], 0xf6f5f0);
        for nth in 0..4 {
            let x = 640.0 + nth as f32 * 84.0;
            let y = 790.0 + nth as f32 * 14.0;
            c.poly(
                &[[x, y], [x + 84.0, y + 14.0], [x + 80.0, y + 50.0], [x - 4.0, y + 36.0]],
                if nth % 2 == 0 { 0xf6f5f0 } else { 0xd24a3f },
            );
        }
    }
}

pub fn car(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    if shot.after {
        c.round(420.0, 720.0, 380.0, 10.0, 4.0, 0xf0efe8);
        for x in [300.0, 620.0, 940.0] {
            c.poly(&[[x, 690.0], [x + 14.0, 690.0], [x - 60.0, 890.0], [x - 80.0, 890.0]], 0xf0efe8);
        }
        return;
    }
    c.oval(600.0, 850.0, 430.0, 26.0, 0x46494c);
    c.poly(&[[360.0, 620.0], [470.0, 500.0], [760.0, 500.0], [880.0, 620.0]], darker(shot.accent, 0.1));
    c.poly(&[[405.0, 615.0], [490.0, 525.0], [600.0, 525.0], [600.0, 615.0]], 0xa9c7d4);
    c.poly(&[[620.0, 615.0], [620.0, 525.0], [745.0, 525.0], [830.0, 615.0]], 0xa9c7d4);
    c.round(200.0, 610.0, 820.0, 170.0, 60.0, shot.accent);
    c.round(210.0, 700.0, 800.0, 40.0, 10.0, darker(shot.accent, 0.2));
    for (x, flat) in [(370.0, 0.72), (850.0, 1.0)] {
        c.oval(x, 845.0 - 84.0 * flat, 88.0, 84.0 * flat, DARK);
        c.disc(x, 762.0 + (1.0 - flat) * 30.0, 42.0, METAL);
    }
    c.disc(985.0, 660.0, 24.0, 0xf4e6b8);
    c.poly(&[[540.0, 560.0], [590.0, 550.0], [580.0, 610.0], [535.0, 605.0]], 0xfaf7ea);
}

pub fn gutter(c: &mut Canvas, shot: &mut Shot) {
    sky(c, shot);
    for row in 0..6 {
        for column in 0..15 {
            let x = column as f32 * 86.0 - if row % 2 == 0 { 40.0 } else { 0.0 };
            let colour = darker(0xc06a48, ((row + column) % 4) as f32 * 0.05);
            c.round(x, 60.0 + row as f32 * 70.0, 84.0, 96.0, 40.0, colour);
        }
    }
    if !shot.after {
        let x = shot.any(400.0, 700.0);
        c.round(x, 290.0, 84.0, 96.0, 20.0, 0x4a3b33);
        c.round(x + 90.0, 330.0, 84.0, 96.0, 20.0, 0x4a3b33);
        c.poly(&[[x + 20.0, 430.0], [x + 110.0, 470.0], [x + 80.0, 560.0], [x - 10.0, 520.0]], 0xc06a48);
    }
    c.rect(0.0, 520.0, 1200.0, 380.0, lighter(shot.wall, 0.1));
    c.round(-20.0, 480.0, 1240.0, 70.0, 34.0, METAL);
    c.rect(0.0, 492.0, 1200.0, 10.0, lighter(METAL, 0.5));
    c.rect(900.0, 540.0, 60.0, 360.0, METAL);
    if !shot.after {
        for _ in 0..34 {
            let x = shot.any(20.0, 1180.0);
            let colour = *shot.dice.pick(&[0xa8763c, 0x7a5a2e, 0x8f8a3c]);
            c.oval(x, 484.0 + shot.any(-10.0, 8.0), 22.0, 10.0, colour);
        }
        for nth in 0..4 {
            c.line(
                &[[200.0 + nth as f32 * 30.0, 550.0], [190.0 + nth as f32 * 34.0, 860.0]],
                12.0,
                lighter(WATER, 0.2),
            );
        }
    }
}

pub fn railing(c: &mut Canvas, shot: &mut Shot) {
    plain(c, shot);
    for step in 0..6 {
        let (x, y) = (step as f32 * 210.0, 820.0 - step as f32 * 100.0);
        c.rect(x, y, 1200.0, 900.0 - y, darker(0xc9bfae, step as f32 * 0.03));
        c.rect(x, y, 1200.0, 12.0, 0xe6dfd2);
    }
    for step in 0..6 {
        let (x, y) = (step as f32 * 210.0 + 90.0, 820.0 - step as f32 * 100.0);
        let bent = if !shot.after && (step == 2 || step == 3) { 80.0 } else { 0.0 };
        c.line(&[[x, y], [x - bent, y - 240.0 + bent * 0.5]], 16.0, DARK);
    }
    if shot.after {
        c.line(&[[-20.0, 635.0], [1180.0, 70.0]], 30.0, shot.accent);
    } else {
        c.line(&[[-20.0, 635.0], [330.0, 470.0]], 30.0, shot.accent);
        c.line(&[[400.0, 560.0], [700.0, 420.0]], 30.0, darker(shot.accent, 0.15));
        c.line(&[[790.0, 250.0], [1180.0, 70.0]], 30.0, shot.accent);
    }
}

pub fn wasps(c: &mut Canvas, shot: &mut Shot) {
    sky(c, shot);
    c.rect(0.0, 0.0, 1200.0, 190.0, 0x8a6a4a);
    for nth in 0..8 {
        c.rect(nth as f32 * 160.0, 0.0, 5.0, 190.0, 0x6f5439);
    }
    c.fade(520.0, 900.0, lighter(shot.wall, 0.2), darker(shot.wall, 0.1));
    if shot.after {
        c.oval(600.0, 196.0, 90.0, 14.0, 0xb89a70);
        return;
    }
    for (nth, (y, across)) in [(220.0, 90.0), (270.0, 140.0), (325.0, 165.0), (380.0, 150.0), (430.0, 100.0)]
        .into_iter()
        .enumerate()
    {
        c.oval(600.0, y, across, 44.0, if nth % 2 == 0 { 0xc9a97a } else { 0xb89464 });
    }
    c.oval(600.0, 445.0, 26.0, 16.0, DARK);
    for _ in 0..9 {
        let (x, y) = (shot.any(280.0, 930.0), shot.any(230.0, 620.0));
        c.oval(x - 8.0, y - 14.0, 18.0, 9.0, 0xeaf2f4);
        c.oval(x, y, 22.0, 12.0, 0xf0c43f);
        c.rect(x - 6.0, y - 11.0, 6.0, 22.0, DARK);
        c.rect(x + 6.0, y - 9.0, 6.0, 18.0, DARK);
    }
}

pub fn bins(c: &mut Canvas, shot: &mut Shot) {
    street(c, shot);
    for (nth, colour) in [0x4f7f52, 0x3f6d9c, 0xd0a73a].into_iter().enumerate() {
        let x = 170.0 + nth as f32 * 300.0;
        if !shot.after {
            for _ in 0..4 {
                let (bx, by) = (x + shot.any(30.0, 200.0), 440.0 + shot.any(-30.0, 30.0));
                c.oval(bx, by, 60.0, 52.0, *shot.dice.pick(&[0x2f3338, 0x44494f, 0xd9d6cc, 0x6f8fae]));
            }
        }
        c.poly(&[[x, 470.0], [x + 240.0, 470.0], [x + 215.0, 800.0], [x + 25.0, 800.0]], colour);
        c.rect(x + 70.0, 500.0, 14.0, 260.0, darker(colour, 0.15));
        c.rect(x + 156.0, 500.0, 14.0, 260.0, darker(colour, 0.15));
        if shot.after {
            c.round(x - 14.0, 430.0, 268.0, 46.0, 18.0, darker(colour, 0.2));
        } else {
            c.poly(
                &[[x - 10.0, 400.0], [x + 240.0, 330.0], [x + 250.0, 370.0], [x, 440.0]],
                darker(colour, 0.2),
            );
        }
        c.disc(x + 50.0, 812.0, 22.0, DARK);
        c.disc(x + 190.0, 812.0, 22.0, DARK);
    }
    if !shot.after {
        for _ in 0..6 {
            let (x, y) = (shot.any(90.0, 1100.0), shot.any(790.0, 850.0));
            c.oval(x, y, 54.0, 42.0, *shot.dice.pick(&[0x2f3338, 0x44494f, 0xd9d6cc]));
        }
    }
}
