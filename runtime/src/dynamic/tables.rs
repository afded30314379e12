//! The runtime's tables for one method, from its schema.
//!
//! They borrow from the schema and from each other, so they live as long as the call of [`with`] that builds them.
//! Building them takes microseconds, and a request takes milliseconds.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use pagesmith_model::invariant;
use pagesmith_model::model::{self, Protocol};
use pagesmith_model::page::Access;
use pagesmith_model::schema::{self, Known, OutputShape};
use typed_arena::Arena;

use super::value::Schemas;
use crate::protocol::{
    AWS_JSON_1_0, AWS_JSON_1_1, AWS_QUERY, EC2_QUERY, REST_JSON_1, REST_XML, RPC_V2_CBOR,
};
use crate::schema::{
    AuthScheme, Binding, Http, Member, NO_OUTPUT, Namespace, Operation, Pagination, ProtocolRef,
    Retryable, Service, Shape, Target,
};
use crate::timestamp::TimestampFormat;

/// Runs `run` with the operation of `method` and all its tables.
pub(super) fn with<R>(
    schemas: Schemas<'_>,
    method: &schema::Method,
    run: impl FnOnce(&Operation<'_>) -> R,
) -> R {
    let arenas = Arenas::default();
    let mut tables = Tables::new(schemas, &arenas);
    let input = tables.shape("Input", &method.input);
    let output = method.output.as_ref().map(|output| {
        let name = if output.shape == OutputShape::Row { "Row" } else { "Output" };
        (&*output.wrapper, tables.shape(name, schemas.resource.output_members(method)))
    });
    tables.finish();
    let service = service(schemas.service);
    let retryable = retryable(method);
    let mut operation =
        Operation { input: &input, retryable: &retryable, ..without_tables(method, &service) };
    if let Some((wrapper, shape)) = &output {
        operation = operation.output(wrapper, shape);
    }
    let continuation = method.listing.as_ref().and_then(|listing| listing.continuation.as_ref());
    operation.pagination = continuation.map(|continuation| Pagination {
        markers: &continuation.markers,
        more_results: continuation.more_results,
    });
    run(&operation)
}

/// Runs `run` with the table of the structure `name`, which has `members`.
pub(super) fn with_structure<R>(
    schemas: Schemas<'_>,
    name: &str,
    members: &[schema::Member],
    run: impl FnOnce(&Shape<'_>) -> R,
) -> R {
    let arenas = Arenas::default();
    let mut tables = Tables::new(schemas, &arenas);
    let shape = tables.shape(name, members);
    tables.finish();
    run(&shape)
}

/// The errors of `method` after which a call may be repeated.
pub(super) fn retryable(method: &schema::Method) -> Vec<Retryable<'_>> {
    let errors = method.retryable.iter();
    errors.map(|(code, it)| Retryable { code, throttling: it.throttling }).collect()
}

/// The operation of `method` without the tables of input and output.
pub(super) fn without_tables<'a>(
    method: &'a schema::Method,
    service: &'a Service<'a>,
) -> Operation<'a> {
    let mut operation = Operation::new(&method.operation, service, NO_OUTPUT);
    operation.read_only = method.access == Access::Select;
    operation.host_prefix = method.host_prefix.as_deref();
    operation.auth = method.auth.map(auth_scheme);
    operation.unsigned_payload = method.unsigned_payload;
    operation.has_input = method.has_input;
    operation.http = Http {
        root: method.http.root.as_deref(),
        namespace: method.http.namespace.as_ref().map(namespace),
        ..Http::new(&method.http.method, &method.http.uri)
    };
    operation
}

fn namespace(namespace: &model::XmlNamespace) -> Namespace<'_> {
    Namespace { prefix: namespace.prefix.as_deref(), uri: &namespace.uri }
}

/// The metadata of `service` that every request needs.
pub(super) fn service(service: &schema::Service) -> Service<'_> {
    let metadata = &service.metadata;
    Service {
        target_prefix: metadata.target_prefix.as_deref(),
        query_compatible: metadata.is_query_compatible(),
        ..Service::new(&metadata.service_id, protocol(service))
            .api_version(&metadata.api_version)
            .endpoint_prefix(&metadata.endpoint_prefix)
            .signing_name(metadata.signing_name())
            .auth(match *metadata.auth_schemes() {
                [model::AuthScheme::S3, ..] => &[AuthScheme::S3],
                [model::AuthScheme::Bearer, ..] => &[AuthScheme::Bearer],
                [model::AuthScheme::NoAuth, ..] => &[AuthScheme::NoAuth],
                [_, model::AuthScheme::Bearer, ..] => &[AuthScheme::SigV4, AuthScheme::Bearer],
                _ => &[AuthScheme::SigV4],
            })
    }
}

fn auth_scheme(scheme: model::AuthScheme) -> AuthScheme {
    match scheme {
        model::AuthScheme::SigV4 => AuthScheme::SigV4,
        model::AuthScheme::S3 => AuthScheme::S3,
        model::AuthScheme::Bearer => AuthScheme::Bearer,
        model::AuthScheme::NoAuth => AuthScheme::NoAuth,
    }
}

