use super::Profile;

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
    Profile::find(name, CONFIG, CREDENTIALS)
}

#[test]
fn merges_both_files_and_prefers_the_credentials_file() {
    let dev = find("dev").unwrap();
    assert_eq!(dev.get("region"), Some("us-east-2"));
    assert_eq!(dev.get("aws_access_key_id"), Some("FROM_CREDENTIALS"));
    assert_eq!(dev.get("aws_secret_access_key"), Some("a#b;c"));
}

#[test]
fn nested_settings_are_not_the_profiles_own() {
    assert_eq!(find("default").unwrap().get("indented"), None);
    assert_eq!(find("dev").unwrap().get("max_concurrent_requests"), None);
}

#[test]
fn finds_the_endpoints_of_single_services() {
    let endpoints: Vec<_> = find("dev")
        .unwrap()
        .service_endpoints()
        .map(|(service, url)| format!("{service} {url}"))
        .collect();
    assert_eq!(endpoints, ["iam http://127.0.0.1:4566", "sts http://127.0.0.1:4567"]);
}

#[test]
fn an_empty_setting_is_unset() {
    assert_eq!(find("only-here").unwrap().get("aws_access_key_id"), None);
}

#[test]
fn a_profile_that_neither_file_has_is_none() {
    assert_eq!(find("prod"), None);
    assert_eq!(Profile::find("default", "", ""), None);
}

#[test]
fn its_debug_shows_no_setting() {
    assert_eq!(format!("{:?}", find("dev").unwrap()), "Profile { name: \"dev\", .. }");
}

#[test]
fn what_is_no_heading_and_no_setting_says_nothing() {
    let odd =
        "key = before any heading\n[\n[default\nno equals sign\n=\n= value\nregion = eu-west-3";
    assert_eq!(Profile::find("default", odd, "").unwrap().get("region"), Some("eu-west-3"));
}

#[test]
fn the_last_one_counts_wherever_it_stands() {
    let config = "[default]\nregion = a\nservices = x\nregion = b\n[services x]\n\
        iam =\n  endpoint_url = http://first\n[other]\n[default]\nregion = c\n[services x]\n\
        iam =\n  endpoint_url = http://second\n";
    let profile = Profile::find("default", config, "").unwrap();
    assert_eq!(profile.get("region"), Some("c"));
    assert_eq!(profile.service_endpoints().last(), Some(("iam", "http://second")));
    let credentials = "[default]\nregion =\n";
    let profile = Profile::find("default", config, credentials).unwrap();
    assert_eq!(profile.get("region"), None, "an empty one counts too");
}
