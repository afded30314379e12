//! Generates the SDK of all pages of `aws.iam_api` from the corpus, which is not in this repository,
//! bound to botocore's published model. For the tests, it copies pages and model to `OUT_DIR/seeds`.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use pagesmith_codegen::{Build, Gate};

const OVERRIDES: &str = "../../seeds/aws/iam_api/overrides.json";

fn main() -> ExitCode {
    for name in ["PAGESMITH_CORPUS", "PAGESMITH_IAM_MODEL"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let Some(model) = env::var_os("PAGESMITH_IAM_MODEL").map(PathBuf::from) else {
        println!(
            "cargo::error=PAGESMITH_IAM_MODEL is not set; set it to a folder with botocore's \
             service-2.json and paginators-1.json of iam, uncompressed"
        );
        return ExitCode::FAILURE;
    };
    let corpus = env::var_os("PAGESMITH_CORPUS").map(PathBuf::from);
    let pages =
        corpus.unwrap_or_else(|| Path::new("../../../shared/corpus").to_owned()).join("2024-05-02");
    // The corpus has pages of other services too.
    let iam = match copy_inputs(&pages.join("aws/iam_api"), &model) {
        Ok(iam) => iam,
        Err(error) => {
            println!("cargo::error={}", error.to_string().replace('\n', " "));
            return ExitCode::FAILURE;
        }
    };
    Build::new(iam)
        .model("aws/iam_api", model.join("service-2.json"))
        .overrides("aws/iam_api", OVERRIDES)
        .module_path("all_of_iam")
        .serde(Gate::On)
        .emit()
}

/// Copies the `pages` of IAM to a separate folder, which is returned, and the files that the tests read.
fn copy_inputs(pages: &Path, model: &Path) -> Result<PathBuf, Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", pages.display());
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let staged = out.join("seeds");
    let folder = staged.join("aws/iam_api");
    let only_pages = out.join("iam");
    for folder in [&folder, &only_pages.join("aws/iam_api")] {
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(pages)? {
            let entry = entry?;
            copy(&entry.path(), &folder.join(entry.file_name()))?;
        }
    }
    for name in ["service-2.json", "paginators-1.json"] {
        copy(&model.join(name), &folder.join(name))?;
    }
    copy(Path::new(OVERRIDES), &folder.join("overrides.json"))?;
    Ok(only_pages)
}

/// Copies the content of a file, but not its permissions, because the source may be read-only.
fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let text = fs::read(from).map_err(|error| format!("{}: {error}", from.display()))?;
    fs::write(to, text).map_err(|error| format!("{}: {error}", to.display()))
}
