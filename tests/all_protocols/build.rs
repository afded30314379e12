//! Generates the SDK of a service of each protocol, bound to botocore's published models. Services without pages in the corpus, which
//! is not in this repository, have pages from their model. For the tests, `OUT_DIR/seeds` has pages and models, and
//! `OUT_DIR/calls.rs` calls every method with arguments that are known only at run time.

#[path = "build/calls.rs"]
mod calls;
#[path = "build/pages.rs"]
mod pages;

use std::error::Error;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use pagesmith_codegen::{Build, Gate, folder};
use pagesmith_model::diagnostic::Style;
use pagesmith_model::model::ServiceModel;
use pagesmith_model::source::Source;

/// The services: the folder of the pages, and that of botocore's model.
const SERVICES: [(&str, &str); 9] = [
    // AWS Query.
    ("iam_api", "iam/2010-05-08"),
    ("sns", "sns/2010-03-31"),
    // AWS JSON 1.0; SQS once used AWS Query.
    ("dynamodb", "dynamodb/2012-08-10"),
    ("sqs", "sqs/2012-11-05"),
    // AWS JSON 1.1.
    ("logs", "logs/2014-03-28"),
    // REST JSON.
    ("lambda", "lambda/2015-03-31"),
    // REST XML. Generated code has no checksums yet, so S3 is left out.
    ("route53", "route53/2013-04-01"),
    // Smithy RPC v2 CBOR.
    ("eventbridgev2", "eventbridgev2/2025-05-15"),
    // EC2 Query.
    ("ec2", "ec2/2016-11-15"),
];

/// The first words of the resources of EC2 that are generated: all of them take minutes and gigabytes to compile.
const OF_EC2: [&str; 7] = ["image", "instance", "route", "security", "snapshot", "volume", "vpc"];

fn main() -> ExitCode {
    for name in ["PAGESMITH_CORPUS", "PAGESMITH_BOTOCORE_DATA"] {
        println!("cargo::rerun-if-env-changed={name}");
    }
    let Some(data) = env::var_os("PAGESMITH_BOTOCORE_DATA").map(PathBuf::from) else {
        println!(
            "cargo::error=PAGESMITH_BOTOCORE_DATA is not set; set it to botocore's folder `data`"
        );
        return ExitCode::FAILURE;
    };
    let seeds = match stage(&data) {
        Ok(seeds) => seeds,
        Err(error) => {
            println!("cargo::error={}", error.to_string().replace('\n', " "));
            return ExitCode::FAILURE;
        }
    };
    Build::new(seeds).module_path("all_protocols").serde(Gate::On).emit()
}

/// Writes pages and models to a folder, which is returned, and the functions that the tests call.
fn stage(data: &Path) -> Result<PathBuf, Box<dyn Error>> {
    let out = PathBuf::from(env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?);
    let seeds = out.join("seeds");
    // Pages of an earlier build must not remain.
    let _ = fs::remove_dir_all(&seeds);
    let corpus = env::var_os("PAGESMITH_CORPUS").map(PathBuf::from);
    let corpus = corpus.unwrap_or_else(|| Path::new("../../../shared/corpus").to_owned());
    for (name, model) in SERVICES {
        let folder = seeds.join("aws").join(name);
        fs::create_dir_all(&folder)?;
        let service = read(&data.join(model), "service-2.json")?;
        fs::write(folder.join("service-2.json"), &service)?;
        if let Ok(paginators) = read(&data.join(model), "paginators-1.json") {
            fs::write(folder.join("paginators-1.json"), paginators)?;
        }
        let published = corpus.join("2024-05-02/aws").join(name);
        if name == "iam_api" && published.is_dir() {
            copy_folder(&published, &folder)?;
            fs::copy("../../seeds/aws/iam_api/overrides.json", folder.join("overrides.json"))?;
            continue;
        }
        let outcome = ServiceModel::read(&Source::new("service-2.json", service), None);
        let model = outcome.value.ok_or_else(|| outcome.diagnostics.render_all(Style::Plain))?;
        for (resource, page) in pages::of(name, &model) {
            let word = resource.split('_').next().unwrap_or_default();
            if name == "ec2" && !OF_EC2.contains(&word.trim_end_matches('s')) {
                continue;
            }
            fs::write(folder.join(format!("{resource}.md")), page)?;
        }
    }
    let read = folder::read(&seeds, "seeds");
    let bound = read.value.ok_or_else(|| read.diagnostics.render_all(Style::Plain))?;
    let mut calls = calls::Calls::default();
    for service in &bound.services {
        calls.add(service, &bound.settings)?;
    }
    fs::write(out.join("calls.rs"), calls.finish())?;
    Ok(seeds)
}

/// Reads a file of a published model, which is compressed.
fn read(folder: &Path, name: &str) -> Result<String, Box<dyn Error>> {
    let path = folder.join(format!("{name}.gz"));
    println!("cargo::rerun-if-changed={}", path.display());
    let packed = fs::File::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text)
}

/// Copies the content of files, but not their permissions, because the source may be read-only.
fn copy_folder(from: &Path, into: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", from.display());
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        fs::write(into.join(entry.file_name()), fs::read(entry.path())?)?;
    }
    Ok(())
}
