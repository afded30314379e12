use super::{Variant, resolve};
use crate::error::ErrorKind;
use crate::protocol::AWS_QUERY;
use crate::schema::Service;

const IAM: Service<'static> = Service::new("IAM", AWS_QUERY)
    .api_version("2010-05-08")
    .endpoint_prefix("iam")
    .signing_name("iam");

/// The endpoints by botocore's rule set, for all regions of all partitions and all variants.
const BOTOCORE: &str = include_str!("../../../tests/botocore/endpoints.tsv");

#[test]
fn endpoints_of_iam_equal_those_of_botocore() {
    let mut rows = 0;
    for line in BOTOCORE.lines() {
        let [region, fips, dual_stack, host, signing_region] =
            <[&str; 5]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap();
        let variant = Variant { fips: fips == "yes", dual_stack: dual_stack == "yes" };
        let endpoint = resolve(&IAM, region, variant).unwrap();
        assert_eq!(
            (&*endpoint.host, &*endpoint.signing_region),
            (host, signing_region),
            "{region}, {variant:?}"
        );
        rows += 1;
    }
    assert!(rows >= 4 * 54, "{rows} rows");
}

#[test]
fn the_endpoint_of_a_regional_service_contains_its_region() {
    let sqs = Service { id: "SQS", endpoint_prefix: "sqs", signing_name: "sqs", ..IAM };
    let host = |region, fips, dual_stack| {
        resolve(&sqs, region, Variant { fips, dual_stack }).unwrap().host
    };
    assert_eq!(host("eu-west-1", false, false), "sqs.eu-west-1.amazonaws.com");
    assert_eq!(host("us-east-2", true, false), "sqs-fips.us-east-2.amazonaws.com");
    assert_eq!(host("cn-north-1", false, true), "sqs.cn-north-1.api.amazonwebservices.com.cn");
}

#[test]
fn an_invalid_region_is_an_error() {
    let long = "a".repeat(64);
    for region in
        ["", "us east 1", "US-EAST-1", "a.b", "evil.example/", "a@b", "-a", "a-", "é", &long, "a\n"]
    {
        let error = resolve(&IAM, region, Variant::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration, "{region:?}");
        assert!(error.to_string().contains("is not a valid region"), "{error}");
    }
}
