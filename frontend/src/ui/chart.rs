//! Small charts, drawn as SVG: what they show stands in words beside them.

use std::fmt::Write as _;

use leptos::prelude::*;

/// How something grew, in hundredths.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub name: &'static str,
    /// One of the eight hues.
    pub tint: u8,
    /// From left to right: how far along, and how much.
    pub points: Vec<(f64, f64)>,
}

/// Something to hold a line against.
#[derive(Debug, Clone, PartialEq)]
pub struct Guide {
    pub at: f64,
    pub text: String,
}

/// The box that is drawn in, and the part of it that is for lines.
const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 190.0;
const LEFT: f64 = 34.0;
const RIGHT: f64 = 286.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 162.0;

fn y(percent: f64) -> f64 {
    BOTTOM - (BOTTOM - TOP) * percent.clamp(0.0, 100.0) / 100.0
}

fn x(at: f64, end: f64) -> f64 {
    LEFT + (RIGHT - LEFT) * (at / end.max(1.0)).clamp(0.0, 1.0)
}

/// The path through some points.
fn path(points: &[(f64, f64)], end: f64) -> String {
    let mut path = String::new();
    for (index, (at, percent)) in points.iter().enumerate() {
        let verb = if index == 0 { 'M' } else { 'L' };
        let _ = write!(path, "{verb}{:.1} {:.1}", x(*at, end), y(*percent));
    }
    path
}

/// Where the names of lines stand: beside their ends, and not over each other.
fn name_places(lines: &[Line]) -> Vec<f64> {
    const APART: f64 = 13.0;
    let mut places: Vec<f64> = Vec::new();
    for line in lines {
        let wanted = y(line.points.last().map_or(0.0, |(_, percent)| *percent));
        let taken = places.iter().any(|place| (place - wanted).abs() < APART);
        let below = places.iter().fold(wanted, |lowest, place| lowest.max(*place)) + APART;
        places.push(if taken { below } else { wanted });
    }
    places
}

/// Shares that grow over time.
#[component]
pub fn LineChart(
    /// What it shows, in words.
    #[prop(into)]
    label: String,
    lines: Vec<Line>,
    /// Where it ends.
    end: f64,
    /// What stands below it.
    ticks: Vec<Guide>,
    /// The share that is aimed at.
    goal: Guide,
    /// Until when.
    limit: Guide,
) -> impl IntoView {
    let places = name_places(&lines);
    let scale = [0.0, 50.0, 100.0].into_iter().map(|percent| {
        view! {
            <line class="chart__grid" x1=LEFT x2=RIGHT y1=y(percent) y2=y(percent) />
            <text class="chart__word" x=LEFT - 6.0 y=y(percent) + 4.0 text-anchor="end">{format!("{percent}")}</text>
        }
    });
    let below = ticks.into_iter().map(|tick| {
        view! {
            <text class="chart__word" x=x(tick.at, end) y=BOTTOM + 17.0 text-anchor="middle">{tick.text}</text>
        }
    });
    let drawn = lines.into_iter().zip(places).map(|(line, place)| {
        let last = line.points.last().copied().unwrap_or_default();
        view! {
            <g class=format!("chart__line tint-{}", line.tint)>
                <path d=path(&line.points, end) />
                <circle cx=x(last.0, end) cy=y(last.1) r="3.5" />
                <text x=RIGHT + 8.0 y=place + 4.0>{line.name}</text>
            </g>
        }
    });
    let until = x(limit.at, end);
    view! {
        <svg class="chart" viewBox=format!("0 0 {WIDTH} {HEIGHT}") role="img" aria-label=label>
            {scale.collect_view()}
            {below.collect_view()}
            <line class="chart__goal" x1=LEFT x2=RIGHT y1=y(goal.at) y2=y(goal.at) />
            <text class="chart__word" x=LEFT + 4.0 y=y(goal.at) - 4.0>{goal.text}</text>
            <line class="chart__goal" x1=until x2=until y1=TOP y2=BOTTOM />
            <text class="chart__word" x=until - 4.0 y=BOTTOM - 6.0 text-anchor="end">{limit.text}</text>
            {drawn.collect_view()}
        </svg>
    }
}

/// One of several shares.
#[derive(Debug, Clone)]
pub struct Bar {
    pub name: String,
    /// In hundredths.
    pub percent: i64,
    /// "41 of 60".
    pub text: String,
    /// Shows who they are, where that is possible.
    pub on_pick: Option<Callback<()>>,
}

#[component]
pub fn Bars(
    bars: Vec<Bar>,
    /// The share that is aimed at, in hundredths.
    goal: i64,
    /// What picking one does; it follows its name.
    pick: &'static str,
) -> impl IntoView {
    view! {
        <ul class="bars">
            {bars
                .into_iter()
                .map(|bar| {
                    let Bar { name, percent, text, on_pick } = bar;
                    let content = view! {
                        <span class="bars__name">{name}</span>
                        <span class="bars__value">{text}{" · "}<strong>{format!("{percent} %")}</strong></span>
                        <svg class="bars__track" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
                            <rect class="bars__ground" width="100" height="8" />
                            <rect class="bars__fill" width=percent.clamp(0, 100) height="8" />
                            <rect class="bars__goal" x=goal width="0.6" height="8" />
                        </svg>
                    };
                    let row = match on_pick {
                        Some(on_pick) => {
                            view! {
                                <button type="button" class="bars__bar" on:click=move |_| on_pick.run(())>
                                    {content}
                                    <span class="visually-hidden">{pick}</span>
                                </button>
                            }
                                .into_any()
                        }
                        None => view! { <div class="bars__bar">{content}</div> }.into_any(),
                    };
                    view! { <li>{row}</li> }
                })
                .collect_view()}
        </ul>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(percent: f64) -> Line {
        Line { name: "Read", tint: 1, points: vec![(0.0, 0.0), (24.0, percent)] }
    }

    #[test]
    fn a_line_goes_from_the_lower_left_to_the_upper_right() {
        assert_eq!(path(&[(0.0, 0.0), (48.0, 100.0)], 48.0), "M34.0 162.0L286.0 12.0");
        assert_eq!(path(&[(60.0, 120.0)], 48.0), "M286.0 12.0", "nothing is drawn beside the box");
    }

    #[test]
    fn names_never_stand_over_each_other() {
        let places = name_places(&[line(50.0), line(50.0), line(10.0)]);
        assert!(places[1] - places[0] >= 13.0 && places[2] - places[1] >= 13.0);
    }
}
