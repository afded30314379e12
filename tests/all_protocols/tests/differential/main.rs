//! Compares typed and dynamic calls of every method of a service of each protocol: with the same arguments, both must send the same
//! request; from the same response, both must return the same output. Other tests compare dynamic calls with botocore.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs
)]

mod arguments;
mod responses;
mod server;
mod typed;

use std::collections::BTreeMap;
use std::path::Path;

use pagesmith_codegen::folder;
use pagesmith_model::schema::{Member, Method, Resource, Service, Target};
use pagesmith_runtime::dynamic::Resources;
use pagesmith_runtime::{Client, Error, Retry};
use serde_json::{Map, Value};

use self::arguments::{Random, members_with_wire_names, with_wire_names};
use self::responses::Responses;
use self::server::Server;

const SETS: u64 = 50;

#[tokio::test]
async fn typed_and_dynamic_calls_send_and_return_the_same() {
    let seeds = Path::new(env!("OUT_DIR")).join("seeds");
    let services =
        folder::read(&seeds, "seeds").value.expect("the pages match the models").services;
    let resources = Resources::load(&seeds).unwrap();
    let calls: BTreeMap<&str, typed::Call> = typed::CALLS.iter().copied().collect();
    let server = Server::start();
    let client = Client::builder("us-east-1")
        .credentials("AKIDEXAMPLE", "secret", None)
        .endpoint_url(server.url())
        .retry(Retry::never())
        .build()
        .unwrap();
    let mut compared = 0;
    for service in &services {
        let responses = Responses::of(service, &seeds);
        let mut counts = Counts::default();
        for resource in &service.resources {
            for method in &resource.methods {
                let name = format!("{}.{}", resource.id, method.name);
                let compare = Comparison { service, resource, method, responses: &responses };
                let (typed, dynamic) = (calls[name.as_str()], resources.method(&name).unwrap());
                for seed in 0..SETS {
                    let mut random = Random::new(service, resource, seed);
                    compare.set(&mut random, &server, &client, typed, &dynamic, &mut counts).await;
                }
                counts.methods += 1;
            }
        }
        println!("{} {}: {counts:?}", service.protocol.name(), service.name);
        let wanted = counts.methods * usize::try_from(SETS).unwrap();
        // A random value may be one that a protocol cannot send or return.
        assert!(counts.sent * 10 >= wanted * 9 && counts.returned * 10 >= wanted * 9, "{counts:?}");
        compared += counts.methods;
    }
    assert_eq!(compared, calls.len());
}

/// What was compared.
#[derive(Debug, Default)]
struct Counts {
    methods: usize,
    sent: usize,
    refused: usize,
    returned: usize,
    failed: usize,
    errors: BTreeMap<String, usize>,
}

impl Counts {
    /// Counts an error by the start of its message.
    fn error(&mut self, error: Option<&Error>) {
        let text = error.map(ToString::to_string).unwrap_or_default();
        *self.errors.entry(text.chars().skip(90).take(120).collect()).or_default() += 1;
    }
}

/// The comparison of one method.
struct Comparison<'a> {
    service: &'a Service,
    resource: &'a Resource,
    method: &'a Method,
    responses: &'a Responses,
}

impl Comparison<'_> {
    /// Compares calls with one set of arguments and one response.
    async fn set(
        &self,
        random: &mut Random<'_>,
        server: &Server,
        client: &Client,
        typed: typed::Call,
        dynamic: &pagesmith_runtime::dynamic::Method,
        counts: &mut Counts,
    ) {
        let Self { service, resource, method, responses } = self;
        let host = method.host_prefix.as_deref();
        let arguments = random.members(&method.input, host);
        let output = random.members(self.returned(), None);
        server.prepare(responses.response(method, output.clone()));
        let expected = dynamic.call(client).params(arguments.clone()).send().await;
        let expected_request = server.recorded();
        let found = typed(client, &self.for_setters(&arguments)).await;
        let request = server.recorded();
        let about =
            || format!("{} {} with {arguments:?} and {output:?}", service.name, method.full_name);
        assert_eq!(request, expected_request, "{}", about());
        if request.is_some() {
            counts.sent += 1;
        } else {
            counts.refused += 1;
        }
        // What streams is not yet the same in typed code: a `Vec<u8>`, and no events.
        let streams =
            |member: &Member| matches!(member.target, Target::Stream | Target::EventStream(_));
        if self.returned().iter().any(streams) {
            return;
        }
        match (found, expected) {
            (Ok(found), Ok(expected)) => {
                counts.returned += 1;
                if method.output.is_some() {
                    let members = resource.output_members(method);
                    let expected = members_with_wire_names(service, resource, members, &expected);
                    assert_eq!(found, expected, "{}", about());
                }
            }
            (found, expected) => {
                counts.failed += 1;
                counts.error(found.as_ref().err());
                let text = |result: Result<Value, Error>| result.map_err(|error| error.to_string());
                assert_eq!(text(found), text(expected), "{}", about());
            }
        }
    }

    /// The members of the output.
    fn returned(&self) -> &[Member] {
        self.resource.output_members(self.method)
    }

    /// `arguments` as the functions for typed calls take them: the structures in them have names of the wire.
    fn for_setters(&self, arguments: &Map<String, Value>) -> Value {
        let arguments = arguments.iter().map(|(name, value)| {
            let member = self.method.input.iter().find(|member| member.name == *name).unwrap();
            (name.clone(), with_wire_names(self.service, self.resource, &member.target, value))
        });
        Value::Object(arguments.collect())
    }
}
