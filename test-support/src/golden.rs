//! Comparison of folders of committed code with the code that is generated now.

use std::path::Path;

use pagesmith_codegen::emit::File;
use pagesmith_codegen::files::{self, Change, Difference, Others};

/// With `PAGESMITH_GOLDEN=update`, tests write the committed code instead of comparing it.
const UPDATE: &str = "PAGESMITH_GOLDEN";

/// Compares `folder` with `emitted`. With `PAGESMITH_GOLDEN=update`, writes `emitted` to it instead.
pub fn assert_golden(emitted: &[File], folder: &Path, test: &str) {
    let changes = files::compare(emitted, folder, Others::Foreign).unwrap();
    if std::env::var(UPDATE).is_ok_and(|value| value == "update") {
        files::apply(&changes, folder).unwrap();
        return;
    }
    let command = format!("{UPDATE}=update cargo test -p pagesmith-codegen --test {test}");
    assert_same(&changes, &command);
}

/// Panics if there are changes. The message has the first difference, and the command that updates all files.
pub fn assert_same(changes: &[Change], command: &str) {
    let Some(first) = changes.first() else { return };
    let shown = match &first.difference {
        Difference::Missing { .. } => "it is missing".to_owned(),
        Difference::Left => "it is not generated any more".to_owned(),
        Difference::Foreign => "it was not generated".to_owned(),
        Difference::Different { found, wanted, .. } => first_difference(found, wanted),
    };
    let paths: Vec<&str> = changes.iter().map(|change| change.path.as_str()).collect();
    panic!(
        "the generated code differs from the committed code: {}\n{}: {shown}\nIf the new code is correct, run: {command}",
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
