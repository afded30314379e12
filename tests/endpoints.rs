//! Where requests are sent, and for which region they are signed.
#![cfg(feature = "dynamic")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a test"
)]

use std::time::Duration;

use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::dynamic::Resources;
use pagesmith::{Client, ErrorKind};
use serde_json::{Value, json};

/// The endpoints of IAM by botocore's rule set, for all regions of all partitions and all variants.
const BOTOCORE: &str = include_str!("botocore/endpoints.tsv");

fn client(region: &str, fips: bool, dual_stack: bool) -> Client {
    let builder = Client::builder(region).credentials("AKIDEXAMPLE", "secret", None);
    builder.use_fips(fips).use_dual_stack(dual_stack).build().unwrap()
}

/// The host of a request to IAM, and the region that it is signed for.
async fn host_and_region(client: &Client, region: &str) -> (String, String) {
    let list = mfa_devices(client).list().user_name("alice").region(region);
    let url = list.presign(Duration::from_mins(1)).await.unwrap().url().to_owned();
    let url = url.strip_prefix("https://").unwrap();
    let (host, query) = url.split_once("/?").unwrap();
    let scope = query.split('&').find_map(|part| part.strip_prefix("X-Amz-Credential=")).unwrap();
    (host.to_owned(), scope.split("%2F").nth(2).unwrap().to_owned())
}

#[tokio::test]
async fn endpoints_of_iam_equal_those_of_botocore() {
    let variant = |at: usize| client("us-east-1", at & 1 != 0, at & 2 != 0);
    let clients = [0, 1, 2, 3].map(variant);
    let mut rows = 0;
    for line in BOTOCORE.lines() {
        let [region, fips, dual_stack, host, signing_region] =
            <[&str; 5]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap();
        let at = usize::from(fips == "yes") + 2 * usize::from(dual_stack == "yes");
        let found = host_and_region(&clients[at], region).await;
        assert_eq!(found, (host.to_owned(), signing_region.to_owned()), "{line}");
        rows += 1;
    }
    assert!(rows >= 4 * 54, "{rows} rows");
}

#[tokio::test]
async fn legacy_names_of_regions_lead_to_fips() {
    for (region, host, signing_region) in [
        ("fips-us-gov-west-1", "iam.us-gov.amazonaws.com", "us-gov-west-1"),
        ("us-east-1-fips", "iam-fips.amazonaws.com", "us-east-1"),
        ("iam-fips", "iam-fips.amazonaws.com", "us-east-1"),
        ("aws-global", "iam.amazonaws.com", "us-east-1"),
    ] {
        let found = host_and_region(&client(region, false, false), region).await;
        assert_eq!(found, (host.to_owned(), signing_region.to_owned()), "{region}");
    }
}

/// The URL of a call of the operation `Get` of a service with a rule set, for the param `Bucket`.
fn url(client: &Client, bucket: &str) -> Result<String, pagesmith::Error> {
    let model = json!({
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "depot", "protocol": "rest-json",
            "serviceId": "Depot", "serviceFullName": "Depot", "signatureVersion": "v4"
        },
        "operations": { "Get": {
            "name": "Get", "http": { "method": "GET", "requestUri": "/items" },
            "input": { "shape": "GetRequest" }, "staticContextParams": { "Kind": { "value": "items" } }
        } },
        "shapes": {
            "GetRequest": { "type": "structure", "members": {
                "Bucket": { "shape": "Name", "contextParam": { "name": "Bucket" } }
            } },
            "Name": { "type": "string" }
        }
    });
    let (reference, set) =
        (|name| json!({ "ref": name }), |name| json!({ "fn": "isSet", "argv": [{ "ref": name }] }));
    let kind = json!({ "fn": "stringEquals", "argv": [{ "ref": "Kind" }, "items"] });
    let endpoint = |conditions: Value, url: Value, name: &str| {
        json!({ "type": "endpoint", "conditions": conditions, "endpoint": {
            "url": url, "headers": { "x-kind": ["{Kind}"] },
            "properties": { "authSchemes": [{ "name": name }] }
        } })
    };
    let rules = json!({
        "version": "1.0",
        "parameters": {
            "Region": { "builtIn": "AWS::Region", "type": "string" },
            "Endpoint": { "builtIn": "SDK::Endpoint", "type": "string" },
            "Bucket": { "type": "string" }, "Kind": { "type": "string" }, "Unused": { "type": "string" }
        },
        "rules": [
            endpoint(json!([set("Endpoint")]), reference("Endpoint"), "sigv4"),
            endpoint(json!([
                set("Bucket"), { "fn": "stringEquals", "argv": [{ "ref": "Bucket" }, "global"] }
            ]), json!("https://global.example"), "sigv4a"),
            endpoint(json!([set("Bucket"), kind]), json!("https://{Bucket}.{Region}.example/v1"), "sigv4"),
            { "type": "error", "conditions": [], "error": "a bucket is required" }
        ]
    });
    let resources =
        Resources::from_model_with_endpoints(&model.to_string(), None, Some(&rules.to_string()))?;
    let mut call = resources.method("Get")?.call(client);
    if !bucket.is_empty() {
        call = call.param("Bucket", bucket);
    }
    let request = call.request()?;
    assert_eq!(request.headers()["x-kind"], "items");
    Ok(request.uri().to_string())
}