fn protocol(service: &schema::Service) -> ProtocolRef {
    match service.protocol {
        Protocol::AwsJson if service.metadata.is_json_1_1() => AWS_JSON_1_1,
        Protocol::AwsJson => AWS_JSON_1_0,
        Protocol::RestJson => REST_JSON_1,
        Protocol::RestXml => REST_XML,
        Protocol::RpcV2Cbor => RPC_V2_CBOR,
        Protocol::AwsQuery => AWS_QUERY,
        Protocol::Ec2Query => EC2_QUERY,
    }
}

fn binding(binding: schema::Binding) -> Binding {
    match binding {
        schema::Binding::Body => Binding::Body,
        schema::Binding::EventHeader => Binding::EventHeader,
        schema::Binding::EventPayload => Binding::EventPayload,
        schema::Binding::Attribute => Binding::Attribute,
        schema::Binding::Label => Binding::Label,
        schema::Binding::Query => Binding::Query,
        schema::Binding::Header => Binding::Header,
        schema::Binding::PrefixHeaders => Binding::PrefixHeaders,
        schema::Binding::Payload => Binding::Payload,
        schema::Binding::StatusCode => Binding::StatusCode,
    }
}

/// The memory of the tables.
#[derive(Default)]
struct Arenas<'a> {
    targets: Arena<Target<'a>>,
    members: Arena<Member<'a>>,
    namespaces: Arena<Namespace<'a>>,
    cells: Arena<OnceLock<Shape<'a>>>,
}

/// Builds the table of each structure once. A structure that contains itself refers to its own cell, which is filled
/// later.
struct Tables<'a> {
    schemas: Schemas<'a>,
    arenas: &'a Arenas<'a>,
    /// By the structure's name; `None` is the row.
    cells: BTreeMap<Option<&'a str>, &'a OnceLock<Shape<'a>>>,
    /// The cells that are still empty, each with the name and the members of its structure.
    empty: Vec<(&'a OnceLock<Shape<'a>>, &'a str, &'a [schema::Member])>,
}

impl<'a> Tables<'a> {
    fn new(schemas: Schemas<'a>, arenas: &'a Arenas<'a>) -> Self {
        Self { schemas, arenas, cells: BTreeMap::new(), empty: Vec::new() }
    }

    fn finish(mut self) {
        while let Some((cell, name, members)) = self.empty.pop() {
            let shape = self.shape(name, members);
            invariant!(cell.set(shape).ok(), "each cell is in the list once");
        }
    }

    fn shape(&mut self, name: &'a str, members: &'a [schema::Member]) -> Shape<'a> {
        let members = members.iter().map(|member| Member {
            required: member.required,
            sensitive: member.sensitive,
            binding: match &member.target {
                schema::Target::EventStream(_) => Binding::Payload,
                _ => binding(member.binding),
            },
            query_name: member.query_name.as_deref(),
            namespace: member
                .namespace
                .as_ref()
                .map(|it| &*self.arenas.namespaces.alloc(namespace(it))),
            idempotency_token: member.idempotency_token,
            ..Member::new(&member.name, &member.wire, self.target(&member.target))
        });
        let members: Vec<_> = members.collect();
        Shape::new(name, self.arenas.members.alloc_extend(members))
    }

    fn target(&mut self, target: &'a schema::Target) -> Target<'a> {
        match target {
            schema::Target::Known(Known::PolicyDocument) => Target::PercentEncoded,
            schema::Target::JsonValue => Target::JsonValue,
            schema::Target::EventStream(_) => Target::Events,
            schema::Target::Timestamp(format) => Target::Timestamp(match format {
                model::TimestampFormat::Iso8601 => TimestampFormat::Iso8601,
                model::TimestampFormat::UnixTimestamp => TimestampFormat::UnixTimestamp,
                model::TimestampFormat::Rfc822 => TimestampFormat::Rfc822,
            }),
            schema::Target::List { element, name, flattened, .. } => {
                Target::List { name, flattened: *flattened, element: self.allocated(element) }
            }
            schema::Target::Map { value, names: (key, value_name), flattened, .. } => Target::Map {
                key,
                value: value_name,
                flattened: *flattened,
                element: self.allocated(value),
            },
            target => match self.schemas.members(target) {
                Some(members) => Target::Deferred(self.cell(target.schema(), members)),
                None => Target::Scalar,
            },
        }
    }

    fn allocated(&mut self, target: &'a schema::Target) -> &'a Target<'a> {
        let target = self.target(target);
        self.arenas.targets.alloc(target)
    }

    fn cell(
        &mut self,
        name: Option<&'a str>,
        members: &'a [schema::Member],
    ) -> &'a OnceLock<Shape<'a>> {
        self.cells.entry(name).or_insert_with(|| {
            let cell = &*self.arenas.cells.alloc(OnceLock::new());
            self.empty.push((cell, name.unwrap_or("Row"), members));
            cell
        })
    }
}
