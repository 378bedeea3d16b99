//! The decisions of Kommunity, and the types they are made of.
//!
//! Nothing here reads a clock, a file or a network; everything compiles to WebAssembly, so that the browser
//! draws from the very tables that the server obeys. In reading order:
//!
//! * [`id`], [`text_enum`]: typed ids and enums with one spelling everywhere
//! * [`role`]: permissions, roles, and who has what
//! * [`account`], [`throttle`]: how people prove that they are a user, and how often they may try
//! * [`community`], [`category`], [`place`]: what a community is, where it is, and what its requests are about
//! * [`audience`]: whom something is for
//! * [`question`], [`checklist`], [`response_template`]: what a category asks, demands and answers
//! * [`member`]: the life of a membership, and who may change whose
//! * [`rule`]: limits of what people type, checked alike on both sides of the wire
//! * [`audit`]: what is written into the audit trail
//! * [`event`]: what people are told, and who
//! * [`job`]: what is done outside of requests, and when time starts it
//! * [`service_request`]: the workflow of a request, from report to closed
//! * [`saved_filter`]: lists of requests that somebody comes back to
//! * [`comment`]: what people say about a request, and who may change or remove it
//! * [`announcement`]: what a community tells its members, and by what that is measured

pub mod account;
pub mod announcement;
pub mod audience;
pub mod audit;
pub mod category;
pub mod checklist;
pub mod clock;
pub mod comment;
pub mod community;
pub mod event;
pub mod id;
pub mod job;
pub mod member;
pub mod place;
pub mod question;
pub mod response_template;
pub mod role;
pub mod rule;
pub mod saved_filter;
pub mod service_request;
pub mod text_enum;
pub mod throttle;
