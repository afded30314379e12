//! The protocols' published test cases, as botocore's source distribution has them.
//!
//! `PAGESMITH_PROTOCOL_TESTS` names their folder, `tests/unit/protocols`. Without it, nothing is tested, and a line says so.

#[cfg(feature = "cbor")]
mod cbor;
mod types;
mod value;
mod xml;

use std::collections::BTreeMap;
use std::path::PathBuf;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value as Json, json};

use self::types::{Types, namespace};
#[cfg(feature = "cbor")]
use super::RPC_V2_CBOR;
use super::{AWS_JSON_1_0, AWS_JSON_1_1, AWS_QUERY, EC2_QUERY, REST_JSON_1, REST_XML};
use crate::schema::{
    Budget, EncodedRequest, Http, Namespace, Operation, Output, ProtocolRef, Response, Service,
    Shape,
};

/// A suite: one operation with the shapes that it uses, and its cases.
struct Suite {
    types: Types,
    service: &'static Service<'static>,
    /// The XML namespace of the root elements of all requests.
    namespace: Option<&'static str>,
    /// The path of the client's endpoint.
    endpoint_path: &'static str,
    cases: Vec<Json>,
}

/// The suites in the file `name` of the folder `kind`, or `None` without the published cases.
fn suites(kind: &str, name: &'static str, protocol: ProtocolRef) -> Option<Vec<Suite>> {
    let Some(folder) = std::env::var_os("PAGESMITH_PROTOCOL_TESTS") else {
        println!("skipped: PAGESMITH_PROTOCOL_TESTS does not name the published cases");
        return None;
    };
    let path = PathBuf::from(folder).join(kind).join(format!("{name}.json"));
    let text = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let suites: Vec<Json> = serde_json::from_slice(&text).unwrap();
    let read = |suite: Json| {
        let suite: &'static Json = Box::leak(Box::new(suite));
        let metadata = &suite["metadata"];
        let service = Service {
            target_prefix: metadata["targetPrefix"].as_str(),
            query_compatible: metadata.get("awsQueryCompatible").is_some(),
            ..Service::new("Test", protocol)
                .endpoint_prefix("test")
                .signing_name("test")
                .api_version(metadata["apiVersion"].as_str().unwrap_or(""))
        };
        Suite {
            types: Types::new(
                &suite["shapes"],
                metadata["protocol"].as_str().unwrap(),
                kind == "output",
            ),
            service: Box::leak(Box::new(service)),
            namespace: metadata["xmlNamespace"].as_str(),
            endpoint_path: suite["clientEndpoint"].as_str().map_or("", path_of),
            cases: suite["cases"].as_array().unwrap().clone(),
        }
    };
    Some(suites.into_iter().map(read).collect())
}

