//! Responses with given content. The request that has an output as its input is encoded as the response with that output, so the
//! encoder of requests creates them, from a changed model.

use std::fs;
use std::path::Path;

use pagesmith_model::model::Protocol;
use pagesmith_model::schema::{Method, Service};
use pagesmith_runtime::Client;
use pagesmith_runtime::dynamic::Resources;
use serde_json::{Map, Value, json};

use super::server::Prepared;

/// Creates the responses of a service.
pub(crate) struct Responses {
    protocol: Protocol,
    echoes: Resources,
    /// It sends nothing.
    client: Client,
}

impl Responses {
    pub(crate) fn of(service: &Service, seeds: &Path) -> Self {
        let path = seeds.join(&service.provider).join(&service.name).join("service-2.json");
        let mut model: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let protocol = service.protocol;
        if is_query(protocol) {
            model["metadata"]["protocol"] = "rest-xml".into();
            model["metadata"]["protocols"] = json!(["rest-xml"]);
        }
        model["metadata"].as_object_mut().unwrap().remove("xmlNamespace");
        let operations = model["operations"].as_object().unwrap().clone();
        for (name, operation) in &operations {
            let mut echo = json!({ "name": operation["name"], "http": { "method": "POST", "requestUri": "/" } });
            if operation["output"].is_object() {
                let shape = operation["output"]["shape"].as_str().unwrap();
                let input = format!("{shape}AsInput");
                model["shapes"][&input] = of_request(&model, shape);
                let wrapper = operation["output"]["resultWrapper"].as_str();
                let default = match protocol {
                    Protocol::Ec2Query => format!("{name}Response"),
                    _ => format!("{name}Result"),
                };
                let root = wrapper.map_or(default, str::to_owned);
                echo["input"] = json!({ "shape": input, "locationName": root });
            }
            model["operations"][name] = echo;
        }
        let echoes = Resources::from_model(&model.to_string(), None).unwrap();
        let client = Client::builder("us-east-1").without_credentials().build().unwrap();
        Self { protocol, echoes, client }
    }

    /// The response of `method` with `output`.
    pub(crate) fn response(&self, method: &Method, output: Map<String, Value>) -> Prepared {
        let echo = self.echoes.method(&format!("service.operations.{}", method.operation)).unwrap();
        let request = echo.call(&self.client).params(output).request().unwrap();
        let headers = request
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.to_str().unwrap().to_owned()));
        let headers =
            headers.filter(|(name, _)| name != "x-amz-target" && name != "content-length");
        let mut body = request.body().clone();
        if self.protocol == Protocol::AwsQuery {
            let name = &method.operation;
            let mut text = String::from_utf8(body).unwrap();
            if let Some(output) = method.output.as_ref().filter(|_| text.is_empty()) {
                text = format!("<{0}></{0}>", output.wrapper);
            }
            let metadata = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>";
            body = format!("<{name}Response>{text}{metadata}</{name}Response>").into_bytes();
        } else if self.protocol == Protocol::Ec2Query && body.is_empty() {
            body = b"<Response/>".to_vec();
        }
        Prepared { headers: headers.collect(), body }
    }
}

fn is_query(protocol: Protocol) -> bool {
    matches!(protocol, Protocol::AwsQuery | Protocol::Ec2Query)
}

/// The structure `shape` without the members that requests do not have: the status code, and streams of events.
fn of_request(model: &Value, shape: &str) -> Value {
    let mut shape = model["shapes"][shape].clone();
    let members = shape["members"].as_object().unwrap().clone();
    let is_left_out = |member: &Value| {
        let target = member["shape"].as_str().unwrap();
        member["location"] == "statusCode" || model["shapes"][target]["eventstream"] == true
    };
    for (name, _) in members.iter().filter(|(_, member)| is_left_out(member)) {
        shape["members"].as_object_mut().unwrap().remove(name);
        if let Some(required) = shape.get_mut("required").and_then(Value::as_array_mut) {
            required.retain(|required| required != name);
        }
        if shape["payload"] == name.as_str() {
            shape.as_object_mut().unwrap().remove("payload");
        }
    }
    shape
}
