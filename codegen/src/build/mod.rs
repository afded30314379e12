//! The interface for build scripts.

mod cargo;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

pub use self::run::Report;
use crate::settings::{Gate, SdkSettings, Setting};
use pagesmith_model::diagnostic::Diagnostics;

/// Generates the SDK of a folder of pages from a build script.
///
/// The pages are at `pages/PROVIDER/SERVICE/RESOURCE.md`, with the service model of each service beside them. The code is
/// written to the folder `pages` in `OUT_DIR`, and included by `pagesmith_runtime::include_pages!()`.
///
/// The file `sdk.json` in the folder of pages has the same settings, described by [`SdkSettings`]. The command `pagesmith`
/// reads that file too, and does not know what the setters here set.
///
/// A service that uses JSON needs the feature `json` of `pagesmith-runtime`, and one that uses CBOR the feature `cbor`. Without it, the
/// compiler's error in the generated code names the feature.
///
/// # Errors
/// [`emit`](Self::emit) and [`run`](Self::run) report every problem of every page, model and setting, each with its file,
/// line and column if it has one.
///
/// # Example
/// ```no_run
/// // build.rs
/// use pagesmith_codegen::{Build, Gate};
///
/// fn main() -> std::process::ExitCode {
///     Build::new("pages")
///         .model("aws/iam_api", "models/service-2.json")
///         .overrides("aws/iam_api", "models/overrides.json")
///         .resources(["mfa_devices", "aws.iam_api.users"])
///         .feature_per_resource(true)
///         .allow_id_mismatch(true)
///         .visibility("pub(crate)")
///         .module_path("my_crate::pages")
///         .runtime_path("my_runtime")
///         .serde(Gate::feature("serde"))
///         .blocking(Gate::On)
///         .derive("MfaDevice", ["PartialOrd", "Ord"])
///         .out_dir("target/sdk")
///         .emit()
/// }
/// ```
#[derive(Clone, Debug)]
#[must_use = "nothing is generated until `emit` or `run` is called"]
pub struct Build {
    pages: PathBuf,
    out_dir: Option<PathBuf>,
    set: Vec<Setting>,
}

impl Build {
    /// An SDK of the pages in the folder `pages`. A relative path starts at the folder of `Cargo.toml`.
    pub fn new(pages: impl Into<PathBuf>) -> Self {
        Self { pages: pages.into(), out_dir: None, set: Vec::new() }
    }

    /// Sets the path in [`models`](SdkSettings::models) for the service with the pages in `folder`.
    pub fn model(self, folder: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let (folder, path) = (folder.into(), path.into());
        self.with(&["models", &folder.clone()], move |settings| {
            settings.models.insert(folder.clone(), path.clone());
        })
    }

    /// Sets the path in [`overrides`](SdkSettings::overrides) for the service with the pages in `folder`.
    pub fn overrides(self, folder: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        let (folder, path) = (folder.into(), path.into());
        self.with(&["overrides", &folder.clone()], move |settings| {
            settings.overrides.insert(folder.clone(), path.clone());
        })
    }

