//! Instructions and allocations per call: figures that do not depend on the machine's load.

use std::path::Path;

use serde_json::{Value, json};

use crate::callgrind::Profile;
use crate::results::{Record, object};
use crate::runs::Cores;
use crate::server::Server;
use crate::workspace::Workspace;
use crate::{Options, Problem, facts};

/// Mode and calls. Twice as many are made and the difference taken, so that start-up cancels out.
pub(crate) const COUNTED: &[(&str, usize)] =
    &[("six", 240), ("list-1", 120), ("list-1000", 10), ("list-1mb", 4)];

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    if facts::valgrind().is_none() {
        eprintln!("skipped: instructions, since there is no valgrind");
        return Ok(());
    }
    let (programs, folder) = workspace.running(options)?;
    let server = Server::start(&folder, Cores::All)?;
    let mut record = Record::open(workspace, options, "instructions")?;
    record.figures.insert("answer_bytes".to_owned(), server.bytes.clone());
    for program in programs {
        for (mode, calls) in COUNTED {
            let its = object(object(&mut record.figures, program.package)?, mode)?;
            // They would come out the same.
            if its.contains_key("instructions") {
                continue;
            }
            eprintln!("counting {} {mode}", program.package);
            let profile = per_call(workspace, &folder, program.package, mode, *calls, &server)?;
            its.insert("instructions".to_owned(), json!(profile.total.round()));
            its.insert("allocations".to_owned(), json!(tenths(profile.allocations())));
            its.insert("signing".to_owned(), rounded(profile.inclusive_of(program.signs)));
            its.insert("decoding".to_owned(), rounded(profile.inclusive_of(program.decodes)));
            let top = profile.top(25).into_iter();
            let top = top.map(|(name, cost)| json!({ "function": name, "own": cost.round() }));
            its.insert("top".to_owned(), top.collect());
            record.write()?;
        }
    }
    Ok(())
}

/// What one call of `package` takes.
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
