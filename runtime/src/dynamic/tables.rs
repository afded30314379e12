//! The tables of one method's input and output, made of the bound model when they are needed.
//!
//! They borrow from the model and from each other, so they live as long as the call of [`with`] that
//! makes them. Making them costs some microseconds, a call to a service milliseconds.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::OnceLock;

use pagesmith_model::bind::{self, OutputShape, Type};
use pagesmith_model::model;
use pagesmith_model::page::Access;
use typed_arena::Arena;

use super::value::Scope;
use crate::schema::{Member, NO_OUTPUT, Operation, Pagination, Service, Shape, Target};
use crate::timestamp::TimestampFormat;

/// Runs `run` with the operation of `method`, tables and all.
pub(super) fn with<R>(
    scope: Scope<'_>,
    method: &bind::Method,
    run: impl FnOnce(&Operation<'_>) -> R,
) -> R {
    let (targets, members) = (Arena::new(), Arena::new());
    let cells = Cells::reached_by(scope, method);
    let tables = Tables { cells: &cells, targets: &targets, members: &members };
    tables.fill(scope);
    let input = tables.shape("Input", &method.input);
    let output = method.output.as_ref().map(|output| {
        let shape = match &output.content {
            OutputShape::Members(members) => tables.shape("Output", members),
            OutputShape::Row => tables.shape("Row", scope.members(&Type::Row).unwrap_or_default()),
        };
        (output.wrapper.as_str(), shape)
    });
    let service = service(scope.service);
    let mut operation = Operation { input: &input, ..facts(method, &service) };
    if let Some((wrapper, shape)) = &output {
        operation = operation.output(wrapper, shape);
    }
    let (markers, more_results) = continuation(method);
    if !markers.is_empty() {
        operation.pagination = Some(Pagination { markers: &markers, more_results });
    }
    run(&operation)
}

/// Runs `run` with the table of the structure that `ty` names.
pub(super) fn with_structure<R>(
    scope: Scope<'_>,
    ty: &Type,
    run: impl FnOnce(&Shape<'_>) -> R,
) -> R {
    let (targets, members) = (Arena::new(), Arena::new());
    let mut cells = Cells::default();
    cells.reach(scope, ty);
    let tables = Tables { cells: &cells, targets: &targets, members: &members };
    tables.fill(scope);
    run(tables.target(ty).structure().unwrap_or(NO_OUTPUT))
}

/// The operation of `method`, of `service`, without tables.
pub(super) fn facts<'a>(method: &'a bind::Method, service: &'a Service<'a>) -> Operation<'a> {
    let mut operation = Operation::new(&method.operation, service, NO_OUTPUT);
    operation.read_only = method.access == Access::Select;
    operation.host_prefix = method.host_prefix.as_deref();
    operation.unsigned = method.unsigned;
    operation
}

/// What holds for every call of `service`.
pub(super) fn service(service: &bind::Service) -> Service<'_> {
    let facts = &service.metadata;
    Service {
        id: &facts.service_id,
        endpoint_prefix: &facts.endpoint_prefix,
        signing_name: &facts.signing_name,
        api_version: &facts.api_version,
    }
}

/// A structure that tables lead to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Row,
    Structure(String),
}

impl Key {
    fn of(ty: &Type) -> Option<Self> {
        match ty {
            Type::Row => Some(Self::Row),
            Type::Structure(name) => Some(Self::Structure(name.clone())),
            _ => None,
        }
    }

    fn ty(&self) -> Type {
        match self {
            Self::Row => Type::Row,
            Self::Structure(name) => Type::Structure(name.clone()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Row => "Row",
            Self::Structure(name) => name,
        }
    }
}

/// A place for the table of each structure that a method's tables lead to.
#[derive(Default)]
struct Cells<'a>(BTreeMap<Key, OnceLock<Shape<'a>>>);

