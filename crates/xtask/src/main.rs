//! Everything a person or a machine does with this checkout, as `cargo xtask …`.

mod database;
mod dev;
mod environment;
mod files;
mod fuzz;
mod openapi;
mod postgres;
mod process;
mod project;
mod run;
mod secrets;
mod server;
mod setup;
mod test;
mod tidy;
mod ui;
mod up;
mod web;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Set up, run and test Kommunity from a checkout")]
struct Arguments {
    /// Install what is missing without asking
    #[arg(long, global = true)]
    yes: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Set up what is missing, build what changed, and start Kommunity with demo data
    Up(up::Options),
    /// Stop what `up` started
    Down,
    /// Check everything, as the machine does that decides whether a change lands
    Test(test::Options),
    /// Run, rebuild and restart while you write
    Dev {
        /// The port of the web address
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Call the API with everything that its document allows, and much that it does not
    FuzzApi(fuzz::Options),
    /// Write openapi/openapi.json from the handlers
    Openapi {
        /// Only say whether it is as it should be
        #[arg(long)]
        check: bool,
    },
    /// Check the rules that the compiler does not know
    Tidy,
    /// Work on the checkout's own database
    #[command(subcommand)]
    Db(database::Command),
    /// Build the browser app into frontend/dist
    Web {
        /// Build fast instead of small
        #[arg(long)]
        dev: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if arguments.yes {
        setup::answer_yes();
    }
    match execute(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            ui::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<()> {
    match command {
        Command::Up(options) => up::up(&options),
        Command::Down => up::down(),
        Command::Test(options) => test::test(&options),
        Command::Dev { port } => dev::dev(port),
        Command::FuzzApi(options) => fuzz::fuzz(&options),
        Command::Openapi { check: true } => openapi::check(&server::build(server::Profile::Dev)?),
        Command::Openapi { check: false } => openapi::write(),
        Command::Tidy => tidy::check(),
        Command::Db(command) => database::execute(&command),
        Command::Web { dev: true } => web::build(web::Purpose::Develop),
        Command::Web { dev: false } => {
            web::build(web::Purpose::Serve)?;
            web::weight::weigh(&web::dist())?.print();
            Ok(())
        }
    }
}
