//! What an SDK is to be, beyond its pages: the file `sdk.json` in their folder, and what a build script sets.

mod check;
mod read;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::PathBuf;

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Rule};
use pagesmith_model::json::Places;
use pagesmith_model::page::ResourceId;
use pagesmith_model::source::{Source, Span};

pub(crate) use self::check::{check_resources, check_services};

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

/// What an SDK is to be, beyond its pages.
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
/// All of it may be left out. Of `serde` and `blocking`, a text names a feature; `true` and `false` need
/// none. Paths of files start at the folder of `sdk.json`. The setters of
/// [`Build`](crate::Build) say what each means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SdkSettings {
    /// serde's traits. Needs pagesmith's feature of the same name.
    pub serde: Gate,
    /// Calls without `async`. Needs pagesmith's feature of the same name.
    pub blocking: Gate,
    /// The path at which others reach the SDK's root; without one, its examples are not compiled.
    pub path: Option<String>,
    /// The path of the runtime in generated code: the crate `pagesmith_runtime`, or one that re-exports it.
    pub runtime: String,
    /// How far the SDK's root modules can be seen: `pub`, `pub(crate)`, `pub(super)`, `pub(in …)`.
    pub visibility: String,
    /// The pages that the SDK is made of, each as `users` or `aws.iam_api.users`; `None` is all.
    pub resources: Option<Vec<String>>,
    /// Each resource stands behind a feature of its own.
    pub feature_per_resource: bool,
    /// Pages are taken whose id does not agree with their name or their folder.
    pub allow_id_mismatch: bool,
    /// What structures derive beyond what all of them do, by the structure's name or `*` for all.
    pub derives: BTreeMap<String, Vec<String>>,
    /// Service models elsewhere than beside the pages, by the pages' folder: `aws/iam_api`.
    pub models: BTreeMap<String, PathBuf>,
    /// Overrides elsewhere than beside the pages, by the pages' folder.
    pub overrides: BTreeMap<String, PathBuf>,
    origin: Origin,
}

/// One of the settings, with its value.
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

/// Where settings were said, so that messages can show it.
#[derive(Clone, Debug, Default)]
struct Origin {
    file: Option<Places>,
    /// The keys that a build script said.
    set: BTreeSet<Vec<String>>,
}

/// Where a thing was said does not make it another.
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
            origin: Origin::default(),
        }
    }
}

impl SdkSettings {
    /// Reads `sdk.json`. Paths of files stay as they are written.
    ///
    /// # Errors
    /// The outcome has no value where the file is not as shown above.
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
        let mut settings = Self::default();
        let places = Places::new(source);
        for setting in read::settings(&places, &mut diagnostics) {
            settings.take(setting);
        }
        settings.origin.file = Some(places);
        settings.check(&mut diagnostics);
        let value = (!diagnostics.has_errors()).then_some(settings);
        Outcome { value, diagnostics }
    }

    /// These settings with `set` in place of what was said of the same, and what is wrong with those.
    pub(crate) fn with(mut self, set: &[Setting]) -> Outcome<Self> {
        for setting in set {
            self.origin.set.insert(setting.key());
            self.take(setting.clone());
        }
        let mut diagnostics = Diagnostics::default();
        self.check(&mut diagnostics);
        let value = (!diagnostics.has_errors()).then_some(self);
        Outcome { value, diagnostics }
    }

    /// Whether the SDK has the resource of that id.
    #[must_use]
    pub fn has(&self, id: &ResourceId) -> bool {
        self.wanted().has(id)
    }

    /// What [`Self::has`] asks, made once where it is asked of many.
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        let names = self.resources.as_ref();
        Wanted(names.map(|names| names.iter().map(String::as_str).collect()))
    }

    /// The path by which examples in documentation reach the SDK, where they can.
    pub(crate) fn path_of_examples(&self) -> Option<&str> {
        self.path.as_deref().filter(|_| self.visibility == "pub")
    }

    fn take(&mut self, setting: Setting) {
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

    /// An error about what stands at `path` of the settings, with its place where a file says it.
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

    /// The place of what stands at `path` of `sdk.json`, where that says it.
    #[must_use]
    pub fn span(&self, path: &[&str]) -> Option<Span> {
        self.origin.file.as_ref().map(|file| file.span(path))
    }
}

/// The resources that an SDK has; `None` is all.
pub(crate) struct Wanted<'a>(Option<HashSet<&'a str>>);

impl Wanted<'_> {
    pub(crate) fn has(&self, id: &ResourceId) -> bool {
        let is_named = |names: &HashSet<&str>| {
            names.contains(id.resource.as_str()) || names.contains(id.to_string().as_str())
        };
        self.0.as_ref().is_none_or(is_named)
    }
}

impl Setting {
    /// Where `sdk.json` says the same.
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
