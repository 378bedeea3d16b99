//! Every word that people read: a function per message, made from `locales/` by the build script.

#![expect(clippy::all, reason = "generated")]

include!(concat!(env!("OUT_DIR"), "/words.rs"));
