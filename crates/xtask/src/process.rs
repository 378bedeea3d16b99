//! Programs that outlive the command that started them, known by a number that may since have gone to another.

use std::{
    fs, thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use crate::run;

/// How long a program may take to end in good order.
const PATIENCE: Duration = Duration::from_secs(20);

const GLANCE: Duration = Duration::from_millis(50);

/// A running program that is known to be ours.
#[derive(Debug, Clone, Copy)]
pub struct Process(Pid);

impl Process {
    /// The process with this number, if its command line says that it is the one we mean.
    pub fn find(pid: i32, says: &str) -> Option<Self> {
        let command_line = command_line(pid)?;
        Pid::from_raw(pid).filter(|_| command_line.contains(says)).map(Self)
    }

    /// Ends it: politely, and when that takes too long without asking.
    pub fn stop(self, politely: Signal) {
        // It may be gone between the look and the signal, which is what we want anyway.
        let _ = kill_process(self.0, politely);
        if !self.gone_within(PATIENCE) {
            let _ = kill_process(self.0, Signal::KILL);
            self.gone_within(PATIENCE);
        }
    }

    fn gone_within(self, patience: Duration) -> bool {
        let begun = Instant::now();
        while begun.elapsed() < patience {
            if !self.is_alive() {
                return true;
            }
            thread::sleep(GLANCE);
        }
        false
    }

    /// A child that has ended but was not waited for has no command line any more.
    fn is_alive(self) -> bool {
        test_kill_process(self.0).is_ok() && command_line(self.0.as_raw_nonzero().get()).is_some()
    }
}

/// Is there any process with this number, even one that has ended but was not waited for?
pub fn exists(pid: i32) -> bool {
    Pid::from_raw(pid).is_some_and(|pid| test_kill_process(pid).is_ok())
}

fn command_line(pid: i32) -> Option<String> {
    let from_proc = || {
        let bytes = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
        Some(String::from_utf8_lossy(&bytes).replace('\0', " "))
    };
    let from_ps = || run::output(run::command("ps").args(["-o", "command=", "-p", &pid.to_string()])).ok();
    let said = if fs::exists("/proc/self/cmdline").unwrap_or(false) { from_proc() } else { from_ps() };
    said.filter(|line| !line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::{io::Read as _, process::Stdio};

    use super::*;

    #[test]
    fn a_number_alone_does_not_make_a_process_ours() {
        let mut command = run::command("sh");
        let mut child = command
            .args(["-c", "echo; read line"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // Its command line is there when it speaks.
        child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
        let pid = i32::try_from(child.id()).unwrap();
        assert!(Process::find(pid, "kommunity serve").is_none());
        let ours = Process::find(pid, "echo; read line").unwrap();
        ours.stop(Signal::TERM);
        assert!(Process::find(pid, "echo; read line").is_none());
        child.wait().unwrap();
        assert!(!exists(pid));
    }
}
