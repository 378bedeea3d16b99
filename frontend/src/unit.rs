//! The register of units, and who lives in them.

pub mod list;
mod member_picker;
pub mod show;
mod tie;
