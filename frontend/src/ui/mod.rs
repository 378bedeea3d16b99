//! The design system: components that take values, signals and callbacks, fetch nothing and know no feature.
//!
//! Each has its style sheet beside it; what they share stands in `frontend/styles/tokens.css`.

pub mod avatar;
pub mod badge;
pub mod button;
pub mod chart;
pub mod choice;
pub mod deadline;
pub mod dialog;
pub mod empty;
pub mod fact;
pub mod field;
pub mod filter;
pub mod icon;
mod icon_shapes;
pub mod live;
pub mod map;
pub mod markdown;
pub mod menu;
pub mod photos;
pub mod picks;
pub mod priority;
pub mod prose;
pub mod skeleton;
pub mod stars;
pub mod tabs;
pub mod toast;
