//! Rules about a service model, its paginators, and importing them.

use crate::diagnostic::{Rule, rules};
use crate::json::Fault;

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

/// The rule that a fault in the JSON of waiters breaks.
#[must_use]
pub fn waiter_rule_of(fault: Fault) -> &'static Rule {
    match fault {
        Fault::UnknownValue => &WAITER_UNKNOWN_VALUE,
        fault => rule_of(fault),
    }
}

rules! {
    BAD_JSON = "model-bad-json", "this is not valid JSON",
        "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    REPEATED_KEY = "model-repeated-key", "the object already has this key",
        "remove one of the two";
    MISSING_KEY = "model-missing-key", "this object has no such key",
        "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    WRONG_TYPE = "model-wrong-type", "this value has the wrong type",
        "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    BAD_VALUE = "model-bad-value", "this value has the wrong form",
        "compare the value with the file that AWS publishes (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    UNKNOWN_KEY = "model-unknown-key", "pagesmith does not know this key",
        "remove the key if it does not change how requests and responses are encoded; otherwise this version of pagesmith cannot use the model";
    UNKNOWN_TYPE = "model-unknown-type",
        "expected structure, list, map, string, boolean, integer, long, float, double, timestamp or blob",
        "correct the type; if AWS publishes it like this, this version of pagesmith cannot use the model";
    UNKNOWN_TIMESTAMP_FORMAT = "model-unknown-timestamp-format", "expected iso8601, unixTimestamp or rfc822",
        "correct the format; if AWS publishes it like this, this version of pagesmith cannot use the model";
    DANGLING_SHAPE = "model-dangling-shape", "expected the name of a shape under `shapes` of this file",
        "run `cargo pagesmith import` again: it copies each operation with all the shapes that it uses";
    UNKNOWN_MEMBER = "model-unknown-member", "expected the name of a member of this structure",
        "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    ERROR_DISAGREES = "model-error-disagrees", "the error shape has a different code, status or fault",
        "give the error the same code, status and fault in both places";
    UNKNOWN_OPERATION = "model-unknown-operation", "expected the name of one of these operations",
        "write the operation's name as AWS does, for example ListUsers";
    UNSUPPORTED_EXPRESSION = "unsupported-expression", "expected a JMESPath expression of a supported form",
        "remove the entry that has the expression: this version of pagesmith cannot use it";
    PAGINATOR_UNUSED = "paginator-unused", "the service model has no operation of this name",
        "remove the paginator, or import the operation too";
    WAITER_UNUSED = "waiter-unused", "the service model has no operation of this name",
        "remove the waiter, or import the operation too";
    WAITER_UNKNOWN_VALUE = "waiter-unknown-value",
        "expected a state (success, retry, failure) or a matcher (status, error, path, pathAll, pathAny)",
        "correct the value; if AWS publishes it like this, remove the waiter: this version of pagesmith cannot use it";
    WAITER_BAD_ACCEPTOR = "waiter-bad-acceptor",
        "expected an HTTP status, the code of an error, or an `argument` with the value that it must have",
        "use the file as AWS publishes it (botocore, folder data/SERVICE/VERSION), or run `cargo pagesmith import` again";
    WAITER_UNKNOWN_MEMBER = "waiter-unknown-member", "expected members of the operation's output",
        "use service-2.json and waiters-2.json of the same release, or run `cargo pagesmith import` again";
    PAGINATOR_UNKNOWN_MEMBER = "paginator-unknown-member", "expected a member of the operation's input or output",
        "use service-2.json and paginators-1.json of the same release, or run `cargo pagesmith import` again";
}
