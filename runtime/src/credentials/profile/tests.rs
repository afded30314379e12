use std::path::Path;

use super::{Profile, SharedFile};

const CONFIG: &str = "\
# a comment
[default]
region = eu-west-1
  indented = below region

[ profile   dev ]
Region=us-east-2   ; where we work
aws_access_key_id = FROM_CONFIG
services = local
s3 =
  max_concurrent_requests = 20

[services local]
iam =
  endpoint_url = http://127.0.0.1:4566
sts =
  endpoint_url = http://127.0.0.1:4567
[dev]
region = not this one
";

const CREDENTIALS: &str = "\
[dev]
aws_access_key_id = FROM_CREDENTIALS
aws_secret_access_key = a#b;c
[only-here]
aws_access_key_id =
";

fn find(name: &str) -> Option<Profile> {
    find_in(name, CONFIG, CREDENTIALS)
}

fn find_in(name: &str, config: &str, credentials: &str) -> Option<Profile> {
    let file = |path: &str, text: &str| SharedFile::parse(Path::new(path), Some(text.as_bytes()));
    Profile::find(
        name,
        &file("config", config).unwrap(),
        &file("credentials", credentials).unwrap(),
    )
}

#[test]
fn both_files_are_merged_and_the_credentials_file_takes_precedence() {
    let dev = find("dev").unwrap();
    assert_eq!(dev.get("region"), Some("us-east-2"));
    assert_eq!(dev.get("aws_access_key_id"), Some("FROM_CREDENTIALS"));
    assert_eq!(dev.get("aws_secret_access_key"), Some("a#b;c"));
}

#[test]
fn indented_settings_do_not_belong_to_the_profile() {
    assert_eq!(find("default").unwrap().get("indented"), None);
    assert_eq!(find("dev").unwrap().get("max_concurrent_requests"), None);
}

#[test]
fn endpoints_of_single_services_are_found() {
    let endpoints: Vec<_> = find("dev")
        .unwrap()
        .service_endpoints()
        .map(|(service, url)| format!("{service} {} {}", url.value, url.location))
        .collect();
    assert_eq!(
        endpoints,
        ["iam http://127.0.0.1:4566 config, line 15", "sts http://127.0.0.1:4567 config, line 17"]
    );
}

#[test]
fn an_empty_setting_is_unset() {
    assert_eq!(find("only-here").unwrap().get("aws_access_key_id"), None);
}

#[test]
fn an_unknown_profile_is_none() {
    assert_eq!(find("prod"), None);
    assert_eq!(find_in("default", "", ""), None);
}

#[test]
fn debug_does_not_show_settings() {
    assert_eq!(format!("{:?}", find("dev").unwrap()), "Profile { name: \"dev\", .. }");
}

#[test]
fn an_indented_line_without_a_key_continues_the_setting_above() {
    let config = "[default]\nregion = a\n  b # why\n\tc\noutput = json";
    let profile = find_in("default", config, "").unwrap();
    assert_eq!(profile.get("region"), Some("a\nb\nc"));
    assert_eq!(profile.get("output"), Some("json"));
}

#[test]
fn names_may_be_quoted_in_the_config_file_only() {
    let config = "[profile \"a  b\"]\nregion = a\n[profile 'c']\nservices = x y\n[services 'x y']\n\
        iam =\n endpoint_url = u\n[ profile d\\ e ]\nregion = e";
    let credentials = "[\"q\"]\nregion = q";
    assert_eq!(find_in("a  b", config, "").unwrap().get("region"), Some("a"));
    assert_eq!(find_in("a b", config, ""), None);
    assert_eq!(find_in("c", config, "").unwrap().service_endpoints().count(), 1);
    assert_eq!(find_in("d e", config, "").unwrap().get("region"), Some("e"));
    assert_eq!(find_in("q", "", credentials), None);
    assert_eq!(find_in("\"q\"", "", credentials).unwrap().get("region"), Some("q"));
}

#[test]
fn the_last_setting_takes_precedence_across_sections() {
    let config = "[default]\nregion = a\nservices = x\nregion = b\n[services x]\n\
        iam =\n  endpoint_url = http://first\n[other]\n[default]\nregion = c\n[services x]\n\
        iam =\n  endpoint_url = http://second\n";
    let profile = find_in("default", config, "").unwrap();
    assert_eq!(profile.get("region"), Some("c"));
    let (service, setting) = profile.service_endpoints().last().unwrap();
    assert_eq!((service, &*setting.value), ("iam", "http://second"));
    let credentials = "[default]\nregion =\n";
    let profile = find_in("default", config, credentials).unwrap();
    assert_eq!(profile.get("region"), None, "an empty setting takes precedence too");
}
