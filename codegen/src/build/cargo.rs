//! Instructions for Cargo, on standard output.

use pagesmith_model::diagnostic::{Diagnostics, Severity, Style};

/// Prints each of `diagnostics` on one line, and errors also as a whole to standard error.
pub(super) fn tell_all(diagnostics: &Diagnostics) {
    for found in diagnostics {
        let key = match found.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        tell(key, &found.one_line());
        if found.severity() == Severity::Error {
            // Cargo shows only one line of an instruction.
            explain(&found.render(Style::Plain));
        }
    }
}

/// Prints the instruction `key` with `value`.
#[allow(clippy::print_stdout)]
pub(super) fn tell(key: &str, value: &str) {
    println!("cargo::{key}={}", value.replace('\n', " "));
}

#[allow(clippy::print_stderr)]
fn explain(text: &str) {
    eprintln!("{text}");
}
