//! Counts instructions and allocations per call, which do not depend on the load of the machine.

use std::path::Path;

use serde_json::{Value, json};

use crate::callgrind::Profile;
use crate::results::{Record, object};
use crate::runs::Cores;
use crate::server::Server;
use crate::workspace::Workspace;
use crate::{Options, Problem, facts};

/// Mode and number of calls. A second run makes twice as many calls. The difference does not contain the start-up.
pub(crate) const COUNTED: &[(&str, usize)] =
    &[("six", 240), ("list-1", 120), ("list-1000", 10), ("list-1mb", 4)];

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    if facts::valgrind().is_none() {
        eprintln!("skipped: instructions, because valgrind is not installed");
        return Ok(());
    }
    let (programs, folder) = workspace.running(options)?;
    let server = Server::start(&folder, Cores::All)?;
    let mut record = Record::open(workspace, options, "instructions")?;
    record.figures.insert("response_bytes".to_owned(), server.bytes.clone());
    for program in programs {
        for (mode, calls) in COUNTED {
            let results = object(object(&mut record.figures, program.package)?, mode)?;
            // The counts are the same in each run.
            if results.contains_key("instructions") {
                continue;
            }
            eprintln!("counting {} {mode}", program.package);
            let profile = per_call(workspace, &folder, program.package, mode, *calls, &server)?;
            results.insert("instructions".to_owned(), json!(profile.total.round()));
            results.insert("allocations".to_owned(), json!(tenths(profile.allocations())));
            results.insert("signing".to_owned(), rounded(profile.inclusive_of(program.signs)));
            results.insert("decoding".to_owned(), rounded(profile.inclusive_of(program.decodes)));
            let top = profile.top(25).into_iter();
            let top = top.map(|(name, cost)| json!({ "function": name, "own": cost.round() }));
            results.insert("top".to_owned(), top.collect());
            record.write()?;
        }
    }
    Ok(())
}

/// The instructions and calls of one call of `package`.
pub(crate) fn per_call(
    workspace: &Workspace,
    folder: &Path,
    package: &str,
    mode: &str,
    calls: usize,
    server: &Server,
) -> Result<Profile, Problem> {
    let profile = |calls: usize| {
        let out = workspace.target.join(format!("measure/{package}-{mode}-{calls}.callgrind"));
        let arguments = [mode, &calls.to_string(), "1", &server.endpoint];
        Profile::of(&folder.join(package), &arguments, &out)
    };
    Ok(profile(calls * 2)?.per_call(&profile(calls)?, calls as f64))
}

fn rounded(value: Option<f64>) -> Value {
    value.map_or(Value::Null, |value| json!(value.round()))
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
