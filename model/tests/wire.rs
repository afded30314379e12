//! Reading service models: the seed's, whatever AWS publishes, and whatever else a file may hold.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::path::Path;

use pagesmith_model::diagnostic::Severity;
use pagesmith_model::model::{ErrorFacts, Location, ServiceModel, ShapeKind, TimestampFormat};
use pagesmith_model::source::Source;
use proptest::prelude::*;

fn seed(name: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/aws/iam_api").join(name);
    Source::new(name, std::fs::read_to_string(path).unwrap())
}

fn seed_model() -> ServiceModel {
    let outcome = ServiceModel::read(&seed("service-2.json"), Some(&seed("paginators-1.json")));
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    outcome.value.unwrap()
}

#[test]
fn the_seed() {
    let model = seed_model();
    assert_eq!(model.metadata.protocol, "query");
    assert_eq!(model.metadata.protocols, ["query"]);
    assert_eq!(model.metadata.api_version, "2010-05-08");
    assert_eq!(model.metadata.signing_name(), "iam");
    assert_eq!(model.metadata.global_endpoint.as_deref(), Some("iam.amazonaws.com"));
    assert_eq!(model.operations.len(), 6);

    let list = model.operation("ListMFADevices").unwrap();
    assert_eq!(
        list.output.as_ref().unwrap().result_wrapper.as_deref(),
        Some("ListMFADevicesResult")
    );
    assert!(!list.is_unsigned());
    let input: Vec<&String> = model.input_of(list).unwrap().members.keys().collect();
    assert_eq!(input, ["UserName", "Marker", "MaxItems"]);
    let output = model.output_of(list).unwrap();
    assert_eq!(output.required, ["MFADevices"]);
    let rows = model.shape(&output.members["MFADevices"].shape).unwrap();
    assert!(
        matches!(&rows.kind, ShapeKind::List { member, flattened: false, sparse: false } if member.shape == "MFADevice")
    );
    let pagination = &model.pagination["ListMFADevices"];
    assert_eq!(pagination.result_key, ["MFADevices"]);
    assert_eq!(pagination.more_results.as_deref(), Some("IsTruncated"));

    let enable = model.operation("EnableMFADevice").unwrap();
    assert!(model.output_of(enable).is_none());
    let codes: Vec<&str> = model.error_codes(enable).map(|error| error.code.as_str()).collect();
    let expected = [
        "EntityAlreadyExists",
        "EntityTemporarilyUnmodifiable",
        "InvalidAuthenticationCode",
        "LimitExceeded",
        "NoSuchEntity",
        "ServiceFailure",
        "ConcurrentModification",
    ];
    assert_eq!(codes, expected);
}

#[test]
fn places_in_the_seed() {
    let model = seed_model();
    let span = model.span(&["shapes", "DeactivateMFADeviceRequest", "required", "0"]);
    assert_eq!(span.text(), "\"SerialNumber\"");
    assert_eq!(
        model.span(&["shapes", "DeactivateMFADeviceRequest"]).text(),
        "\"DeactivateMFADeviceRequest\""
    );
    assert_eq!(model.span(&["nowhere"]).line_column(), (1, 1));
}

/// A model with everything that the format can say about how the query protocol travels.
const ALL: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2020-01-01", "endpointPrefix": "e", "protocol": "query", "serviceId": "S",
    "serviceFullName": "Service", "signingName": "sign", "signatureVersion": "v4"
  },
  "operations": {
    "Get": {
      "name": "Get", "http": {"method": "POST", "requestUri": "/"}, "authtype": "none",
      "endpoint": {"hostPrefix": "p."}, "httpChecksumRequired": true, "documentation": "<p>Gets.</p>",
      "input": {"shape": "In"}, "output": {"shape": "In", "resultWrapper": "R"},
      "errors": [
        {"shape": "Old", "error": {"code": "Old.Code", "httpStatusCode": 400, "senderFault": true}},
        {"shape": "Plain"}, {"shape": "Bare"}
      ]
    }
  },
  "shapes": {
    "In": {
      "type": "structure", "required": ["Names"],
      "members": {
        "Names": {"shape": "Names", "flattened": true, "locationName": "Name", "queryName": "Q"},
        "Renamed": {"shape": "Renamed"},
        "When": {"shape": "Time", "timestampFormat": "unixTimestamp", "sensitive": true},
        "Token": {"shape": "Secret", "idempotencyToken": true, "xmlAttribute": true, "location": "header"},
        "Map": {"shape": "Map"}
      }
    },
    "Names": {"type": "list", "member": {"shape": "Secret", "locationName": "N"}, "min": 1, "max": 9},
    "Renamed": {"type": "list", "member": {"shape": "Blob"}, "flattened": true, "locationName": "Other"},
    "Time": {"type": "timestamp", "timestampFormat": "rfc822"},
    "Secret": {"type": "string", "sensitive": true, "enum": ["a", "b"], "pattern": ".*"},
    "Blob": {"type": "blob", "streaming": true},
    "Map": {"type": "map", "key": {"shape": "Secret", "locationName": "K"}, "value": {"shape": "Blob"}},
    "Bare": {"type": "structure", "members": {}},
    "Old": {"type": "structure", "members": {}, "exception": true},
    "Plain": {"type": "structure", "members": {}, "exception": true, "documentation": "x"}
  }
}"#;

