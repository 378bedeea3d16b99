//! The conversation about a request: what was said, and what is being written.

mod compose;
mod history;
pub mod mention;
mod remark;
mod removal;
mod talk;
mod templates;

pub use compose::{Compose, Said};
pub use history::History;
pub use remark::{Remark, say};
pub use removal::Removal;
pub use talk::{About, Talk, Thread, threads};
