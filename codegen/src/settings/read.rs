//! The form of `sdk.json`. What its values may be is checked once all are known, whoever said them.

use std::path::PathBuf;

use serde_json::{Map, Value};

use super::{Gate, Setting};
use pagesmith_model::diagnostic::{Diagnostics, Rule};
use pagesmith_model::json::Places;
use pagesmith_model::words::did_you_mean;

pub(crate) static BAD_FILE: Rule = Rule {
    id: "bad-sdk-file",
    label: "sdk.json cannot have this here",
    help: "expected `serde` and `blocking`, each with true, false or the name of a feature; `path` and \
           `runtime` with a Rust path; `visibility` with a string; `resources` with a list of strings; `feature_per_resource` \
           and `allow_id_mismatch` with true or false; `derive`, `models` and `overrides` with an object",
};

/// Every key that the file may have.
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

/// What the file says.
pub(super) fn settings(places: &Places, diagnostics: &mut Diagnostics) -> Vec<Setting> {
    let mut reader = Reader { places, diagnostics, found: Vec::new() };
    match serde_json::from_str::<Value>(places.source().text()) {
        Err(error) => reader.report(&[], format!("sdk.json is not valid JSON: {error}")),
        Ok(Value::Object(parts)) => {
            for (key, value) in &parts {
                reader.part(key, value);
            }
        }
        Ok(_) => reader.report(&[], "expected an object".to_owned()),
    }
    reader.found
}

struct Reader<'a> {
    places: &'a Places,
    diagnostics: &'a mut Diagnostics,
    found: Vec<Setting>,
}

impl Reader<'_> {
    fn part(&mut self, key: &str, value: &Value) {
        let text = || value.as_str().map(str::to_owned);
        let found = match key {
            "serde" => gate(value).map(Setting::Serde),
            "blocking" => gate(value).map(Setting::Blocking),
            "path" => text().map(Setting::Path),
            "runtime" => text().map(Setting::Runtime),
            "visibility" => text().map(Setting::Visibility),
            "resources" => texts(value).map(Setting::Resources),
            "feature_per_resource" => value.as_bool().map(Setting::FeaturePerResource),
            "allow_id_mismatch" => value.as_bool().map(Setting::AllowIdMismatch),
            "derive" => {
                return self
                    .entries(key, value, |name, paths| Some(Setting::Derive(name, texts(paths)?)));
            }
            "models" => {
                return self.entries(key, value, |folder, path| {
                    Some(Setting::Model(folder, PathBuf::from(path.as_str()?)))
                });
            }
            "overrides" => {
                return self.entries(key, value, |folder, path| {
                    Some(Setting::Overrides(folder, PathBuf::from(path.as_str()?)))
                });
            }
            _ => {
                let problem = format!("unknown setting `{key}`{}", did_you_mean(key, KEYS));
                return self.report(&[key], problem);
            }
        };
        match found {
            Some(setting) => self.found.push(setting),
            None => self.report(&[key], format!("the value of `{key}` has the wrong type")),
        }
    }

    fn entries(
        &mut self,
        key: &str,
        value: &Value,
        read: impl Fn(String, &Value) -> Option<Setting>,
    ) {
        let none = Map::new();
        if !value.is_object() {
            self.report(&[key], format!("the value of `{key}` has the wrong type"));
        }
        for (name, value) in value.as_object().unwrap_or(&none) {
            match read(name.clone(), value) {
                Some(setting) => self.found.push(setting),
                None => {
                    self.report(&[key, name], format!("the value of `{name}` has the wrong type"));
                }
            }
        }
    }

    fn report(&mut self, path: &[&str], problem: String) {
        self.diagnostics.push(BAD_FILE.error(problem, self.places.span(path)));
    }
}

fn gate(value: &Value) -> Option<Gate> {
    match value {
        Value::Bool(true) => Some(Gate::On),
        Value::Bool(false) => Some(Gate::Off),
        Value::String(feature) => Some(Gate::Feature(feature.clone())),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
}
