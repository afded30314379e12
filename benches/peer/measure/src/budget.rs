//! The budget: figures that do not depend on the load of the machine. CI fails if one of them grows.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, ExitCode};

use serde_json::{Value, json};

use crate::callgrind::Profile;
use crate::results::number;
use crate::runs::Cores;
use crate::server::Server;
use crate::workspace::{Workspace, output};
use crate::{Problem, facts, generate, instructions, pages, sizes};

/// How much each figure may grow, in percent.
const GROWTH: f64 = 3.0;

/// The number of synthetic pages for which instructions per page are counted.
const PAGES: usize = 40;

pub(crate) fn check(workspace: &Workspace) -> Result<ExitCode, Problem> {
    let document: Value = serde_json::from_str(&std::fs::read_to_string(path(workspace))?)?;
    let figures = document.get("figures").and_then(Value::as_object);
    let budget = figures.ok_or("benches/budget.json has no figures")?;
    let rustc = facts::rustc()?;
    if document.get("rustc").and_then(Value::as_str) != Some(&rustc) {
        println!("note: the budget was measured with another release of rustc than {rustc}");
    }
    let measured = measure(workspace)?;
    let allowed: BTreeMap<String, f64> =
        budget.iter().filter_map(|(name, value)| Some((name.clone(), value.as_f64()?))).collect();
    let (lines, grown) = compare(&measured, &allowed);
    println!("{}", lines.join("\n"));
    if grown.is_empty() {
        println!("within the budget");
        return Ok(ExitCode::SUCCESS);
    }
    for what in &grown {
        println!("over the budget: {what}");
    }
    println!(
        "Reduce the figures. If they must grow, explain why in the commit message, and run: cargo run --release \
         --manifest-path benches/peer/Cargo.toml -p measure -- budget --update"
    );
    Ok(ExitCode::FAILURE)
}

/// A line for each figure, and the errors: figures that grew too much or are not in the budget.
fn compare(
    measured: &BTreeMap<String, f64>,
    allowed: &BTreeMap<String, f64>,
) -> (Vec<String>, Vec<String>) {
    let (mut lines, mut wrong) = (Vec::new(), Vec::new());
    for (name, value) in measured {
        let Some(allowed) = allowed.get(name) else {
            lines.push(format!("{name:<44} {value:>12.0}  not in the budget"));
            wrong.push(format!("{name} is not in the budget"));
            continue;
        };
        let growth = (value / allowed - 1.0) * 100.0;
        lines.push(format!("{name:<44} {value:>12.0}  {growth:>+6.1} % of {allowed:.0}"));
        if growth > GROWTH {
            wrong.push(format!("{name} grew by {growth:.1} %, from {allowed:.0} to {value:.0}"));
        }
    }
    for name in allowed.keys().filter(|name| !measured.contains_key(*name)) {
        lines.push(format!("{name:<44}  skipped: it cannot be measured here"));
    }
    (lines, wrong)
}

pub(crate) fn update(workspace: &Workspace) -> Result<ExitCode, Problem> {
    let measured = measure(workspace)?;
    let rounded: BTreeMap<&String, f64> =
        measured.iter().map(|(name, value)| (name, value.round())).collect();
    let document = json!({ "rustc": facts::rustc()?, "figures": rounded });
    std::fs::write(path(workspace), serde_json::to_string_pretty(&document)? + "\n")?;
    println!("wrote benches/budget.json, {} figures", measured.len());
    Ok(ExitCode::SUCCESS)
}

fn path(workspace: &Workspace) -> std::path::PathBuf {
    workspace.root.join("benches/budget.json")
}

