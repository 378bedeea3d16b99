//! The server: actix-web on top of the domain's rules and the db crate's functions. Knows no SQL.

pub mod account;
pub mod admin;
pub mod app;
pub mod attachment;
pub mod audit;
pub mod clock;
pub mod command;
pub mod comment;
pub mod community;
pub mod config;
pub mod demo;
pub mod files;
pub mod http;
pub mod invitation;
pub mod keys;
pub mod member;
pub mod messages;
pub mod notification;
pub mod openapi;
mod problems;
pub mod routes;
pub mod server;
pub mod service_request;
pub mod session;
pub mod vault;
pub mod web;
pub mod worker;