#[test]
fn every_fact_is_read() {
    let outcome = ServiceModel::read(&Source::new("all.json", ALL), None);
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let model = outcome.value.unwrap();
    assert_eq!(model.metadata.signing_name(), "sign");
    let get = model.operation("Get").unwrap();
    assert!(get.is_unsigned());
    assert_eq!(get.host_prefix(), Some("p."));
    assert!(get.checksum().unwrap().request_checksum_required);
    let errors: Vec<&ErrorFacts> = model.error_codes(get).collect();
    let old = ErrorFacts {
        code: "Old.Code".to_owned(),
        status: Some(400),
        sender_fault: true,
        retryable: None,
    };
    let plain =
        ErrorFacts { code: "Plain".to_owned(), status: None, sender_fault: false, retryable: None };
    let bare = ErrorFacts { code: "Bare".to_owned(), ..plain.clone() };
    assert_eq!(errors, [&old, &plain, &bare]);

    let input = model.input_of(get).unwrap();
    let names = &input.members["Names"];
    assert!(names.flattened);
    assert_eq!(names.location_name.as_deref(), Some("Name"));
    assert_eq!(names.query_name.as_deref(), Some("Q"));
    assert_eq!(input.members["Renamed"].location_name.as_deref(), Some("Other"));
    let when = &input.members["When"];
    assert_eq!(
        (when.timestamp_format, when.sensitive),
        (Some(TimestampFormat::UnixTimestamp), true)
    );
    let token = &input.members["Token"];
    assert!(token.idempotency_token && token.xml_attribute);
    assert_eq!(token.location, Some(Location::Header));
    assert!(model.shape("Blob").unwrap().streaming);
    let secret = model.shape("Secret").unwrap();
    assert!(secret.sensitive);
    assert_eq!(secret.kind, ShapeKind::String { values: vec!["a".to_owned(), "b".to_owned()] });
}

/// Reads `text` and shows each diagnostic as `rule line:column covered text`.
fn complaints(text: &str, paginators: Option<&str>) -> Vec<String> {
    let paginators = paginators.map(|text| Source::new("p.json", text));
    let outcome = ServiceModel::read(&Source::new("s.json", text), paginators.as_ref());
    assert_eq!(outcome.value.is_none(), outcome.diagnostics.has_errors());
    let show = outcome.diagnostics.iter().map(|found| {
        let span = found.span().unwrap();
        assert!(!found.message().is_empty() && found.help_text().is_some());
        let mark = if found.severity() == Severity::Warning { "warning " } else { "" };
        format!("{mark}{} {}", found.rule(), span.text())
    });
    show.collect()
}

