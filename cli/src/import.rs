//! `pagesmith import`

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use pagesmith_model::bind::{Overrides, operations_of};
use pagesmith_model::diagnostic::Diagnostics;
use pagesmith_model::file;
use pagesmith_model::layout::{
    self, ENDPOINTS, INDEX, OVERRIDES, PAGINATORS, SERVICE_MODEL, WAITERS, is_markdown,
};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page;
use pagesmith_model::words::counted;
use pagesmith_sync::import::{self, Documentation, Trimmed, trim, trim_waiters};

use super::output::Output;
use super::paths::shown;
use super::problem::{Problem, value};
use super::published::{Published, read_published};

#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  pagesmith import botocore/data/iam/2010-05-08 --into seeds/aws/iam_api
  pagesmith import botocore/data/iam/2010-05-08 --into seeds/aws/iam_api --operation GetUser
  pagesmith import botocore/data/iam/2010-05-08 --into seeds/aws/iam_api --no-docs

Exit codes:
  0  the model was imported
  2  the model could not be imported")]
pub(super) struct Arguments {
    /// The folder with the published service-2.json, paginators-1.json and endpoint-rule-set-1.json.
    #[arg(value_name = "MODEL")]
    published: PathBuf,
    /// The folder of the pages of the service. The model is written into it.
    #[arg(long, value_name = "PAGES")]
    into: PathBuf,
    /// Another operation to import. Repeat the option for more operations.
    #[arg(long = "operation", value_name = "NAME")]
    operations: Vec<String>,
    #[command(flatten)]
    documentation: DocumentationArgument,
}

/// Whether an import copies documentation: for `import` and `add`.
#[derive(Debug, clap::Args)]
pub(super) struct DocumentationArgument {
    /// Leave the documentation of operations, structures and members out of service-2.json. Without this,
    /// it is copied and becomes the documentation of the generated code. The models in pagesmith's own
    /// repository are imported with this option.
    #[arg(long)]
    no_docs: bool,
}

impl DocumentationArgument {
    pub(super) fn choice(&self) -> Documentation {
        if self.no_docs { Documentation::Omit } else { Documentation::Keep }
    }
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<ExitCode, Problem> {
    let (trimmed, others, operations) = import(arguments, output)?;
    let mut files = vec![(SERVICE_MODEL, trimmed.service), (PAGINATORS, trimmed.paginators)];
    files.extend(others);
    for (name, text) in files {
        let path = arguments.into.join(name);
        fs::write(&path, text)
            .map_err(|error| Problem::new(format!("cannot write {}: {error}", shown(&path))))?;
        output.result(&format!("wrote {}", shown(&path)));
    }
    output.result(&counted(operations, "operation"));
    Ok(ExitCode::SUCCESS)
}

/// A file's name and text.
type NamedText = (&'static str, String);

/// The trimmed model, its other files with their names, and how many operations it has. Warnings are left to `check`.
fn import(
    arguments: &Arguments,
    output: &mut Output,
) -> Result<(Trimmed, Vec<NamedText>, usize), Diagnostics> {
    let Published { service, paginators, waiters, endpoints } =
        read_published(&arguments.published)?;
    let model = value(ServiceModel::read(&service, paginators.as_ref()))?;
    let mut pages = Vec::new();
    let mut problems = Diagnostics::default();
    for path in page_paths(arguments, output)? {
        match value(page::read(&path, &shown(&path))) {
            Ok(page) => pages.push(page),
            Err(found) => problems.append(found),
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    let overrides = overrides(&arguments.into)?;
    let mut operations = value(operations_of(&pages, &model, &overrides))?;
    operations.extend(arguments.operations.iter().cloned());
    let trimmed =
        trim(&service, paginators.as_ref(), &operations, arguments.documentation.choice())?;
    let waiters = waiters.map(|waiters| trim_waiters(&waiters, &operations)).transpose()?;
    let endpoints = endpoints.as_ref().map(import::endpoints).transpose()?;
    let others = waiters.flatten().map(|text| (WAITERS, text));
    let others = others.into_iter().chain(endpoints.map(|text| (ENDPOINTS, text))).collect();
    Ok((trimmed, others, operations.len()))
}

/// The overrides of the service with the pages in `folder`.
pub(super) fn overrides(folder: &Path) -> Result<Overrides, Diagnostics> {
    let path = folder.join(OVERRIDES);
    if !path.exists() {
        return Ok(Overrides::default());
    }
    value(Overrides::read(&file::read(&path, shown(&path))?))
}

fn page_paths(arguments: &Arguments, output: &mut Output) -> Result<Vec<PathBuf>, Diagnostics> {
    let (files, problems) = layout::files(&arguments.into, &shown(&arguments.into));
    if let Some(problem) = problems.iter().next() {
        let help = "create the folder, and add the pages of the service to it";
        return Err(problem.clone().help(help).into());
    }
    let mut pages = Vec::new();
    let mut lists = 0;
    for file in files {
        // A page can be the index of a folder of its own.
        let depth = file.relative.matches('/').count();
        let is_index = file.name() == INDEX;
        if !is_markdown(&file.path) || depth > usize::from(is_index) {
            continue;
        }
        if is_index && page::is_list(&file.path) {
            lists += 1;
        } else {
            pages.push(file.path);
        }
    }
    output.ignored_lists(lists);
    Ok(pages)
}
