use super::{PARTITIONS, partition};
use serde_json::Value;
use std::fs;
use std::path::Path;

#[test]
fn regions_by_their_form() {
    for (region, name) in [
        ("us-east-1", "aws"),
        ("mx-nowhere-12", "aws"),
        ("us-gov-west-1", "aws-us-gov"),
        ("us-iso-east-1", "aws-iso"),
        ("us-isob-east-1", "aws-iso-b"),
        ("eusc-de-east-1", "aws-eusc"),
        ("aws-global", "aws"),
        ("aws-cn-global", "aws-cn"),
        // They belong to no partition.
        ("eusc-fr-east-1", "aws"),
        ("cn-north", "aws"),
        ("cn-north-", "aws"),
        ("cn--1", "aws"),
        ("cn-north-1\n", "aws"),
        ("cn-é-1", "aws"),
        ("", "aws"),
    ] {
        assert_eq!(partition(region).name, name, "{region:?}");
    }
}

/// Compares with botocore's file, where `$PAGESMITH_BOTOCORE_DATA` names the folder that it is in.
#[test]
fn facts_are_those_of_the_published_file() {
    let Some(data) = std::env::var_os("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA to compare with the published partitions");
        return;
    };
    let text = fs::read_to_string(Path::new(&data).join("partitions.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let published = file["partitions"].as_array().unwrap();
    assert_eq!(published.len(), PARTITIONS.len());
    for (published, ours) in published.iter().zip(&PARTITIONS) {
        assert_eq!(published["id"], ours.name);
        let outputs = &published["outputs"];
        assert_eq!(outputs["name"], ours.name);
        assert_eq!(outputs["dnsSuffix"], ours.dns_suffix);
        assert_eq!(outputs["dualStackDnsSuffix"], ours.dual_stack_suffix);
        assert_eq!(outputs["supportsFIPS"], ours.supports_fips);
        assert_eq!(outputs["supportsDualStack"], ours.supports_dual_stack);
        assert_eq!(outputs["implicitGlobalRegion"], ours.implicit_global_region);
        assert_eq!(outputs.as_object().unwrap().len(), 6);
        let regex = published["regionRegex"].as_str().unwrap();
        assert_eq!(prefixes(regex), ours.region_prefixes, "{regex}");
        for (region, overrides) in published["regions"].as_object().unwrap() {
            assert_eq!(partition(region).name, ours.name, "{region}");
            assert!(overrides.as_object().unwrap().keys().all(|key| key == "description"));
        }
    }
}

/// The prefixes of an expression such as `^eusc\-(de)\-\w+\-\d+$`.
fn prefixes(regex: &str) -> Vec<String> {
    let regex = regex.strip_prefix('^').and_then(|rest| rest.strip_suffix(r"\-\w+\-\d+$"));
    let prefix = regex.unwrap().replace(r"\-", "-");
    match prefix.strip_suffix(')').and_then(|rest| rest.split_once('(')) {
        Some((start, choices)) => {
            choices.split('|').map(|choice| format!("{start}{choice}")).collect()
        }
        None => vec![prefix],
    }
}
