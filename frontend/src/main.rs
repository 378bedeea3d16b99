//! The browser app: what people see of Kommunity.
//!
//! A feature has one module here, named like everywhere else. `ui` is the design system and knows no feature.

mod account;
mod address;
mod announcement;
mod api;
mod app;
mod attachment;
mod audience;
mod audit;
mod browser;
mod category;
mod comment;
mod community;
mod demo;
mod form;
mod invitation;
mod job;
mod labels;
mod language;
mod live;
mod load;
mod map;
mod member;
mod notification;
mod paged;
mod pages;
mod public;
mod routes;
mod service_request;
mod session;
mod shell;
mod team;
mod theme;
mod time;
mod ui;
mod unit;
mod words;
mod zone;

fn main() {
    std::panic::set_hook(Box::new(|panic| browser::report(&panic.to_string())));
    app::start();
}
