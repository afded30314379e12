//! Checksums of requests and responses, and compressed requests.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use std::io::Read as _;

use flate2::read::GzDecoder;
use pagesmith::dynamic::{Call, Resources};
use pagesmith::{Client, ClientBuilder, ErrorKind};
use serde_json::{Value, json};

use crate::model::{builder, offline_client};
use crate::support::canned::{Canned, response};

// The module of the root crate's dependency; the root crate re-exports it.
use pagesmith::ChecksumPolicy::WhenRequired;

/// `123456789`, the input of which the checksums of all algorithms are published.
const DIGITS: &str = "MTIzNDU2Nzg5";

/// The checksum of [`DIGITS`] by each algorithm.
const CHECKSUMS: [(&str, &str); 6] = [
    ("CRC32", "y/Q5Jg=="),
    ("CRC32C", "4waSgw=="),
    ("CRC64NVME", "rosUhgp5mIg="),
    ("SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="),
    ("SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="),
    (
        "SHA512",
        "2eZ2LdHI6vbWGzxhkvxAjU1tXxF20MKRabwk5xw/J0rSf81YEbMT1oH35V7ALXPUmclUVba1u1A6z1dPuo/+hQ==",
    ),
];

/// A service with operations that take a body and headers.
fn resources() -> Resources {
    let header =
        |name: &str| json!({ "shape": "String", "location": "header", "locationName": name });
    let operation = |name: &str, traits: Value| {
        let mut operation = json!({
            "name": name, "http": { "method": "PUT", "requestUri": "/things" },
            "input": { "shape": "In" }, "output": { "shape": "Out" },
        });
        operation.as_object_mut().unwrap().extend(traits.as_object().unwrap().clone());
        (name.to_owned(), operation)
    };
    let optional = json!({ "requestAlgorithmMember": "Algorithm" });
    let required =
        json!({ "requestAlgorithmMember": "Algorithm", "requestChecksumRequired": true });
    let of_response = json!({
        "requestValidationModeMember": "Mode", "responseAlgorithms": ["CRC32", "CRC64NVME", "SHA256", "XXHASH64"],
    });
    let operations: serde_json::Map<_, _> = [
        operation("Plain", json!({})),
        operation("Optional", json!({ "httpChecksum": optional })),
        operation("Required", json!({ "httpChecksum": required })),
        operation("Old", json!({ "httpChecksumRequired": true })),
        operation("Checked", json!({ "httpChecksum": of_response })),
        operation("Packed", json!({ "requestcompression": { "encodings": ["gzip"] } })),
        operation(
            "PackedAndRequired",
            json!({ "requestcompression": { "encodings": ["gzip"] }, "httpChecksum": required }),
        ),
    ]
    .into_iter()
    .collect();
    let model = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "tested", "protocol": "rest-json",
            "serviceFullName": "A service of tests", "serviceId": "Tested"
        },
        "operations": operations,
        "shapes": {
            "String": { "type": "string" },
            "Blob": { "type": "blob" },
            "In": {
                "type": "structure", "payload": "Body",
                "members": {
                    "Body": { "shape": "Blob" },
                    "Algorithm": header("x-amz-sdk-checksum-algorithm"),
                    "Crc32": header("x-amz-checksum-crc32"),
                    "Mode": header("x-amz-checksum-mode"),
                    "Encoding": header("Content-Encoding"),
                }
            },
            "Out": { "type": "structure", "payload": "Body", "members": { "Body": { "shape": "Blob" } } }
        }
    });
    Resources::from_model(&model.to_string(), None).unwrap()
}

fn call(client: &Client, operation: &str) -> Call {
    resources().method(operation).unwrap().call(client).param("Body", DIGITS)
}

/// The headers of a request that are about its body, sorted.
fn headers(call: &Call) -> Vec<(String, String)> {
    let request = call.request().unwrap();
    let mut found: Vec<_> = request
        .headers()
        .iter()
        .filter(|(name, _)| {
            name.as_str().contains("checksum")
                || *name == "content-encoding"
                || *name == "content-md5"
        })
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    found.sort();
    found
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
}

const CRC32: (&str, &str) = ("x-amz-checksum-crc32", "y/Q5Jg==");
const SELECTED: (&str, &str) = ("x-amz-sdk-checksum-algorithm", "CRC32");

