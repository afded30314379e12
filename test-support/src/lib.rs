//! Support for the tests of Pagesmith: inputs, golden files, hostile texts, and ways to inspect generated code.
#![allow(
    missing_docs,
    missing_debug_implementations,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::missing_errors_doc,
    clippy::missing_panics_doc,
    clippy::must_use_candidate,
    clippy::panic,
    clippy::unwrap_used
)]

use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::emit::{self, File};
use pagesmith_codegen::folder::{self, Seeds};
use pagesmith_codegen::lower;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Style};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use proc_macro2::{Delimiter, TokenStream, TokenTree};

pub mod golden;
pub mod hangs;
pub mod hostile;
pub mod outline;
pub mod places;
pub mod published;
pub mod sample;
pub mod users;

pub use places::{botocore, copy, corpus, root, seed, seed_service};

/// The folder of seeds of an invented service with every kind of unusual name and shape.
pub fn depot() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("depot")
}

/// The folder of seeds of an invented service whose listings and waiters have expressions of every kind.
pub fn fleet() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fleet")
}

/// Parses a page. Panics if it is not valid.
pub fn page(name: &str, text: &str) -> Page {
    value(page::parse(&Source::new(name, text)))
}

/// Reads a service model. Panics if it is not valid.
pub fn read_model(service: &str, paginators: Option<&str>) -> ServiceModel {
    let paginators = paginators.map(|text| Source::new("paginators-1.json", text));
    value(ServiceModel::read(&Source::new("service-2.json", service), paginators.as_ref()))
}

/// The model of the repository's seeds.
pub fn seed_model() -> ServiceModel {
    read_model(&seed("service-2.json"), Some(&seed("paginators-1.json")))
}

/// The overrides of the repository's seeds.
pub fn seed_overrides() -> Overrides {
    value(Overrides::read(&Source::new("overrides.json", seed("overrides.json"))))
}

/// Binds a page with `text` to the seed model, in place of the seed page.
pub fn bind_seed(text: &str) -> Outcome<Service> {
    let outcome = page::parse(&Source::new("seeds/aws/iam_api/mfa_devices.md", text));
    let Some(page) = outcome.value else {
        return Outcome { value: None, diagnostics: outcome.diagnostics };
    };
    bind::bind(&[page], &seed_model(), &seed_overrides())
}

/// The files that are generated for a folder of seeds.
pub fn generate(folder: &Path) -> Vec<File> {
    emit_seeds(&value(folder::read(folder, "seeds")))
}

/// The files of the SDK for bound seeds.
pub fn emit_seeds(seeds: &Seeds) -> Vec<File> {
    let sdk = lower::lower(&seeds.services, &seeds.settings);
    emit::emit(&sdk, &seeds.settings).unwrap()
}

/// The files of the SDK for `services`, with the default settings.
pub fn emit(services: &[Service]) -> Result<Vec<File>, Diagnostics> {
    let settings = SdkSettings::default();
    emit::emit(&lower::lower(services, &settings), &settings)
}

/// The text of the file with that path. Panics if there is none.
pub fn file<'a>(files: &'a [File], path: &str) -> &'a str {
    let found = files.iter().find(|file| file.path == path);
    &found.unwrap_or_else(|| panic!("no {path} was emitted")).text
}

/// The outcome's value. Panics with the diagnostics if there is none.
pub fn value<T>(outcome: Outcome<T>) -> T {
    let shown = outcome.diagnostics.render_all(Style::Plain);
    outcome.value.unwrap_or_else(|| panic!("{shown}"))
}

/// The ids of the rules that were broken, in order.
pub fn rules(diagnostics: &Diagnostics) -> Vec<&'static str> {
    diagnostics.iter().map(Diagnostic::rule).collect()
}

/// The tokens of Rust code, without documentation and without commas at the end of lists.
pub fn without_docs(code: &str) -> String {
    strip(TokenStream::from_str(code).expect("Rust")).to_string()
}

fn strip(tokens: TokenStream) -> TokenStream {
    let mut result: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_doc(&group) => {
                // The tokens before it are `#`, or `#!` for a module.
                while matches!(result.last(), Some(TokenTree::Punct(mark)) if "#!".contains(mark.as_char()))
                {
                    result.pop();
                }
            }
            TokenTree::Group(group) => {
                let inner = strip(group.stream());
                result.push(proc_macro2::Group::new(group.delimiter(), inner).into());
            }
            other => {
                // There is a comma after the last argument only if each argument is on a separate line.
                if is_mark(&other, '>') && result.last().is_some_and(|last| is_mark(last, ',')) {
                    result.pop();
                }
                result.push(other);
            }
        }
    }
    if result.last().is_some_and(|last| is_mark(last, ',')) {
        result.pop();
    }
    result.into_iter().collect()
}

fn is_mark(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == wanted)
}

fn is_doc(group: &proc_macro2::Group) -> bool {
    let mut tokens = group.stream().into_iter();
    group.delimiter() == Delimiter::Bracket
        && matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "doc")
        && matches!(tokens.next(), Some(TokenTree::Punct(sign)) if sign.as_char() == '=')
}
