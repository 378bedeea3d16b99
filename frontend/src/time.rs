//! Instants as people say them, in a community's time zone. The browser's `Intl` knows the zones.

use chrono::{DateTime, TimeDelta, Utc};
use js_sys::{Array, Date, Intl, Object, Reflect};
use leptos::prelude::*;

use crate::ui::live::live;
use wasm_bindgen::JsValue;

use crate::{language, words};

/// The present instant: the one place that asks.
pub fn now() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(Date::now() as i64).unwrap_or_default()
}

/// The present instant as a signal that moves every half minute, so that "2 min ago" stays true.
#[derive(Clone, Copy)]
pub struct Now(pub RwSignal<DateTime<Utc>>);

pub fn provide_now() {
    let now_signal = RwSignal::new(now());
    provide_context(Now(now_signal));
    let _ = set_interval_with_handle(move || now_signal.set(now()), std::time::Duration::from_secs(30));
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}

fn format(at: DateTime<Utc>, zone: &str, pairs: &[(&str, &str)]) -> String {
    let options = options(pairs);
    if !zone.is_empty() {
        let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    }
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    String::from(date.to_locale_string(language::formats(), &options))
}

/// "Tue, 24 Nov, 14:00": day and time, short.
pub fn moment(at: DateTime<Utc>, zone: &str) -> String {
    format(
        at,
        zone,
        &[
            ("weekday", "short"),
            ("day", "numeric"),
            ("month", "short"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
        ],
    )
}

/// Day, time and zone in full, for whoever wants it exactly.
pub fn exact(at: DateTime<Utc>, zone: &str) -> String {
    format(
        at,
        zone,
        &[
            ("day", "numeric"),
            ("month", "long"),
            ("year", "numeric"),
            ("hour", "2-digit"),
            ("minute", "2-digit"),
            ("hourCycle", "h23"),
            ("timeZoneName", "short"),
        ],
    )
}

/// "5 minutes ago", "in 3 days", "yesterday".
pub fn relative(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (amount, unit) = rounded(at - now);
    if amount == 0 {
        return words::time::just_now().to_owned();
    }
    let format = Intl::RelativeTimeFormat::new(
        &Array::of1(&language::formats().into()),
        &options(&[("numeric", "auto"), ("style", "long")]),
    );
    String::from(format.format(amount as f64, unit))
}

/// What a `datetime-local` field says, on this device's clock.
pub fn parse_local(text: &str) -> Option<DateTime<Utc>> {
    if text.is_empty() {
        return None;
    }
    let instant = Date::new(&JsValue::from_str(text)).get_time();
    if instant.is_finite() { DateTime::from_timestamp_millis(instant as i64) } else { None }
}

/// What a `datetime-local` field says, on the clocks of a time zone.
pub fn parse_in(text: &str, zone: &str) -> Option<DateTime<Utc>> {
    if text.is_empty() {
        return None;
    }
    let said = parse_local(&format!("{text}Z"))?;
    // How far a zone is ahead depends on when one asks: once more around a change of the clocks.
    let ahead = |at: DateTime<Utc>| Some(parse_local(&format!("{}Z", field(at, zone)))? - at);
    let near = said - ahead(said)?;
    Some(said - ahead(near)?)
}

/// An instant as a `datetime-local` field takes it, on the clocks of a time zone.
pub fn field(at: DateTime<Utc>, zone: &str) -> String {
    let options = options(&[
        ("year", "numeric"),
        ("month", "2-digit"),
        ("day", "2-digit"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
    ]);
    if !zone.is_empty() {
        let _ = Reflect::set(&options, &"timeZone".into(), &zone.into());
    }
    let date = Date::new(&JsValue::from_f64(at.timestamp_millis() as f64));
    // Swedes write it as the field does, but for a space.
    String::from(date.to_locale_string("sv-SE", &options)).replacen(' ', "T", 1)
}

/// A span in the largest unit that fits, signed like the span.
fn rounded(span: TimeDelta) -> (i64, &'static str) {
    let minutes = span.num_minutes();
    match minutes.abs() {
        0..60 => (minutes, "minute"),
        60..1440 => (span.num_hours(), "hour"),
        1440..43_200 => (span.num_days(), "day"),
        43_200..525_600 => (span.num_days() / 30, "month"),
        _ => (span.num_days() / 365, "year"),
    }
}

/// A span as short as can be: "40 min", "5 h", "3 d".
pub fn short(span: TimeDelta) -> String {
    let minutes = span.num_minutes().abs();
    match minutes {
        0..90 => words::time::minutes(&minutes.max(1).to_string()),
        90..2880 => words::time::hours(&span.num_hours().abs().to_string()),
        _ => words::time::days(&span.num_days().abs().to_string()),
    }
}

/// An instant in words, the exact one on hover.
#[component]
pub fn Ago(at: DateTime<Utc>, #[prop(into)] zone: String) -> impl IntoView {
    let now = expect_context::<Now>().0;
    view! {
        <time datetime=at.to_rfc3339() title=exact(at, &zone)>
            {live(move || relative(at, now.get()))}
        </time>
    }
}

/// An instant as day and time, the full one on hover.
#[component]
pub fn At(at: DateTime<Utc>, #[prop(into)] zone: String) -> impl IntoView {
    view! {
        <time datetime=at.to_rfc3339() title=exact(at, &zone)>
            {moment(at, &zone)}
        </time>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_told_in_the_largest_unit_that_fits() {
        assert_eq!(rounded(TimeDelta::minutes(-59)), (-59, "minute"));
        assert_eq!(rounded(TimeDelta::minutes(-60)), (-1, "hour"));
        assert_eq!(rounded(TimeDelta::hours(49)), (2, "day"));
        assert_eq!(rounded(TimeDelta::days(400)), (1, "year"));
    }
}
