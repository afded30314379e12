//! Rules about service models.

use crate::diagnostic::Rule;
use crate::json::Fault;

/// Rules about a service model, its paginators, and importing them.
pub static RULES: &[&Rule] = &[
    &BAD_JSON,
    &REPEATED_KEY,
    &MISSING_KEY,
    &WRONG_TYPE,
    &BAD_VALUE,
    &UNKNOWN_KEY,
    &UNKNOWN_TYPE,
    &UNKNOWN_TIMESTAMP_FORMAT,
    &DANGLING_SHAPE,
    &UNKNOWN_MEMBER,
    &ERROR_DISAGREES,
    &UNKNOWN_OPERATION,
    &PAGINATOR_UNUSED,
    &PAGINATOR_UNKNOWN_MEMBER,
];

/// The rule that a fault in the JSON breaks.
#[must_use]
pub fn rule_of(fault: Fault) -> &'static Rule {
    match fault {
        Fault::Syntax => &BAD_JSON,
        Fault::MissingKey => &MISSING_KEY,
        Fault::RepeatedKey => &REPEATED_KEY,
        Fault::UnknownKey => &UNKNOWN_KEY,
        // Formats of timestamps are the only strings that serde reads as an enum.
        Fault::UnknownValue => &UNKNOWN_TIMESTAMP_FORMAT,
        Fault::WrongType | Fault::Refused => &WRONG_TYPE,
    }
}

pub(super) static BAD_JSON: Rule = Rule {
    id: "model-bad-json",
    label: "this is not valid JSON",
    help: "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again",
};

pub(super) static REPEATED_KEY: Rule = Rule {
    id: "model-repeated-key",
    label: "this key is a duplicate",
    help: "remove one of the two; only the last one would be read",
};

pub(super) static MISSING_KEY: Rule = Rule {
    id: "model-missing-key",
    label: "this object has no such key",
    help: "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again",
};

pub(super) static WRONG_TYPE: Rule = Rule {
    id: "model-wrong-type",
    label: "this value has the wrong type",
    help: "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again",
};

pub(super) static BAD_VALUE: Rule = Rule {
    id: "model-bad-value",
    label: "this value has the wrong form",
    help: "compare the value with the file that AWS publishes (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again",
};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    id: "model-unknown-key",
    label: "pagesmith does not know this key",
    help: "remove the key if it does not change how requests and responses are encoded; otherwise this version of pagesmith cannot use the model",
};

pub(super) static UNKNOWN_TYPE: Rule = Rule {
    id: "model-unknown-type",
    label: "expected structure, list, map, string, boolean, integer, long, float, double, timestamp or blob",
    help: "correct the type; if AWS publishes it like this, this version of pagesmith cannot use the model",
};

pub(super) static UNKNOWN_TIMESTAMP_FORMAT: Rule = Rule {
    id: "model-unknown-timestamp-format",
    label: "expected iso8601, unixTimestamp or rfc822",
    help: "correct the format; if AWS publishes it like this, this version of pagesmith cannot use the model",
};

pub(super) static DANGLING_SHAPE: Rule = Rule {
    id: "model-dangling-shape",
    label: "expected the name of a shape under `shapes` of this file",
    help: "run `cargo pagesmith import` again: it copies each operation with all the shapes that it uses",
};

pub(super) static UNKNOWN_MEMBER: Rule = Rule {
    id: "model-unknown-member",
    label: "expected the name of a member of this structure",
    help: "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again",
};

pub(super) static ERROR_DISAGREES: Rule = Rule {
    id: "model-error-disagrees",
    label: "the error shape has a different code, status or fault",
    help: "give the error the same code, status and fault in both places",
};

/// A name is not that of an operation.
pub static UNKNOWN_OPERATION: Rule = Rule {
    id: "model-unknown-operation",
    label: "expected the name of one of these operations",
    help: "write the operation's name as AWS does, for example ListUsers",
};

pub(super) static PAGINATOR_UNUSED: Rule = Rule {
    id: "paginator-unused",
    label: "the service model has no operation of this name",
    help: "remove the paginator, or import the operation too",
};

pub(super) static PAGINATOR_UNKNOWN_MEMBER: Rule = Rule {
    id: "paginator-unknown-member",
    label: "expected a member of the operation's input or output",
    help: "use service-2.json and paginators-1.json of the same release, or run `cargo pagesmith import` again",
};
