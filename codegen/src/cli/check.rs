//! `pagesmith check`

use std::process::ExitCode;

use pagesmith_codegen::files::{self, Change};
use similar::{ChangeTag, TextDiff};

use super::{FAILED, Folders, Output, shown};

pub(super) fn run(folders: &Folders, output: &mut Output) -> ExitCode {
    let Some(wanted) = folders.generate(output) else {
        return ExitCode::from(FAILED);
    };
    match files::compare(&wanted, &folders.out) {
        Ok(changes) if changes.is_empty() => {
            output.result(&format!(
                "{} files in {} are in step",
                wanted.len(),
                shown(&folders.out)
            ));
            ExitCode::SUCCESS
        }
        Ok(changes) => {
            for change in &changes {
                show(change, &shown(&folders.out), output);
            }
            output.note(&format!(
                "{} of the files in {} differ from what the pages give; to mend it, run: {}",
                changes.len(),
                shown(&folders.out),
                folders.command("generate")
            ));
            ExitCode::FAILURE
        }
        Err(error) => {
            output.note(&format!("error: {} cannot be read: {error}", shown(&folders.out)));
            ExitCode::from(FAILED)
        }
    }
}

fn show(change: &Change, folder: &str, output: &mut Output) {
    let path = format!("{folder}/{}", change.path());
    let (found, wanted) = match change {
        Change::Missing { wanted, .. } => {
            let lines = wanted.lines().count();
            output.result(&format!("{path} is missing ({lines} lines)"));
            return;
        }
        Change::Left { .. } => {
            output.result(&format!("{path} is given by no page any more"));
            return;
        }
        Change::Different { found, wanted, .. } => (found, wanted),
    };
    let coloured = output.is_coloured();
    output.result(&format!("--- {path}\n+++ {path} (as the pages give it)"));
    let diff = TextDiff::from_lines(found, wanted);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        output.result(&hunk.header().to_string());
        for line in hunk.iter_changes() {
            let (sign, colour) = match line.tag() {
                ChangeTag::Delete => ('-', "\u{1b}[31m"),
                ChangeTag::Insert => ('+', "\u{1b}[32m"),
                ChangeTag::Equal => (' ', ""),
            };
            let text = format!("{sign}{}", line.value().trim_end_matches('\n'));
            let plain = !coloured || colour.is_empty();
            output.result(&if plain { text } else { format!("{colour}{text}\u{1b}[0m") });
        }
    }
}
