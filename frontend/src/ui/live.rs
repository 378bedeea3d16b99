//! Parts of a page that follow what they read.

use leptos::prelude::*;

/// A part that is drawn anew when something changes that it reads. All of them are of one type, as what leptos makes
/// around each type is much of what the app weighs.
pub fn live<V: IntoAny>(mut part: impl FnMut() -> V + Send + 'static) -> Box<dyn FnMut() -> AnyView + Send> {
    Box::new(move || part().into_any())
}
