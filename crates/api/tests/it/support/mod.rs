//! What the tests stand on.

pub mod announced;
pub mod app;
pub mod bucket;
pub mod caller;
pub mod calls;
pub mod cast;
pub mod database;
pub mod fresh;
pub mod given;
pub mod letters;
pub mod links;
pub mod listening;
pub mod photo;
pub mod statements;
pub mod strangers;
pub mod talk;
