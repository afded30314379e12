//! Tables as generated code will have them: statics.

use proptest::prelude::*;

use crate::endpoint::functions::{BOOLEAN_EQUALS, IS_SET, PARSE_URL, PARTITION, STRING_EQUALS};
use crate::endpoint::rules::{
    AuthSchemeTemplate, Condition, EndpointError, EndpointRules, EndpointTemplate, Expression,
    Outcome, Parameter, ParameterValue, Property, PropertyValue, ResolvedEndpoint, Rule,
};
use crate::endpoint::value::Attribute;

const REGION: Expression<'_> = Expression::Variable(0);
const BUCKET: Expression<'_> = Expression::Variable(1);
const ENDPOINT: Expression<'_> = Expression::Variable(2);
const USE_FIPS: Expression<'_> = Expression::Variable(3);
/// The partition or the parsed endpoint: they are in scope of different rules.
const ASSIGNED: Expression<'_> = Expression::Variable(4);

const STRING: Parameter<'_> =
    Parameter { name: "", built_in: None, required: false, default: None };

const fn holds(value: Expression<'_>) -> Condition<'_> {
    Condition { value, assign: None }
}

static RULES: EndpointRules<'_> = EndpointRules {
    parameters: &[
        Parameter { name: "Region", built_in: Some("AWS::Region"), required: true, ..STRING },
        Parameter { name: "Bucket", ..STRING },
        Parameter { name: "Endpoint", built_in: Some("SDK::Endpoint"), ..STRING },
        Parameter {
            name: "UseFIPS",
            required: true,
            default: Some(ParameterValue::Boolean(false)),
            ..STRING
        },
    ],
    variables: 5,
    host: "",
    rules: &[
        Rule {
            conditions: &[
                holds(Expression::Call(IS_SET, &[ENDPOINT])),
                Condition { value: Expression::Call(PARSE_URL, &[ENDPOINT]), assign: Some(4) },
            ],
            outcome: Outcome::Endpoint(&EndpointTemplate {
                url: Expression::Template(&[
                    Expression::Attribute(&ASSIGNED, &[Attribute::Scheme]),
                    Expression::Text("://"),
                    BUCKET,
                    Expression::Text("."),
                    Expression::Attribute(&ASSIGNED, &[Attribute::Authority]),
                    Expression::Attribute(&ASSIGNED, &[Attribute::Path]),
                ]),
                auth_schemes: &[],
                properties: &[],
                headers: &[],
            }),
        },
        Rule {
            conditions: &[holds(Expression::Call(IS_SET, &[ENDPOINT]))],
            outcome: Outcome::Endpoint(&EndpointTemplate {
                url: ENDPOINT,
                auth_schemes: &[],
                properties: &[],
                headers: &[],
            }),
        },
        Rule {
            conditions: &[holds(Expression::Call(
                BOOLEAN_EQUALS,
                &[USE_FIPS, Expression::Boolean(true)],
            ))],
            outcome: Outcome::Tree(&[Rule {
                conditions: &[holds(Expression::Call(
                    STRING_EQUALS,
                    &[REGION, Expression::Text("us-east-1")],
                ))],
                outcome: Outcome::Error(Expression::Template(&[
                    Expression::Text("FIPS is not supported in "),
                    REGION,
                ])),
            }]),
        },
        Rule {
            conditions: &[
                Condition { value: Expression::Call(PARTITION, &[REGION]), assign: Some(4) },
                holds(Expression::Call(IS_SET, &[BUCKET])),
            ],
            outcome: Outcome::Endpoint(&EndpointTemplate {
                url: Expression::Template(&[
                    Expression::Text("https://"),
                    BUCKET,
                    Expression::Text(".service."),
                    REGION,
                    Expression::Text("."),
                    Expression::Attribute(&ASSIGNED, &[Attribute::DnsSuffix]),
                    Expression::Text("/"),
                    BUCKET,
                ]),
                auth_schemes: &[AuthSchemeTemplate {
                    name: "sigv4a",
                    signing_name: Some(Expression::Text("service")),
                    signing_region: Some(REGION),
                    signing_region_set: &[Expression::Text("*")],
                    disable_double_encoding: true,
                }],
                properties: &[(
                    "details",
                    Property::Record(&[
                        ("values", Property::List(&[Property::Text(REGION)])),
                        ("flag", Property::Boolean(true)),
                    ]),
                )],
                headers: &[("x-bucket", &[BUCKET])],
            }),
        },
    ],
};

fn resolve(given: &[(&str, &str)]) -> Result<ResolvedEndpoint<'static>, EndpointError> {
    RULES.resolve(&|parameter| {
        let (_, value) = given.iter().find(|(name, _)| *name == parameter.name)?;
        Some(match *value {
            "true" => ParameterValue::Boolean(true),
            text => ParameterValue::Text(text),
        })
    })
}

#[test]
fn an_endpoint_with_everything() {
    let endpoint = resolve(&[("Region", "cn-north-1"), ("Bucket", "photos")]).unwrap();
    assert_eq!(endpoint.url, "https://photos.service.cn-north-1.amazonaws.com.cn/photos");
    let [scheme] = &*endpoint.auth_schemes else { panic!("one scheme") };
    assert_eq!(scheme.name, "sigv4a");
    assert_eq!(scheme.signing_name.as_deref(), Some("service"));
    assert_eq!(scheme.signing_region.as_deref(), Some("cn-north-1"));
    assert_eq!(scheme.signing_region_set, ["*"]);
    assert!(scheme.disable_double_encoding);
    let region = PropertyValue::Text("cn-north-1".into());
    let details = PropertyValue::Record(vec![
        ("values", PropertyValue::List(vec![region])),
        ("flag", PropertyValue::Boolean(true)),
    ]);
    assert_eq!(endpoint.properties, [("details", details)]);
    assert_eq!(endpoint.headers, [("x-bucket", vec!["photos".into()])]);
}

