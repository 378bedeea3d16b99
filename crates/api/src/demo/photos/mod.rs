//! Drawn photos: small illustrated scenes, of the problem and of the work done.

mod backdrop;
mod canvas;
mod outdoors;
mod power;
mod rooms;
mod streets;
mod water;

use anyhow::Context;
use domain::service_request::AttachmentKind;
use image::{DynamicImage, ImageFormat};

use super::dice::Dice;
use crate::attachment::photo::THUMBNAIL_SIDE;
use crate::files::{Store, Variant};
use canvas::{Canvas, Colour};

pub const WIDTH: u32 = 800;
pub const HEIGHT: u32 = 600;
/// How many pictures of a common problem there are at most; one more shows it solved.
pub const TAKES: usize = 2;

/// One picture being taken: what differs from the next of the same scene.
struct Shot {
    dice: Dice,
    wall: Colour,
    accent: Colour,
    /// The work has been done.
    after: bool,
}

impl Shot {
    fn any(&mut self, low: f32, high: f32) -> f32 {
        #[expect(clippy::cast_possible_truncation, reason = "pixels need no more digits")]
        let chosen = self.dice.between(low.into(), high.into()) as f32;
        chosen
    }
}

/// Names each scene once, with the function that draws it.
macro_rules! scenes {
    ($($name:ident => $module:ident::$function:ident,)*) => {
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Scene { $($name,)* }

        impl Scene {
            const ALL: &'static [Scene] = &[$(Scene::$name,)*];

            fn draw(self, canvas: &mut Canvas, shot: &mut Shot) {
                match self { $(Scene::$name => $module::$function(canvas, shot),)* }
            }
        }
    };
}

scenes! {
    AirCon => power::air_con,
    Ants => rooms::ants,
    Bags => streets::bags,
    Barrier => outdoors::barrier,
    Bench => outdoors::bench,
    Bins => outdoors::bins,
    Boiler => power::boiler,
    Bollard => streets::bollard,
    Branch => outdoors::branch,
    Cabinet => rooms::cabinet,
    Car => outdoors::car,
    Ceiling => water::ceiling,
    Corridor => power::corridor,
    Crack => rooms::crack,
    Door => rooms::door,
    Extinguisher => power::extinguisher,
    Fence => outdoors::fence,
    Fridge => rooms::fridge,
    FuseBox => power::fuse_box,
    Gas => power::gas,
    Graffiti => streets::graffiti,
    Gutter => outdoors::gutter,
    Hedge => outdoors::hedge,
    Intercom => power::intercom,
    LiftDoor => power::lift_door,
    LiftPanel => power::lift_panel,
    Lock => rooms::lock,
    Mailbox => rooms::mailbox,
    Manhole => streets::manhole,
    Mattress => streets::mattress,
    Meter => water::meter,
    Oven => rooms::oven,
    Parquet => rooms::parquet,
    Pipe => water::pipe,
    Playground => outdoors::playground,
    Pool => outdoors::pool,
    Pothole => streets::pothole,
    Puddle => water::puddle,
    Pump => water::pump,
    Radiator => power::radiator,
    Railing => outdoors::railing,
    RoadSign => streets::road_sign,
    Shower => water::shower,
    Shutter => rooms::shutter,
    Socket => power::socket,
    Speaker => streets::speaker,
    Sprinkler => outdoors::sprinkler,
    StreetLamp => streets::street_lamp,
    Tap => water::tap,
    Thermostat => power::thermostat,
    Tile => rooms::tile,
    Toilet => water::toilet,
    Toolbox => rooms::toolbox,
    TrafficLight => streets::traffic_light,
    Tree => streets::tree_scene,
    Wall => rooms::wall,
    Washer => rooms::washer,
    Wasps => outdoors::wasps,
    Window => rooms::window,
}

impl Scene {
    /// Seen so often that one picture would be noticed.
    const fn is_common(self) -> bool {
        use Scene::{
            Bins, Branch, Corridor, Graffiti, LiftPanel, Pipe, Pothole, Puddle, Radiator, Socket, StreetLamp,
            Tap, Toilet, Window,
        };
        matches!(
            self,
            Bins | Branch
                | Corridor
                | Graffiti
                | LiftPanel
                | Pipe
                | Pothole
                | Puddle
                | Radiator
                | Socket
                | StreetLamp
                | Tap
                | Toilet
                | Window
        )
    }
}

/// Under which name the picture lies in the store.
pub fn stored_name(scene: Scene, kind: AttachmentKind, take: usize) -> String {
    let take = match kind {
        AttachmentKind::Evidence => TAKES,
        AttachmentKind::Problem | AttachmentKind::Document if scene.is_common() => take % TAKES,
        AttachmentKind::Problem | AttachmentKind::Document => 0,
    };
    format!("demo-{}", scene as usize * (TAKES + 1) + take)
}

/// Draws these photos and puts them into the store; answers how many. Uses as many threads as there are processors.
pub async fn store_all(store: &Store, names: &[String]) -> anyhow::Result<usize> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut drawn = Vec::new();
    for some in names.chunks(names.len().div_ceil(threads).max(1)) {
        let some = some.to_vec();
        drawn.push(tokio::task::spawn_blocking(move || {
            some.into_iter()
                .map(|name| draw(&name).map(|photo| (name, photo)))
                .collect::<anyhow::Result<Vec<_>>>()
        }));
    }
    for some in drawn {
        for (name, [thumbnail, screen]) in some.await?? {
            store.put(&name, Variant::Thumbnail, thumbnail).await?;
            store.put(&name, Variant::Screen, screen).await?;
        }
    }
    Ok(names.len())
}

/// The picture of that name as JPEG: thumbnail and full size.
pub fn draw(name: &str) -> anyhow::Result<[Vec<u8>; 2]> {
    let number: usize = name.strip_prefix("demo-").context("not a photo of the demo")?.parse()?;
    let (scene, take) = (number / (TAKES + 1), number % (TAKES + 1));
    let scene = *Scene::ALL.get(scene).context("no such scene")?;
    // The finished work is seen at the same place as the first take of the problem.
    let mut dice = Dice::new((number - take + take % TAKES) as u64);
    let (wall, accent) = (backdrop::wall(&mut dice), backdrop::accent(&mut dice));
    let mut shot = Shot { dice, wall, accent, after: take == TAKES };
    let mut canvas = Canvas::new();
    scene.draw(&mut canvas, &mut shot);
    let mut picture = canvas.finish().context("a canvas of the wrong size")?;
    if take == 1 {
        // The other take looks at it from the other side.
        picture = picture.fliph();
    }
    let side = THUMBNAIL_SIDE;
    Ok([jpeg(&picture.thumbnail(side, side))?, jpeg(&picture)?])
}

fn jpeg(picture: &DynamicImage) -> anyhow::Result<Vec<u8>> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Jpeg)?;
    Ok(bytes.into_inner())
}
