//! Compares all paginators and waiters of all services with botocore, over the random responses of `tests/botocore/walks.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use serde_json::{Map, Value as Json};

use super::value::DynamicRecord;
use super::{Method, Resources, json, listing, tables, waiting};
use crate::error::{Error, ErrorKind};
use crate::listing::SentMarkers;
use crate::redact::Sanitizer;
use crate::schema::{Budget, Waiter};
use crate::wait::{Polling, Seen, Settings};

/// How often each paginator and waiter is walked.
const WALKS: &str = "3";

/// The calls after which waiters give up in `walks.py`.
const ATTEMPTS: u32 = 5;

#[derive(Default)]
struct Counts {
    paginators: (usize, usize),
    waiters: (usize, usize),
    walks: (usize, usize),
    unsupported: Vec<String>,
    differences: Vec<String>,
}

impl Counts {
    fn walk(&mut self, name: &str, result: Result<(), String>) {
        self.walks.1 += 1;
        match result {
            Ok(()) => self.walks.0 += 1,
            Err(problem) => self.differences.push(format!("{name}: {problem}")),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn all_paginators_and_waiters_walk_as_in_botocore() {
    let folders = ["PAGESMITH_BOTOCORE_DATA", "PAGESMITH_BOTOCORE_PYTHON"].map(std::env::var_os);
    let [Some(data), Some(python)] = folders else {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA and PAGESMITH_BOTOCORE_PYTHON");
        return;
    };
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/botocore/walks.py");
    let output = Command::new(python).args([program, WALKS]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut by_service: BTreeMap<(String, String), Vec<Json>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let line: Json = serde_json::from_str(line).unwrap();
        let service = ["service", "version"].map(|key| line[key].as_str().unwrap().to_owned());
        by_service.entry(service.into()).or_default().push(line);
    }
    let mut counts = Counts::default();
    for ((service, version), lines) in by_service {
        compare(&service, &Path::new(&data).join(&service).join(version), &lines, &mut counts)
            .await;
    }
    let Counts { paginators, waiters, walks, unsupported, differences } = counts;
    println!("paginators that bind: {} of {}", paginators.0, paginators.1);
    println!("waiters that bind: {} of {}", waiters.0, waiters.1);
    println!("walks as in botocore: {} of {}", walks.0, walks.1);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert_eq!(unsupported, ["importexport", "sdb"]);
    assert!(paginators.1 > 3000 && waiters.1 > 300 && walks.1 > 10_000);
}

async fn compare(service: &str, folder: &Path, lines: &[Json], counts: &mut Counts) {
    let [model, paginators, waiters] =
        ["service-2.json", "paginators-1.json", "waiters-2.json"].map(|name| file(folder, name));
    let resources = Resources::from_model_with_waiters(
        model.as_ref().unwrap(),
        paginators.as_deref(),
        waiters.as_deref(),
    );
    let resources = match resources {
        Ok(resources) => resources,
        Err(error) if error.to_string().contains("unsupported-signature") => {
            println!("not supported, because of its signature: {service}");
            counts.unsupported.push(service.to_owned());
            return;
        }
        Err(error) => return counts.differences.push(format!("{service}: {error}")),
    };
    let mut names = BTreeSet::new();
    for line in lines {
        let (kind, name) = match (line["paginator"].as_str(), line["waiter"].as_str()) {
            (Some(name), _) => ("paginator", name),
            (None, name) => ("waiter", name.unwrap()),
        };
        let is_first = names.insert((kind, name));
        let methods = resources.methods();
        let find = |method: &Method| match kind {
            "paginator" => method.operation() == name,
            _ => method.waiters().iter().any(|waiter| waiter == name),
        };
        let method = methods.into_iter().find(find);
        let continues = |method: &Method| {
            let listing = method.schema.listing.as_ref();
            listing.is_some_and(|listing| listing.continuation.is_some())
        };
        let binds = method.as_ref().is_some_and(|method| kind == "waiter" || continues(method));
        if is_first {
            let count = if kind == "waiter" { &mut counts.waiters } else { &mut counts.paginators };
            count.0 += usize::from(binds);
            count.1 += 1;
            if !binds {
                counts.differences.push(format!("{service}: the {kind} {name} does not bind"));
            }
        }
        let Some(method) = method.filter(|_| binds) else { continue };
        let result = match kind {
            "waiter" => wait(&method, name, line).await,
            _ => walk(&method, line),
        };
        counts.walk(&format!("{service} {name}"), result);
    }
}

fn file(folder: &Path, name: &str) -> Option<String> {
    let packed = std::fs::File::open(folder.join(format!("{name}.gz"))).ok();
    packed.map_or_else(
        || std::fs::read_to_string(folder.join(name)).ok(),
        |packed| {
            let mut text = String::new();
            MultiGzDecoder::new(packed).read_to_string(&mut text).unwrap();
            Some(text)
        },
    )
}

/// A record of the output of `method` with the values of `response`.
fn output<'m>(method: &'m Method, response: &Json) -> DynamicRecord<'m> {
    let schemas = method.schemas();
    let members = schemas.resource.output_members(&method.schema);
    let mut record = DynamicRecord::new(schemas, members);
    json::fill(&mut record, response.as_object().unwrap(), "").unwrap();
    record
}

/// Continues the listing over the responses, and compares the markers of each request and the rows of each page.
fn walk(method: &Method, line: &Json) -> Result<(), String> {
    let (schemas, schema) = (method.schemas(), &*method.schema);
    let (responses, params) =
        (line["responses"].as_array().unwrap(), line["params"].as_array().unwrap());
    let mut seen = SentMarkers::default();
    let first = DynamicRecord::new(schemas, &schema.input);
    tables::with(schemas, schema, |operation| seen.insert_input(operation, &first));
    for (at, response) in responses.iter().enumerate() {
        let record = output(method, response);
        let mut input = DynamicRecord::new(schemas, &schema.input);
        let more =
            tables::with(schemas, schema, |operation| seen.advance(operation, &record, &mut input));
        if let Some(expected) = line["rows"].get(at)
            && (expected.is_array() || schema.listing.as_ref().unwrap().rows.is_some())
        {
            let expected = expected.as_array().cloned().unwrap_or_default();
            let rows = listing::rows(schema, record, false, &mut Budget::unlimited()).unwrap();
            if rows != expected {
                return Err(format!("the rows are {rows:?} and not {expected:?}"));
            }
        }
        let sent = json::object(input, false, &mut Budget::unlimited()).unwrap();
        let is_last = at + 1 == responses.len();
        let as_expected = match more {
            Ok(true) => params.get(at + 1).and_then(Json::as_object) == Some(&sent),
            Ok(false) => is_last && line["error"] == false,
            Err(_) => is_last && line["error"] == true,
        };
        if !as_expected {
            let sent: Map<String, Json> = sent;
            return Err(format!("after page {at} of {line}: {more:?}, {sent:?}"));
        }
    }
    Ok(())
}

/// Waits over the outcomes, and compares how and when the waiter ends.
async fn wait(method: &Method, name: &str, line: &Json) -> Result<(), String> {
    let waiter = method.schema.waiters.iter().find(|waiter| waiter.name == name).unwrap();
    let outcomes = line["outcomes"].as_array().unwrap();
    let settings = Settings { delay: Some(Duration::ZERO), ..Settings::default() };
    let mut polling = Polling::new(&Waiter::new(name, 0, ATTEMPTS, &[]), "Operation", settings);
    for (at, outcome) in outcomes.iter().enumerate() {
        let status = u16::try_from(outcome["status"].as_u64().unwrap()).unwrap();
        let seen = waiting::with(waiter, |waiter| match outcome["code"].as_str() {
            Some(code) => Seen::error(waiter, Error::service(code, "").with_status(status)),
            None => {
                let record = output(method, &outcome["output"]);
                Seen::output(waiter, (status, &record), &Sanitizer::default())
            }
        });
        polling.within(async {}).await.unwrap();
        let end = match polling.after(seen).await.map_err(|error| error.kind()) {
            Ok(false) => continue,
            Ok(true) => "success",
            Err(ErrorKind::Waiter) => "failure",
            Err(ErrorKind::Timeout) => "attempts",
            Err(_) => "error",
        };
        if at + 1 == outcomes.len() && line["end"] == end {
            return Ok(());
        }
        return Err(format!("{end} after {} of {line}", at + 1));
    }
    Err(format!("no end after {line}"))
}
