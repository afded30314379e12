use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::Path;

use super::{Environment, Settings};
use crate::client::retry::Retry;
use crate::endpoint::Variant;
use crate::error::ErrorKind;

/// The environment of a test.
#[derive(Default)]
struct TestEnvironment {
    variables: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl TestEnvironment {
    fn of(variables: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { variables: variables.iter().map(own).collect(), ..Self::default() }
    }

    fn with_file(mut self, path: &str, text: &str) -> Self {
        self.files.insert(path.to_owned(), text.to_owned());
        self
    }
}

impl Environment for TestEnvironment {
    fn variable(&self, name: &str) -> Option<OsString> {
        self.variables.get(name).map(OsString::from)
    }

    fn variables(&self) -> Vec<(String, OsString)> {
        self.variables.iter().map(|(name, value)| (name.clone(), value.into())).collect()
    }

    fn file(&self, path: &Path) -> io::Result<Option<Vec<u8>>> {
        match self.files.get(path.to_str().unwrap()).map(String::as_str) {
            Some("unreadable") => Err(io::Error::from(io::ErrorKind::PermissionDenied)),
            found => Ok(found.map(|text| text.as_bytes().to_vec())),
        }
    }
}

/// The keys in the environment.
fn keys(environment: &TestEnvironment) -> aws_credential_types::Credentials {
    let settings = read(environment).unwrap();
    settings.credentials().unwrap_or_else(|error| panic!("{error}")).as_static().unwrap().clone()
}

/// The settings of the profile that the environment selects.
fn read(environment: &TestEnvironment) -> Result<Settings<'_>, crate::error::Error> {
    Settings::read(environment, None)
}

#[test]
fn bearer_tokens_are_found_by_the_name_in_signatures() {
    let environment = TestEnvironment::of(&[
        ("AWS_BEARER_TOKEN_BEDROCK", "one"),
        ("AWS_BEARER_TOKEN_BEDROCK_AGENT", "two"),
        ("AWS_BEARER_TOKEN_EMPTY", ""),
        ("HOME", "/h"),
    ])
    .with_file("/h/.aws/config", "[default]\nregion = eu-west-3");
    let tokens = read(&environment).unwrap().bearer_tokens().unwrap();
    let found = |name| Some(tokens.get(name)?.as_static()?.secret_access_key().to_owned());
    assert_eq!(found("bedrock").as_deref(), Some("one"));
    assert_eq!(found("bedrock-agent").as_deref(), Some("two"));
    assert_eq!(found("bedrock agent").as_deref(), Some("two"));
    assert_eq!([found("empty"), found("iam")], [None, None]);
    // As keys in variables, they are not those of a profile that the caller names.
    let profile = Settings::read(&environment, Some("default")).unwrap();
    assert!(profile.bearer_tokens().unwrap().is_empty());
}

#[test]
fn the_region_is_the_first_setting_that_is_present() {
    let mut environment = TestEnvironment::of(&[
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-2"),
        ("HOME", "/h"),
    ])
    .with_file("/h/.aws/config", "[default]\nregion = eu-west-3");
    let region = |environment: &TestEnvironment| read(environment).unwrap().region().unwrap();
    assert_eq!(region(&environment).as_deref(), Some("eu-west-1"));
    environment.variables.remove("AWS_REGION");
    assert_eq!(region(&environment).as_deref(), Some("eu-west-2"));
    environment.variables.remove("AWS_DEFAULT_REGION");
    assert_eq!(region(&environment).as_deref(), Some("eu-west-3"));
    environment.files.clear();
    assert_eq!(region(&environment), None);
}

