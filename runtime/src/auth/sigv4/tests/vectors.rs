//! AWS's own test vectors, which the crate `aws-sigv4` has in its folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use super::*;

/// The folder of the vectors, if cargo has the sources of `aws-sigv4` with them.
fn folder() -> Option<PathBuf> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version=1", "--offline", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        .output()
        .ok()?;
    let metadata: Json = serde_json::from_slice(&output.stdout).ok()?;
    let mut packages = metadata["packages"].as_array()?.iter();
    let package = packages.find(|package| package["name"] == "aws-sigv4")?;
    let manifest = Path::new(package["manifest_path"].as_str()?);
    let folder = manifest.with_file_name("aws-signing-test-suite").join("v4");
    folder.is_dir().then_some(folder)
}

/// A vector: how to sign a request.
struct Vector {
    context: Json,
    method: String,
    path: String,
    query: String,
    host: String,
    headers: HeaderMap,
    body: String,
}

impl Vector {
    fn read(folder: &Path) -> Option<Self> {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).ok();
        let context: Json = serde_json::from_str(&read("context.json")?).unwrap();
        let request = read("request.txt")?;
        let (head, body) = request.split_once("\n\n").unwrap_or((&request, ""));
        // A line that begins with a space continues the one before it.
        let head = head.replace("\n ", " ");
        let mut lines = head.lines();
        let (method, target) = lines.next()?.split_once(' ')?;
        let target = target.rsplit_once(' ')?.0;
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut headers = HeaderMap::new();
        for (name, value) in lines.map(|line| line.split_once(':').unwrap()) {
            headers.append(
                HeaderName::from_bytes(name.as_bytes()).unwrap(),
                HeaderValue::from_str(value.trim()).unwrap(),
            );
        }
        let host = headers.remove("host")?.to_str().unwrap().to_owned();
        // The request has text that is not ASCII as it is, and a URL has it percent-encoded.
        let escaped =
            |text: &str| utf8_percent_encode(text, percent_encoding::CONTROLS).to_string();
        // A vector has a path that is escaped once in its signature, which is what happens here to a path that is normalized.
        let path = if context["normalize"] == true {
            percent_decode_str(path).decode_utf8().unwrap().into_owned()
        } else {
            escaped(path).replace(' ', "%20")
        };
        let (method, query, body) = (method.to_owned(), escaped(query), body.to_owned());
        Some(Self { context, method, path, query, host, headers, body })
    }

    /// `authorization`, and the signature in a presigned URL.
    fn sign(&self) -> (String, String) {
        let Self { context, method, path, query, host, .. } = self;
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        let keys = &context["credentials"];
        // Such a token is added after the request is signed.
        let is_omitted = context["omit_session_token"] == true;
        let token = keys["token"].as_str().filter(|_| !is_omitted).map(str::to_owned);
        let [id, secret] = ["access_key_id", "secret_access_key"].map(|key| text(&keys[key]));
        let credentials = Credentials::new(id, secret, token, None, "test");
        assert_eq!(context["timestamp"], "2015-08-30T12:36:00Z");
        let time = test_time();
        let date = amz_date(time);
        let (region, service) = (text(&context["region"]), text(&context["service"]));
        let scope =
            CredentialScope { credentials: &credentials, region: &region, service: &service, time };
        let request = |headers| SignableRequest {
            method,
            host,
            path,
            query,
            headers,
            payload: PayloadHash::Bytes(self.body.as_bytes()),
            path_as_is: context["normalize"] == false,
            date: &date,
        };
        let mut headers = self.headers.clone();
        headers.insert("x-amz-date", HeaderValue::from_str(&date).unwrap());
        if let Some(token) = credentials.session_token() {
            headers.insert("x-amz-security-token", HeaderValue::from_str(token).unwrap());
        }
        if context["sign_body"] == true {
            let hash = hex_sha256(self.body.as_bytes());
            headers.insert("x-amz-content-sha256", HeaderValue::from_bytes(&hash).unwrap());
        }
        let signer = Signer::default();
        let authorization = signer.sign(&request(&headers), &scope);
        let expires = Duration::from_secs(context["expiration_in_seconds"].as_u64().unwrap());
        let mut headers = self.headers.clone();
        headers.remove("x-amz-date");
        let query = signer.presign(&request(&headers), &scope, expires);
        (authorization, query.rsplit('=').next().unwrap().to_owned())
    }
}

#[test]
fn signatures_equal_those_of_the_vectors_of_aws() {
    let Some(folder) = folder() else {
        println!("skipped: the sources of aws-sigv4 are not there, or have no vectors");
        return;
    };
    let (mut equal, mut all) = (0, 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        let read = |name: &str| std::fs::read_to_string(folder.join(name));
        // Two are of an older suite, and have no context.
        let Some(vector) = Vector::read(&folder) else { continue };
        let (authorization, presigned) = vector.sign();
        let signed = read("header-signed-request.txt").unwrap();
        let expected = signed.lines().find_map(|line| line.strip_prefix("Authorization:"));
        assert_eq!(authorization, expected.unwrap().trim(), "{}", folder.display());
        assert_eq!(presigned, read("query-signature.txt").unwrap(), "{}", folder.display());
        all += 2;
        equal += 2;
    }
    println!("vectors of AWS: {equal} of {all}");
    assert!(all >= 70, "{all} vectors");
}
