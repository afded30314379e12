//! The printer beside those that it stands in for: syn and prettyplease.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};
use quote::quote;

use super::{Job, print, with_jobs};
use crate::SdkSettings;
use crate::folder;
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;

fn value<T>(outcome: Outcome<T>) -> T {
    let shown = outcome.diagnostics.render_all(Style::Plain);
    outcome.value.unwrap_or_else(|| panic!("{shown}"))
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(folder: &str) -> Vec<Service> {
    value(folder::read(&root().join(folder), "seeds")).services
}

/// The 62 pages of one service; `None` where corpus or model is not there.
fn corpus() -> Option<Service> {
    let corpus = std::env::var_os("PAGESMITH_CORPUS")
        .map_or_else(|| root().join("../shared/corpus"), PathBuf::from);
    let folder = corpus.join("2024-05-02/aws/iam_api");
    let model = PathBuf::from(std::env::var_os("PAGESMITH_IAM_MODEL")?);
    let read = |name: &str| {
        let text = std::fs::read_to_string(model.join(name)).ok()?;
        Some(Source::new(name, text))
    };
    let model =
        value(ServiceModel::read(&read("service-2.json")?, read("paginators-1.json").as_ref()));
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "index.md"));
    paths.sort();
    let page = |path: &PathBuf| value(page::read(path, &path.display().to_string()));
    let pages: Vec<Page> = paths.iter().map(page).collect();
    assert_eq!(pages.len(), 62);
    Some(value(bind::bind(&pages, &model, &Overrides::default())))
}

/// `tokens` as prettyplease lays them out, with blank lines between items.
fn prettyplease(tokens: TokenStream) -> String {
    let mut file: syn::File = syn::parse2(line_docs(tokens)).unwrap();
    let items = std::mem::take(&mut file.items);
    let mut text = prettyplease::unparse(&file);
    file.attrs.clear();
    let mut before = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        let stands_together = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        if !(text.is_empty() || stands_together && before == Some(kind)) {
            text.push('\n');
        }
        before = Some(kind);
        file.items = vec![item];
        text.push_str(&prettyplease::unparse(&file));
    }
    text
}

/// `tokens` with an attribute for each line of documentation, as `///` comments are.
fn line_docs(tokens: TokenStream) -> TokenStream {
    let mut kept = TokenStream::new();
    let mut marks: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == '#' || mark.as_char() == '!' => {
                marks.push(mark.into());
            }
            TokenTree::Group(group) => {
                match doc(&group).filter(|_| !marks.is_empty()) {
                    Some(text) => text.split('\n').for_each(|line| {
                        let line = Literal::string(line);
                        kept.extend(marks.clone());
                        kept.extend(quote! { [doc = #line] });
                    }),
                    None => {
                        let inner = line_docs(group.stream());
                        kept.extend(marks.clone());
                        kept.extend([TokenTree::Group(Group::new(group.delimiter(), inner))]);
                    }
                }
                marks.clear();
            }
            other => {
                kept.extend(marks.drain(..));
                kept.extend([other]);
            }
        }
    }
    kept.extend(marks);
    kept
}

/// What the documentation says that the brackets `group` of an attribute hold.
fn doc(group: &Group) -> Option<String> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)]
            if name == "doc" && group.delimiter() == Delimiter::Bracket =>
        {
            Some(syn::parse_str::<syn::LitStr>(&text.to_string()).unwrap().value())
        }
        _ => None,
    }
}

/// Holds the text of every file of `services` to what prettyplease makes of its tokens.
fn assert_alike(services: &[Service]) -> usize {
    with_jobs(services, &SdkSettings::default(), |jobs: &[Job<'_>]| {
        for job in jobs {
            let (text, wanted) = (print::file((job.code)()), prettyplease((job.code)()));
            let lines = text.lines().zip(wanted.lines());
            let different = lines.enumerate().find(|(_, (line, wanted))| line != wanted);
            assert!(text == wanted, "{}: {different:?}", job.path);
        }
        Ok(jobs.len())
    })
    .unwrap()
}

#[test]
fn files_are_laid_out_as_by_prettyplease() {
    assert!(assert_alike(&read("seeds")) > 3);
    assert!(assert_alike(&read("test-support/depot")) > 5);
    assert!(assert_alike(&read("sample/pages")) > 3);
}

#[test]
fn all_pages_are_laid_out_as_by_prettyplease() {
    if let Some(service) = corpus() {
        assert!(assert_alike(&[service]) > 62);
    }
}