impl Suite {
    /// Fails with the id of `case`.
    fn check(
        &self,
        case: &Json,
        run: impl FnOnce(&Self, &'static Json) -> Result<(), String>,
    ) -> Option<String> {
        let case: &'static Json = Box::leak(Box::new(case.clone()));
        let failure = run(self, case).err()?;
        Some(format!("{}: {failure}", case["id"].as_str().unwrap_or("")))
    }

    /// The operation of `case`, with the schemas of its input and output.
    fn operation(&self, case: &'static Json) -> Operation<'static> {
        let given = &case["given"];
        let shape = |key: &str| {
            let name = given[key]["shape"].as_str()?;
            Some(self.types.shape(name))
        };
        let empty: &'static Shape<'static> = Box::leak(Box::new(Shape::new("Empty", &[])));
        let name = given["name"].as_str().unwrap_or("OperationName");
        let of_shape = |name| namespace(self.types.of(name));
        let root = namespace(&given["input"])
            .or_else(|| given["input"].get("shape").and_then(|_| of_shape(&given["input"])));
        let of_service = || Some(Namespace { prefix: None, uri: self.namespace? });
        // The element around the output, which the suites of AWS Query do not name.
        let wrapper = Box::leak(format!("{name}Result").into_boxed_str());
        let operation = Operation::new(name, self.service, shape("input").unwrap_or(empty));
        let has_input = given.get("input").is_some();
        let http = &given["http"];
        Operation {
            has_input,
            output: shape("output").map(|shape| Output { wrapper, shape }),
            http: Http {
                method: http["method"].as_str().unwrap_or("POST"),
                uri: http["requestUri"].as_str().unwrap_or("/"),
                root: given["input"]["locationName"].as_str(),
                namespace: root.copied().or_else(of_service),
            },
            ..operation
        }
    }
}

/// Compares the request of `case` with the published one.
fn input(suite: &Suite, case: &'static Json) -> Result<(), String> {
    let operation = suite.operation(case);
    let mut record = suite.types.record(&case["given"]["input"]);
    value::fill(&mut record, &case["params"])?;
    let token = || String::from("00000000-0000-4000-8000-000000000000");
    let sent = suite.service.protocol.0.encode(&operation, record.record(), &token)?;
    let expected = &case["serialized"];
    same("method", sent.method.as_str(), expected["method"].as_str().unwrap_or("POST"))?;
    same("uri", uri(suite, &sent).as_str(), expected["uri"].as_str().unwrap_or("/"))?;
    if let Some(body) = expected["body"].as_str() {
        let body = body.trim();
        #[cfg(feature = "cbor")]
        if suite.types.is_cbor() {
            let body = BASE64_STANDARD.decode(body).unwrap();
            return same(
                "body",
                &cbor::json(sent.body.as_bytes().unwrap_or_default())?,
                &cbor::json(&body)?,
            )
            .and_then(|()| same_headers(&sent, expected));
        }
        let own = String::from_utf8_lossy(sent.body.as_bytes().unwrap_or_default()).into_owned();
        let json = |text: &str| serde_json::from_str::<Json>(text).ok();
        let is_form = body.starts_with("Action=");
        match (json(body), xml::parse(body)) {
            (Some(body), _) => same("body", &json(&own).unwrap_or(own.into()), &body)?,
            (_, Some(body)) if !is_form => same("body", &xml::parse(&own), &Some(body))?,
            _ if is_form => same("body", &pairs(&own), &pairs(body))?,
            _ => same("body", own.as_str(), body)?,
        }
    }
    same_headers(&sent, expected)
}

/// Compares the headers of the request `sent` with those of a case.
fn same_headers(sent: &EncodedRequest, expected: &Json) -> Result<(), String> {
    let headers: BTreeMap<&str, &str> =
        sent.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().unwrap())).collect();
    for (name, value) in expected["headers"].as_object().into_iter().flatten() {
        let own = headers.get(name.to_lowercase().as_str()).copied().unwrap_or("(absent)");
        // Spaces around the commas of a list have no meaning, and forms also name their character set.
        let own = own.replace(", ", ",").replace("; charset=utf-8", "");
        same(name, &own, &value.as_str().unwrap().replace(", ", ","))?;
    }
    for name in expected["forbidHeaders"].as_array().into_iter().flatten() {
        let own = headers.get(name.as_str().unwrap().to_lowercase().as_str());
        same("forbidden header", own.copied().unwrap_or("(absent)"), "(absent)")?;
    }
    Ok(())
}

