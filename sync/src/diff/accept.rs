//! The override file: changes that somebody accepts, each with a reason.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Changes;
use super::breaking::CHANGE_KINDS;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule};
use pagesmith_model::json::Places;
use pagesmith_model::source::Source;
use pagesmith_model::words::did_you_mean;

static BAD_ACCEPTANCE: Rule = Rule {
    id: "bad-acceptance",
    label: "the file cannot have this here",
    help: "expected { \"accepted\": [{ \"change\": …, \"subject\": …, \"reason\": … }] }",
};

static STALE_ACCEPTANCE: Rule = Rule {
    id: "stale-acceptance",
    label: "this acceptance has no effect",
    help: "remove the entry from the file",
};

/// Changes that are accepted: they are reported, and fail nothing.
///
/// ```json
/// {
///   "accepted": [
///     {
///       "change": "method-removed",
///       "subject": "aws.iam_api.mfa_devices.Tag",
///       "reason": "nobody tags devices through this crate"
///     }
///   ]
/// }
/// ```
///
/// One that names no change is an error, so that none outlives its reason.
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
    /// The outcome has no value where the file is not as shown above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let places = Places::new(source);
        let mut report = |path: &[&str], problem: String| {
            diagnostics.push(BAD_ACCEPTANCE.error(problem, places.span(path)));
        };
        let mut entries = Vec::new();
        match serde_json::from_str::<Value>(source.text()) {
            Err(error) => report(&[], format!("the file is not valid JSON: {error}")),
            Ok(file) => {
                for key in file.as_object().into_iter().flat_map(serde_json::Map::keys) {
                    if key != "accepted" {
                        report(&[key], format!("unknown key `{key}`"));
                    }
                }
                match file.get("accepted").and_then(Value::as_array) {
                    None => report(&[], "the file has no list `accepted`".to_owned()),
                    Some(list) => {
                        for (index, entry) in list.iter().enumerate() {
                            let index = index.to_string();
                            match read_entry(entry) {
                                Ok(entry) => entries.push(entry),
                                Err(problem) => report(&["accepted", &index], problem),
                            }
                        }
                    }
                }
            }
        }
        let accepted = Self { places, entries };
        let value = (!diagnostics.has_errors()).then_some(accepted);
        Outcome { value, diagnostics }
    }

    /// Marks the changes that are accepted.
    ///
    /// # Errors
    /// Those that no longer apply: they are returned, as errors.
    #[must_use]
    pub fn apply(&self, changes: &mut Changes) -> Diagnostics {
        let mut stale = Diagnostics::default();
        let mut subjects: Vec<(&str, String)> = Vec::new();
        for change in &changes.changes {
            subjects.push((change.kind.id, change.subject.to_string()));
        }
        let there: HashSet<(&str, &str)> =
            subjects.iter().map(|(id, subject)| (*id, subject.as_str())).collect();
        for (index, entry) in self.entries.iter().enumerate() {
            if !there.contains(&(entry.change.as_str(), entry.subject.as_str())) {
                let found = self.stale(index, entry, &subjects, &mut stale);
                stale.push(found);
            }
        }
        // Of two entries for one change the first counts.
        let reasons: HashMap<(&str, &str), &str> = self
            .entries
            .iter()
            .rev()
            .map(|entry| ((entry.change.as_str(), entry.subject.as_str()), entry.reason.as_str()))
            .collect();
        for (change, (id, subject)) in changes.changes.iter_mut().zip(&subjects) {
            let reason = reasons.get(&(*id, subject.as_str()));
            change.accepted = reason.map(|reason| (*reason).to_owned());
        }
        stale
    }

    fn stale(
        &self,
        index: usize,
        entry: &Entry,
        subjects: &[(&str, String)],
        stale: &mut Diagnostics,
    ) -> Diagnostic {
        let problem = format!("no change `{}` of `{}` was found", entry.change, entry.subject);
        let index = index.to_string();
        let found =
            STALE_ACCEPTANCE.error(problem, self.places.span(&["accepted", &index, "subject"]));
        let same_kind = subjects.iter().filter(|(id, _)| *id == entry.change);
        match stale.nearest(&entry.subject, same_kind.map(|(_, subject)| subject.as_str())) {
            Some(near) => found.help(format!("did you mean `{near}`? Otherwise remove the entry")),
            None => found,
        }
    }
}

fn read_entry(entry: &Value) -> Result<Entry, String> {
    let object = entry.as_object().ok_or("expected an object")?;
    if let Some(key) =
        object.keys().find(|key| !["change", "subject", "reason"].contains(&key.as_str()))
    {
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
