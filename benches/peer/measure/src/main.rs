//! The command: builds and runs the programs, measures them, draws plots, and compares with the targets.
//!
//! ```text
//! cargo run --release --manifest-path benches/peer/Cargo.toml -p measure -- all
//! ```

mod budget;
mod builds;
mod callgrind;
mod cargo;
mod facts;
mod generate;
mod generated_crates;
mod instructions;
mod options;
mod pages;
mod plots;
mod programs;
mod ratios;
mod readme;
mod results;
mod runs;
mod server;
mod sizes;
mod tables;
mod workspace;
mod wrapper;

use std::process::ExitCode;

use options::{Options, USAGE};
use workspace::Workspace;

pub(crate) type Problem = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    if let Some(log) = std::env::var_os(wrapper::LOG) {
        return wrapper::main(&log);
    }
    match start() {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<ExitCode, Problem> {
    let (options, words) = Options::parse(std::env::args().skip(1))?;
    let workspace = Workspace::find(&options)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match *words {
        ["build"] => builds::measure(&workspace, &options)?,
        ["run"] => runs::measure(&workspace, &options)?,
        ["instructions"] => instructions::measure(&workspace, &options)?,
        ["generate"] => generate::measure(&workspace, &options)?,
        ["methods"] => sizes::methods(&workspace, &options)?,
        ["features"] => sizes::features(&workspace, &options)?,
        ["plots"] => {}
        ["ratios"] => return report(&workspace),
        ["all"] | [] => {
            builds::measure(&workspace, &options)?;
            runs::measure(&workspace, &options)?;
            instructions::measure(&workspace, &options)?;
            generate::measure(&workspace, &options)?;
            sizes::methods(&workspace, &options)?;
            sizes::features(&workspace, &options)?;
        }
        ["budget", "--check"] => return budget::check(&workspace),
        ["budget", "--update"] => return budget::update(&workspace),
        ["readme"] => return readme::write(&workspace, &options),
        ["readme", "--check"] => return readme::check(&workspace),
        _ => return Err(USAGE.into()),
    }
    plots::draw(&workspace)?;
    report(&workspace)
}

/// Prints the ratios. A missed target is printed and is not an error, because it depends on the machine. Figures
/// that do not depend on the machine are in the budget.
fn report(workspace: &Workspace) -> Result<ExitCode, Problem> {
    std::fs::create_dir_all(&workspace.results)?;
    tables::write(workspace)?;
    print!("{}", ratios::report(workspace)?);
    Ok(ExitCode::SUCCESS)
}