#[test]
fn variables_take_precedence_over_the_profile() {
    let environment = TestEnvironment::of(&[
        ("AWS_ACCESS_KEY_ID", "VARIABLE"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
        ("AWS_SESSION_TOKEN", "token"),
        ("HOME", "/h"),
    ])
    .with_file(
        "/h/.aws/credentials",
        "[default]\naws_access_key_id=FILE\naws_secret_access_key=other",
    );
    let credentials = keys(&environment);
    assert_eq!(credentials.access_key_id(), "VARIABLE");
    assert_eq!(credentials.session_token(), Some("token"));
}

#[test]
fn keys_are_read_from_the_named_profile_and_files() {
    let environment = TestEnvironment::of(&[
        ("AWS_PROFILE", "dev"),
        ("HOME", "/h"),
        ("AWS_SHARED_CREDENTIALS_FILE", "~/keys"),
        ("AWS_CONFIG_FILE", "/etc/aws"),
    ])
    .with_file("/h/keys", "[dev]\naws_access_key_id = DEV\naws_secret_access_key = s")
    .with_file("/etc/aws", "[profile dev]\nregion = us-west-2");
    let settings = read(&environment).unwrap();
    assert_eq!(keys(&environment).access_key_id(), "DEV");
    assert_eq!(settings.region().unwrap().as_deref(), Some("us-west-2"));
}

fn credentials_error(environment: &TestEnvironment) -> (ErrorKind, String) {
    let error = read(environment).and_then(|settings| settings.credentials()).err().unwrap();
    (error.kind(), error.to_string())
}

#[test]
fn errors_name_the_missing_setting_and_the_next_step() {
    let (kind, text) = credentials_error(&TestEnvironment::default());
    assert_eq!(kind, ErrorKind::Credentials);
    assert_eq!(
        text,
        "no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile with \
         AWS_PROFILE, or use Client::builder(region).credentials_provider(…)"
    );
    let (_, text) = credentials_error(&TestEnvironment::of(&[("AWS_ACCESS_KEY_ID", "A")]));
    assert!(text.contains("AWS_SECRET_ACCESS_KEY is not set, but"), "{text}");
    let (_, text) = credentials_error(&TestEnvironment::of(&[("AWS_SECRET_ACCESS_KEY", "hush")]));
    assert!(text.contains("AWS_ACCESS_KEY_ID is not set, but") && !text.contains("hush"), "{text}");
    let (kind, text) = credentials_error(&TestEnvironment::of(&[("AWS_PROFILE", "prod")]));
    assert_eq!(kind, ErrorKind::Configuration);
    assert!(
        text.starts_with("the profile \"prod\" (AWS_PROFILE) is in neither ~/.aws/config nor"),
        "{text}"
    );
}

#[test]
fn the_error_of_a_profile_without_keys_names_its_source() {
    let home =
        |text: &str| TestEnvironment::of(&[("HOME", "/h")]).with_file("/h/.aws/config", text);
    let (_, text) =
        credentials_error(&home("[default]\nrole_arn = arn:aws:iam::123456789012:role/r"));
    let expected =
        "gets them from role_arn (/h/.aws/config, line 2); load them with the crate aws-config";
    assert!(text.contains(expected), "{text}");
    let (_, text) = credentials_error(&home("[default]\nregion = eu-west-1"));
    assert!(text.contains("has no aws_access_key_id"), "{text}");
    let (_, text) = credentials_error(&home("[default]\naws_access_key_id = A"));
    assert!(text.contains("has no aws_secret_access_key"), "{text}");
    let (kind, text) = credentials_error(&home("unreadable"));
    assert_eq!(kind, ErrorKind::Configuration);
    assert_eq!(
        text,
        "/h/.aws/config cannot be read; give this process access to it, or set AWS_CONFIG_FILE to \
         another file"
    );
    let named = TestEnvironment::of(&[("AWS_CONFIG_FILE", "/c")]).with_file("/c", "unreadable");
    let (kind, text) = credentials_error(&named);
    assert_eq!(kind, ErrorKind::Configuration);
    assert_eq!(
        text,
        "/c (AWS_CONFIG_FILE) cannot be read; give this process access to it, or unset AWS_CONFIG_FILE"
    );
}

#[test]
fn endpoint_settings_have_the_precedence_of_the_sdks() {
    let mut environment = TestEnvironment::of(&[
        ("AWS_ENDPOINT_URL_IAM", "http://1"),
        ("AWS_ENDPOINT_URL", "http://2"),
        ("HOME", "/h"),
    ])
    .with_file(
        "/h/.aws/config",
        "[default]\nendpoint_url = http://4\nservices = s\n[services s]\niam =\n  endpoint_url = http://3",
    );
    let url = |environment: &TestEnvironment, service: &str| {
        read(environment).unwrap().endpoint_urls().unwrap().get(service).map(|(_, url)| url)
    };
    assert_eq!(url(&environment, "IAM").as_deref(), Some("http://1"));
    assert_eq!(url(&environment, "STS").as_deref(), Some("http://2"));
    environment.variables.remove("AWS_ENDPOINT_URL_IAM");
    assert_eq!(url(&environment, "IAM").as_deref(), Some("http://2"));
    environment.variables.remove("AWS_ENDPOINT_URL");
    assert_eq!(url(&environment, "IAM").as_deref(), Some("http://3"));
    assert_eq!(url(&environment, "STS").as_deref(), Some("http://4"));
    environment.variables.insert("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS".into(), "true".into());
    assert_eq!(url(&environment, "IAM"), None);
}

#[test]
fn the_variable_of_a_service_ends_with_its_id() {
    let environment =
        TestEnvironment::of(&[("AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2", "http://1")]);
    let urls = read(&environment).unwrap().endpoint_urls().unwrap();
    let (name, _) = urls.get("Elastic Load Balancing v2").unwrap();
    assert_eq!(name, "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2");
}

#[test]
fn retries_and_variants_are_read_and_invalid_values_are_errors() {
    let environment = TestEnvironment::of(&[
        ("AWS_MAX_ATTEMPTS", "7"),
        ("AWS_RETRY_MODE", "Standard"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
    ]);
    let settings = read(&environment).unwrap();
    assert_eq!(settings.retry().unwrap(), Retry::standard().max_attempts(7));
    assert_eq!(settings.variant().unwrap(), Variant { fips: true, dual_stack: false });
    for (mode, expected) in [
        ("legacy", Retry::standard()),
        ("adaptive", Retry::adaptive()),
        ("Adaptive", Retry::adaptive()),
    ] {
        let environment = TestEnvironment::of(&[("AWS_RETRY_MODE", mode)]);
        assert_eq!(read(&environment).unwrap().retry().unwrap(), expected, "{mode}");
    }
    for (name, value, expected) in [
        (
            "AWS_MAX_ATTEMPTS",
            "0",
            "AWS_MAX_ATTEMPTS is \"0\"; expected a whole number of at least 1",
        ),
        (
            "AWS_MAX_ATTEMPTS",
            "many",
            "AWS_MAX_ATTEMPTS is \"many\"; expected a whole number of at least 1",
        ),
        (
            "AWS_RETRY_MODE",
            "wild",
            "AWS_RETRY_MODE is \"wild\"; expected standard, legacy or adaptive",
        ),
    ] {
        let environment = TestEnvironment::of(&[(name, value)]);
        let error = read(&environment).unwrap().retry().unwrap_err();
        assert_eq!(error.to_string(), expected);
    }
    let environment = TestEnvironment::of(&[("AWS_USE_DUALSTACK_ENDPOINT", "yes")]);
    let error = read(&environment).unwrap().variant().unwrap_err();
    assert_eq!(error.to_string(), "AWS_USE_DUALSTACK_ENDPOINT is \"yes\"; expected true or false");
}
