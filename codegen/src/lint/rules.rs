//! What lint can find beside what binding finds.

use crate::diagnostic::Rule;

/// The rules of lint's own. Those of binding, among them `required-by-page-only` and
/// `required-by-model-only`, are in [`crate::bind::rules`].
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
    label: "the service gives a field that is not among these",
    help: "add the field to the page, so that rows have it",
};

pub(super) static UNDOCUMENTED_PARAM: Rule = Rule {
    id: "undocumented-param",
    label: "the operation takes a param that is not among the optional ones",
    help: "add the param to the page: only what a page names can be found in it",
};

pub(super) static DATATYPE_DISAGREES: Rule = Rule {
    id: "datatype-disagrees",
    label: "the service model has another type here",
    help: "correct the datatype; what travels is what the service model says",
};

pub(super) static EMPTY_LINK: Rule = Rule {
    id: "empty-link",
    label: "this link leads nowhere",
    help: "give the link a target, or take it away and leave its words",
};

pub(super) static BAD_LINK: Rule = Rule {
    id: "bad-link",
    label: "no browser can follow this",
    help: "write a whole address: https://…",
};

pub(super) static DEAD_ANCHOR: Rule = Rule {
    id: "dead-anchor",
    label: "nothing on this page has that anchor",
    help: "correct the part behind the #, or name the page that has it",
};
