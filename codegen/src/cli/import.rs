//! `pagesmith import`

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith_codegen::bind::operations_of;
use pagesmith_codegen::diagnostic::Diagnostics;
use pagesmith_codegen::page;
use pagesmith_codegen::wire::{self, Published, ServiceModel, Trimmed};

use super::{FAILED, Output, shown};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder with the published service-2.json and paginators-1.json.
    #[arg(value_name = "DIR")]
    published: PathBuf,
    /// The folder of the service's pages, into which the model is written.
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// An operation to keep beside those that the pages need; may be repeated.
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    match import(arguments, output) {
        Ok((trimmed, operations)) => write(arguments, &trimmed, operations, output),
        Err(problems) => {
            output.diagnostics(&problems);
            ExitCode::from(FAILED)
        }
    }
}

fn import(arguments: &Arguments, output: &mut Output) -> Result<(Trimmed, usize), Diagnostics> {
    let Published { service, paginators } = wire::read_published(&arguments.published)?;
    let model = ServiceModel::read(&service, paginators.as_ref());
    let Some(model) = model.value else {
        return Err(model.diagnostics);
    };
    let mut operations: BTreeSet<String> = arguments.operations.iter().cloned().collect();
    for path in pages(arguments)? {
        let outcome = page::read(&path, &shown(&path));
        let Some(page) = outcome.value else {
            return Err(outcome.diagnostics);
        };
        let (found, unknown) = operations_of(&page, &model);
        operations.extend(found);
        output.diagnostics(&unknown);
    }
    let trimmed = wire::trim(&service, paginators.as_ref(), &operations)?;
    Ok((trimmed, operations.len()))
}

fn pages(arguments: &Arguments) -> Result<Vec<PathBuf>, Diagnostics> {
    let unreadable = |error: std::io::Error| {
        let problem = format!("the folder {} cannot be read: {error}", shown(&arguments.into));
        Diagnostics::from(pagesmith_codegen::diagnostic::Diagnostic::error(
            "unreadable-folder",
            problem,
        ))
    };
    let mut pages = Vec::new();
    for entry in fs::read_dir(&arguments.into).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        if is_page && path.file_name().is_some_and(|name| name != "index.md") {
            pages.push(path);
        }
    }
    pages.sort();
    Ok(pages)
}

fn write(
    arguments: &Arguments,
    trimmed: &Trimmed,
    operations: usize,
    output: &mut Output,
) -> ExitCode {
    let files = [("service-2.json", &trimmed.service), ("paginators-1.json", &trimmed.paginators)];
    for (name, text) in files {
        let path = arguments.into.join(name);
        if let Err(error) = fs::write(&path, text) {
            output.note(&format!("error: {} cannot be written: {error}", shown(&path)));
            return ExitCode::from(FAILED);
        }
        output.result(&format!("wrote {}", shown(&path)));
    }
    output.result(&format!("{operations} operations"));
    ExitCode::SUCCESS
}
