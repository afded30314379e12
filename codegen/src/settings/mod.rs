//! Settings of an SDK: the file `sdk.json` in the folder of pages, and the setters of a build script.

mod check;
mod file;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use serde::Deserialize;

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule};
use pagesmith_model::json::{Places, other_keys};
use pagesmith_model::page::ResourceId;
use pagesmith_model::source::{Source, Span};

pub(crate) use self::check::{check_resources, check_services};

/// Whether an optional part of an SDK is generated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// It is not generated.
    #[default]
    Off,
    /// It is generated.
    On,
    /// It is generated behind a feature of this name, of the crate that contains the SDK.
    Feature(String),
}

impl Gate {
    /// Behind the feature `name`.
    ///
    /// # Example
    /// ```
    /// use pagesmith_codegen::Gate;
    ///
    /// assert_eq!(Gate::feature("serde"), Gate::Feature("serde".to_owned()));
    /// ```
    pub fn feature(name: impl Into<String>) -> Self {
        Self::Feature(name.into())
    }
}

/// Settings of an SDK.
///
/// ```json
/// {
///   "serde": "serde",
///   "blocking": true,
///   "path": "my_crate::pages",
///   "runtime": "pagesmith_runtime",
///   "visibility": "pub(crate)",
///   "resources": ["mfa_devices", "aws.iam_api.users"],
///   "feature_per_resource": true,
///   "derive": { "MfaDevice": ["PartialOrd", "Ord"] },
///   "allow_id_mismatch": true,
///   "models": { "aws/iam_api": "../models/service-2.json" },
///   "overrides": { "aws/iam_api": "../models/overrides.json" }
/// }
/// ```
///
/// Every key is optional. A string for `serde` or `blocking` is the name of a feature; `true` and `false` work without one.
/// Paths of files are relative to the folder of `sdk.json`. The setters of [`Build`](crate::Build) describe each setting.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SdkSettings {
    /// Implementations of serde's traits. Needs the runtime's feature `serde`.
    pub serde: Gate,
    /// Methods without `async`. Needs the runtime's feature `blocking`.
    pub blocking: Gate,
    /// The path of the SDK's root for other crates. Without it, the examples in documentation are not compiled.
    pub path: Option<String>,
    /// The path of the runtime in generated code: the crate `pagesmith_runtime`, or one that re-exports it.
    pub runtime: String,
    /// The visibility of the SDK's root modules: `pub`, `pub(crate)`, `pub(super)`, `pub(in …)`.
    pub visibility: String,
    /// The resources of the SDK, each as `users` or `aws.iam_api.users`; `None` for all.
    pub resources: Option<Vec<String>>,
    /// Each resource is behind a feature of its own.
    pub feature_per_resource: bool,
    /// Accept pages whose id differs from their file name or folder.
    pub allow_id_mismatch: bool,
    /// Traits that structures derive in addition, by the name of the structure or `*` for all.
    #[serde(rename = "derive")]
    pub derives: BTreeMap<String, Vec<String>>,
    /// Paths of service models that are not in the folder of their pages, by that folder: `aws/iam_api`.
    pub models: BTreeMap<String, PathBuf>,
    /// Paths of override files that are not in the folder of their pages, by that folder.
    pub overrides: BTreeMap<String, PathBuf>,
    /// Keys of the file that are not settings.
    #[serde(flatten, deserialize_with = "other_keys")]
    unknown: Vec<String>,
    #[serde(skip)]
    origin: Origin,
}

/// A setting that a build script sets.
#[derive(Clone, Debug)]
pub(crate) enum Setting {
    Serde(Gate),
    Blocking(Gate),
    Path(String),
    Runtime(String),
    Visibility(String),
    Resources(Vec<String>),
    FeaturePerResource(bool),
    AllowIdMismatch(bool),
    Derive(String, Vec<String>),
    Model(String, PathBuf),
    Overrides(String, PathBuf),
}

/// Where the settings come from, for diagnostics.
#[derive(Clone, Debug, Default)]
struct Origin {
    file: Option<Places>,
    /// The paths of the settings that a build script set.
    set: BTreeSet<Vec<String>>,
}

/// Settings are equal if their values are.
impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Origin {}

impl Default for SdkSettings {
    fn default() -> Self {
        Self {
            serde: Gate::Off,
            blocking: Gate::Off,
            path: None,
            runtime: "pagesmith_runtime".to_owned(),
            visibility: "pub".to_owned(),
            resources: None,
            feature_per_resource: false,
            allow_id_mismatch: false,
            derives: BTreeMap::new(),
            models: BTreeMap::new(),
            overrides: BTreeMap::new(),
            unknown: Vec::new(),
            origin: Origin::default(),
        }
    }
}

