//! Prepares a folder of seeds with all pages of `aws.iam_api` and their model.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Problem;
use crate::workspace::{Workspace, output, run};

/// Creates the folder below `target/` if it does not exist. Returns the folder, or the reason why it cannot be created.
pub(crate) fn prepare(workspace: &Workspace) -> Result<Result<PathBuf, String>, Problem> {
    let folder = workspace.target.join("pages-62");
    let into = folder.join("aws/iam_api");
    if into.join("service-2.json").exists() {
        return Ok(Ok(folder));
    }
    let corpus = match std::env::var_os("PAGESMITH_CORPUS") {
        Some(corpus) => PathBuf::from(corpus),
        None => workspace.root.join("../shared/corpus"),
    };
    let pages = corpus.join("2024-05-02/aws/iam_api");
    if !pages.is_dir() {
        return Ok(Err(
            "there is no corpus of pages; set PAGESMITH_CORPUS to its folder".to_owned()
        ));
    }
    let Some(model) = published() else {
        return Ok(Err(
            "there is no model of IAM; set PAGESMITH_BOTOCORE_DATA to botocore's folder `data`"
                .to_owned(),
        ));
    };
    std::fs::create_dir_all(&into)?;
    for entry in std::fs::read_dir(&pages)? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|name| *name != "index.md") {
            std::fs::copy(&path, into.join(name))?;
        }
    }
    let overrides = workspace.root.join("seeds/aws/iam_api/overrides.json");
    std::fs::copy(overrides, into.join("overrides.json"))?;
    let mut import = workspace.cargo();
    import.current_dir(&workspace.root);
    // The main workspace's target folder, so that the command is not compiled again.
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| workspace.root.join("target"));
    import.args(["run", "--quiet", "--locked", "--package", "pagesmith-cli"]);
    import.args(["--bin", "pagesmith", "--target-dir"]).arg(target);
    import.args(["--", "import"]).arg(model).arg("--into").arg(&into);
    run(&mut import)?;
    Ok(Ok(folder))
}

/// The folder of IAM's published model.
fn published() -> Option<PathBuf> {
    let data = match std::env::var_os("PAGESMITH_BOTOCORE_DATA") {
        Some(data) => PathBuf::from(data),
        None => {
            let code = "import botocore, os; print(os.path.dirname(botocore.__file__))";
            let folder = output(Command::new("python3").args(["-c", code])).ok()?;
            Path::new(folder.trim()).join("data")
        }
    };
    Some(data.join("iam/2010-05-08")).filter(|folder| folder.is_dir())
}