impl Cells<'_> {
    fn reached_by(scope: Scope<'_>, method: &bind::Method) -> Self {
        let mut cells = Self::default();
        let output = match method.output.as_ref().map(|output| &output.content) {
            Some(OutputShape::Members(members)) => members,
            _ => &Vec::new(),
        };
        for member in method.input.iter().chain(output) {
            cells.reach(scope, &member.ty);
        }
        if method.output.as_ref().is_some_and(|output| output.content == OutputShape::Row) {
            cells.reach(scope, &Type::Row);
        }
        cells
    }

    fn reach(&mut self, scope: Scope<'_>, ty: &Type) {
        let mut waiting = vec![ty];
        while let Some(ty) = waiting.pop() {
            match ty {
                Type::List { element: inner, .. } | Type::Map { value: inner, .. } => {
                    waiting.push(inner);
                }
                _ => {
                    let Some(key) = Key::of(ty) else { continue };
                    if let Entry::Vacant(place) = self.0.entry(key) {
                        place.insert(OnceLock::new());
                        let members = scope.members(ty).unwrap_or_default();
                        waiting.extend(members.iter().map(|member| &member.ty));
                    }
                }
            }
        }
    }
}

struct Tables<'a> {
    cells: &'a Cells<'a>,
    targets: &'a Arena<Target<'a>>,
    members: &'a Arena<Member<'a>>,
}

impl<'a> Tables<'a> {
    /// Makes the table of each structure, once there is a cell for all.
    fn fill(&self, scope: Scope<'a>) {
        for (key, cell) in &self.cells.0 {
            let held = scope.members(&key.ty()).unwrap_or_default();
            // Each cell is filled here and nowhere else.
            let _ = cell.set(self.shape(key.name(), held));
        }
    }

    fn shape(&self, name: &'a str, members: &'a [bind::Member]) -> Shape<'a> {
        let members = members.iter().map(|member| Member {
            field: &member.name,
            wire: &member.wire,
            target: self.target(&member.ty),
            required: member.required,
            sensitive: member.sensitive,
            attribute: member.attribute,
            idempotency_token: member.idempotency_token,
        });
        // All of them at once, since allocating a table may allocate others.
        let members: Vec<_> = members.collect();
        Shape::new(name, self.members.alloc_extend(members))
    }

    fn target(&self, ty: &'a Type) -> Target<'a> {
        match ty {
            Type::Known(bind::Known::PolicyDocument) => Target::PercentEncoded,
            Type::Timestamp(format) => Target::Timestamp(match format {
                model::TimestampFormat::Iso8601 => TimestampFormat::Iso8601,
                model::TimestampFormat::UnixTimestamp => TimestampFormat::UnixTimestamp,
                model::TimestampFormat::Rfc822 => TimestampFormat::Rfc822,
            }),
            Type::List { element, name, flattened } => Target::List {
                name,
                flattened: *flattened,
                element: self.targets.alloc(self.target(element)),
            },
            Type::Map { value, names: (key, value_name), flattened } => Target::Map {
                key,
                value: value_name,
                flattened: *flattened,
                element: self.targets.alloc(self.target(value)),
            },
            Type::Structure(_) | Type::Row => {
                match Key::of(ty).and_then(|key| self.cells.0.get(&key)) {
                    Some(cell) => Target::Deferred(cell),
                    None => Target::Scalar,
                }
            }
            _ => Target::Scalar,
        }
    }
}

/// How the listing of `method` continues: members by their index.
fn continuation(method: &bind::Method) -> (Vec<(usize, usize)>, Option<usize>) {
    let continuation = method.listing.as_ref().and_then(|listing| listing.continuation.as_ref());
    let Some(OutputShape::Members(output)) = method.output.as_ref().map(|output| &output.content)
    else {
        return (Vec::new(), None);
    };
    let Some(continuation) = continuation else {
        return (Vec::new(), None);
    };
    let index = |members: &[bind::Member], name: &str| {
        members.iter().position(|member| member.name == name)
    };
    let markers = continuation
        .markers
        .iter()
        .filter_map(|(taken, given)| Some((index(&method.input, taken)?, index(output, given)?)))
        .collect();
    let more_results = continuation.more_results.as_ref().and_then(|name| index(output, name));
    (markers, more_results)
}
