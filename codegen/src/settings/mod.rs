//! Settings of an SDK: the file `sdk.json` in the folder of pages, and the setters of a build script.

mod check;
mod file;

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

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
/// Every key is optional. The setters of [`Build`](crate::Build) take precedence over the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SdkSettings {
    /// Whether rows, outputs and structures implement serde's traits, with the names of the wire. Needs the runtime's
    /// feature `serde`. In the file, a string is the name of a feature; `true` and `false` are [`Gate::On`] and
    /// [`Gate::Off`].
    pub serde: Gate,
    /// Whether request builders have `send_blocking()` and `rows_blocking()`. Needs the runtime's feature `blocking`. In
    /// the file, as `serde`.
    pub blocking: Gate,
    /// The path of the SDK's root for other crates: the name of the crate, and the modules in which the pages are
    /// included. With it, `cargo test` compiles the examples in the SDK's documentation.
    pub path: Option<String>,
    /// The path of the runtime in generated code: the crate `pagesmith_runtime`, or one that re-exports all of it.
    pub runtime: String,
    /// The visibility of the SDK's root modules: `pub`, `pub(crate)`, `pub(super)`, `pub(self)` or `pub(in some::module)`.
    /// Unless it is `pub`, the compiler does not warn about unused code of the SDK, and the examples in its documentation
    /// are not compiled.
    pub visibility: String,
    /// The resources to generate; `None` for all. Each is a name that pages of several services can have (`users`), or an
    /// id (`aws.iam_api.users`). All pages are read, and their errors reported. A name that no page has is an error.
    pub resources: Option<Vec<String>>,
    /// Whether the module and the function of each resource are behind a feature of the crate, which must be declared in
    /// `Cargo.toml`: `mfa_devices = []`.
    ///
    /// The feature has the name of the module: `mfa_devices`. If resources of several services have that name, or `serde` or
    /// `blocking` has that feature, the name of the service is added, `iam_api-mfa_devices`; if that is not unique,
    /// `aws-iam_api-mfa_devices`. [`Report::features`](crate::Report::features) lists them.
    pub feature_per_resource: bool,
    /// Whether a page is accepted whose id differs from its file name or folder, as `aws.transfer.users` in the folder
    /// `aws/transfer_api`. The names of the generated modules are those in the id.
    pub allow_id_mismatch: bool,
    /// What structures derive in addition to `Clone`, `PartialEq` and, without floats, `Eq` and `Hash`.
    ///
    /// A key is the name of a row, an output or a structure of a module `types`, in every service that has it; or `*` for
    /// all structures. A name that no structure has is an error. The values are paths, such as `Ord` or
    /// `my_crate::MyTrait`. Those that a structure derives anyway are ignored.
    #[serde(rename = "derive")]
    pub derives: BTreeMap<String, Vec<String>>,
    /// Paths of service models, in the form of AWS's `service-2.json`, that are not in the folder of their pages, by that
    /// folder: `aws/iam_api`. A `paginators-1.json` beside the model is read too. In the file, paths are relative to the
    /// folder of `sdk.json`.
    pub models: BTreeMap<String, PathBuf>,
    /// Paths of files of [`Overrides`](pagesmith_model::bind::Overrides) that are not in the folder of their pages, by that
    /// folder. In the file, paths are relative to the folder of `sdk.json`.
    pub overrides: BTreeMap<String, PathBuf>,
    /// Keys of the file that are not settings.
    #[serde(flatten, deserialize_with = "other_keys")]
    unknown: Vec<String>,
    #[serde(skip)]
    origin: Origin,
}

/// A setting that a build script sets.
#[derive(Clone)]
pub(crate) struct Setting {
    /// Its path in `sdk.json`.
    path: Vec<String>,
    set: Arc<dyn Fn(&mut SdkSettings) + Send + Sync>,
}

impl Setting {
    pub(crate) fn new(
        path: &[&str],
        set: impl Fn(&mut SdkSettings) + Send + Sync + 'static,
    ) -> Self {
        Self { path: path.iter().map(|step| (*step).to_owned()).collect(), set: Arc::new(set) }
    }
}

impl fmt::Debug for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Setting").field(&self.path).finish()
    }
}

/// Where the settings come from, for diagnostics.
#[derive(Clone, Debug, Default)]
struct Origin {
    file: Option<Places>,
    /// The paths of the settings that a build script set.
    set: Vec<Vec<String>>,
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
            self.origin.set.push(setting.path.clone());
            (setting.set)(&mut self);
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

    /// Adds to what structures of the name `structure` derive.
    pub(crate) fn add_derives(&mut self, structure: &str, paths: &[String]) {
        let all = self.derives.entry(structure.to_owned()).or_default();
        let mut seen: HashSet<String> = all.iter().cloned().collect();
        all.extend(paths.iter().filter(|path| seen.insert((*path).clone())).cloned());
    }

    /// An error about the setting at `path`, with its place if the file states it.
    pub(crate) fn error(&self, rule: &'static Rule, path: &[&str], problem: String) -> Diagnostic {
        let contains_path = |set: &Vec<String>| {
            set.len() <= path.len() && set.iter().zip(path).all(|(one, other)| one == other)
        };
        match &self.origin.file {
            Some(file) if !self.origin.set.iter().any(contains_path) => {
                rule.error(problem, file.span(path))
            }
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
