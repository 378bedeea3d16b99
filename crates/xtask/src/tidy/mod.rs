//! The rules of the house that the compiler does not know.

mod dependencies;
mod licences;
mod texts;

use anyhow::{Result, bail};

use crate::ui;

/// What is not as it should be, where, and how to mend it.
type Complaints = Vec<String>;

/// Fails with everything that breaks a rule.
pub fn check() -> Result<()> {
    let mut complaints = dependencies::complaints()?;
    complaints.extend(licences::complaints()?);
    complaints.extend(texts::complaints()?);
    if complaints.is_empty() {
        ui::done("every rule of the house is kept");
        return Ok(());
    }
    for complaint in &complaints {
        eprintln!("  - {complaint}");
    }
    bail!("{} of the rules above are broken", complaints.len())
}
