//! The generator, stage by stage, as a library.
//!
//! ```text
//! generate folder FOLDER ROUNDS            every stage over the pages of a folder
//! generate made PAGES PER_SERVICE ROUNDS   every stage over made pages
//! generate count PAGES                     parse, bind and emit only, for counting instructions
//! generate sizes FOLDER                    lines and bytes of the code that a folder gives
//! generate build-script FOLDER             what a build script does, into OUT_DIR
//! generate code FOLDER INTO                the SDK of a folder of pages, written
//! generate call-one FOLDER FILE            functions that call its methods, and a table of one of them
//! generate call-all FOLDER FILE            the same, and a table of all
//! ```
//!
//! The last line that it prints is JSON.

mod code;
mod corpus;
mod stages;

use std::path::Path;
use std::time::Instant;

use corpus::Corpus;
use serde_json::{Value, json};

pub(crate) type Problem = Box<dyn std::error::Error + Send + Sync>;

/// Where the committed page is, from this crate.
const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../seeds/aws/iam_api");

/// How many made pages one service has, where instructions are counted.
const PER_SERVICE: usize = 20;

fn main() -> Result<(), Problem> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match *arguments {
        ["folder", folder, rounds] => {
            stages::measure(&[Corpus::read(Path::new(folder))?], rounds.parse()?)?
        }
        ["made", pages, per_service, rounds] => {
            let made = Corpus::made(Path::new(SEED), pages.parse()?, per_service.parse()?)?;
            stages::measure(&made, rounds.parse()?)?
        }
        ["count", pages] => {
            let mut all = vec![Corpus::read(Path::new(SEED))?];
            all.extend(Corpus::made(Path::new(SEED), pages.parse()?, PER_SERVICE)?);
            stages::generate(&all)?
        }
        ["sizes", folder] => stages::generate(&[Corpus::read(Path::new(folder))?])?,
        ["build-script", folder] => build_script(folder)?,
        ["code", folder, into] => code::write(folder, into)?,
        ["call-one", folder, into] => code::write_calls(folder, into, false)?,
        ["call-all", folder, into] => code::write_calls(folder, into, true)?,
        _ => {
            let usage =
                "usage: generate (folder|made|count|sizes|build-script|code|call-one|call-all) …";
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
        return Err("the pages could not be generated from".into());
    }
    Ok(json!({ "wall_ns": stages::nanoseconds(started.elapsed()) }))
}
