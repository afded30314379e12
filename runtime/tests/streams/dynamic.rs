//! Streams of calls by name.

use pagesmith_runtime::ErrorKind;
use pagesmith_runtime::dynamic::{Call, Resources};
use serde_json::json;

use crate::server::{Server, response};
use crate::transfers::ok;
use crate::{builder, client, events};

/// A REST-JSON service with an operation of each kind.
fn call(client: &pagesmith_runtime::Client, operation: &str) -> Call {
    let structure = |members| json!({ "type": "structure", "members": members });
    let model = json!({
        "version": "2.0",
        "metadata": {
            "apiVersion": "2026-01-01", "endpointPrefix": "tested", "protocol": "rest-json",
            "serviceFullName": "A service of tests", "serviceId": "Tested"
        },
        "operations": {
            "Put": {
                "name": "Put", "http": { "method": "PUT", "requestUri": "/" },
                "input": { "shape": "Object" }, "authtype": "none"
            },
            "Get": {
                "name": "Get", "http": { "method": "GET", "requestUri": "/" },
                "output": { "shape": "Object" }
            },
            "Listen": {
                "name": "Listen", "http": { "method": "GET", "requestUri": "/" },
                "output": { "shape": "Listening" }
            }
        },
        "shapes": {
            "String": { "type": "string" },
            "Integer": { "type": "integer" },
            "Stream": { "type": "blob", "streaming": true },
            "Object": {
                "type": "structure", "payload": "Body", "required": ["Body"],
                "members": {
                    "Kind": { "shape": "String", "location": "header", "locationName": "x-kind" },
                    "Body": { "shape": "Stream" }
                }
            },
            "Listening": {
                "type": "structure", "payload": "Events",
                "members": { "Events": { "shape": "Events" } }
            },
            "Events": {
                "type": "structure", "eventstream": true,
                "members": { "line": { "shape": "Line" } }
            },
            "Line": {
                "type": "structure", "event": true,
                "members": { "text": { "shape": "String" }, "number": { "shape": "Integer" } }
            },
            "Unused": structure(json!({}))
        }
    });
    let resources = Resources::from_model(&model.to_string(), None).unwrap();
    resources.method(operation).unwrap().call(client)
}

#[tokio::test]
async fn a_body_is_base64_or_a_stream() {
    let server = Server::always(response(200, &[("x-kind", "text")], b"hello")).await;
    let client = client(&server.url);
    let put = call(&client, "Put");
    put.clone().param("Body", "aGVsbG8=").send().await.unwrap();
    put.clone().stream("Body", ok(&["he", "llo"])).send().await.unwrap();
    assert_eq!(server.requests()[0].body, b"hello");
    assert_eq!(server.requests()[1].body, b"hello");
    let error = put.clone().stream("Kind", "text").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Input);
    assert!(error.message().starts_with("`Kind` is not a param that is sent in chunks"), "{error}");

    let get = call(&client, "Get");
    assert_eq!(get.send().await.unwrap(), json!({ "Kind": "text", "Body": "aGVsbG8=" }));
    let (head, body) = get.send_streaming().await.unwrap();
    assert_eq!(head, json!({ "Kind": "text" }));
    assert_eq!(&body.collect().await.unwrap()[..], b"hello");
    let error = put.stream("Body", "").send_streaming().await.unwrap_err();
    assert!(error.message().contains("no stream of bytes"), "{error}");
}

#[tokio::test]
async fn events_are_json() {
    let lines = [r#"{"text": "one"}"#, r#"{"number": 2}"#].map(events::line);
    let unknown = events::event("later", &[], b"");
    let server = events::server([lines.concat(), unknown].concat(), 9).await;
    let expected =
        [json!({ "line": { "text": "one" } }), json!({ "line": { "number": 2 } }), json!({})];
    let listen = call(&client(&server.url), "Listen");
    assert_eq!(listen.send().await.unwrap(), json!({ "Events": expected }));
    let (head, mut events) = listen.events().await.unwrap();
    assert_eq!(head, json!({}));
    for expected in expected {
        assert_eq!(events.recv().await.unwrap().unwrap(), expected);
    }
    assert!(events.recv().await.unwrap().is_none());

    let limited = builder(&server.url).response_limit(80).build().unwrap();
    let error = call(&limited, "Listen").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ResponseTooLarge, "{error}");
}
