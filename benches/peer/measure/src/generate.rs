//! Measures the generator.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Map, Value, json};

use crate::results::Record;
use crate::workspace::{Workspace, cpu_of_children, output};
use crate::{Options, Problem, pages};

/// How many synthetic pages, and how many of them are in one service: services of realistic size, and one service with all
/// pages.
const SYNTHETIC: &[(usize, usize)] =
    &[(100, 50), (1000, 50), (10_000, 50), (100, 100), (1000, 1000), (10_000, 10_000)];
const SYNTHETIC_QUICK: &[(usize, usize)] = &[(100, 50), (500, 50), (100, 100), (500, 500)];

/// A run that takes longer is ended. Its time does not grow linearly.
const LIMIT: Duration = Duration::from_mins(2);

pub(crate) fn measure(workspace: &Workspace, options: &Options) -> Result<(), Problem> {
    eprintln!("building generate, release and debug");
    let target = workspace.target.join("measure/programs");
    workspace.build("generate", true, &target)?;
    workspace.build("generate", false, &target)?;
    let (release, debug) = (target.join("release/generate"), target.join("debug/generate"));
    let mut record = Record::open(workspace, options, "generate")?;
    // All results are replaced, because the measurement is short.
    record.figures.clear();
    match pages::prepare(workspace)? {
        Err(why) => eprintln!("skipped: the 62 pages: {why}"),
        Ok(folder) => {
            let rounds = (options.rounds * 2).to_string();
            let pages = folder.join("aws/iam_api");
            for (name, program) in [("62 pages", &release), ("62 pages, debug", &debug)] {
                eprintln!("generating {name}");
                let mut command = Command::new(program);
                command.arg("folder").arg(&pages).arg(&rounds);
                record.figures.insert(name.to_owned(), last(&mut command)?);
            }
            let script = build_script(&debug, &folder, options)?;
            record.figures.insert("build script".to_owned(), script);
            record.write()?;
        }
    }
    let mut synthetic = Map::new();
    let all = if options.quick { SYNTHETIC_QUICK } else { SYNTHETIC };
    for (pages, per_service) in all {
        let name = format!("{pages} pages, {per_service} each service");
        eprintln!("generating {name}");
        let mut command = Command::new(&release);
        command.args(["synthetic", &pages.to_string(), &per_service.to_string(), "1"]);
        let services = pages.div_ceil(*per_service);
        let measured = within(LIMIT, &mut command)?.unwrap_or_else(|| {
            eprintln!("ended after {} s, unfinished", LIMIT.as_secs());
            json!({ "pages": pages, "services": services, "ended_after_s": LIMIT.as_secs() })
        });
        synthetic.insert(name, measured);
    }
    record.figures.insert("synthetic".to_owned(), Value::Object(synthetic));
    record.write()
}

/// Measures a build script that generates from `folder`, in debug as cargo compiles build scripts: the first time, and when
/// the code already exists.
fn build_script(program: &Path, folder: &Path, options: &Options) -> Result<Value, Problem> {
    let out = folder.with_file_name("measure").join("build-script");
    let (mut first, mut again, mut cpu) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..(options.rounds * 2) {
        if out.exists() {
            std::fs::remove_dir_all(&out)?;
        }
        std::fs::create_dir_all(&out)?;
        let before = cpu_of_children()?;
        for times in [&mut first, &mut again] {
            let mut command = Command::new(program);
            command.arg("build-script").arg(folder).env("OUT_DIR", &out);
            let wall = last(&mut command)?.get("wall_ns").and_then(Value::as_f64);
            times.push(wall.ok_or("the output of generate has no time")?);
        }
        cpu.push((cpu_of_children()? - before) / 2.0 * 1e9);
    }
    Ok(json!({ "first_ns": first, "again_ns": again, "cpu_ns": cpu }))
}

/// Runs `command`, and parses the last line of its output as JSON.
pub(crate) fn last(command: &mut Command) -> Result<Value, Problem> {
    let text = output(command)?;
    Ok(serde_json::from_str(text.lines().last().unwrap_or_default())?)
}

/// Like [`last`]. Ends `command` after `limit` and returns `None`.
fn within(limit: Duration, command: &mut Command) -> Result<Option<Value>, Problem> {
    let started = Instant::now();
    // The command prints one line, which fits into the buffer of the pipe.
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    while child.try_wait()?.is_none() {
        if started.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Err(format!("{command:?}: {}", output.status).into());
    }
    let text = String::from_utf8(output.stdout)?;
    Ok(Some(serde_json::from_str(text.lines().last().unwrap_or_default())?))
}