#[test]
fn what_is_wrong_is_reported_where_it_is() {
    for (from, to, expected) in [
        ("\"serviceId\": \"S\",", "", "model-missing-key \"metadata\""),
        ("\"apiVersion\": \"2020-01-01\"", "\"apiVersion\": 1", "model-wrong-type 1"),
        ("\"min\": 1", "\"mystery\": 1", "model-unknown-key 1"),
        ("\"authtype\": \"none\"", "\"x\": {}", "model-unknown-key \"x\""),
        ("\"queryName\"", "\"queryname\"", "model-unknown-key \"Q\""),
        ("\"type\": \"blob\"", "\"type\": \"blub\"", "model-unknown-type \"blub\""),
        ("\"rfc822\"", "\"rfc823\"", "model-unknown-timestamp-format \"rfc823\""),
        ("{\"shape\": \"Map\"}", "{\"shape\": \"Mop\"}", "model-dangling-shape \"Mop\""),
        (
            "\"input\": {\"shape\": \"In\"}",
            "\"input\": {\"shape\": \"Time\"}",
            "model-dangling-shape \"Time\"",
        ),
        ("{\"shape\": \"Plain\"}", "{\"shape\": \"Plane\"}", "model-dangling-shape \"Plane\""),
        ("[\"Names\"]", "[\"Names\", \"None\"]", "model-unknown-member \"None\""),
        ("\"members\": {}, \"exception\"", "\"exception\"", "model-missing-key \"Old\""),
        ("\"flattened\": true, \"l", "\"flattened\": \"true\", \"l", "model-wrong-type \"true\""),
        ("\"pattern\": \".*\"", "\"type\": \"string\"", "model-repeated-key \"type\""),
        (
            "\"Plain\": {\"type\": \"structure\",",
            "\"Plain\": {\"type\": \"structure\", \"error\": {\"httpStatusCode\": 99999999},",
            "model-wrong-type 99999999",
        ),
    ] {
        assert!(ALL.contains(from), "{from}");
        let found = complaints(&ALL.replacen(from, to, 1), None);
        assert!(found.iter().any(|found| found == expected), "{to}: {found:?}");
    }
}

#[test]
fn all_that_is_wrong_is_reported() {
    let text = ALL
        .replace("\"blob\"", "\"blub\"")
        .replace("\"version\"", "\"versions\"")
        .replace(".Code", "");
    let found = complaints(&text, None);
    assert_eq!(found, ["model-unknown-key \"2.0\"", "model-unknown-type \"blub\""]);
}

#[test]
fn an_error_has_one_code() {
    let old = "\"Old\": {\"type\": \"structure\",";
    let text = ALL
        .replace(old, &format!("{old} \"error\": {{\"code\": \"New\", \"httpStatusCode\": 400}},"));
    assert_eq!(complaints(&text, None), ["model-error-disagrees \"error\""]);
}

#[test]
fn any_protocol_is_read() {
    assert!(complaints(&ALL.replace("\"query\"", "\"carrier-pigeon\""), None).is_empty());
}

#[test]
fn paginators() {
    let good = r#"{"pagination": {"Get": {"input_token": "Token", "output_token": "Names[-1] || Token",
        "result_key": ["Names", "Map"], "limit_key": "When", "non_aggregate_keys": ["Map"]}}}"#;
    assert!(complaints(ALL, Some(good)).is_empty());
    let bad = good.replace("\"Token\",", "\"Tiken\",").replace("[\"Names\",", "[\"Nimes\",");
    let expected =
        ["paginator-unknown-member \"Tiken\"", "paginator-unknown-member \"result_key\""];
    assert_eq!(complaints(ALL, Some(&bad)), expected);
    let unused = good.replace("\"Get\"", "\"Put\"");
    assert_eq!(complaints(ALL, Some(&unused)), ["warning paginator-unused \"Put\""]);
    assert_eq!(complaints(ALL, Some("{}")), ["model-missing-key "]);
    assert_eq!(complaints(ALL, Some("{\"pagination\": []}")), ["model-wrong-type \"pagination\""]);
}

#[test]
fn a_paginator_may_lead_to_a_missing_shape() {
    let paginator = r#"{"pagination": {"Get": {"output_token": "Names[-1]"}}}"#;
    let text = ALL.replacen("{\"shape\": \"Names\"", "{\"shape\": \"Nimes\"", 1);
    let expected = ["model-dangling-shape \"Nimes\"", "paginator-unknown-member \"Names[-1]\""];
    assert_eq!(complaints(&text, Some(paginator)), expected);
}

#[test]
fn bad_json_has_its_place() {
    let source = Source::new("s.json", "{\n  \"metadata\": {,}\n}");
    let outcome = ServiceModel::read(&source, None);
    let found = outcome.diagnostics.iter().next().unwrap();
    assert_eq!(found.rule(), "model-bad-json");
    assert_eq!(found.span().unwrap().to_string(), "s.json:2:16");
    for text in ["", "{", "\u{feff}{}", "[1, é", "nul", "\"\\u12"] {
        assert_eq!(complaints(text, None).len(), 1, "{text}");
    }
}

