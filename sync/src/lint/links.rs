//! Checks of the links in the prose of a page, without requests.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};

use super::rules;
use pagesmith_model::diagnostic::{Diagnostics, Rule};
use pagesmith_model::html::Tag;
use pagesmith_model::page::Page;
use pagesmith_model::source::{Span, Spanned};

pub(super) fn check(page: &Page, diagnostics: &mut Diagnostics) {
    let anchors = anchors(page);
    let fields = page.field_tabs.iter().flat_map(|tab| &tab.fields).chain(&page.fields);
    let fields = fields.map(|field| &field.description);
    let methods = page.methods.iter().map(|method| &method.description);
    let params = page.params.iter().map(|param| &param.description);
    let examples = page.examples.iter().flat_map(|section| &section.examples);
    let prose = examples.map(|example| &example.prose);
    let intro = std::iter::once(&page.introduction);
    // The same text can be in several tables of fields.
    let mut seen = BTreeSet::new();
    for text in fields.chain(methods).chain(params).chain(prose).chain(intro) {
        if !seen.insert(text.span.range().start) {
            continue;
        }
        let written = Written::new(text);
        for target in targets(text) {
            if let Some((rule, problem)) = judge(&target, &anchors) {
                diagnostics.push(rule.warning(problem, written.place(&target)));
            }
        }
    }
}

/// The anchors of the page.
fn anchors(page: &Page) -> BTreeSet<String> {
    let sections = ["overview", "fields", "methods", "parameters"].map(str::to_owned);
    let methods = page.methods.iter().map(|method| method.full_name.value.clone());
    let params = page.params.iter().map(|param| format!("parameter-{}", *param.name));
    sections.into_iter().chain(methods).chain(params).collect()
}

/// The targets of the links in prose, which is HTML, Markdown or both.
fn targets(prose: &str) -> Vec<String> {
    let tags = prose.match_indices('<').filter_map(|(at, _)| Tag::read(prose.get(at..)?));
    let links = tags.filter(|tag| !tag.is_end && tag.name.eq_ignore_ascii_case("a"));
    let mut targets: Vec<String> = links
        .filter_map(|link| link.attributes().find(|found| found.name.eq_ignore_ascii_case("href")))
        .map(|href| href.value.trim().to_owned())
        .collect();
    let mut rest = prose;
    while let Some((_, after)) = rest.split_once("](") {
        // Without an end there is no target, and none after it.
        let Some(end) = after.find([')', ' ', '\n']) else { break };
        let (target, after) = after.split_at(end);
        targets.push(target.trim_matches(['<', '>']).to_owned());
        rest = after;
    }
    targets
}

fn judge(target: &str, anchors: &BTreeSet<String>) -> Option<(&'static Rule, String)> {
    if target.is_empty() || target == "#" {
        return Some((&rules::EMPTY_LINK, "a link has no target".to_owned()));
    }
    if let Some(anchor) = target.strip_prefix('#') {
        let problem = format!("the link points to `#{anchor}`, which is not on this page");
        return (!anchors.contains(anchor)).then_some((&rules::DEAD_ANCHOR, problem));
    }
    let lower = target.to_ascii_lowercase();
    let address = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let Some(address) = address else {
        return Some((
            &rules::BAD_LINK,
            format!("the link `{target}` is not an http or https address"),
        ));
    };
    let authority = address.split(['/', '?', '#']).next().unwrap_or_default();
    (!is_authority(authority) || !is_clean(target))
        .then(|| (&rules::BAD_LINK, format!("the link `{target}` is not a valid address")))
}

/// Whether it is a host name with a dot, `localhost` or an address in brackets, with an optional port.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, "443"),
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || "-_".contains(character))
    };
    let is_name = host.contains('.') && host.trim_end_matches('.').split('.').all(is_label);
    let is_address = host.starts_with('[') && host.ends_with(']');
    port.parse::<u16>().is_ok() && (is_name || is_address || host == "localhost")
}

/// Whether every `%` starts an escape, and all characters are valid in a URL.
fn is_clean(target: &str) -> bool {
    let bytes = target.as_bytes();
    let escapes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%').all(|(at, _)| {
        bytes.get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
    });
    let has_bad = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"{}|\\^`".contains(character)
    };
    escapes && !target.contains(has_bad)
}

/// The source text of prose, to find the places of link targets.
struct Written<'a> {
    text: &'a Spanned<String>,
    /// The first position of each text between quotes, brackets and spaces.
    runs: OnceCell<HashMap<&'a str, usize>>,
}

impl<'a> Written<'a> {
    fn new(text: &'a Spanned<String>) -> Self {
        Self { text, runs: OnceCell::new() }
    }

    /// The place of `target`, or of the whole prose if the source spells the target differently.
    fn place(&self, target: &str) -> Span {
        let runs = self.runs.get_or_init(|| {
            let mut runs = HashMap::new();
            let mut at = 0;
            for run in self.text.span.text().split_inclusive(is_around) {
                runs.entry(run.trim_end_matches(is_around)).or_insert(at);
                at += run.len();
            }
            runs
        });
        match runs.get(target) {
            Some(at) if !target.is_empty() => {
                let start = self.text.span.range().start + at;
                self.text.span.source().span(start..start + target.len())
            }
            _ => self.text.span.clone(),
        }
    }
}

/// Whether `character` delimits targets.
fn is_around(character: char) -> bool {
    character.is_whitespace() || "\"'<>()".contains(character)
}
