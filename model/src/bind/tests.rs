//! That binding is linear in the pages of a service: steps are counted, nothing is timed.

use serde_json::{Map, Value};

use super::{Overrides, bind, bind_model};
use crate::model::ServiceModel;
use crate::page::{self, Page};
use crate::source::Source;
use crate::work;

const SEED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../seeds/aws/iam_api");

fn seed(file: &str) -> String {
    std::fs::read_to_string(format!("{SEED}/{file}")).unwrap()
}

fn renamed(text: &str, number: usize) -> String {
    text.replace("MFADevice", &format!("Made{number}Device"))
        .replace("mfaDevice", &format!("made{number}Device"))
        .replace("mfa_device", &format!("made{number}_device"))
}

/// `count` pages of one service after the seed's, each with operations and shapes of its own.
fn pages(count: usize) -> (Vec<Page>, ServiceModel) {
    let page = seed("mfa_devices.md");
    let pages = (0..count).map(|number| {
        let source = Source::new(format!("made{number}_devices.md"), renamed(&page, number));
        page::parse(&source).value.unwrap()
    });
    let mut model: Value = serde_json::from_str(&seed("service-2.json")).unwrap();
    for section in ["operations", "shapes"] {
        let mut all = Map::new();
        for (name, entry) in model[section].as_object().unwrap() {
            for number in 0..count {
                let entry = renamed(&entry.to_string(), number);
                all.insert(renamed(name, number), serde_json::from_str(&entry).unwrap());
            }
        }
        model[section] = Value::Object(all);
    }
    let source = Source::new("service-2.json", model.to_string());
    (pages.collect(), ServiceModel::read(&source, None).value.unwrap())
}

/// Each of these pages requires what the model leaves to the caller, and each such warning has a place in the
/// model: neither finding operations nor finding places may look at the whole model for each page.
#[test]
fn twice_the_pages_are_twice_the_steps() {
    let steps = |count: usize| {
        let (pages, model) = pages(count);
        work::steps(|| {
            let bound = bind(&pages, &model, &Overrides::default());
            assert!(bound.value.is_some() && bound.diagnostics.len() >= count);
        })
    };
    let (few, many) = (steps(20), steps(40));
    assert!(few > 20, "nothing was counted");
    assert!(many <= few * 2 + few / 10, "{few} steps for 20 pages, {many} for 40");
}

/// Holds the steps of `work` for an input twice as long to twice the steps.
fn assert_linear(what: &str, work: impl Fn(usize)) {
    let steps = |count| work::steps(|| work(count));
    let (few, many) = (steps(200), steps(400));
    assert!(few >= 200, "{what}: nothing was counted");
    assert!(many <= few * 2 + few / 10, "{what}: {few} steps for 200, {many} for 400");
}

/// A model with one operation, whose input has `members`, and with `shapes`.
fn model(members: &str, shapes: &str) -> Source {
    let text = format!(
        r#"{{"metadata":{{"apiVersion":"2020-01-01","endpointPrefix":"a","protocol":"query","serviceId":"A","serviceFullName":"A"}},
            "operations":{{"Go":{{"name":"Go","http":{{"method":"POST","requestUri":"/"}},"input":{{"shape":"In"}}}}}},
            "shapes":{{"In":{{"type":"structure","members":{{{members}}}}},{shapes}"Text":{{"type":"string"}}}}}}"#
    );
    Source::new("service-2.json", text)
}

/// Many problems in one shape: its text is walked over once, and not for each of them.
#[test]
fn places_in_one_shape_take_one_walk() {
    assert_linear("places", |count| {
        let member = |at| format!(r#""m{at}":{{"shape":"Text","locationName":"a b"}}"#);
        let members: Vec<String> = (0..count).map(member).collect();
        let model = ServiceModel::read(&model(&members.join(","), ""), None).value.unwrap();
        assert_eq!(bind_model(&model).diagnostics.len(), count);
    });
}

/// Structures that hold one another in a row, or in a ring.
#[test]
fn cycles_of_structures_are_found_at_once() {
    for is_ring in [false, true] {
        assert_linear("cycles", |count| {
            let shape = |at: usize| {
                let next = if at + 1 < count { at + 1 } else { 0 };
                let held =
                    if at + 1 < count || is_ring { format!("s{next}") } else { "Text".to_owned() };
                format!(r#""s{at}":{{"type":"structure","members":{{"n":{{"shape":"{held}"}}}}}},"#)
            };
            let shapes: String = (0..count).map(shape).collect();
            let model = model(r#""first":{"shape":"s0"}"#, &shapes);
            let service =
                bind_model(&ServiceModel::read(&model, None).value.unwrap()).value.unwrap();
            let recursive = service.schemas.values().filter(|schema| {
                let members = schema.members().unwrap_or_default();
                members.iter().any(|member| member.recursive)
            });
            assert_eq!(recursive.count(), if is_ring { count } else { 0 });
        });
    }
}
