//! Shows the request of a dry run.

use pagesmith_runtime::http::Request;
use serde_json::{Map, Value, json};

use super::response::one_line;
use crate::columns::Form;
use crate::output::Output;

/// Writes the request line, the headers, and each member of the form on a line.
pub(super) fn write(request: &Request<Vec<u8>>, form: Form, output: &mut Output) {
    let headers = request.headers().iter().map(|(name, value)| {
        (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    });
    let members = form_urlencoded::parse(request.body())
        .map(|(name, value)| (name.into_owned(), value.into_owned()));
    if matches!(form, Form::Json) {
        let object = |pairs: &mut dyn Iterator<Item = (String, String)>| {
            pairs.map(|(name, value)| (name, value.into())).collect::<Map<String, Value>>()
        };
        let shown = json!({
            "method": request.method().as_str(),
            "url": request.uri().to_string(),
            "headers": object(&mut { headers }),
            "body": object(&mut { members }),
        });
        output.result(&format!("{shown:#}"));
        return;
    }
    output.result(&format!("{} {}", request.method(), request.uri()));
    for (name, value) in headers {
        output.result(&format!("{name}: {value}"));
    }
    output.result("");
    for (name, value) in members {
        output.result(&format!("{name}={}", one_line(&value)));
    }
}
