//! Runs the programs in turn against one server.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::programs::Program;
use crate::results::{Record, object, push};
use crate::server::Server;
use crate::workspace::{Workspace, output};
use crate::{Options, Problem};

/// Mode, calls in flight, cores, and number of calls. The slowest program needs about two seconds.
const RUNS: &[(&str, usize, Cores, usize)] = &[
    ("six", 1, Cores::One, 9000),
    ("six", 1, Cores::All, 9000),
    ("six", 64, Cores::All, 18000),
    ("list-1", 1, Cores::All, 9000),
    ("list-1000", 1, Cores::All, 600),
    ("list-1mb", 1, Cores::All, 120),
];

/// The cores on which a program and the server run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cores {
    /// All cores. A waiting process is woken on another core. On a virtual machine this can cost as much as the call,
    /// and varies between runs.
    All,
    /// Both on the first core, so that no process is woken on another core.
    One,
}

impl Cores {
    /// A command that runs `program` on these cores.
    pub(crate) fn command(self, program: &Path) -> Command {
        match self {
            Self::All => Command::new(program),
            Self::One => {
                let mut command = Command::new("taskset");
                command.args(["--cpu-list", "0"]).arg(program);
                command
            }
        }
    }

    /// Whether this machine can run programs on these cores.
    fn is_supported(self) -> bool {
        let mut probe = self.command(Path::new("true"));
        self == Self::All || probe.status().is_ok_and(|status| status.success())
    }

    fn suffix(self) -> &'static str {
        match self {
            Self::All => "",
            Self::One => ", one core",
        }
    }
}

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    let (programs, folder) = workspace.running(options)?;
    for program in &programs {
        check_tls(&folder, program)?;
    }
    let mut record = Record::open(workspace, options, "run")?;
    for (mode, in_flight, cores, calls) in RUNS {
        let calls = if options.quick { calls / 20 } else { *calls };
        let key = format!("{mode}, {in_flight} in flight{}", cores.suffix());
        if !cores.is_supported() {
            eprintln!("skipped: {key}: taskset is not installed");
            continue;
        }
        eprintln!("running {key}");
        let server = Server::start(&folder, *cores)?;
        record.figures.insert("response_bytes".to_owned(), server.bytes.clone());
        let mut expected: Option<(Value, Value)> = None;
        for round in 0..options.rounds {
            for program in &programs {
                if record.rounds(&[program.package, &key, "cpu_ns_per_call"]) > round {
                    continue;
                }
                let before = server.cpu_ns();
                let report = run(
                    cores.command(&folder.join(program.package)),
                    [mode, &calls.to_string(), &in_flight.to_string(), &server.endpoint],
                )?;
                let served = server.cpu_ns().zip(before).map(|(after, before)| after - before);
                let saw = (field(&report, "rows"), field(&report, "sum"));
                if expected.get_or_insert_with(|| saw.clone()) != &saw {
                    return Err(format!(
                        "{} decoded other rows than the first program, in the mode {mode}",
                        program.package
                    )
                    .into());
                }
                let results = object(object(&mut record.figures, program.package)?, &key)?;
                add(results, &report, calls, served)?;
            }
            record.write()?;
        }
    }
    Ok(())
}

/// Checks that the program was built with TLS, so that it could call AWS.
fn check_tls(folder: &Path, program: &Program) -> Result<(), Problem> {
    let report: Value =
        serde_json::from_str(&output(Command::new(folder.join(program.package)).arg("tls"))?)?;
    match report.get("tls") {
        Some(Value::Bool(true)) => Ok(()),
        _ => Err(format!("{} was built without TLS", program.package).into()),
    }
}

fn run(mut program: Command, arguments: [&str; 4]) -> Result<Value, Problem> {
    Ok(serde_json::from_str(&output(program.args(arguments))?)?)
}

fn add(
    results: &mut Map<String, Value>,
    report: &Value,
    calls: usize,
    served: Option<f64>,
) -> Result<(), Problem> {
    let number = |key: &str| {
        report
            .get(key)
            .and_then(Value::as_f64)
            .ok_or_else(|| format!("the report of a program has no {key}"))
    };
    let per_call = |total: f64| json!((total / calls as f64).round());
    push(results, "cpu_ns_per_call", per_call(number("cpu_ns")?));
    push(results, "calls_per_second", json!((calls as f64 * 1e9 / number("wall_ns")?).round()));
    push(results, "p50_ns", json!(number("p50_ns")?));
    push(results, "p99_ns", json!(number("p99_ns")?));
    push(results, "resident_most_kib", json!(number("resident_most_kib")?));
    push(results, "server_cpu_ns_per_call", served.map_or(Value::Null, per_call));
    Ok(())
}

fn field(report: &Value, key: &str) -> Value {
    report.get(key).cloned().unwrap_or_default()
}
