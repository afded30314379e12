//! `pagesmith import`

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use pagesmith_model::bind::{Overrides, operations_of};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::file;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page;
use pagesmith_model::words::counted;
use pagesmith_sync::import::{Documentation, Trimmed, trim};

use super::output::{FAILED, Output};
use super::paths::shown;
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
    /// The folder with the published service-2.json and paginators-1.json.
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

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> ExitCode {
    match import(arguments, output) {
        Ok((trimmed, operations)) => write(arguments, &trimmed, operations, output),
        Err(problems) => {
            output.diagnostics(&problems);
            ExitCode::from(FAILED)
        }
    }
}

/// The trimmed model, and how many operations it has. Warnings are left to `check`.
fn import(arguments: &Arguments, output: &mut Output) -> Result<(Trimmed, usize), Diagnostics> {
    let Published { service, paginators } = read_published(&arguments.published)?;
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
    let path = arguments.into.join("overrides.json");
    let overrides = if path.exists() {
        value(Overrides::read(&file::read(&path, shown(&path))?))?
    } else {
        Overrides::default()
    };
    let mut operations = value(operations_of(&pages, &model, &overrides))?;
    operations.extend(arguments.operations.iter().cloned());
    let trimmed =
        trim(&service, paginators.as_ref(), &operations, arguments.documentation.choice())?;
    Ok((trimmed, operations.len()))
}

fn value<T>(outcome: Outcome<T>) -> Result<T, Diagnostics> {
    outcome.value.ok_or(outcome.diagnostics)
}

fn page_paths(arguments: &Arguments, output: &mut Output) -> Result<Vec<PathBuf>, Diagnostics> {
    let unreadable = |error: std::io::Error| {
        let problem = format!("the folder {} cannot be read: {error}", shown(&arguments.into));
        let help = "create the folder, and add the pages of the service to it";
        Diagnostics::from(Diagnostic::error("unreadable-folder", problem).help(help))
    };
    let mut pages = Vec::new();
    let mut lists = 0;
    for entry in fs::read_dir(&arguments.into).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        // A page may be the index of a folder of its own.
        let index = path.join("index.md");
        let path = if index.is_file() { index } else { path };
        let is_page = path.extension().is_some_and(|extension| extension == "md");
        let is_index = path.file_name().is_some_and(|name| name == "index.md");
        if is_page && is_index && page::is_list(&path) {
            lists += 1;
        } else if is_page {
            pages.push(path);
        }
    }
    output.ignored_lists(lists);
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
            output.note(&format!("error: cannot write {}: {error}", shown(&path)));
            return ExitCode::from(FAILED);
        }
        output.result(&format!("wrote {}", shown(&path)));
    }
    output.result(&counted(operations, "operation"));
    ExitCode::SUCCESS
}
