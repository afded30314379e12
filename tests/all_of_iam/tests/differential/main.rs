//! Compares typed and dynamic calls of every method: with the same arguments, both must send the same
//! form. Another test compares dynamic calls with botocore.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod arguments;
#[allow(dead_code)] // Other tests use the rest.
#[path = "../../../support/canned.rs"]
mod canned;
mod typed;

use std::path::Path;

use pagesmith_codegen::folder;
use pagesmith_runtime::dynamic::Resources;
use pagesmith_runtime::{Client, ErrorKind, Retry};

use self::arguments::Random;
use self::canned::{Canned, response};

const SETS: u64 = 50;
const ERROR_RESPONSE: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidInput</Code>\
                       <Message>recorded</Message></Error></ErrorResponse>";

#[tokio::test]
async fn typed_and_dynamic_calls_send_the_same_form() {
    let seeds = Path::new(env!("OUT_DIR")).join("seeds");
    let service =
        folder::read(&seeds, "seeds").value.expect("the pages match the model").services.remove(0);
    let resources = Resources::load(&seeds).unwrap();
    let mut compared = 0;
    for resource in &service.resources {
        for method in &resource.methods {
            let name = format!("{}.{}", resource.id, method.name);
            let (_, typed) = typed::CALLS.iter().find(|(called, _)| *called == name).unwrap();
            let dynamic = resources.method(&name).unwrap();
            let server = Canned::always(response(400, &[], ERROR_RESPONSE));
            let client = Client::builder("us-east-1")
                .credentials("AKIDEXAMPLE", "secret", None)
                .endpoint_url(server.url())
                .retry(Retry::never())
                .build()
                .unwrap();
            let mut compared_requests = 0;
            for seed in 0..SETS {
                let arguments = Random::new(seed).arguments(&service, resource, &method.input);
                let expected = dynamic
                    .call(&client)
                    .params(arguments.clone())
                    .body()
                    .map(String::from_utf8)
                    .unwrap()
                    .unwrap();
                let error = typed(&client, &arguments.clone().into()).await.err();
                assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Service), "{name}");
                let requests = server.requests();
                let new: Vec<&str> =
                    requests[compared_requests..].iter().map(|new| new.body.as_str()).collect();
                assert_eq!(new, [expected], "{name} with {arguments:?}");
                compared_requests = requests.len();
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 156 * SETS);
}
