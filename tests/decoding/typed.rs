//! Types as in generated code, for the operation `Do`.

use pagesmith::codegen::{
    AWS_QUERY, Member, Operation, Record, Service, Shape, Target, Value, record,
};

pub(crate) struct Input {}

static INPUT: Shape<'static> = Shape::new("Input", &[]);
record!(Input, INPUT);

#[derive(PartialEq)]
pub(crate) struct Row {
    name: Option<String>,
    size: Option<i64>,
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    d: Option<String>,
    e: Option<String>,
    f: Option<String>,
}

static ROW: Shape<'static> = Shape::new(
    "Row",
    &[
        Member::scalar("name", "Name"),
        Member::scalar("size", "Size"),
        Member::scalar("a", "A"),
        Member::scalar("b", "B"),
        Member::scalar("c", "C"),
        Member::scalar("d", "D"),
        Member::scalar("e", "E"),
        Member::scalar("f", "F"),
    ],
);
record!(Row, ROW, name, size, a, b, c, d, e, f);

/// The lists are not flattened.
pub(crate) struct Output {
    pub(crate) rows: Option<Vec<Row>>,
    pub(crate) numbers: Option<Vec<i64>>,
}

static OUTPUT: Shape<'static> = Shape::new(
    "Output",
    &[
        Member::list("rows", "Rows", &Target::Structure(&ROW)),
        Member::list("numbers", "Numbers", &Target::Scalar),
    ],
);
record!(Output, OUTPUT, rows, numbers);

static SERVICE: Service<'static> = Service::new("Example", AWS_QUERY)
    .api_version("2020-01-08")
    .endpoint_prefix("example")
    .signing_name("example");

pub(crate) static DO: Operation<'static> =
    Operation::new("Do", &SERVICE, &INPUT).read_only().output("DoResult", &OUTPUT);

/// An output that reports each time the decoder requests its member.
pub(crate) struct Watched {
    value: Option<String>,
}

pub(crate) static WATCHED: Shape<'static> =
    Shape::new("Watched", &[Member::scalar("value", "Value")]);

pub(crate) static DO_WATCHED: Operation<'static> =
    Operation::new("Do", &SERVICE, &INPUT).read_only().output("DoResult", &WATCHED);

impl Record for Watched {
    fn member(&self, index: usize) -> Option<&dyn Value> {
        (index == 0).then_some(&self.value as &dyn Value)
    }

    fn member_mut(&mut self, index: usize) -> Option<&mut dyn Value> {
        crate::time::member_is_read();
        (index == 0).then_some(&mut self.value as &mut dyn Value)
    }

    fn empty() -> Self {
        Self { value: None }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        crate::time::output_is_dropped();
    }
}
