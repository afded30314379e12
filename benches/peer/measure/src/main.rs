//! The one command: builds, runs, measures, draws, compares.
//!
//! ```text
//! cargo run --release --manifest-path benches/peer/Cargo.toml -p measure -- all
//! ```

mod budget;
mod builds;
mod callgrind;
mod facts;
mod generate;
mod instructions;
mod pages;
mod plots;
mod programs;
mod ratios;
mod results;
mod runs;
mod server;
mod tables;
mod workspace;
mod wrapper;

use std::process::ExitCode;

use workspace::Workspace;

pub(crate) type Problem = Box<dyn std::error::Error + Send + Sync>;

const USAGE: &str = "\
usage: measure [build|run|instructions|generate|all|plots|ratios] [--quick] [--rounds N] [--only PROGRAM]…
       measure budget (--check|--update)

build         clean builds, debug and release, and rebuilds
run           CPU, latency, calls per second, memory of the programs, in turn
instructions  instructions and allocations per call, by valgrind
generate      the generator, stage by stage
all           all of these, then plots and ratios
plots         draws the results that are there
ratios        compares the results that are there with the targets
--quick       little of everything, to see that it works; writes below target/, not benches/results/
--rounds N    how often each program has its turn (5; 1 with --quick)
--only        the named programs only";

/// What was asked for.
#[derive(Debug, Default)]
pub(crate) struct Options {
    pub(crate) quick: bool,
    pub(crate) rounds: usize,
    pub(crate) only: Vec<String>,
}

impl Options {
    pub(crate) fn has(&self, package: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|only| only == package)
    }
}

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
    let mut options = Options::default();
    let mut words = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--quick" => options.quick = true,
            "--rounds" => options.rounds = arguments.next().ok_or(USAGE)?.parse()?,
            "--only" => options.only.push(arguments.next().ok_or(USAGE)?),
            _ => words.push(argument),
        }
    }
    if options.rounds == 0 {
        options.rounds = if options.quick { 1 } else { 5 };
    }
    let workspace = Workspace::find(&options)?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match *words {
        ["build"] => builds::measure(&workspace, &options)?,
        ["run"] => runs::measure(&workspace, &options)?,
        ["instructions"] => instructions::measure(&workspace, &options)?,
        ["generate"] => generate::measure(&workspace, &options)?,
        ["plots"] => {}
        ["ratios"] => return report(&workspace),
        ["all"] | [] => {
            builds::measure(&workspace, &options)?;
            runs::measure(&workspace, &options)?;
            instructions::measure(&workspace, &options)?;
            generate::measure(&workspace, &options)?;
        }
        ["budget", "--check"] => return budget::check(&workspace),
        ["budget", "--update"] => return budget::update(&workspace),
        _ => return Err(USAGE.into()),
    }
    plots::draw(&workspace)?;
    report(&workspace)
}

/// Prints the ratios. A target that is missed is said, and is no failure of the command: it depends on
/// the machine. What must not grow is in the budget.
fn report(workspace: &Workspace) -> Result<ExitCode, Problem> {
    tables::write(workspace)?;
    print!("{}", ratios::report(workspace)?);
    Ok(ExitCode::SUCCESS)
}