#[test]
fn a_request_has_a_checksum_where_the_operation_can_have_one() {
    let client = offline_client();
    assert_eq!(headers(&call(&client, "Plain")), []);
    assert_eq!(headers(&call(&client, "Optional")), pairs(&[CRC32, SELECTED]));
    assert_eq!(headers(&call(&client, "Required")), pairs(&[CRC32, SELECTED]));
    assert_eq!(headers(&call(&client, "Old")), pairs(&[CRC32]));
}

#[test]
fn the_setting_leaves_out_checksums_that_no_one_requires() {
    let client = builder("http://127.0.0.1:1").request_checksums(WhenRequired).build().unwrap();
    assert_eq!(headers(&call(&client, "Optional")), []);
    assert_eq!(headers(&call(&client, "Required")), pairs(&[CRC32, SELECTED]));
    assert_eq!(headers(&call(&client, "Old")), pairs(&[CRC32]));
    let selected = call(&client, "Optional").param("Algorithm", "CRC32");
    assert_eq!(headers(&selected), pairs(&[CRC32, SELECTED]));
    // A client that is built from another keeps the setting.
    let again = client.to_builder().build().unwrap();
    assert_eq!(headers(&call(&again, "Optional")), []);
}

#[test]
fn a_param_selects_the_algorithm() {
    let client = offline_client();
    for (name, checksum) in CHECKSUMS {
        let header = format!("x-amz-checksum-{}", name.to_lowercase());
        for spelling in [name.to_owned(), name.to_lowercase()] {
            let selected = call(&client, "Optional").param("Algorithm", spelling.as_str());
            let expected =
                pairs(&[(&header, checksum), ("x-amz-sdk-checksum-algorithm", &spelling)]);
            assert_eq!(headers(&selected), expected);
        }
    }
    for unknown in ["MD5", "XXHASH64", "crc-32"] {
        let error = call(&client, "Optional").param("Algorithm", unknown).request().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert!(error.to_string().contains(&format!("{unknown:?} is not supported")), "{error}");
    }
}

#[test]
fn a_checksum_of_the_caller_is_sent_unchanged() {
    let own = call(&offline_client(), "Required").param("Crc32", "AAAAAA==");
    assert_eq!(headers(&own), pairs(&[("x-amz-checksum-crc32", "AAAAAA==")]));
}

#[tokio::test]
async fn a_call_sends_the_checksum_and_signs_it() {
    let server = Canned::always(response(200, &[], ""));
    let client = builder(&server.url()).build().unwrap();
    call(&client, "Required").send().await.unwrap();
    let head = server.requests().pop().unwrap().head.to_lowercase();
    assert!(head.contains("x-amz-checksum-crc32: y/q5jg==\r\n"), "{head}");
    let signed = head.split_once("signedheaders=").unwrap().1.split_once(',').unwrap().0;
    assert!(signed.contains("x-amz-checksum-crc32"), "{head}");
}

/// The outcome of `Checked` with `headers` in the response, whose body is `123456789`.
async fn checked(
    headers: &[(&str, &str)],
    configure: impl FnOnce(ClientBuilder) -> ClientBuilder,
) -> (Result<Value, pagesmith::Error>, bool) {
    let server = Canned::always(response(200, headers, "123456789"));
    let client = configure(builder(&server.url())).build().unwrap();
    let result = call(&client, "Checked").send().await;
    let asked = server.requests()[0].head.contains("x-amz-checksum-mode: ENABLED");
    (result, asked)
}

#[tokio::test]
async fn the_checksum_of_a_response_is_checked() {
    let good = json!({ "Body": DIGITS });
    for headers in [
        &[][..],
        &[("x-amz-checksum-crc32", "y/Q5Jg==")],
        &[("x-amz-checksum-sha256", CHECKSUMS[4].1)],
        // CRC-64 is preferred.
        &[("x-amz-checksum-crc32", "AAAAAA=="), ("x-amz-checksum-crc64nvme", CHECKSUMS[2].1)],
        // That of an upload in parts is not one of the body.
        &[("x-amz-checksum-crc32", "AAAAAA==-3")],
        // Algorithms that the operation does not list, or that this crate does not have.
        &[("x-amz-checksum-sha1", "AAAAAA=="), ("x-amz-checksum-xxhash64", "AAAAAA==")],
    ] {
        let (result, asked) = checked(headers, |builder| builder).await;
        assert_eq!(result.unwrap(), good, "{headers:?}");
        assert!(asked);
    }
    for wrong in ["AAAAAA==", "", "not base64", "y/Q5Jg", "y/Q5Jg==y/Q5Jg=="] {
        let (result, _) = checked(&[("x-amz-checksum-crc32", wrong)], |builder| builder).await;
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Response, Some(200)), "{wrong:?}");
        assert!(error.to_string().contains("CRC32 checksum"), "{error}");
        assert_eq!(error.operation(), Some("Checked"));
    }
}

