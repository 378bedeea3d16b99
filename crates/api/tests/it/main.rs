//! The server from outside: every test talks to a server of its own over HTTP, with a database of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod account;
mod admin;
mod announcement;
mod append_only;
mod audit;
mod authorization;
mod bad_input;
mod behaviour;
mod closed_world;
mod comment;
mod contract;
mod deliveries;
mod demo;
mod files;
mod jobs;
mod member;
mod notifications;
mod public;
mod races;
mod registers;
mod saved_filters;
mod schema;
mod server;
mod service_request;
mod session;
mod settings;
mod streams;
mod support;
mod trouble;
