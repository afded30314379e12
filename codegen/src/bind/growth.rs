//! That binding is linear in the pages of a service: steps are counted, nothing is timed.

use serde_json::{Map, Value};

use super::{Overrides, bind};
use crate::page::{self, Page};
use crate::source::Source;
use crate::wire::ServiceModel;
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
