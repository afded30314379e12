//! Compares every method of all pages of IAM with botocore: the bodies of calls and the values of
//! responses. Both are random, from `tests/botocore/random_calls.py`, and the same in every run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use pagesmith::Client;
use pagesmith::dynamic::{Method, Resources};
use serde_json::{Map, Value, json};

const PYTHON: &str = "PAGESMITH_BOTOCORE_PYTHON";
const PAGES: usize = 62;
const METHODS: usize = 156;
/// Members of current responses that the pages of 2024 do not have.
const LATER: [&str; 6] = [
    "AssertionEncryptionMode",
    "ExpirationDate",
    "PrivateKeyList",
    "SAMLProviderUUID",
    "ServiceCredentialAlias",
    "SourceRoleTemplate",
];
/// The number of calls and of responses for each method.
const EACH: usize = 200;

/// Prints a line. The test harness hides the output of a passing test, except for direct writes to standard error.
fn print(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[test]
fn every_method_agrees_with_botocore() {
    let Some(python) = std::env::var_os(PYTHON) else {
        return print(&format!("skipped: {PYTHON} is not set; see tests/botocore/README.md"));
    };
    let corpus = std::env::var_os("PAGESMITH_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus"),
        PathBuf::from,
    );
    let pages = corpus.join("2024-05-02/aws/iam_api");
    if !pages.is_dir() {
        return print("skipped: there is no corpus; set PAGESMITH_CORPUS");
    }
    let folder = Folder::of_pages(&pages);
    run(&python, &[OsString::from("models"), folder.service().into()], String::new());
    let resources = Resources::load(&folder.0).unwrap();
    let methods: BTreeMap<String, Method> =
        resources.methods().map(|method| (method.name(), method)).collect();
    assert_eq!(methods.len(), METHODS);
    let inputs: Vec<String> =
        methods.values().map(|method| program_input(method).to_string() + "\n").collect();
    let cases = run(&python, &[EACH.to_string().into()], inputs.concat());
    let client = Client::builder("us-east-1").credentials("AKIDEXAMPLE", "secret", None);
    let client = client.endpoint_url("http://127.0.0.1:1").build().unwrap();
    let mut later = BTreeSet::new();
    let mut counts: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let method = &methods[case["method"].as_str().unwrap()];
        let count = counts.entry(method.name()).or_default();
        if case["body"].is_string() {
            assert_same_body(method, &client, &case);
            count[0] += 1;
        } else {
            assert_same_output(method, &case, &mut later);
            count[1] += 1;
        }
    }
    assert_eq!(counts.len(), METHODS);
    assert!(
        counts.values().all(|&[calls, responses]| calls == EACH && [0, EACH].contains(&responses))
    );
    let total = |index: usize| counts.values().map(|count| count[index]).sum::<usize>();
    print(&format!("compared with botocore: {} bodies, {} responses", total(0), total(1)));
    assert_eq!(later.into_iter().collect::<Vec<_>>(), LATER);
    assert_eq!(total(0), METHODS * EACH);
    assert!(total(1) >= 80 * EACH, "most methods have an output: {}", total(1));
}

fn program_input(method: &Method) -> Value {
    let required = method.params().into_iter().filter(|param| param.required);
    let required: Vec<String> = required.map(|param| param.name).collect();
    json!({ "method": method.name(), "operation": method.operation(), "required": required })
}

fn assert_same_body(method: &Method, client: &Client, case: &Value) {
    let params = case["params"].as_object().unwrap().clone();
    let body =
        method.call(client).params(params).body().map(|body| String::from_utf8(body).unwrap());
    let body = body.unwrap_or_else(|error| panic!("{} {}: {error}", method.name(), case["params"]));
    assert_eq!(body, case["body"].as_str().unwrap(), "{} {}", method.name(), case["params"]);
}

fn assert_same_output(method: &Method, case: &Value, later: &mut BTreeSet<String>) {
    let document = case["response"].as_str().unwrap();
    let output = method.decode(document.as_bytes());
    let output = output.unwrap_or_else(|error| panic!("{}\n{document}\n{error:?}", method.name()));
    let theirs = without_later_members(&case["output"], &output, &method.fields(), later);
    assert_eq!(output, theirs, "{}\n{document}", method.name());
}

/// `theirs` without the members of rows for which the page has no field, because it is older than the model.
/// They are inserted into `later`.
fn without_later_members(
    theirs: &Value,
    ours: &Value,
    fields: &[String],
    later: &mut BTreeSet<String>,
) -> Value {
    match (theirs, ours) {
        (Value::Array(theirs), Value::Array(ours)) if theirs.len() == ours.len() => theirs
            .iter()
            .zip(ours)
            .map(|(theirs, ours)| without_later_members(theirs, ours, fields, later))
            .collect(),
        (Value::Object(theirs), Value::Object(ours)) => {
            let mut compared = Map::new();
            for (name, value) in theirs {
                match ours.get(name) {
                    Some(ours) => {
                        let value = without_later_members(value, ours, fields, later);
                        compared.insert(name.clone(), value);
                    }
                    None if fields.contains(name)
                        || !ours.keys().all(|key| fields.contains(key)) =>
                    {
                        compared.insert(name.clone(), value.clone());
                    }
                    None => {
                        later.insert(name.clone());
                    }
                }
            }
            compared.into()
        }
        _ => theirs.clone(),
    }
}

/// A folder of pages that is removed when this is dropped.
struct Folder(PathBuf);

impl Folder {
    fn of_pages(pages: &Path) -> Self {
        let name = format!("iam-{}", std::process::id());
        let folder = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name));
        std::fs::create_dir_all(folder.service()).unwrap();
        let mut count = 0;
        for entry in std::fs::read_dir(pages).unwrap() {
            let page = entry.unwrap().path();
            let name = page.file_name().unwrap();
            if page.extension().is_some_and(|extension| extension == "md") && name != "index.md" {
                // Only the content is copied, because the permissions of the file may prevent its removal.
                let text = std::fs::read(&page).unwrap();
                std::fs::write(folder.service().join(name), text).unwrap();
                count += 1;
            }
        }
        assert_eq!(count, PAGES);
        folder
    }

    fn service(&self) -> PathBuf {
        self.0.join("aws/iam_api")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The output of the program for `input`.
fn run(python: &OsString, arguments: &[OsString], input: String) -> String {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/botocore/random_calls.py");
    let mut process = Command::new(python)
        .arg(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{PYTHON} cannot be run: {error}"));
    let mut stdin = process.stdin.take().unwrap();
    // A separate thread writes the input, because the program writes output while it reads input.
    let writer = std::thread::spawn(move || {
        // A program that reads no input may have exited already.
        let _ = stdin.write_all(input.as_bytes());
    });
    let output = process.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(output.status.success(), "{PYTHON} failed: {}", output.status);
    String::from_utf8(output.stdout).unwrap()
}
