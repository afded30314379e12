//! Rules: what every diagnostic of one kind has in common.

use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// One rule that a text can break. Rules stand in static tables, so that ids stay stable and every
/// one of them comes with words of advice.
///
/// # Example
/// ```
/// use pagesmith_model::diagnostic::Rule;
/// use pagesmith_model::source::Source;
///
/// static EMPTY: Rule = Rule { id: "empty", label: "nothing here", help: "write something" };
/// let source = Source::new("a.md", "");
/// assert_eq!(EMPTY.error("the page is empty", source.span(0..0)).rule(), "empty");
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case, unique, never changed once published.
    pub id: &'static str,
    /// Stands under the carets, where a diagnostic has nothing more exact to say.
    pub label: &'static str,
    /// What to do, where a diagnostic has nothing more exact to say.
    pub help: &'static str,
}

impl Rule {
    /// An error under this rule at `span`.
    pub fn error(&'static self, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::error(self.id, message).at(span, self.label).help(self.help)
    }

    /// A warning under this rule at `span`.
    pub fn warning(&'static self, message: impl Into<String>, span: Span) -> Diagnostic {
        Diagnostic::warning(self.id, message).at(span, self.label).help(self.help)
    }
}

/// Defines rules, each with its id, its label and its help, and `RULES`, which lists them.
macro_rules! rules {
    ($($name:ident = $id:literal, $label:literal, $help:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $label, ". To fix it: ", $help, ".")]
            pub static $name: $crate::diagnostic::Rule =
                $crate::diagnostic::Rule { id: $id, label: $label, help: $help };
        )*

        /// All rules, in the order in which they are checked.
        pub static RULES: &[&$crate::diagnostic::Rule] = &[$(&$name),*];
    };
}

pub(crate) use rules;
