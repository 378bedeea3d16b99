//! What the person at the terminal sees.

use std::{
    fmt::Display,
    io::{self, IsTerminal as _, Write as _},
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

/// Says that something begins.
pub fn start(what: impl Display) {
    eprintln!("{} {what} …", paint("▸", 36));
}

/// Says that something is so.
pub fn done(what: impl Display) {
    eprintln!("{} {what}", paint("✓", 32));
}

/// Says something the reader should know but need not act on.
pub fn note(what: impl Display) {
    eprintln!("{} {what}", paint("·", 33));
}

/// Says what went wrong, the outermost cause first.
pub fn failure(error: &anyhow::Error) {
    eprintln!("\n{} {error}", paint("✗", 31));
    for cause in error.chain().skip(1) {
        eprintln!("  because: {cause}");
    }
}

/// Asks a question that is answered with yes or no; Enter means yes.
pub fn confirm(question: &str) -> Result<bool> {
    eprint!("{question} [Y/n] ");
    io::stderr().flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "" | "y" | "yes"))
}

/// A duration as people say it.
pub fn time(taken: Duration) -> String {
    match taken.as_secs() {
        0..10 => format!("{:.1} s", taken.as_secs_f32()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// A size as people say it.
pub fn size(bytes: usize) -> String {
    format!("{:.1} kB", bytes as f64 / 1000.0)
}

/// Steps, how long each took, and which of them failed.
pub struct Steps {
    begun: Instant,
    taken: Vec<(&'static str, Duration)>,
    failed: Vec<&'static str>,
}

impl Steps {
    pub fn begin() -> Self {
        Self { begun: Instant::now(), taken: Vec::new(), failed: Vec::new() }
    }

    /// A step that the following ones need.
    pub fn need<T>(&mut self, name: &'static str, run: impl FnOnce() -> Result<T>) -> Result<T> {
        start(name);
        let begun = Instant::now();
        let outcome = run();
        self.taken.push((name, begun.elapsed()));
        match &outcome {
            Ok(_) => done(format_args!("{name} ({})", time(begun.elapsed()))),
            Err(_) => self.failed.push(name),
        }
        outcome
    }

    /// A step that says something of its own: when it fails the others are still worth knowing.
    pub fn check(&mut self, name: &'static str, run: impl FnOnce() -> Result<()>) {
        if let Err(error) = self.need(name, run) {
            failure(&error);
        }
    }

    /// Has anything failed so far?
    pub fn failed(&self) -> bool {
        !self.failed.is_empty()
    }

    /// The table for the end, and a failure if there was any.
    pub fn finish(self) -> Result<()> {
        let width = self.taken.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        eprintln!();
        for (name, taken) in &self.taken {
            let mark = if self.failed.contains(name) { paint("✗", 31) } else { paint("✓", 32) };
            eprintln!("  {mark} {name:width$}  {:>12}", time(*taken));
        }
        eprintln!("    {:width$}  {:>12}", "all", time(self.begun.elapsed()));
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}

fn paint(text: &str, colour: u8) -> String {
    if io::stderr().is_terminal() { format!("\x1b[{colour}m{text}\x1b[0m") } else { text.to_owned() }
}