/// Compares what is read from the response of `case` with the published result.
fn output(suite: &Suite, case: &'static Json) -> Result<(), String> {
    let operation = suite.operation(case);
    let published = &case["response"];
    let mut headers = HeaderMap::new();
    for (name, value) in published["headers"].as_object().into_iter().flatten() {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        headers.insert(name, HeaderValue::from_str(value.as_str().unwrap()).unwrap());
    }
    let body = published["body"].as_str().unwrap_or("");
    let status = u16::try_from(published["status_code"].as_u64().unwrap()).unwrap();
    let body =
        if suite.types.is_cbor() { BASE64_STANDARD.decode(body).unwrap() } else { body.into() };
    let response = Response { status, headers: &headers, body: &body };
    let protocol = suite.service.protocol.0;
    if case.get("error").is_none() {
        let mut record = suite.types.record(&case["given"]["output"]);
        let mut budget = Budget::new(1 << 20);
        protocol
            .decode(&operation, &response, record.record(), &mut budget)
            .map_err(|error| error.to_string())?;
        return same("output", &record.json(), &case["result"]);
    }
    let error = protocol.error(&response).ok_or("the response is not an error")?;
    let code = error.code.as_deref().unwrap_or("");
    same("code", code, case["errorCode"].as_str().unwrap_or(""))?;
    same(
        "message",
        error.message.as_deref().unwrap_or(""),
        case["errorMessage"].as_str().unwrap_or(""),
    )?;
    let Some(name) = suite.types.error(code) else { return Ok(()) };
    let mut details = suite.types.record(&json!({ "shape": name }));
    let mut budget = Budget::new(1 << 20);
    protocol
        .error_details(&response, suite.types.shape(name), details.record(), &mut budget)
        .map_err(|error| error.to_string())?;
    same("error", &details.json(), &case["error"])
}

/// The pairs of a form, in any order.
fn pairs(form: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}

