//! What can be wrong with a service model.

use crate::diagnostic::Rule;

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

pub(super) static BAD_JSON: Rule = Rule {
    id: "model-bad-json",
    label: "this is not valid JSON",
    help: "take the file as AWS publishes it, or import it again",
};

pub(super) static REPEATED_KEY: Rule = Rule {
    id: "model-repeated-key",
    label: "stands here again",
    help: "of two, only one would be read; remove the other",
};

pub(super) static MISSING_KEY: Rule = Rule {
    id: "model-missing-key",
    label: "a key is missing in here",
    help: "take the file as AWS publishes it, or import it again",
};

pub(super) static WRONG_TYPE: Rule = Rule {
    id: "model-wrong-type",
    label: "a value of another type was expected",
    help: "take the file as AWS publishes it, or import it again",
};

pub(super) static BAD_VALUE: Rule = Rule {
    id: "model-bad-value",
    label: "this value has the wrong form",
    help: "compare the value with the file that AWS publishes, or import the model again",
};

pub(super) static UNKNOWN_KEY: Rule = Rule {
    id: "model-unknown-key",
    label: "the reader does not know this key",
    help: "where it changes how values travel, the generator must learn it first; where it does not, remove it",
};

pub(super) static UNKNOWN_TYPE: Rule = Rule {
    id: "model-unknown-type",
    label: "expected structure, list, map, string, boolean, integer, long, float, double, timestamp or blob",
    help: "a type that the generator does not know has no encoding; it must learn it first",
};

pub(super) static UNKNOWN_TIMESTAMP_FORMAT: Rule = Rule {
    id: "model-unknown-timestamp-format",
    label: "expected iso8601, unixTimestamp or rfc822",
    help: "a format that the generator does not know has no encoding; it must learn it first",
};

pub(super) static DANGLING_SHAPE: Rule = Rule {
    id: "model-dangling-shape",
    label: "expected the name of a shape of this file",
    help: "import the operation again, so that all that it needs comes along",
};

pub(super) static UNKNOWN_MEMBER: Rule = Rule {
    id: "model-unknown-member",
    label: "expected the name of a member of this structure",
    help: "take the file as AWS publishes it, or import it again",
};

pub(super) static ERROR_DISAGREES: Rule = Rule {
    id: "model-error-disagrees",
    label: "the shape states another code, status or fault",
    help: "make both the same; an error has one code",
};

pub(super) static UNKNOWN_OPERATION: Rule = Rule {
    id: "model-unknown-operation",
    label: "expected the name of one of these operations",
    help: "operations are named as AWS names them, such as ListUsers",
};

pub(super) static PAGINATOR_UNUSED: Rule = Rule {
    id: "paginator-unused",
    label: "nothing uses this",
    help: "remove it, or import the operation as well",
};

pub(super) static PAGINATOR_UNKNOWN_MEMBER: Rule = Rule {
    id: "paginator-unknown-member",
    label: "expected a member of the operation's input or output",
    help: "take both files from the same release, or import them again",
};
