//! Runs the stages of the generator.
//!
//! ```text
//! generate folder FOLDER ROUNDS                 runs each stage on the pages of a folder
//! generate synthetic PAGES PER_SERVICE ROUNDS   runs each stage on copies of the committed page
//! generate count PAGES                          only parses, binds and emits, to count instructions
//! generate sizes FOLDER                         lines and bytes of the generated code
//! generate build-script FOLDER                  generates into OUT_DIR, as a build script does
//! generate code FOLDER INTO                     writes the SDK for a folder of pages
//! generate call-one FOLDER FILE                 writes functions that call the methods, and a table with one of them
//! generate call-all FOLDER FILE                 writes the functions, and a table with all of them
//! ```
//!
//! The last line of the output is JSON.

mod code;
mod corpus;
mod stages;

use std::path::Path;
use std::time::Instant;

use corpus::Corpus;
use serde_json::{Value, json};

pub(crate) type Problem = Box<dyn std::error::Error + Send + Sync>;

/// The folder of the committed page.
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../seeds/aws/iam_api");

/// How many synthetic pages are in one service when instructions are counted.
const PER_SERVICE: usize = 20;

fn main() -> Result<(), Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments {
        ["folder", folder, rounds] => {
            stages::measure(&[Corpus::read(Path::new(folder))?], rounds.parse()?)?
        }
        ["synthetic", pages, per_service, rounds] => {
            let corpora = Corpus::synthetic(Path::new(SEED), pages.parse()?, per_service.parse()?)?;
            stages::measure(&corpora, rounds.parse()?)?
        }
        ["count", pages] => {
            let mut all = vec![Corpus::read(Path::new(SEED))?];
            all.extend(Corpus::synthetic(Path::new(SEED), pages.parse()?, PER_SERVICE)?);
            stages::generate(&all)?
        }
        ["sizes", folder] => stages::generate(&[Corpus::read(Path::new(folder))?])?,
        ["build-script", folder] => build_script(folder)?,
        ["code", folder, into] => code::write(folder, into)?,
        ["call-one", folder, into] => code::write_calls(folder, into, false)?,
        ["call-all", folder, into] => code::write_calls(folder, into, true)?,
        _ => {
            let usage = "usage: generate (folder|synthetic|count|sizes|build-script|code|call-one|call-all) …";
            return Err(usage.into());
        }
    };
    println!("{result}");
    Ok(())
}

fn build_script(folder: &str) -> Result<Value, Problem> {
    let started = Instant::now();
    let code = pagesmith_codegen::Build::new(folder).emit();
    if code != std::process::ExitCode::SUCCESS {
        return Err("no code was generated; the errors are above".into());
    }
    Ok(json!({ "wall_ns": stages::nanoseconds(started.elapsed()) }))
}