#[test]
fn members_and_constants_of_an_operation_are_parameters() {
    let client = client("eu-west-1", false, false);
    assert_eq!(url(&client, "photos").unwrap(), "https://photos.eu-west-1.example/v1/items");
    assert_eq!(url(&client, "videos").unwrap(), "https://videos.eu-west-1.example/v1/items");
    for bucket in ["evil.example/", "a b", "user@host"] {
        let error = url(&client, bucket).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input, "{error}");
    }
    let error = url(&client, "").unwrap_err().to_string();
    assert!(error.contains("a bucket is required"), "{error}");
    let error = url(&client, "global").unwrap_err().to_string();
    assert!(error.contains("sigv4a"), "{error}");
}

#[test]
fn the_path_of_a_custom_endpoint_is_before_that_of_the_operation() {
    for (endpoint, expected) in [
        ("http://127.0.0.1:4566", "http://127.0.0.1:4566/items"),
        ("http://127.0.0.1:4566/", "http://127.0.0.1:4566/items"),
        ("http://127.0.0.1:4566/base", "http://127.0.0.1:4566/base/items"),
        ("http://127.0.0.1:4566/base/", "http://127.0.0.1:4566/base/items"),
        ("http://127.0.0.1:4566/base//", "http://127.0.0.1:4566/base//items"),
    ] {
        let client = Client::builder("us-east-1").without_credentials().endpoint_url(endpoint);
        assert_eq!(url(&client.build().unwrap(), "").unwrap(), expected);
    }
}

#[test]
fn a_rule_set_that_is_not_valid_is_an_error_with_its_place() {
    let model = include_str!("../seeds/aws/iam_api/service-2.json");
    let rules = json!({ "version": "1.0", "parameters": {}, "rules": [
        { "type": "endpoint", "conditions": [], "endpoint": { "url": "https://{Region}" } }
    ] });
    let rules = Resources::from_model_with_endpoints(model, None, Some(&rules.to_string()));
    let error = rules.unwrap_err().to_string();
    assert!(error.contains("endpoint-rule-set-1.json:1:"), "{error}");
    assert!(error.contains("no parameter or variable `Region`"), "{error}");
}

/// The rule set of Amazon S3 puts the bucket into the host, or into the path if it cannot be a part of a host.
#[test]
fn a_bucket_is_in_the_endpoint_and_not_in_the_path_again() {
    let Some(data) = std::env::var_os("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!("skipped: PAGESMITH_BOTOCORE_DATA is not set");
        return;
    };
    let folder = std::path::Path::new(&data).join("s3/2006-03-01");
    let read = |name: &str| {
        let file = std::fs::File::open(folder.join(format!("{name}.gz"))).unwrap();
        std::io::read_to_string(flate2::read::MultiGzDecoder::new(file)).unwrap()
    };
    let (service, endpoints) = (read("service-2.json"), read("endpoint-rule-set-1.json"));
    let s3 = Resources::from_model_with_endpoints(&service, None, Some(&endpoints)).unwrap();
    let client = client("us-west-2", false, false);
    for (bucket, expected) in [
        ("photos", "https://photos.s3.us-west-2.amazonaws.com/a%20b/c"),
        ("my.photos", "https://s3.us-west-2.amazonaws.com/my.photos/a%20b/c"),
    ] {
        let get = s3.method("GetObject").unwrap().call(&client);
        let request = get.param("Bucket", bucket).param("Key", "a b/c").request().unwrap();
        assert_eq!(request.uri().to_string(), expected);
    }
    let list = s3.method("ListObjectsV2").unwrap().call(&client).param("Bucket", "photos");
    let url = list.request().unwrap().uri().to_string();
    assert_eq!(url, "https://photos.s3.us-west-2.amazonaws.com/?list-type=2");
}
