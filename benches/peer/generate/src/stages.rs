//! Measures the time of each stage.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use pagesmith_codegen::SdkSettings;
use pagesmith_codegen::emit::{self, File};
use pagesmith_codegen::folder::{Folder, Seeds};
use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use pagesmith_sync::diff::{self, Snapshot};
use pagesmith_sync::documents;
use serde_json::{Value, json};

use crate::Problem;
use crate::corpus::Corpus;

/// Generates the code for all of `corpora`, without measuring times. Returns the size of the code.
pub(crate) fn generate(corpora: &[Corpus]) -> Result<Value, Problem> {
    let mut size = Size::default();
    for corpus in corpora {
        let pages = parse(corpus)?;
        let (model, overrides) = model(corpus)?;
        let service = value(bind::bind(&pages, &model, &overrides))?;
        size.add(&emitted(&[service])?);
    }
    let pages: usize = corpora.iter().map(|corpus| corpus.pages.len()).sum();
    Ok(json!({ "pages": pages, "lines": size.lines, "bytes": size.bytes }))
}

/// Runs every stage on `corpora`, `rounds` times. Returns the median time of each stage.
pub(crate) fn measure(corpora: &[Corpus], rounds: usize) -> Result<Value, Problem> {
    let mut times: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    let mut size = Size::default();
    for _ in 0..rounds.max(1) {
        let mut round = Round::default();
        size = Size::default();
        for corpus in corpora {
            size.add(&round.run(corpus)?);
        }
        for (stage, time) in round.0 {
            times.entry(stage).or_default().push(nanoseconds(time));
        }
    }
    let stages: BTreeMap<&str, u64> = times
        .into_iter()
        .map(|(stage, mut times)| {
            times.sort_unstable();
            (stage, times.get(times.len() / 2).copied().unwrap_or_default())
        })
        .collect();
    Ok(json!({
        "pages": corpora.iter().map(|corpus| corpus.pages.len()).sum::<usize>(),
        "services": corpora.len(),
        "bytes": corpora.iter().map(Corpus::bytes).sum::<usize>(),
        "rounds": rounds,
        "generated_lines": size.lines,
        "generated_bytes": size.bytes,
        "stages_ns": stages,
    }))
}

/// The time of each stage in one round, for all services together.
#[derive(Default)]
struct Round(BTreeMap<&'static str, Duration>);

impl Round {
    fn run(&mut self, corpus: &Corpus) -> Result<Vec<File>, Problem> {
        self.time("pulldown-cmark alone", || {
            corpus.pages.iter().map(|page| pulldown(page.text())).sum::<usize>()
        });
        let pages = self.time("parse", || parse(corpus))?;
        let (model, overrides) = self.time("model", || model(corpus))?;
        let service = self.time("bind", || value(bind::bind(&pages, &model, &overrides)))?;
        let services = [service];
        let files = self.time("emit", || emitted(&services))?;
        self.time("render", || pages.iter().map(|page| page::render(page).len()).sum::<usize>());
        let [service] = services;
        let seeds = Seeds {
            services: vec![service],
            folders: vec![Folder { pages, model, overrides }],
            ..Seeds::default()
        };
        self.time("documents", || value(documents::files(&seeds)).map(|files| files.len()))?;
        drop(seeds);
        let (old, new) = (snapshot(corpus, str::to_owned)?, snapshot(corpus, changed)?);
        let changes = self.time("diff", || diff::compare(&old, &new));
        if changes.changes.is_empty() {
            return Err("the comparison found no change in the changed pages".into());
        }
        Ok(files)
    }

    fn time<T>(&mut self, stage: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let result = std::hint::black_box(work());
        *self.0.entry(stage).or_default() += started.elapsed();
        result
    }
}

#[derive(Default)]
struct Size {
    lines: usize,
    bytes: usize,
}

impl Size {
    fn add(&mut self, files: &[File]) {
        for file in files {
            self.lines += file.text.lines().count();
            self.bytes += file.text.len();
        }
    }
}

/// Counts the Markdown events, with tables enabled. Its time is that of parsing alone.
fn pulldown(text: &str) -> usize {
    use pulldown_cmark::{Options, Parser};
    Parser::new_ext(text, Options::ENABLE_TABLES).count()
}

fn parse(corpus: &Corpus) -> Result<Vec<Page>, Problem> {
    corpus.pages.iter().map(|source| value(page::parse(source))).collect()
}

fn model(corpus: &Corpus) -> Result<(ServiceModel, Overrides), Problem> {
    let model = value(ServiceModel::read(&corpus.model, corpus.paginators.as_ref()))?;
    let overrides = match &corpus.overrides {
        Some(source) => value(Overrides::read(source))?,
        None => Overrides::default(),
    };
    Ok((model, overrides))
}

fn emitted(services: &[Service]) -> Result<Vec<File>, Problem> {
    let settings = SdkSettings::default();
    emit::emit(&pagesmith_codegen::lower::lower(services, &settings), &settings)
        .map_err(|problem| problem.render_all(Style::Plain).into())
}

/// A snapshot of `corpus` for a comparison. `text` changes the text of each page.
fn snapshot(corpus: &Corpus, text: impl Fn(&str) -> String) -> Result<Snapshot, Problem> {
    let pages = corpus.pages.iter();
    let mut sources: Vec<Source> =
        pages.map(|page| Source::new(page.name(), text(page.text()))).collect();
    sources.push(corpus.model.clone());
    sources.extend(corpus.paginators.clone());
    sources.extend(corpus.overrides.clone());
    value(Snapshot::of("pages", sources, false))
}

/// A page with many changes in its prose. The names, which bind it to the model, are unchanged.
fn changed(text: &str) -> String {
    text.replace("specified", "given")
}

fn value<T>(outcome: Outcome<T>) -> Result<T, Problem> {
    let Outcome { value, diagnostics } = outcome;
    value.ok_or_else(|| diagnostics.render_all(Style::Plain).into())
}

pub(crate) fn nanoseconds(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
