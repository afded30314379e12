//! Compares signatures and presigned URLs with those of botocore, for random requests; see `tests/botocore/sign.py`.

use std::process::Command;

use serde_json::Value as Json;

use super::*;

/// The first of the random requests.
const RECORDED: &str = include_str!("../../../../../tests/botocore/signatures.jsonl");

fn text<'a>(request: &'a Json, key: &str) -> &'a str {
    request[key].as_str().unwrap()
}

fn unhexed(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// The signature of `request`, as `authorization` or as a query string, and that of botocore.
fn signatures(request: &Json) -> (String, String) {
    let mut headers = HeaderMap::new();
    for header in request["headers"].as_array().unwrap() {
        let [name, value] = [0, 1].map(|index| header[index].as_str().unwrap());
        // An HTTP client has a value without the space around it.
        headers.append(
            HeaderName::from_bytes(name.as_bytes()).unwrap(),
            HeaderValue::from_str(value.trim()).unwrap(),
        );
    }
    let body = unhexed(text(request, "body"));
    let token = request["token"].as_str().map(str::to_owned);
    let credentials =
        Credentials::new(text(request, "access_key"), text(request, "secret"), token, None, "test");
    let time = UNIX_EPOCH + Duration::from_secs(request["time"].as_u64().unwrap());
    let scope = CredentialScope {
        credentials: &credentials,
        region: text(request, "region"),
        service: text(request, "service"),
        time,
    };
    let signable = SignableRequest {
        method: text(request, "method"),
        host: text(request, "host"),
        path: text(request, "path"),
        query: text(request, "query"),
        headers: &headers,
        payload: match text(request, "payload") {
            "unsigned" => PayloadHash::Unsigned,
            "trailer" => PayloadHash::StreamingUnsignedTrailer,
            _ => PayloadHash::Bytes(&body),
        },
        path_as_is: text(request, "kind").starts_with("s3"),
        date: &amz_date(time),
    };
    let signer = Signer::default();
    match request["expires"].as_u64() {
        Some(seconds) => {
            let query = signer.presign(&signable, &scope, Duration::from_secs(seconds));
            (query.to_string(), text(request, "presigned").to_owned())
        }
        None => (signer.sign(&signable, &scope), text(request, "authorization").to_owned()),
    }
}

/// Compares the requests in `lines`, and returns their number.
fn compare(lines: &str) -> usize {
    let mut equal = 0;
    for line in lines.lines() {
        let request = serde_json::from_str(line).unwrap();
        let (ours, botocore) = signatures(&request);
        assert_eq!(ours, botocore, "after {equal} requests that are equal: {line}");
        equal += 1;
    }
    equal
}

#[test]
fn signatures_equal_those_that_botocore_recorded() {
    assert_eq!(compare(RECORDED), 60);
}

#[test]
fn signatures_equal_those_of_botocore() {
    let Some(python) = std::env::var_os("PAGESMITH_BOTOCORE_PYTHON") else {
        println!("skipped: set PAGESMITH_BOTOCORE_PYTHON to a Python with botocore");
        return;
    };
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/botocore/sign.py");
    let output = Command::new(python).args([program, "2000"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    assert!(lines.starts_with(RECORDED), "sign.py is not what signatures.jsonl was recorded with");
    let equal = compare(&lines);
    println!("signatures equal to botocore's: {equal} of 2000");
    assert_eq!(equal, 2000);
}
