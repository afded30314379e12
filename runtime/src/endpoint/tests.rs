use super::{Variant, check_region, pattern, without_fips};

#[test]
fn the_endpoint_of_a_service_without_a_rule_set_contains_its_region() {
    let url = |region, fips, dual_stack| pattern("sqs", region, Variant { fips, dual_stack });
    assert_eq!(url("eu-west-1", false, false), "https://sqs.eu-west-1.amazonaws.com");
    assert_eq!(url("us-east-2", true, false), "https://sqs-fips.us-east-2.amazonaws.com");
    assert_eq!(
        url("cn-north-1", false, true),
        "https://sqs.cn-north-1.api.amazonwebservices.com.cn"
    );
}

#[test]
fn an_invalid_region_is_an_error() {
    let long = "a".repeat(64);
    for region in
        ["", "us east 1", "US-EAST-1", "a.b", "evil.example/", "a@b", "-a", "a-", "é", &long, "a\n"]
    {
        let error = check_region(region).unwrap_err();
        assert!(error.contains("is not a valid region"), "{error}");
        assert!(error.contains("is not a valid region"), "{error}");
    }
}

#[test]
fn legacy_names_of_regions_stand_for_fips() {
    for (region, plain, is_fips) in [
        ("fips-us-gov-west-1", "us-gov-west-1", true),
        ("us-east-1-fips", "us-east-1", true),
        ("iam-fips", "iam", true),
        ("us-east-1", "us-east-1", false),
        ("fips", "fips", false),
    ] {
        assert_eq!(without_fips(region), (plain.into(), is_fips));
    }
}

/// The tables in the runtime's code that most services share, and those that are built from the rule sets of forms.
#[cfg(feature = "dynamic")]
#[test]
fn shared_tables_are_those_of_the_model() {
    use pagesmith_model::model::EndpointRuleSet;

    use super::from_model;

    let forms: Vec<_> = EndpointRuleSet::of_forms("sqs").collect();
    assert_eq!(forms.len(), 3);
    for rules in forms {
        let own = from_model::with_own_tables(&rules, |own| format!("{:?}", own.rules));
        let shared = from_model::with(&rules, |shared| {
            assert_eq!(shared.host, "sqs");
            format!("{:?}", shared.rules)
        });
        assert_eq!(own, shared);
    }
}
