//! Small service models, and assertions about them.

use pagesmith::dynamic::{Method, Resources};
use pagesmith::{Client, ClientBuilder};
use serde_json::{Map, Value, json};

use crate::support::WITHOUT_PAUSE;
use crate::support::canned::Canned;

/// The default metadata of a model.
pub(crate) fn metadata() -> Value {
    json!({
        "apiVersion": "2020-01-08",
        "endpointPrefix": "example",
        "protocol": "query",
        "protocols": ["query"],
        "serviceFullName": "Example",
        "serviceId": "Example",
    })
}

/// The only method of a service with a model of these parts.
pub(crate) fn method_of(metadata: &Value, mut operation: Value, shapes: &Value) -> Method {
    let name = operation["name"].as_str().unwrap().to_owned();
    operation["http"] = json!({ "method": "POST", "requestUri": "/" });
    let model = json!({
        "version": "2.0",
        "metadata": metadata,
        "operations": { name.clone(): operation },
        "shapes": shapes,
    });
    let resources = Resources::from_model(&model.to_string(), None);
    resources.unwrap_or_else(|error| panic!("{name}: {error}")).method(&name).unwrap()
}

/// The operation `Do`, with the input `In` and the output `Out` if `shapes` has them. Shapes of the
/// plain types are added.
pub(crate) fn method(mut shapes: Value) -> Method {
    let mut operation = json!({ "name": "Do" });
    for (direction, shape) in [("input", "In"), ("output", "Out")] {
        if shapes.get(shape).is_some() {
            operation[direction] = json!({ "shape": shape });
        }
    }
    add_plain_shapes(&mut shapes);
    method_of(&metadata(), operation, &shapes)
}

/// `String`, `Integer` and so on, under their type's name.
pub(crate) fn add_plain_shapes(shapes: &mut Value) {
    let all = ["string", "boolean", "integer", "long", "float", "double", "blob", "timestamp"];
    for kind in all {
        let name = kind[..1].to_uppercase() + &kind[1..];
        shapes[name] = json!({ "type": kind });
    }
}

/// A structure of members, each `name: shape`, or `name: {"shape": …, …}`.
pub(crate) fn structure(members: Value) -> Value {
    let Value::Object(members) = members else { panic!("{members} is not an object") };
    let member = |(name, of)| match of {
        Value::String(shape) => (name, json!({ "shape": shape })),
        of => (name, of),
    };
    json!({ "type": "structure", "members": members.into_iter().map(member).collect::<Map<_, _>>() })
}

/// A list of `shape`, whose elements have the name `name`.
pub(crate) fn list(shape: &str, name: Option<&str>) -> Value {
    json!({ "type": "list", "member": named(shape, name) })
}

/// A map to `shape`, whose keys and values have the names `names`.
pub(crate) fn map(shape: &str, names: Option<(&str, &str)>) -> Value {
    let (key, value) = names.unzip();
    json!({ "type": "map", "key": named("String", key), "value": named(shape, value) })
}

fn named(shape: &str, name: Option<&str>) -> Value {
    match name {
        Some(name) => json!({ "shape": shape, "locationName": name }),
        None => json!({ "shape": shape }),
    }
}

/// A client for calls that are not sent.
pub(crate) fn offline_client() -> Client {
    builder("http://127.0.0.1:1").build().unwrap()
}

/// A builder of a client for `url`.
pub(crate) fn builder(url: &str) -> ClientBuilder {
    Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "the secret of this test", None)
        .endpoint_url(url)
        .retry(WITHOUT_PAUSE)
}

/// A builder of a client that resolves each of `hosts` to this machine, with the port of `server`.
pub(crate) fn builder_at(server: &Canned, url: &str, hosts: &[&str]) -> ClientBuilder {
    let address: std::net::SocketAddr = server.url()["http://".len()..].parse().unwrap();
    let (host, path) = url.split_once('/').unwrap_or((url, ""));
    let slash = if path.is_empty() { "" } else { "/" };
    let hosts: Vec<String> = hosts.iter().map(|&host| host.to_owned()).collect();
    builder(&format!("http://{host}:{}{slash}{path}", address.port())).configure_http_client(
        move |http| hosts.iter().fold(http, |http, host| http.resolve(host, address)),
    )
}

/// The members of `params`, which must be an object.
pub(crate) fn object(params: &Value) -> Map<String, Value> {
    params.as_object().unwrap_or_else(|| panic!("{params} is not an object")).clone()
}

/// The pairs of a form, sorted: members of a structure have no order.
pub(crate) fn pairs(form: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<_> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    pairs.sort_unstable();
    pairs
}

/// Asserts that `method` sends `form` for `params`, in addition to action and version.
pub(crate) fn assert_sent(method: &Method, params: &Value, form: &str) {
    let body = method
        .call(&offline_client())
        .params(object(params))
        .body()
        .map(|body| String::from_utf8(body).unwrap());
    let body = body.unwrap_or_else(|error| panic!("{params}: {error}"));
    let head = format!("Action={}&Version=2020-01-08", method.operation());
    let expected = if form.is_empty() { head.clone() } else { format!("{head}&{form}") };
    assert_eq!(pairs(&body), pairs(&expected), "{params}\nours: {body}");
    assert!(body.starts_with(&head), "{body}");
}

/// Asserts that `method` decodes `output` from a response whose result contains `xml`.
pub(crate) fn assert_decoded(method: &Method, xml: &str, output: &Value) {
    let name = method.operation();
    let document = format!(
        "<{name}Response xmlns=\"https://example.com/\"><{name}Result>{xml}</{name}Result>\
         <ResponseMetadata><RequestId>an-id</RequestId></ResponseMetadata></{name}Response>"
    );
    let read = method.decode(document.as_bytes());
    assert_eq!(read.unwrap_or_else(|error| panic!("{xml}: {error:?}")), *output, "{xml}");
}