impl SdkSettings {
    /// Reads `sdk.json`. Paths of files are not changed.
    ///
    /// # Errors
    /// The outcome has no value if the file does not have the form shown above, or a value is not valid.
    ///
    /// # Example
    /// ```
    /// use pagesmith_codegen::{Gate, SdkSettings, source::Source};
    ///
    /// let file = Source::new("pages/sdk.json", r#"{ "serde": "serde", "resources": ["users"] }"#);
    /// let settings = SdkSettings::read(&file).value.unwrap();
    /// assert_eq!(settings.serde, Gate::Feature("serde".to_owned()));
    /// assert_eq!(settings.blocking, Gate::Off);
    /// ```
    pub fn read(source: &Source) -> Outcome<Self> {
        let mut diagnostics = Diagnostics::default();
        let places = Places::new(source);
        let mut settings = file::read(&places, &mut diagnostics);
        if let Some(settings) = &mut settings {
            settings.origin.file = Some(places);
            settings.check(&mut diagnostics);
        }
        Outcome { value: settings.filter(|_| !diagnostics.has_errors()), diagnostics }
    }

    /// These settings with those in `set` instead, or in addition for `derive`.
    pub(crate) fn with(mut self, set: &[Setting]) -> Outcome<Self> {
        for setting in set {
            self.origin.set.insert(setting.key());
            self.set(setting.clone());
        }
        let mut diagnostics = Diagnostics::default();
        self.check(&mut diagnostics);
        let value = (!diagnostics.has_errors()).then_some(self);
        Outcome { value, diagnostics }
    }

    /// Whether the SDK has the resource `id`.
    #[must_use]
    pub fn has(&self, id: &ResourceId) -> bool {
        self.resource_filter().has(id)
    }

    /// The resources of the SDK, for many calls of [`ResourceFilter::has`].
    pub(crate) fn resource_filter(&self) -> ResourceFilter<'_> {
        let names = self.resources.as_ref();
        ResourceFilter(names.map(|names| names.iter().map(String::as_str).collect()))
    }

    /// The path of the SDK in the examples of its documentation; `None` if they cannot reach it.
    pub(crate) fn path_of_examples(&self) -> Option<&str> {
        self.path.as_deref().filter(|_| self.visibility == "pub")
    }

    fn set(&mut self, setting: Setting) {
        match setting {
            Setting::Serde(gate) => self.serde = gate,
            Setting::Blocking(gate) => self.blocking = gate,
            Setting::Path(path) => self.path = Some(path),
            Setting::Runtime(path) => self.runtime = path,
            Setting::Visibility(visibility) => self.visibility = visibility,
            Setting::Resources(names) => self.resources = Some(names),
            Setting::FeaturePerResource(on) => self.feature_per_resource = on,
            Setting::AllowIdMismatch(on) => self.allow_id_mismatch = on,
            Setting::Derive(structure, paths) => {
                let all = self.derives.entry(structure).or_default();
                let mut seen: HashSet<String> = all.iter().cloned().collect();
                all.extend(paths.into_iter().filter(|path| seen.insert(path.clone())));
            }
            Setting::Model(folder, path) => drop(self.models.insert(folder, path)),
            Setting::Overrides(folder, path) => drop(self.overrides.insert(folder, path)),
        }
    }

    /// An error about the setting at `path`, with its place if the file states it.
    pub(crate) fn error(&self, rule: &'static Rule, path: &[&str], problem: String) -> Diagnostic {
        let is_set = (0..=path.len()).filter_map(|length| path.get(..length)).any(|start| {
            let start: Vec<String> = start.iter().map(|step| (*step).to_owned()).collect();
            self.origin.set.contains(&start)
        });
        match &self.origin.file {
            Some(file) if !is_set => rule.error(problem, file.span(path)),
            _ => Diagnostic::error(rule.id, problem).help(rule.help),
        }
    }

    /// The place of the setting at `path` in `sdk.json`, if the settings come from a file.
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Option<Span> {
        self.origin.file.as_ref().map(|file| file.span(path))
    }
}

/// The names of the resources of an SDK; `None` for all.
pub(crate) struct ResourceFilter<'a>(Option<HashSet<&'a str>>);

impl ResourceFilter<'_> {
    pub(crate) fn has(&self, id: &ResourceId) -> bool {
        let is_named = |names: &HashSet<&str>| {
            names.contains(id.resource.as_str()) || names.contains(id.to_string().as_str())
        };
        self.0.as_ref().is_none_or(is_named)
    }
}

impl Setting {
    /// The path of this setting in `sdk.json`.
    fn key(&self) -> Vec<String> {
        let (key, entry) = match self {
            Self::Serde(_) => ("serde", None),
            Self::Blocking(_) => ("blocking", None),
            Self::Path(_) => ("path", None),
            Self::Runtime(_) => ("runtime", None),
            Self::Visibility(_) => ("visibility", None),
            Self::Resources(_) => ("resources", None),
            Self::FeaturePerResource(_) => ("feature_per_resource", None),
            Self::AllowIdMismatch(_) => ("allow_id_mismatch", None),
            Self::Derive(structure, _) => ("derive", Some(structure)),
            Self::Model(folder, _) => ("models", Some(folder)),
            Self::Overrides(folder, _) => ("overrides", Some(folder)),
        };
        std::iter::once(key.to_owned()).chain(entry.cloned()).collect()
    }
}
