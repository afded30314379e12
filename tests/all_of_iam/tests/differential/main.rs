//! Every method, typed and dynamic: with the same arguments both send the same form. What the dynamic
//! ones send is compared with botocore elsewhere.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod arguments;
#[allow(dead_code)] // What it has for others.
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
const REFUSAL: &str = "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidInput</Code>\
                       <Message>recorded</Message></Error></ErrorResponse>";

#[tokio::test]
async fn typed_and_dynamic_calls_send_the_same() {
    let seeds = Path::new(env!("OUT_DIR")).join("seeds");
    let service = folder::read(&seeds, "seeds").value.expect("the pages fit").services.remove(0);
    let resources = Resources::load(&seeds).unwrap();
    let mut compared = 0;
    for resource in &service.resources {
        for method in &resource.methods {
            let name = format!("{}.{}", resource.id, method.name);
            let (_, typed) = typed::CALLS.iter().find(|(called, _)| *called == name).unwrap();
            let dynamic = resources.method(&name).unwrap();
            let server = Canned::always(response(400, &[], REFUSAL));
            let client = Client::builder("us-east-1")
                .credentials("AKIDEXAMPLE", "secret", None)
                .endpoint_url(server.url())
                .retry(Retry::never())
                .build()
                .unwrap();
            let mut came = 0;
            for seed in 0..SETS {
                let arguments = Random::new(seed).arguments(&service, resource, &method.input);
                let expected = dynamic.call(&client).params(arguments.clone()).body().map(String::from_utf8).unwrap().unwrap();
                let error = typed(&client, &arguments.clone().into()).await.err();
                assert_eq!(error.map(|error| error.kind()), Some(ErrorKind::Service), "{name}");
                let requests = server.requests();
                let new: Vec<&str> = requests[came..].iter().map(|new| new.body.as_str()).collect();
                assert_eq!(new, [expected], "{name} with {arguments:?}");
                came = requests.len();
                compared += 1;
            }
        }
    }
    assert_eq!(compared, 156 * SETS);
}
