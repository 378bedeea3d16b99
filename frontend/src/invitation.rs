//! Invitations: who was asked in, and the links that let people in.

mod addresses;
pub mod create;
pub mod list;
mod pass_on;