#[tokio::test]
async fn the_checksum_of_a_response_is_not_checked_unless_the_request_asks_for_it() {
    let wrong = [("x-amz-checksum-crc32", "AAAAAA==")];
    let (result, asked) = checked(&wrong, |builder| builder.response_checksums(WhenRequired)).await;
    assert_eq!(result.unwrap(), json!({ "Body": DIGITS }));
    assert!(!asked);
}

/// A call with a body of `length` bytes, with what was sent instead of the body.
fn packed(client: &Client, operation: &str, length: usize) -> (Vec<(String, String)>, Vec<u8>) {
    let body = BASE64_STANDARD.encode(vec![b'a'; length]);
    let call = resources().method(operation).unwrap().call(client).param("Body", body);
    (headers(&call), call.request().unwrap().into_body())
}

/// Whether a body of `length` bytes was compressed.
fn is_packed(client: &Client, operation: &str, length: usize) -> bool {
    let (headers, body) = packed(client, operation, length);
    let gzip = pairs(&[("content-encoding", "gzip")]);
    if headers.is_empty() {
        assert_eq!(body, vec![b'a'; length]);
        return false;
    }
    assert_eq!(headers, gzip);
    let mut read = Vec::new();
    GzDecoder::new(&*body).read_to_end(&mut read).unwrap();
    assert_eq!(read, vec![b'a'; length]);
    true
}

#[test]
fn a_body_is_compressed_from_a_size_on() {
    let client = offline_client();
    let sizes = [0, 10_239, 10_240, 100_000];
    assert_eq!(sizes.map(|size| is_packed(&client, "Packed", size)), [false, false, true, true]);
    assert!(!is_packed(&client, "Plain", 100_000));
    let with = |configure: fn(ClientBuilder) -> ClientBuilder| {
        configure(builder("http://127.0.0.1:1")).build().unwrap()
    };
    let never = with(|builder| builder.request_compression(false));
    assert!(!is_packed(&never, "Packed", 100_000));
    let sooner = with(|builder| builder.request_min_compression_size(5));
    assert_eq!([4, 5].map(|size| is_packed(&sooner, "Packed", size)), [false, true]);
    assert_eq!(
        [4, 5].map(|size| is_packed(&sooner.to_builder().build().unwrap(), "Packed", size)),
        [false, true]
    );
    // Values beyond those that AWS's tools accept.
    let smallest = with(|builder| builder.request_min_compression_size(0));
    assert_eq!([0, 1].map(|size| is_packed(&smallest, "Packed", size)), [false, true]);
    let largest = with(|builder| builder.request_min_compression_size(usize::MAX));
    assert_eq!(
        [1_048_575, 1_048_576].map(|size| is_packed(&largest, "Packed", size)),
        [false, true]
    );
}

#[test]
fn an_encoding_of_the_caller_stays_before_that_of_the_client() {
    let client = builder("http://127.0.0.1:1").request_min_compression_size(1).build().unwrap();
    let call = call(&client, "Packed").param("Encoding", "custom");
    assert_eq!(headers(&call), pairs(&[("content-encoding", "custom,gzip")]));
}

#[test]
fn a_checksum_is_that_of_the_compressed_body() {
    let (headers, body) = packed(&offline_client(), "PackedAndRequired", 20_000);
    let mut crc = flate2::Crc::new();
    crc.update(&body);
    let checksum = BASE64_STANDARD.encode(crc.sum().to_be_bytes());
    assert!(body.len() < 1_000);
    assert_eq!(
        headers,
        pairs(&[("content-encoding", "gzip"), ("x-amz-checksum-crc32", &checksum), SELECTED])
    );
}
