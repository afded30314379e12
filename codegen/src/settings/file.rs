//! Reads `sdk.json`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::{Gate, SdkSettings};
use pagesmith_model::diagnostic::{Diagnostics, Rule};
use pagesmith_model::json::{Places, Reader};
use pagesmith_model::words::did_you_mean;

static BAD_FILE: Rule = Rule {
    id: "bad-sdk-file",
    label: "sdk.json cannot have this here",
    help: "expected `serde` and `blocking`, each with true, false or the name of a feature; `path` and \
           `runtime` with a Rust path; `visibility` with a string; `resources` with a list of strings; `feature_per_resource` \
           and `allow_id_mismatch` with true or false; `derive`, `models` and `overrides` with an object",
};

/// Every key of the file, for suggestions.
const KEYS: [&str; 11] = [
    "serde",
    "blocking",
    "path",
    "runtime",
    "visibility",
    "resources",
    "feature_per_resource",
    "allow_id_mismatch",
    "derive",
    "models",
    "overrides",
];

/// The settings in the file of `places`; `None` if the file cannot be read.
pub(super) fn read(places: &Places, diagnostics: &mut Diagnostics) -> Option<SdkSettings> {
    let mut reader = Reader::new(places, |_| &BAD_FILE);
    let settings: Option<SdkSettings> = reader.file();
    let unknown = settings.iter().flat_map(|settings| &settings.unknown);
    reader.check_repeated(unknown.clone().map(String::as_str), &[]);
    for key in unknown {
        let message = format!("unknown setting `{key}`{}", did_you_mean(key, KEYS));
        reader.error(&BAD_FILE, &[key], message);
    }
    diagnostics.append(reader.diagnostics);
    settings
}

impl<'de> Deserialize<'de> for Gate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GateVisitor)
    }
}

struct GateVisitor;

impl Visitor<'_> for GateVisitor {
    type Value = Gate;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("true, false or the name of a feature")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Gate, E> {
        Ok(if on { Gate::On } else { Gate::Off })
    }

    fn visit_str<E: Error>(self, feature: &str) -> Result<Gate, E> {
        Ok(Gate::feature(feature))
    }
}
