//! The named parts of a community, listed, drawn and edited.

mod drawing;
mod geojson;
pub mod list;
pub mod show;
