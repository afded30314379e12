//! Which parts of an SDK go behind a feature of its crate: the file `sdk.json` in the folder of seeds.

use serde_json::Value;

use crate::diagnostic::{Diagnostics, Outcome, Rule};
use crate::names::is_path;
use crate::source::Source;
use crate::wire;

/// Whether a part of an SDK is generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// It is not.
    #[default]
    Off,
    /// It is.
    On,
    /// It is, behind a feature of that name of the crate that the SDK is in.
    Feature(String),
}

/// The parts of an SDK that not every user wants.
///
/// ```json
/// { "serde": "serde", "blocking": true, "path": "my_crate::pages" }
/// ```
///
/// A text names a feature; `true` and `false` need none. What is not named is off. Each part needs
/// pagesmith's own feature of the same name. `path` is where the SDK's root can be reached by
/// others: with it, the examples in the documentation are compiled when a crate is tested.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gates {
    /// serde's traits.
    pub serde: Gate,
    /// Calls without `async`.
    pub blocking: Gate,
    /// The path at which others reach the SDK's root; without one, its examples are not compiled.
    pub path: Option<String>,
}

pub(crate) static BAD_GATES: Rule = Rule {
    id: "bad-sdk-file",
    label: "this is not what sdk.json has here",
    help: "expected `serde` and `blocking`, each with true, false or the name of a feature, and \
           `path` with a path in Rust",
};

impl Gates {
    /// Reads `sdk.json`.
    ///
    /// # Errors
    /// The outcome has no value where the file is not as shown above.
    pub fn read(source: &Source) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let mut gates = Self::default();
        let mut report = |path: &[&str], problem: String| {
            diagnostics.push(BAD_GATES.error(problem, wire::place(source, path)));
        };
        match serde_json::from_str::<Value>(source.text()) {
            Err(error) => report(&[], format!("the file is no JSON: {error}")),
            Ok(Value::Object(parts)) => {
                for (part, value) in &parts {
                    if part == "path" {
                        gates.path = value.as_str().filter(|path| is_path(path)).map(str::to_owned);
                        if gates.path.is_none() {
                            report(&[part], "`path` is no path of identifiers".to_owned());
                        }
                        continue;
                    }
                    let gate = match value {
                        Value::Bool(true) => Gate::On,
                        Value::Bool(false) => Gate::Off,
                        Value::String(feature) if is_feature(feature) => {
                            Gate::Feature(feature.clone())
                        }
                        _ => {
                            report(&[part], format!("`{part}` is set to what it cannot be"));
                            continue;
                        }
                    };
                    match part.as_str() {
                        "serde" => gates.serde = gate,
                        "blocking" => gates.blocking = gate,
                        _ => report(&[part], format!("an SDK has no part `{part}`")),
                    }
                }
            }
            Ok(_) => report(&[], "an object was expected".to_owned()),
        }
        let value = (!diagnostics.has_errors()).then_some(gates);
        Outcome { value, diagnostics }
    }
}

/// Whether cargo takes `name` for a feature.
fn is_feature(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name.chars().all(|other| other.is_ascii_alphanumeric() || "_-+.".contains(other))
}