/// The path of `url`, without a slash at its end.
fn path_of(url: &'static str) -> &'static str {
    let (_, rest) = url.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    rest.strip_prefix(host).unwrap().trim_end_matches('/')
}

fn uri(suite: &Suite, request: &EncodedRequest) -> String {
    let mark = if request.query.is_empty() { "" } else { "?" };
    format!("{}{}{mark}{}", suite.endpoint_path, request.path, request.query)
}

fn same<T: PartialEq<T> + std::fmt::Debug + ?Sized>(
    what: &str,
    own: &T,
    published: &T,
) -> Result<(), String> {
    if own == published { Ok(()) } else { Err(format!("{what}: {own:?} is not {published:?}")) }
}

/// Runs all cases of the file `name`, except those in `known`, which have a reason, and fails if any differs.
fn run(name: &'static str, protocol: ProtocolRef, known: &[(&str, &str)]) {
    let mut cases = 0;
    let mut failures = Vec::new();
    for (kind, check) in [("input", input as fn(&Suite, &'static Json) -> _), ("output", output)] {
        for suite in suites(kind, name, protocol).into_iter().flatten() {
            for case in &suite.cases {
                cases += 1;
                failures
                    .extend(suite.check(case, check).map(|failure| format!("{kind} {failure}")));
            }
        }
    }
    let is_known = |failure: &&String| known.iter().any(|(id, _)| failure.contains(id));
    let (expected, failures): (Vec<_>, Vec<_>) = failures.iter().partition(is_known);
    println!("{name}: {} of {cases} cases", cases - expected.len() - failures.len());
    for (id, reason) in known.iter().filter(|_| cases > 0) {
        println!("  not {id}: {reason}");
    }
    assert!(failures.is_empty(), "{} cases differ:\n{failures:#?}", failures.len());
    assert!(
        cases == 0 || expected.len() == known.len(),
        "a known difference is gone: {expected:#?}"
    );
}

const COMPRESSION: &str = "requests are not compressed yet";
const CHECKSUMS: &str = "requests have no checksums yet";
const UNSET_UNION: &str = "botocore sends an empty object too";
const EMPTY_LIST: &str = "botocore does not send a header without elements either";
const ELEMENT_NAMESPACE: &str =
    "no model of AWS gives elements of a list, keys or values a namespace";
const SHAPE_NAME: &str = "botocore's models do not name the root element so";
const MESSAGE: &str = "the case does not expect the message that its document has";
const EMPTY: &str = "a success without a document is not accepted in AWS Query";
const TEXT: &str = "text between elements is an error: it is not part of any response of AWS";
const SPARSE: &str = "botocore's models do not say which maps and lists are sparse";

#[test]
fn aws_json_1_0() {
    run(
        "json_1_0",
        AWS_JSON_1_0,
        &[
            ("SDKAppliedContentEncoding_awsJson1_0", COMPRESSION),
            ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_0", COMPRESSION),
        ],
    );
    run("json_1_0-query-compatible", AWS_JSON_1_0, &[]);
}

#[test]
fn aws_json_1_1() {
    run(
        "json",
        AWS_JSON_1_1,
        &[
            ("SDKAppliedContentEncoding_awsJson1_1", COMPRESSION),
            ("SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsJson1_1", COMPRESSION),
        ],
    );
}

/// The text of a blob in a case.
fn blob(bytes: &[u8]) -> Json {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        Err(_) => BASE64_STANDARD.encode(bytes).into(),
    }
}

#[test]
fn rest_json_1() {
    run(
        "rest-json",
        REST_JSON_1,
        &[
            ("input RestJsonHttpChecksumRequired", CHECKSUMS),
            ("input RestJsonHttpPayloadWithUnsetUnion", UNSET_UNION),
            ("input RestJsonNullAndEmptyHeaders", EMPTY_LIST),
            ("input SDKAppliedContentEncoding_restJson1", COMPRESSION),
            ("input SDKAppendedGzipAfterProvidedEncoding_restJson1", COMPRESSION),
            ("output RestJsonDeserializesDenseSetMapAndSkipsNull", SPARSE),
        ],
    );
}

#[test]
fn rest_xml() {
    run(
        "rest-xml",
        REST_XML,
        &[
            ("input BodyWithXmlName", SHAPE_NAME),
            ("input RestXmlHttpPayloadWithUnion:", SHAPE_NAME),
            ("input HttpPayloadWithXmlName:", SHAPE_NAME),
            ("input HttpPayloadWithXmlNamespace:", SHAPE_NAME),
            ("input HttpPayloadWithXmlNamespaceAndPrefix", SHAPE_NAME),
            ("input XmlAttributesOnPayload", SHAPE_NAME),
            ("input NullAndEmptyHeaders", EMPTY_LIST),
            ("input RestXmlXmlMapWithXmlNamespace", ELEMENT_NAMESPACE),
            ("input XmlNamespaces", ELEMENT_NAMESPACE),
            ("input SDKAppliedContentEncoding_restXml", COMPRESSION),
            ("input SDKAppendedGzipAfterProvidedEncoding_restXml", COMPRESSION),
            ("output ComplexError", MESSAGE),
            ("output SimpleScalarPropertiesWithXMLPreamble", TEXT),
        ],
    );
}

#[test]
fn ec2() {
    run(
        "ec2",
        EC2_QUERY,
        &[
            ("input SDKAppliedContentEncoding_ec2Query", COMPRESSION),
            ("input SDKAppendsGzipAndIgnoresHttpProvidedEncoding_ec2Query", COMPRESSION),
            ("output Ec2ComplexError", MESSAGE),
        ],
    );
}

#[test]
fn query() {
    run(
        "query",
        AWS_QUERY,
        &[
            ("input SDKAppliedContentEncoding_awsQuery", COMPRESSION),
            ("input SDKAppendsGzipAndIgnoresHttpProvidedEncoding_awsQuery", COMPRESSION),
            ("output QueryEmptyInputAndEmptyOutput", EMPTY),
            ("output QueryNoInputAndNoOutput", EMPTY),
            ("output QueryNoInputAndOutput", EMPTY),
        ],
    );
}

#[cfg(feature = "cbor")]
#[test]
fn smithy_rpc_v2_cbor() {
    let sparse = [("output RpcV2CborDeserializesDenseSetMapAndSkipsNull", SPARSE)];
    run("smithy-rpc-v2-cbor", RPC_V2_CBOR, &sparse);
    run("smithy-rpc-v2-cbor-query-compatible", RPC_V2_CBOR, &[]);
    run("smithy-rpc-v2-cbor-non-query-compatible", RPC_V2_CBOR, &[]);
}