#[test]
fn depth_and_size_have_bounds() {
    for text in ["[".repeat(5_000_000), "{\"a\":".repeat(2_000_000)] {
        let outcome = ServiceModel::read(&Source::new("deep.json", text), None);
        assert!(outcome.diagnostics.has_errors());
    }
    // A hundred thousand faults, each with its place, in time linear in the file.
    let faults: Vec<String> =
        (0..100_000).map(|at| format!("\"s{at}\": {{\"type\": \"?\"}}")).collect();
    let text = ALL.replace("\"shapes\": {", &format!("\"shapes\": {{{},", faults.join(",")));
    let outcome = ServiceModel::read(&Source::new("wide.json", text), None);
    assert_eq!(outcome.diagnostics.len(), 100_000);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// A model with a piece cut out or put in gives diagnostics with places that exist, or a model.
    #[test]
    fn no_damage_panics(at in 0..ALL.len(), cut in 0usize..40, put in "[\\[\\]{}:,\"a-z0-9 \\\\]{0,6}") {
        let text = format!("{}{put}{}", &ALL[..at], &ALL[(at + cut).min(ALL.len())..]);
        complaints(&text, None);
    }
}

/// Each becomes part of a host's name, a signature or a request.
#[test]
fn suspicious_facts_of_a_service_are_refused() {
    let seed = seed("service-2.json").text().to_owned();
    for (from, bad) in [
        (
            "\"endpointPrefix\": \"iam\"",
            &["", "a b", "evil.example/", "iam.", "-iam", "i@m", "ïam", "a..b", "IAM"][..],
        ),
        (
            "\"apiVersion\": \"2010-05-08\"",
            &["", "2010-05-8", "latest", "2010-05-08&Action=DeleteUser", "20100508"],
        ),
        ("\"serviceId\": \"IAM\"", &["", " ", "I`M", "I\\nM", "I/M"]),
        (
            "\"globalEndpoint\": \"iam.amazonaws.com\"",
            &["", "https://iam.amazonaws.com", "iam.amazonaws.com/", "iam amazonaws.com"],
        ),
        ("\"signatureVersion\": \"v4\"", &["", "v 4"]),
        ("\"protocol\": \"query\"", &["", "qu ery", "a`b"]),
    ] {
        assert_eq!(seed.matches(from).count(), 1, "{from}");
        let (key, _) = from.split_once(": ").unwrap();
        for value in bad {
            let text = seed.replace(from, &format!("{key}: \"{value}\""));
            let outcome = ServiceModel::read(&Source::new("service-2.json", text), None);
            assert!(outcome.value.is_none(), "{key} may be {value:?}");
            let found: Vec<_> = outcome.diagnostics.iter().collect();
            assert_eq!(found.len(), 1, "{key}: {value:?}");
            assert_eq!(found[0].rule(), "model-bad-value", "{key}: {value:?}");
            let key = key.trim_matches('"');
            assert!(found[0].message().contains(key), "{}", found[0].message());
            assert_ne!(found[0].span().unwrap().line_column().0, 1);
        }
    }
    let signing = "\"endpointPrefix\": \"iam\", \"signingName\": ";
    for (name, is_good) in
        [("iam", true), ("IoTSecuredTunneling", true), ("a/b", false), ("", false), ("a b", false)]
    {
        let text = seed.replace("\"endpointPrefix\": \"iam\"", &format!("{signing}\"{name}\""));
        let outcome = ServiceModel::read(&Source::new("service-2.json", text), None);
        assert_eq!(outcome.value.is_some(), is_good, "{name:?}");
    }
}

#[test]
fn a_status_is_one_of_http() {
    let seed = seed("service-2.json").text().to_owned();
    let from = "\"httpStatusCode\": 404";
    assert!(seed.contains(from));
    for status in ["0", "99", "600", "4040", "-1"] {
        let text = seed.replace(from, &format!("\"httpStatusCode\": {status}"));
        let outcome = ServiceModel::read(&Source::new("service-2.json", text), None);
        assert!(outcome.value.is_none(), "{status}");
        assert!(outcome.diagnostics.iter().all(|found| found.rule() == "model-wrong-type"));
    }
}
