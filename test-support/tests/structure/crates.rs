//! The packages of the workspace, as `cargo metadata` shows them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

pub(crate) struct Workspace(Value);

impl Workspace {
    pub(crate) fn read() -> Self {
        let mut command = Command::new(env!("CARGO"));
        command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
        let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Self(serde_json::from_slice(&output.stdout).unwrap())
    }

    fn packages(&self) -> impl Iterator<Item = (&str, &Value)> {
        let packages = self.0["packages"].as_array().unwrap();
        packages.iter().map(|package| (package["name"].as_str().unwrap(), package))
    }

    /// Each library and program of the workspace: its package, and the file of its root module.
    pub(crate) fn roots(&self) -> Vec<(&str, PathBuf)> {
        let mut roots = Vec::new();
        for (name, package) in self.packages() {
            for target in package["targets"].as_array().unwrap() {
                let kind = target["kind"][0].as_str().unwrap();
                if kind == "lib" || kind == "bin" {
                    roots.push((name, Path::new(target["src_path"].as_str().unwrap()).to_owned()));
                }
            }
        }
        roots
    }

    /// Which packages of the workspace each package depends on, outside its tests.
    pub(crate) fn dependencies(&self) -> BTreeMap<String, BTreeSet<String>> {
        let of = |package: &Value| {
            let all = package["dependencies"].as_array().unwrap().iter();
            // Packages of the workspace are dependencies by path.
            let own = all.filter(|one| one["path"].is_string() && one["kind"] != "dev");
            own.map(|one| {
                let name = one["name"].as_str().unwrap();
                match (one["kind"].as_str(), one["optional"].as_bool()) {
                    (Some(kind), _) => format!("{name} ({kind})"),
                    // Each part of the command is optional.
                    (None, Some(true)) if package["name"] != "pagesmith-cli" => {
                        format!("{name} (optional)")
                    }
                    (None, _) => name.to_owned(),
                }
            })
            .collect()
        };
        self.packages().map(|(name, package)| (name.to_owned(), of(package))).collect()
    }
}
