//! Checks settings: by themselves, and against the pages.

use std::collections::BTreeSet;

use super::{Gate, SdkSettings};
use crate::syntax;
use pagesmith_model::diagnostic::{Diagnostics, Rule};
use pagesmith_model::page::ResourceId;

static BAD_FEATURE: Rule = Rule {
    id: "bad-feature",
    label: "this is not a valid name of a Cargo feature",
    help: "use letters, digits, `_`, `-`, `+` and `.` in the name of a feature, for example `serde`",
};

static BAD_PATH: Rule = Rule {
    id: "bad-path",
    label: "expected a Rust path",
    help: "write the crate and its modules with `::` between them, for example my_crate::pages",
};

static BAD_VISIBILITY: Rule = Rule {
    id: "bad-visibility",
    label: "expected a Rust visibility",
    help: "write `pub`, `pub(crate)`, `pub(super)` or `pub(in crate::some::module)`",
};

static UNKNOWN_RESOURCE: Rule = Rule {
    id: "unknown-resource",
    label: "no page describes this resource",
    help: "write a resource by its name, for example `users`, or by its id, for example `aws.iam_api.users`",
};

static UNKNOWN_SERVICE: Rule = Rule {
    id: "unknown-service",
    label: "this folder has no pages",
    help: "write the folder of the service's pages relative to the folder of all pages, for example aws/iam_api",
};

impl SdkSettings {
    /// Reports every invalid value that can be found without the pages.
    pub(super) fn check(&self, diagnostics: &mut Diagnostics) {
        for (part, gate) in [("serde", &self.serde), ("blocking", &self.blocking)] {
            if let Gate::Feature(name) = gate
                && !is_feature(name)
            {
                let problem =
                    format!("`{name}`, set for `{part}`, is not a valid name of a Cargo feature");
                diagnostics.push(self.error(&BAD_FEATURE, &[part], problem));
            }
        }
        for (key, path) in [("path", self.path.as_ref()), ("runtime", Some(&self.runtime))] {
            if let Some(path) = path.filter(|path| syntax::path(path).is_err()) {
                let problem = format!("`{path}` is not a Rust path");
                diagnostics.push(self.error(&BAD_PATH, &[key], problem));
            }
        }
        if syntax::visibility(&self.visibility).is_err() {
            let problem = format!("`{}` is not a Rust visibility", self.visibility);
            diagnostics.push(self.error(&BAD_VISIBILITY, &["visibility"], problem));
        }
    }
}

/// Reports every name in the setting `resources` that is not in `ids`.
pub(crate) fn check_resources(
    settings: &SdkSettings,
    ids: &[&ResourceId],
    diagnostics: &mut Diagnostics,
) {
    let whole: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let short = ids.iter().map(|id| id.resource.as_str());
    let known: BTreeSet<&str> = short.chain(whole.iter().map(String::as_str)).collect();
    for (at, name) in settings.resources.iter().flatten().enumerate() {
        if !known.contains(name.as_str()) {
            let hint = diagnostics.did_you_mean(name, known.iter().copied());
            let problem = format!("there is no page of the resource `{name}`{hint}");
            let path = ["resources", &at.to_string()];
            diagnostics.push(settings.error(&UNKNOWN_RESOURCE, &path, problem));
        }
    }
    if settings.resources.as_ref().is_some_and(Vec::is_empty) {
        let problem = "`resources` is empty, so the SDK would have no resource".to_owned();
        diagnostics.push(settings.error(&UNKNOWN_RESOURCE, &["resources"], problem));
    }
}

/// Reports every folder of pages in the settings that is not in `folders`.
pub(crate) fn check_services(
    settings: &SdkSettings,
    folders: &BTreeSet<String>,
    diagnostics: &mut Diagnostics,
) {
    for (key, named) in [("models", &settings.models), ("overrides", &settings.overrides)] {
        for folder in named.keys().filter(|folder| !folders.contains(*folder)) {
            let hint = diagnostics.did_you_mean(folder, folders.iter().map(String::as_str));
            let problem = format!("there are no pages in the folder `{folder}`{hint}");
            diagnostics.push(settings.error(&UNKNOWN_SERVICE, &[key, folder], problem));
        }
    }
}

/// Whether Cargo accepts `name` as the name of a feature.
fn is_feature(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && name.chars().all(|other| other.is_ascii_alphanumeric() || "_-+.".contains(other))
}
