//! All published cases of all services: `endpoint-tests-1.json` below `$PAGESMITH_ENDPOINT_TESTS`, the folder
//! `tests/functional/endpoint-rules` of botocore's source distribution. The folder of a case names the service.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;
use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::tables::{SUFFIXES, any_text};
use pagesmith_model::model::EndpointRuleSet;
use pagesmith_model::source::Source;

use crate::endpoint::from_model;
use crate::endpoint::rules::{
    AuthScheme, EndpointRules, ParameterValue, PropertyValue, ResolvedEndpoint,
};

fn folder(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: set {variable} to run the published cases of endpoint rule sets");
    }
    folder
}

/// The rule set of a service's latest version, for which the cases are. The others are read only.
fn rules(data: &Path, service: &str) -> EndpointRuleSet {
    let versions = folders(&data.join(service)).into_iter();
    let mut rules: Vec<_> = versions
        .map(|version| {
            let file = data.join(service).join(version).join("endpoint-rule-set-1.json.gz");
            let mut text = String::new();
            MultiGzDecoder::new(fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
            EndpointRuleSet::read(&Source::new("endpoint-rule-set-1.json", text)).value.unwrap()
        })
        .collect();
    rules.pop().unwrap()
}

/// The names of the folders in `folder`, sorted.
fn folders(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let entries = entries.filter(|entry| entry.file_type().unwrap().is_dir());
    let mut names: Vec<_> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn every_published_case() {
    let Some(data) = folder("PAGESMITH_BOTOCORE_DATA") else { return };
    let Some(cases) = folder("PAGESMITH_ENDPOINT_TESTS") else { return };
    let (mut all, mut differences) = (0, Vec::new());
    for service in folders(&cases) {
        let rules = rules(&data, &service);
        let text = fs::read_to_string(cases.join(&service).join("endpoint-tests-1.json")).unwrap();
        let document: Json = serde_json::from_str(&text).unwrap();
        for case in document["testCases"].as_array().unwrap() {
            all += 1;
            let expected = expected(&case["expect"]);
            let actual = from_model::with(&rules, |rules| resolve(rules, case));
            if expected != actual {
                let of = &case["documentation"];
                differences.push(format!("{service}: {of}\n  {expected}\n  {actual}"));
            }
        }
    }
    println!("endpoint rule sets: {} of {all} published cases", all - differences.len());
    assert!(all > 10_000, "{all} cases");
    let shown = differences.iter().take(20).fold(String::new(), |mut shown, difference| {
        let _ = writeln!(shown, "{difference}");
        shown
    });
    assert!(differences.is_empty(), "{} differences:\n{shown}", differences.len());
}

/// Whatever a caller passes to S3, the host is AWS's or that of the custom endpoint.
#[test]
fn any_text_stays_in_its_place_for_s3() {
    let Some(data) = folder("PAGESMITH_BOTOCORE_DATA") else { return };
    let rules = rules(&data, "s3");
    proptest!(|(region in any_text(), bucket in any_text(), custom in any::<bool>(), switch in any::<u8>())| {
        from_model::with(&rules, |rules| {
        let resolved = rules.resolve(&|parameter| match parameter.name {
            "Region" => Some(ParameterValue::Text(&region)),
            "Bucket" => Some(ParameterValue::Text(&bucket)),
            "Endpoint" => custom.then_some(ParameterValue::Text("https://custom.example:1")),
            "UseFIPS" => Some(ParameterValue::Boolean(switch & 1 != 0)),
            "UseDualStack" => Some(ParameterValue::Boolean(switch & 2 != 0)),
            "ForcePathStyle" => Some(ParameterValue::Boolean(switch & 4 != 0)),
            "Accelerate" => Some(ParameterValue::Boolean(switch & 8 != 0)),
            "UseArnRegion" => Some(ParameterValue::Boolean(switch & 16 != 0)),
            _ => None,
        });
        if let Ok(endpoint) = resolved {
            let rest = endpoint.url.strip_prefix("https://").unwrap();
            let host = rest.split(['/', '?', '#', '\\', '@']).next().unwrap();
            let ends = |end: &str| host.ends_with(end);
            let is_aws = SUFFIXES.into_iter().chain([".api.aws"]).any(ends);
            prop_assert!(is_aws || ends("custom.example:1"), "{}", endpoint.url);
            prop_assert!(host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:_".contains(&byte)));
        }
        Ok(())
        })?;
    });
}

/// What the rule set gives for a case, in the form of the cases.
fn resolve(rules: &EndpointRules<'_>, case: &Json) -> Json {
    let given = case.get("params");
    let value = |name: &str| given.and_then(|given| given.get(name)).map(value_of);
    match rules.resolve(&|parameter| value(parameter.name)) {
        Ok(endpoint) => json!({ "endpoint": endpoint_json(&endpoint) }),
        Err(error) => json!({ "error": error.to_string() }),
    }
}

/// A value of a parameter, which is leaked.
fn value_of(json: &Json) -> ParameterValue<'static> {
    let text = |json: &Json| &*json.as_str().unwrap().to_owned().leak();
    match json {
        Json::Bool(value) => ParameterValue::Boolean(*value),
        Json::Array(texts) => {
            ParameterValue::Texts(texts.iter().map(text).collect::<Vec<_>>().leak())
        }
        other => ParameterValue::Text(text(other)),
    }
}

/// The same form for all cases, without empty records.
fn expected(expect: &Json) -> Json {
    let mut expected = expect.clone();
    if let Some(endpoint) = expected.get_mut("endpoint") {
        let endpoint = endpoint.as_object_mut().unwrap();
        endpoint.retain(|_, value| value != &json!({}));
    }
    expected
}

fn endpoint_json(endpoint: &ResolvedEndpoint<'_>) -> Json {
    let mut json = json!({ "url": endpoint.url });
    let mut properties = Map::new();
    if !endpoint.auth_schemes.is_empty() {
        let schemes = endpoint.auth_schemes.iter().map(auth_scheme_json);
        properties.insert("authSchemes".to_owned(), schemes.collect());
    }
    for (name, value) in &endpoint.properties {
        properties.insert((*name).to_owned(), property_json(value));
    }
    if !properties.is_empty() {
        json["properties"] = properties.into();
    }
    for (name, values) in &endpoint.headers {
        json["headers"][name] = texts_json(values);
    }
    json
}

fn texts_json(texts: &[Cow<'_, str>]) -> Json {
    texts.iter().map(AsRef::as_ref).map(Json::from).collect()
}

fn auth_scheme_json(scheme: &AuthScheme<'_>) -> Json {
    let mut json = json!({ "name": scheme.name });
    let texts = [("signingName", &scheme.signing_name), ("signingRegion", &scheme.signing_region)];
    for (key, text) in texts {
        if let Some(text) = text {
            json[key] = text.as_ref().into();
        }
    }
    if !scheme.signing_region_set.is_empty() {
        json["signingRegionSet"] = texts_json(&scheme.signing_region_set);
    }
    if scheme.disable_double_encoding {
        json["disableDoubleEncoding"] = true.into();
    }
    json
}

fn property_json(property: &PropertyValue<'_>) -> Json {
    match property {
        PropertyValue::Boolean(value) => (*value).into(),
        PropertyValue::Text(text) => text.as_ref().into(),
        PropertyValue::List(list) => list.iter().map(property_json).collect(),
        PropertyValue::Record(record) => record
            .iter()
            .map(|(name, value)| ((*name).to_owned(), property_json(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}
