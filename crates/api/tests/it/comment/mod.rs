//! What people say about a request.

mod changing;
mod files;
mod leaks;
mod mentions;
mod races;
mod talking;
