//! Credentials that a program prints: the setting `credential_process` of AWS's tools.

use std::io::Read as _;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use tokio::sync::oneshot;
use zeroize::Zeroizing;

use super::command_line;
use super::fetch::Failure;
use super::json::{Value, flat_object};
use crate::error::{Error, ErrorKind};
use crate::timestamp;

/// The maximum size of the output of a process, in bytes.
const LIMIT: usize = 64 * 1024;

/// The pause between checks whether a process that has closed its output has exited.
const PAUSE: Duration = Duration::from_millis(5);

/// A program and its arguments.
pub(crate) struct CredentialProcess {
    program: String,
    arguments: Vec<String>,
    /// The setting, with its file and line.
    name: String,
}

impl CredentialProcess {
    /// Parses the command line `command` of the setting `name`, without running it.
    ///
    /// # Errors
    /// If a quote is not closed, or the command line is empty.
    pub(crate) fn new(command: &str, name: String) -> Result<Self, Error> {
        let words = command_line::split(command).map_err(|_| {
            let message = format!("{name} has a quote that is not closed; close the quote");
            Error::new(ErrorKind::Configuration, message)
        })?;
        let mut words = words.into_iter();
        let program = words.next().ok_or_else(|| {
            let message = format!("{name} contains no program; set it to a command, or remove it");
            Error::new(ErrorKind::Configuration, message)
        })?;
        Ok(Self { program, arguments: words.collect(), name })
    }

    /// Runs the program, and kills it if this future is dropped. Programs that it has started are not killed, and only the thread waits
    /// for them.
    pub(super) async fn provide(&self) -> Result<Credentials, Failure> {
        let mut command = Command::new(&self.program);
        // Its standard error may contain secrets, so it is discarded.
        command.args(&self.arguments).stdin(Stdio::null()).stderr(Stdio::null());
        let (report, ended) = oneshot::channel();
        let running = Running::default();
        let kill_on_drop = KillOnDrop(running.clone());
        // This is a thread, because a runtime waits for its blocking tasks before it shuts down.
        std::thread::Builder::new()
            .name("pagesmith-credential-process".to_owned())
            .spawn(move || {
                let _ = report.send(running.run(command));
            })
            .map_err(|error| self.not_started(error))?;
        let ended = ended.await;
        drop(kill_on_drop);
        let Ok(ended) = ended else {
            return Err(self.failure("was stopped before it ended; try again"));
        };
        match ended.map_err(|error| self.not_started(error))? {
            Ended::Printed(output, status) if status.success() => self.read(&output),
            Ended::Printed(_, status) => Err(self.failure(&format!(
                "failed with {status}; run its command in a shell to see its messages"
            ))),
            Ended::TooMuch => Err(self.failure(&format!(
                "printed more than {LIMIT} bytes; it must print only a JSON object with its credentials"
            ))),
        }
    }

    /// Parses the credentials in `output`.
    fn read(&self, output: &[u8]) -> Result<Credentials, Failure> {
        const EXPECTED: &str = "it must print Version 1 of AWS's format for credential processes";
        let members = std::str::from_utf8(output).ok().and_then(flat_object).ok_or_else(|| {
            self.failure(&format!(
                "printed something other than a JSON object without nested values; {EXPECTED}"
            ))
        })?;
        let find = |name: &str| {
            members.iter().rfind(|(member, _)| member.as_str() == name).map(|(_, value)| value)
        };
        if !matches!(find("Version"), Some(Value::Number(version)) if version == "1") {
            return Err(
                self.failure(&format!("printed an object whose Version is not 1; {EXPECTED}"))
            );
        }
        let text = |name: &str| match find(name) {
            Some(Value::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        let required = |name: &str| {
            text(name).ok_or_else(|| {
                self.failure(&format!("printed an object without the text {name}; {EXPECTED}"))
            })
        };
        let (id, secret) = (required("AccessKeyId")?, required("SecretAccessKey")?);
        let expiry = match find("Expiration") {
            None | Some(Value::Null) => None,
            Some(Value::Text(text)) if let Some(time) = timestamp::parse_rfc_3339(text) => {
                Some(SystemTime::from(time))
            }
            Some(_) => {
                return Err(self.failure(
                    "printed an object whose Expiration is not a time such as 2026-11-24T09:30:00Z",
                ));
            }
        };
        Ok(Credentials::new(id, secret, text("SessionToken"), expiry, "process"))
    }

    fn not_started(&self, error: std::io::Error) -> Failure {
        self.failure("could not be started; check its path").with_source(error)
    }

    fn failure(&self, problem: &str) -> Failure {
        Failure::new(format!("no credentials: the program of {} {problem}", self.name))
    }
}

/// How a process ended.
enum Ended {
    Printed(Zeroizing<Vec<u8>>, ExitStatus),
    TooMuch,
}

/// A process, shared by the thread that waits for it and the future that may stop it.
#[derive(Clone, Default)]
struct Running(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    child: Option<Child>,
    is_abandoned: bool,
}

/// Kills the process if it is still running.
struct KillOnDrop(Running);

impl Drop for KillOnDrop {
    fn drop(&mut self) {
        self.0.kill();
    }
}

impl Running {
    fn run(&self, mut command: Command) -> std::io::Result<Ended> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let stdout = child.stdout.take();
        let is_abandoned = {
            let mut state = self.state();
            state.child = Some(child);
            state.is_abandoned
        };
        if is_abandoned {
            self.kill();
        }
        let mut output = Zeroizing::new(Vec::with_capacity(LIMIT + 1));
        if let Some(stdout) = stdout {
            stdout.take(u64::try_from(LIMIT + 1).unwrap_or(u64::MAX)).read_to_end(&mut output)?;
        }
        let is_too_much = output.len() > LIMIT;
        if is_too_much {
            self.kill();
        }
        let status = self.wait()?;
        Ok(if is_too_much { Ended::TooMuch } else { Ended::Printed(output, status) })
    }

    fn wait(&self) -> std::io::Result<ExitStatus> {
        loop {
            let status = match &mut self.state().child {
                Some(child) => child.try_wait()?,
                None => None,
            };
            match status {
                Some(status) => return Ok(status),
                None => std::thread::sleep(PAUSE),
            }
        }
    }

    fn kill(&self) {
        let mut state = self.state();
        state.is_abandoned = true;
        if let Some(child) = &mut state.child {
            // This fails if the process has already exited, which is not a problem.
            let _ = child.kill();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