#[test]
fn errors() {
    let message = |given: &[(&str, &str)]| resolve(given).unwrap_err();
    assert_eq!(message(&[]), EndpointError::MissingParameter("Region".to_owned()));
    let fips = [("Region", "us-east-1"), ("UseFIPS", "true")];
    assert_eq!(
        message(&fips),
        EndpointError::Message("FIPS is not supported in us-east-1".to_owned())
    );
    // A tree whose conditions hold is final.
    let fips = [("Region", "eu-west-1"), ("Bucket", "photos"), ("UseFIPS", "true")];
    assert_eq!(message(&fips), EndpointError::NoRule);
    assert_eq!(message(&[("Region", "eu-west-1")]), EndpointError::NoRule);
    let wrong_type = [("Region", "eu-west-1"), ("UseFIPS", "yes")];
    assert_eq!(message(&wrong_type), EndpointError::InvalidRules("booleanEquals"));
    let error = message(&[("Region", "a/b"), ("Bucket", "photos")]).to_string();
    assert!(error.contains("\"https://photos.service.a/b.amazonaws.com/photos\""), "{error}");
}

#[test]
fn tables_that_refer_to_nothing() {
    for value in [
        Expression::Variable(9),
        Expression::Attribute(&REGION, &[Attribute::Name]),
        Expression::Template(&[Expression::Boolean(true)]),
        Expression::Call(IS_SET, &[REGION; 5]),
    ] {
        let rules = [Rule { conditions: &[holds(value)], outcome: Outcome::Tree(&[]) }];
        let rules = EndpointRules { parameters: &[], variables: 1, rules: &rules, host: "" };
        let error = rules.resolve(&|_| None).unwrap_err();
        assert!(matches!(error, EndpointError::InvalidRules(_)), "{error}");
    }
}

#[test]
fn custom_endpoints() {
    let url = |endpoint: &str, bucket: &str| {
        resolve(&[("Region", "eu-west-1"), ("Bucket", bucket), ("Endpoint", endpoint)])
            .map(|endpoint| endpoint.url)
    };
    assert_eq!(url("http://localhost:8000/x", "b").unwrap(), "http://b.localhost:8000/x");
    for (endpoint, bucket) in [
        ("not a URL", "b"),
        ("https://user@host", "b"),
        ("https://host?query", "b"),
        ("https://host", "evil.example/"),
        ("https://host", "user@evil.example:80"),
        ("https://host", "a:1"),
        ("https://[::1]:80", "b"),
    ] {
        let error = url(endpoint, bucket).unwrap_err();
        assert!(matches!(error, EndpointError::InvalidUrl(_)), "{endpoint} {bucket}: {error}");
    }
}

/// The ends of hosts in all partitions.
pub(super) const SUFFIXES: [&str; 7] = [
    ".amazonaws.com",
    ".amazonaws.com.cn",
    ".amazonaws.eu",
    ".c2s.ic.gov",
    ".sc2s.sgov.gov",
    ".cloud.adc-e.uk",
    ".csp.hci.ic.gov",
];

/// Whether `url` is where `RULES` lead to: the suffix of a partition is at the end of its host.
fn is_of_the_service(url: &str) -> bool {
    let rest = url.strip_prefix("https://").unwrap();
    let host = rest.split(['/', '?', '#', '\\', ':', '@']).next().unwrap();
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
    host.bytes().all(allowed) && SUFFIXES.into_iter().any(|suffix| host.ends_with(suffix))
}

#[test]
fn hostile_regions_and_buckets() {
    let hostile = [
        "",
        ".",
        "..",
        "a.",
        ".a",
        "-",
        "a b",
        "a\n",
        "a\0",
        "é",
        "a/",
        "/",
        "?",
        "#",
        "@",
        "a@b",
        ":80",
        "a:b",
        "\\",
        "a\\b",
        "%2f",
        "[::1]",
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "evil.example\\",
        "user:secret@evil.example",
        "http://evil.example",
        "\u{202e}",
        "{Region}",
    ];
    for text in hostile {
        for (region, bucket) in [(text, "photos"), ("us-east-1", text), (text, text)] {
            let resolved = resolve(&[("Region", region), ("Bucket", bucket)]);
            assert!(
                matches!(resolved, Err(EndpointError::InvalidUrl(_))),
                "{region:?}, {bucket:?}: {resolved:?}"
            );
        }
    }
}

proptest! {
    #[test]
    fn any_text_stays_in_its_place(region in any_text(), bucket in any_text(), endpoint in any_text()) {
        if let Ok(endpoint) = resolve(&[("Region", &region), ("Bucket", &bucket)]) {
            prop_assert!(is_of_the_service(&endpoint.url), "{}", endpoint.url);
        }
        // Must not panic.
        let _ = resolve(&[("Region", &region), ("Bucket", &bucket), ("Endpoint", &endpoint)]);
    }
}

/// Texts that often have what separates parts of URLs and ARNs.
pub(super) fn any_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z0-9-]{1,8}",
        "[.:/@#?\\\\%\\[\\]_-]",
        any::<char>().prop_map(String::from),
        Just("arn:aws:s3:us-east-1:123456789012:accesspoint:".to_owned()),
        Just("https://".to_owned()),
        Just("us-gov-west-1".to_owned()),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}
