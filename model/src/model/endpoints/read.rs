//! Reads `endpoint-rule-set-1.json`.

use super::convert::{self, Problem};
use super::{EndpointRuleSet, forms, published};
use crate::diagnostic;
use crate::json::{Places, Reader};
use crate::model::rules::{BAD_VALUE, rule_of};
use crate::source::Source;

impl EndpointRuleSet {
    /// Reads a rule set, as published.
    ///
    /// # Errors
    /// The outcome has no value if the text is not valid JSON, or is not a rule set of version 1.0.
    ///
    /// # Example
    /// ```
    /// use pagesmith_model::model::EndpointRuleSet;
    /// use pagesmith_model::source::Source;
    ///
    /// let text = r#"{ "version": "1.0", "parameters": {}, "rules": [
    ///     { "type": "endpoint", "conditions": [], "endpoint": { "url": "https://example.com" } }
    /// ] }"#;
    /// let rules = EndpointRuleSet::read(&Source::new("endpoint-rule-set-1.json", text));
    /// assert_eq!(rules.value.unwrap().rules.len(), 1);
    /// ```
    pub fn read(source: &Source) -> diagnostic::Outcome<Self> {
        let places = Places::new(source);
        let mut reader = Reader::new(&places, rule_of);
        let file: Option<published::RuleSet> = reader.file();
        if let Some(file) = &file {
            reader.check_repeated(file.parameters.keys(), &["parameters"]);
        }
        let value = file.and_then(|file| match convert::read(&file, false) {
            Ok(mut rules) => {
                rules.form = forms::form_of(&rules);
                Some(rules)
            }
            Err(Problem { path, message }) => {
                let path: Vec<&str> = path.iter().rev().map(String::as_str).collect();
                reader.error(&BAD_VALUE, &path, message);
                None
            }
        });
        reader.diagnostics.outcome(value)
    }
}
