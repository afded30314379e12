//! Folders of emitted code that the repository keeps, held to what is emitted now.

use std::path::Path;

use pagesmith_codegen::emit::File;
use pagesmith_codegen::files::{self, Change, Difference, Others};

/// The variable that has kept code written anew: `PAGESMITH_GOLDEN=update`.
const UPDATE: &str = "PAGESMITH_GOLDEN";

/// Holds `folder` to `emitted`, or writes it anew where that was asked for.
pub fn assert_golden(emitted: &[File], folder: &Path, test: &str) {
    let changes = files::compare(emitted, folder, Others::Foreign).unwrap();
    if std::env::var(UPDATE).is_ok_and(|value| value == "update") {
        files::apply(&changes, folder).unwrap();
        return;
    }
    let command = format!("{UPDATE}=update cargo test -p pagesmith-codegen --test {test}");
    assert_same(&changes, &command);
}

/// Fails with the first difference, if there is one, and the command that mends them all.
pub fn assert_same(changes: &[Change], command: &str) {
    let Some(first) = changes.first() else { return };
    let shown = match &first.difference {
        Difference::Missing { .. } => "it is missing".to_owned(),
        Difference::Left => "nothing emits it any more".to_owned(),
        Difference::Foreign => "it was not generated".to_owned(),
        Difference::Different { found, wanted, .. } => first_difference(found, wanted),
    };
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    panic!(
        "emitted otherwise: {}\n{}: {shown}\nIf that is as it should be, run: {command}",
        paths.join(", "),
        first.path,
    );
}

fn first_difference(found: &str, wanted: &str) -> String {
    let mut lines = found.lines().zip(wanted.lines()).enumerate();
    match lines.find(|(_, (found, wanted))| found != wanted) {
        Some((index, (found, wanted))) => {
            format!("line {}\n- {found}\n+ {wanted}", index + 1)
        }
        None => format!("{} lines, now {}", found.lines().count(), wanted.lines().count()),
    }
}
