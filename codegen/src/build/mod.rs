//! For build scripts.

mod cargo;
mod run;

use std::path::PathBuf;
use std::process::ExitCode;

pub use self::run::Report;
use crate::Gate;
use crate::settings::Setting;
use pagesmith_model::diagnostic::Diagnostics;

/// Generates the SDK of a folder of pages from a build script.
///
/// The pages are at `pages/PROVIDER/SERVICE/RESOURCE.md`, and the service model of each service is beside
/// them, or where [`model`](Self::model) says. The code goes to `OUT_DIR`, in the folder `pages`, and is
/// brought in by `pagesmith::include_pages!()`.
///
/// What a setter here says comes before what `sdk.json` in the folder of pages says, which has the same
/// settings; see [`SdkSettings`](crate::SdkSettings). The command `pagesmith` reads that file, so settings
/// that stand there hold for `pagesmith generate` and `check` too.
///
/// # Errors
/// [`emit`](Self::emit) and [`run`](Self::run) report every problem of every page, model and setting, each
/// with its file, line and column where it has one.
///
/// # Example
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     pagesmith_codegen::Build::new("pages").module_path("my_crate::pages").emit()
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
    /// The SDK of the pages below a folder.
    ///
    /// # Arguments
    /// **`pages`**: the folder, beside `Cargo.toml` where it is no absolute path. Messages call files by it.
    ///
    /// # Example
    /// ```
    /// let build = pagesmith_codegen::Build::new("pages");
    /// ```
    pub fn new(pages: impl Into<PathBuf>) -> Self {
        Self { pages: pages.into(), out_dir: None, set: Vec::new() }
    }

    /// Takes the service model of some pages from another place than beside them.
    ///
    /// # Arguments
    /// **`folder`**: the folder of the service's pages, below the folder of all pages, with `/` between its
    /// parts.
    ///
    /// **`path`**: the file, in the form of AWS's `service-2.json`. How listings continue is read from a
    /// `paginators-1.json` beside it, if there is one.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").model("aws/iam_api", "models/service-2.json");
    /// ```
    pub fn model(self, folder: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.with(Setting::Model(folder.into(), path.into()))
    }

    /// Takes the overrides of a service from another place than beside its pages.
    ///
    /// # Arguments
    /// **`folder`**: as of [`model`](Self::model).
    ///
    /// **`path`**: the file, in the form of [`Overrides`](pagesmith_model::bind::Overrides).
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").overrides("aws/iam_api", "models/overrides.json");
    /// ```
    pub fn overrides(self, folder: impl Into<String>, path: impl Into<PathBuf>) -> Self {
        self.with(Setting::Overrides(folder.into(), path.into()))
    }

    /// Generates some resources only. All pages are read, and an error in any of them is one.
    ///
    /// # Arguments
    /// **`names`**: each as its page calls it (`users`), which may be in several services, or by its whole
    /// id (`aws.iam_api.users`). A name of no page is an error.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").resources(["mfa_devices", "aws.iam_api.users"]);
    /// ```
    pub fn resources<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.with(Setting::Resources(names.into_iter().map(Into::into).collect()))
    }

    /// Puts the module and the function of each resource behind a feature of the crate.
    ///
    /// The feature is called as the module is: `mfa_devices`. Where several services of the SDK have a
    /// resource of that name, or [`serde`](Self::serde) or [`blocking`](Self::blocking) have that feature, it
    /// is the service's name and the module's, `iam_api-mfa_devices`; and where that is not one either,
    /// `aws-iam_api-mfa_devices`. [`Report::features`] lists them.
    ///
    /// Declare each in `Cargo.toml`: `mfa_devices = []`. For one that is not declared the compiler warns
    /// `unexpected cfg condition value: mfa_devices`, and nobody can turn it on.
    ///
    /// # Arguments
    /// **`on`**: whether to; `false` is the default.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").feature_per_resource(true);
    /// ```
    pub fn feature_per_resource(self, on: bool) -> Self {
        self.with(Setting::FeaturePerResource(on))
    }

    /// Takes pages whose id does not agree with their name or their folder: `aws.transfer.users` in the folder
    /// `aws/transfer_api`. The id says what the generated modules are called. Without this, such a page is an error.
    ///
    /// # Arguments
    /// **`on`**: whether to; `false` is the default.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").allow_id_mismatch(true);
    /// ```
    pub fn allow_id_mismatch(self, on: bool) -> Self {
        self.with(Setting::AllowIdMismatch(on))
    }

    /// Says how far the modules in the SDK's root can be seen.
    ///
    /// With any but `pub`, the default, what the crate does not use of the SDK is not warned of, and the
    /// examples in its documentation are not compiled.
    ///
    /// # Arguments
    /// **`visibility`**: `pub`, `pub(crate)`, `pub(super)`, `pub(self)` or `pub(in some::module)`.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").visibility("pub(crate)");
    /// ```
    pub fn visibility(self, visibility: impl Into<String>) -> Self {
        self.with(Setting::Visibility(visibility.into()))
    }

    /// Says by what path others reach the SDK's root. With it, the examples in its documentation are
    /// compiled when the crate is tested; they are only shown otherwise.
    ///
    /// # Arguments
    /// **`path`**: the name of the crate, and the modules on the way to where the pages are included.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").module_path("my_crate::pages");
    /// ```
    pub fn module_path(self, path: impl Into<String>) -> Self {
        self.with(Setting::Path(path.into()))
    }

    /// Names the runtime by another path in generated code: that of a crate that re-exports all of
    /// `pagesmith_runtime`. The default is `pagesmith_runtime`.
    ///
    /// # Arguments
    /// **`path`**: the name of the crate, or a path from it.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").runtime_path("my_runtime");
    /// ```
    pub fn runtime_path(self, path: impl Into<String>) -> Self {
        self.with(Setting::Runtime(path.into()))
    }

    /// Gives rows, outputs and structures serde's traits, under wire names. Needs pagesmith's feature `serde`.
    ///
    /// # Arguments
    /// **`gate`**: whether to, and behind which feature of the crate; [`Gate::Off`] is the default.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::{Build, Gate};
    /// let build = Build::new("pages").serde(Gate::feature("serde"));
    /// ```
    pub fn serde(self, gate: Gate) -> Self {
        self.with(Setting::Serde(gate))
    }

    /// Gives request builders `send_blocking()` and `rows_blocking()`. Needs pagesmith's feature `blocking`.
    ///
    /// # Arguments
    /// **`gate`**: as of [`serde`](Self::serde).
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::{Build, Gate};
    /// let build = Build::new("pages").blocking(Gate::On);
    /// ```
    pub fn blocking(self, gate: Gate) -> Self {
        self.with(Setting::Blocking(gate))
    }

    /// Lets structures derive more than `Clone`, `PartialEq` and, where no float is in them, `Eq` and `Hash`. May be called again, for more; it adds to
    /// what `sdk.json` says.
    ///
    /// # Arguments
    /// **`structure`**: the name of a row, an output or a structure of a module `types`, in every service that
    /// has it; or `*` for all structures. A name of none is an error.
    ///
    /// **`paths`**: what to derive: `Ord`, `my_crate::MyTrait`. `Default`, `Eq` and `Hash` are ignored where a
    /// structure derives them anyway. Whether all fields can is for the compiler to say.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").derive("MfaDevice", ["PartialOrd", "Ord"]);
    /// ```
    pub fn derive<P: Into<String>>(
        self,
        structure: impl Into<String>,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        let paths = paths.into_iter().map(Into::into).collect();
        self.with(Setting::Derive(structure.into(), paths))
    }

    /// Writes elsewhere than to `OUT_DIR`. `include_pages!()` finds it only there.
    ///
    /// # Arguments
    /// **`path`**: a folder, which need not be there. The code goes to the folder `pages` in it, all of which
    /// is taken for generated.
    ///
    /// # Example
    /// ```
    /// # use pagesmith_codegen::Build;
    /// let build = Build::new("pages").out_dir("target/sdk");
    /// ```
    pub fn out_dir(mut self, path: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(path.into());
        self
    }

    /// Generates, and tells cargo: by `cargo::rerun-if-changed` every file and folder that matters, by
    /// `cargo::error` and `cargo::warning` every problem with its file, line and column. What cargo shows
    /// of an error is one line; the whole of it, with the line of the page, is on standard error.
    ///
    /// # Errors
    /// The exit code is a failure where anything was an error.
    ///
    /// # Example
    /// ```no_run
    /// fn main() -> std::process::ExitCode {
    ///     pagesmith_codegen::Build::new("pages").emit()
    /// }
    /// ```
    #[must_use = "the build script must exit with it"]
    pub fn emit(&self) -> ExitCode {
        // Before anything is read, and if it is not there yet: its coming must be seen.
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

    /// As [`emit`](Self::emit), telling nobody: for tests, and for whoever does more in a build script.
    /// Files that are as they should be are not touched.
    ///
    /// # Errors
    /// Every problem, where anything was an error; warnings too. Nothing is written then.
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

    fn with(mut self, setting: Setting) -> Self {
        self.set.push(setting);
        self
    }

    /// What messages call the folder of pages.
    fn name(&self) -> String {
        self.pages.to_string_lossy().replace('\\', "/")
    }
}