    /// Sets [`resources`](SdkSettings::resources).
    pub fn resources<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let names: Vec<String> = names.into_iter().map(Into::into).collect();
        self.with(&["resources"], move |settings| settings.resources = Some(names.clone()))
    }

    /// Sets [`feature_per_resource`](SdkSettings::feature_per_resource).
    pub fn feature_per_resource(self, on: bool) -> Self {
        self.with(&["feature_per_resource"], move |settings| settings.feature_per_resource = on)
    }

    /// Sets [`allow_id_mismatch`](SdkSettings::allow_id_mismatch).
    pub fn allow_id_mismatch(self, on: bool) -> Self {
        self.with(&["allow_id_mismatch"], move |settings| settings.allow_id_mismatch = on)
    }

    /// Sets [`visibility`](SdkSettings::visibility).
    pub fn visibility(self, visibility: impl Into<String>) -> Self {
        let visibility = visibility.into();
        self.with(&["visibility"], move |settings| settings.visibility.clone_from(&visibility))
    }

    /// Sets [`path`](SdkSettings::path), the path of the SDK's root for other crates.
    pub fn module_path(self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.with(&["path"], move |settings| settings.path = Some(path.clone()))
    }

    /// Sets [`runtime`](SdkSettings::runtime), the path of the runtime in generated code.
    pub fn runtime_path(self, path: impl Into<String>) -> Self {
        let path = path.into();
        self.with(&["runtime"], move |settings| settings.runtime.clone_from(&path))
    }

    /// Sets [`serde`](SdkSettings::serde).
    pub fn serde(self, gate: Gate) -> Self {
        self.with(&["serde"], move |settings| settings.serde.clone_from(&gate))
    }

    /// Sets [`blocking`](SdkSettings::blocking).
    pub fn blocking(self, gate: Gate) -> Self {
        self.with(&["blocking"], move |settings| settings.blocking.clone_from(&gate))
    }

    /// Adds `paths` to what `structure` [derives](SdkSettings::derives), here and in `sdk.json`. Can be called several times.
    pub fn derive<P: Into<String>>(
        self,
        structure: impl Into<String>,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        let structure = structure.into();
        let paths: Vec<String> = paths.into_iter().map(Into::into).collect();
        self.with(&["derive", &structure.clone()], move |settings| {
            settings.add_derives(&structure, &paths);
        })
    }

    /// Writes the code to the folder `pages` in `path`, instead of in `OUT_DIR`; other generated files there are removed.
    /// `include_pages!()` finds the code only in `OUT_DIR`.
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Generates the code, and prints instructions for Cargo: `cargo::rerun-if-changed` for every file and folder that
    /// was read, `cargo::error` and `cargo::warning` for every problem. Cargo shows each error as one line; standard
    /// error has all of it, with the line of the page.
    ///
    /// # Errors
    /// The exit code is a failure if there was an error.
    #[must_use = "the build script must exit with it"]
    pub fn emit(&self) -> ExitCode {
        // Also if the folder does not exist, so that Cargo notices when it is created.
        cargo::tell("rerun-if-changed", &self.name());
        match self.run() {
            Ok(report) => {
                for input in &report.inputs {
                    cargo::tell("rerun-if-changed", &input.to_string_lossy());
                }
                cargo::tell_all(&report.warnings);
                ExitCode::SUCCESS
            }
            Err(problems) => {
                cargo::tell_all(&problems);
                ExitCode::FAILURE
            }
        }
    }

    /// Generates the code, and prints nothing: for tests, and for build scripts that do more. Files that are up to date
    /// are not written.
    ///
    /// # Errors
    /// All errors and warnings, if there is an error. Nothing is written then.
    ///
    /// # Example
    /// ```
    /// # fn main() -> Result<(), pagesmith_model::diagnostic::Diagnostics> {
    /// # let pages = concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds");
    /// # let folder = std::env::temp_dir().join(format!("pagesmith-run-{}", std::process::id()));
    /// let report = pagesmith_codegen::Build::new(pages).out_dir(&folder).run()?;
    /// assert!(report.files.contains(&"aws/iam_api/mfa_devices.rs".to_owned()));
    /// # drop(std::fs::remove_dir_all(folder));
    /// # Ok(())
    /// # }
    /// ```
    pub fn run(&self) -> Result<Report, Diagnostics> {
        run::run(self)
    }

    fn with(
        mut self,
        path: &[&str],
        set: impl Fn(&mut SdkSettings) + Send + Sync + 'static,
    ) -> Self {
        self.set.push(Setting::new(path, set));
        self
    }

    /// The folder of pages as diagnostics show it.
    fn name(&self) -> String {
        self.pages.to_string_lossy().replace('\\', "/")
    }
}
