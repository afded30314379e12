//! The rules of lint, with their labels and advice.

use pagesmith_model::diagnostic::Rule;

/// The rules of lint. The rules of binding, among them `required-by-page-only` and
/// `required-by-model-only`, are in [`pagesmith_model::bind::rules`].
pub static RULES: &[&Rule] = &[
    &UNDOCUMENTED_OPERATION,
    &UNDOCUMENTED_FIELD,
    &UNDOCUMENTED_PARAM,
    &DATATYPE_DISAGREES,
    &EMPTY_LINK,
    &BAD_LINK,
    &DEAD_ANCHOR,
];

pub(super) static UNDOCUMENTED_OPERATION: Rule = Rule {
    id: "undocumented-operation",
    label: "no page has a method for this operation",
    help: "add the method to its page, or leave the operation out of the imported model",
};

pub(super) static UNDOCUMENTED_FIELD: Rule = Rule {
    id: "undocumented-field",
    label: "the service returns a field that is not in this table",
    help: "add the field to the page's table of fields, so that rows include it",
};

pub(super) static UNDOCUMENTED_PARAM: Rule = Rule {
    id: "undocumented-param",
    label: "the operation takes an optional param that is not listed here",
    help: "add the param to the optional params of the method",
};

pub(super) static DATATYPE_DISAGREES: Rule = Rule {
    id: "datatype-disagrees",
    label: "the service model has a different type",
    help: "correct the datatype in the page; requests and responses follow the service model",
};

pub(super) static EMPTY_LINK: Rule = Rule {
    id: "empty-link",
    label: "this link has no target",
    help: "add a target, or replace the link with its text",
};

pub(super) static BAD_LINK: Rule = Rule {
    id: "bad-link",
    label: "this is not an http or https address",
    help: "write a complete address, for example https://docs.aws.amazon.com/…",
};

pub(super) static DEAD_ANCHOR: Rule = Rule {
    id: "dead-anchor",
    label: "this page has no such anchor",
    help: "correct the part after `#`, or link to the page that has the anchor",
};
