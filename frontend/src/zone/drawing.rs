//! Zones as a plain drawing: north is up, and nothing has to be fetched.

use leptos::prelude::*;

/// A zone with its corners.
pub type Area = (String, Vec<[f64; 2]>);

/// How wide a drawing is in its own units.
const WIDTH: f64 = 1000.0;
const MARGIN: f64 = 40.0;

#[component]
pub fn Drawing(#[prop(into)] label: String, areas: Vec<Area>) -> impl IntoView {
    let corners = || areas.iter().flat_map(|(_, ring)| ring.iter().copied());
    corners().next()?;
    let span = |axis: usize| {
        let all = corners().map(|corner| corner[axis]);
        (all.clone().fold(f64::MAX, f64::min), all.fold(f64::MIN, f64::max))
    };
    let ((west, east), (south, north)) = (span(0), span(1));
    // A degree of longitude is shorter the farther one is from the equator.
    let narrow = ((south + north) / 2.0).to_radians().cos().max(0.01);
    let scale = (WIDTH - 2.0 * MARGIN) / ((east - west) * narrow).max((north - south) / 2.0).max(1e-9);
    let place =
        |[lng, lat]: [f64; 2]| (MARGIN + (lng - west) * narrow * scale, MARGIN + (north - lat) * scale);
    let (width, height) =
        ((east - west) * narrow * scale + 2.0 * MARGIN, (north - south) * scale + 2.0 * MARGIN);
    let drawn = areas
        .iter()
        .enumerate()
        .map(|(nth, (name, ring))| {
            let points: Vec<(f64, f64)> = ring.iter().map(|corner| place(*corner)).collect();
            let count = points.len().max(1) as f64;
            let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
            let path: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
            let size = format!("{:.0}", width / 32.0);
            view! {
                <polygon class=format!("zones-map__area tint-{}", nth % 8 + 1) points=path.join(" ")></polygon>
                <text class="zones-map__name" x=format!("{x:.0}") y=format!("{y:.0}") font-size=size>{name.clone()}</text>
            }
        })
        .collect_view();
    Some(view! {
        <svg class="zones-map" role="img" aria-label=label viewBox=format!("0 0 {width:.0} {height:.0}")>{drawn}</svg>
    })
}
