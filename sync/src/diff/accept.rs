//! The override file: accepted changes, each with a reason.

use std::collections::HashMap;

use serde_json::Value;

use super::breaking::CHANGE_KINDS;
use super::{Change, Changes};
use pagesmith_model::diagnostic::{Diagnostics, Outcome, Rule};
use pagesmith_model::json::Places;
use pagesmith_model::source::Source;
use pagesmith_model::words::did_you_mean;

static BAD_ACCEPTANCE: Rule = Rule {
    id: "bad-acceptance",
    label: "this is not valid here",
    help: "expected { \"accepted\": [{ \"change\": …, \"subject\": …, \"reason\": … }] }",
};

static STALE_ACCEPTANCE: Rule = Rule {
    id: "stale-acceptance",
    label: "this entry has no effect",
    help: "remove the entry from the file",
};

/// Accepted changes: they are reported, but do not make a report breaking.
///
/// ```json
/// {
///   "accepted": [
///     {
///       "change": "method-removed",
///       "subject": "aws.iam_api.mfa_devices.Tag",
///       "reason": "this crate is not used to tag devices"
///     }
///   ]
/// }
/// ```
///
/// An entry without a matching change is an error, so that the file has no outdated entries.
#[derive(Clone, Debug)]
pub struct Accepted {
    places: Places,
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    change: String,
    subject: String,
    reason: String,
}

impl Accepted {
    /// Reads an override file.
    ///
    /// # Errors
    /// The outcome has no value if the file does not have the form above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let places = Places::new(source);
        let mut report = |path: &[&str], problem: String| {
            diagnostics.push(BAD_ACCEPTANCE.error(problem, places.span(path)));
        };
        let file = serde_json::from_str::<Value>(source.text()).unwrap_or_else(|error| {
            report(&[], format!("the file is not valid JSON: {error}"));
            serde_json::json!({ "accepted": [] })
        });
        for key in file.as_object().into_iter().flat_map(serde_json::Map::keys) {
            if key != "accepted" {
                report(&[key], format!("unknown key `{key}`"));
            }
        }
        let list = file.get("accepted").and_then(Value::as_array);
        if list.is_none() {
            report(&[], "the file has no list `accepted`".to_owned());
        }
        let mut entries = Vec::new();
        for (index, entry) in list.into_iter().flatten().enumerate() {
            match read_entry(entry) {
                Ok(entry) => entries.push(entry),
                Err(problem) => report(&["accepted", &index.to_string()], problem),
            }
        }
        let value = (!diagnostics.has_errors()).then_some(Self { places, entries });
        Outcome { value, diagnostics }
    }

    /// Marks the accepted changes. Returns an error for each entry without a matching change.
    #[must_use]
    pub fn apply(&self, changes: &mut Changes) -> Diagnostics {
        let mut stale = Diagnostics::default();
        let mut by_subject: HashMap<(&str, String), Vec<&mut Change>> = HashMap::new();
        for change in &mut changes.changes {
            let key = (change.kind.id, change.subject.to_string());
            by_subject.entry(key).or_default().push(change);
        }
        for (index, Entry { change, subject, reason }) in self.entries.iter().enumerate() {
            if let Some(found) = by_subject.get_mut(&(change.as_str(), subject.clone())) {
                for change in found {
                    // If two entries accept a change, the first one counts.
                    change.accepted.get_or_insert_with(|| reason.clone());
                }
                continue;
            }
            let path = ["accepted", &index.to_string(), "subject"];
            let problem = format!("there is no change `{change}` of `{subject}`");
            let error = STALE_ACCEPTANCE.error(problem, self.places.span(&path));
            let of_kind = by_subject.keys().filter(|(id, _)| id == change);
            let mut known: Vec<&str> = of_kind.map(|(_, subject)| subject.as_str()).collect();
            known.sort_unstable();
            let near = stale.nearest(subject, known);
            stale.push(match near {
                Some(near) => {
                    error.help(format!("did you mean `{near}`? Otherwise remove the entry"))
                }
                None => error,
            });
        }
        stale
    }
}

fn read_entry(entry: &Value) -> Result<Entry, String> {
    let object = entry.as_object().ok_or("expected an object")?;
    let known = ["change", "subject", "reason"];
    if let Some(key) = object.keys().find(|key| !known.contains(&key.as_str())) {
        return Err(format!("unknown key `{key}`"));
    }
    let text = |key: &str| match object.get(key).and_then(Value::as_str) {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(format!("an accepted change needs `{key}`: a string that is not blank")),
    };
    let change = text("change")?;
    if !CHANGE_KINDS.iter().any(|kind| kind.id == change) {
        let hint = did_you_mean(&change, CHANGE_KINDS.iter().map(|kind| kind.id));
        return Err(format!("unknown kind of change `{change}`{hint}"));
    }
    Ok(Entry { change, subject: text("subject")?, reason: text("reason")? })
}