/// All figures that can be measured on this machine, by name. aws-sdk-iam is not compiled.
fn measure(workspace: &Workspace) -> Result<BTreeMap<String, f64>, Problem> {
    let mut figures = BTreeMap::new();
    crates(workspace, &mut figures)?;
    let (mut lines, mut bytes) = (0.0, 0.0);
    rust_files(&workspace.root.join("generated"), &mut |text| {
        lines += text.lines().count() as f64;
        bytes += text.len() as f64;
    })?;
    figures.insert("lines generated of the committed pages".to_owned(), lines);
    figures.insert("bytes generated of the committed pages".to_owned(), bytes);
    let folder = workspace.release(&["generate", "job-pagesmith", "server"])?;
    match pages::prepare(workspace)? {
        Err(why) => println!("skipped: the 62 pages: {why}"),
        Ok(all) => {
            let mut command = Command::new(folder.join("generate"));
            let sizes = generate::last(command.arg("sizes").arg(all.join("aws/iam_api")))?;
            for what in ["lines", "bytes"] {
                let value = number(&sizes, what).ok_or("the output of generate has no sizes")?;
                figures.insert(format!("{what} generated of the 62 pages"), value);
            }
        }
    }
    if facts::valgrind().is_none() {
        println!("skipped: instructions, because valgrind is not installed");
        return Ok(figures);
    }
    let server = Server::start(&folder, Cores::All)?;
    for (mode, calls) in instructions::COUNTED {
        let profile =
            instructions::per_call(workspace, &folder, "job-pagesmith", mode, *calls, &server)?;
        figures.insert(format!("instructions per call, {mode}"), profile.total);
        figures.insert(format!("allocations per call, {mode}"), profile.allocations());
    }
    figures.insert("instructions per page generated".to_owned(), per_page(workspace, &folder)?);
    Ok(figures)
}

/// The number of crates that the runtime needs with its default features, and that the generator needs.
fn crates(workspace: &Workspace, figures: &mut BTreeMap<String, f64>) -> Result<(), Problem> {
    for (what, arguments) in [
        ("crates of the runtime", &["--package", "pagesmith-runtime", "--edges", "normal"][..]),
        ("crates of the generator", &["--package", "pagesmith-codegen", "--edges", "normal"]),
    ] {
        let mut command = workspace.cargo();
        command.current_dir(&workspace.root);
        command.args(["tree", "--locked", "--prefix", "none", "--no-dedupe"]).args(arguments);
        let text = output(&mut command)?;
        figures.insert(what.to_owned(), sizes::names(&text).len() as f64);
    }
    Ok(())
}

fn rust_files(folder: &Path, each: &mut impl FnMut(&str)) -> Result<(), Problem> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            rust_files(&entry.path(), each)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            each(&std::fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}

fn per_page(workspace: &Workspace, folder: &Path) -> Result<f64, Problem> {
    let profile = |pages: usize| {
        let out = workspace.target.join(format!("measure/generate-{pages}.callgrind"));
        Profile::of(&folder.join("generate"), &["count", &pages.to_string()], &out)
    };
    Ok(profile(PAGES * 2)?.per_call(&profile(PAGES)?, PAGES as f64).total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(all: &[(&str, f64)]) -> BTreeMap<String, f64> {
        all.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect()
    }

    fn wrong(measured: &[(&str, f64)], allowed: &[(&str, f64)]) -> Vec<String> {
        compare(&figures(measured), &figures(allowed)).1
    }

    #[test]
    fn growth_of_three_percent_is_allowed() {
        assert!(wrong(&[("crates", 102.9)], &[("crates", 100.0)]).is_empty());
        assert!(wrong(&[("crates", 50.0)], &[("crates", 100.0)]).is_empty());
        let grown =
            wrong(&[("crates", 104.0), ("lines", 10.0)], &[("crates", 100.0), ("lines", 10.0)]);
        assert_eq!(grown, ["crates grew by 4.0 %, from 100 to 104"]);
    }

    #[test]
    fn figures_without_a_budget_are_errors() {
        assert_eq!(wrong(&[("new", 1.0)], &[]), ["new is not in the budget"]);
        assert_eq!(wrong(&[("bytes", 1.0)], &[("bytes", 0.0)]).len(), 1);
    }

    #[test]
    fn figures_that_cannot_be_measured_are_reported_as_skipped() {
        let (lines, wrong) = compare(&figures(&[]), &figures(&[("instructions", 1.0)]));
        assert!(wrong.is_empty());
        assert!(lines.iter().any(|line| line.contains("instructions") && line.contains("skipped")));
    }
}
