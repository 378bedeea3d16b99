//! What is the same for every operation: who is calling, what they sent, and how they are answered.

pub mod caller;
pub mod error;
pub mod finish;
pub mod gate;
pub mod input;
pub mod page;
