//! What can be wrong between page and model.

use crate::diagnostic::Rule;

/// Rules about a page's bonds to its service model.
pub static RULES: &[&Rule] = &[
    &UNSUPPORTED_PROTOCOL,
    &UNSUPPORTED_SIGNATURE,
    &UNSUPPORTED_TRAIT,
    &NESTED_LIST,
    &BAD_NAME,
    &DUPLICATE_PAGE,
    &NO_OPERATION,
    &AMBIGUOUS_OPERATION,
    &UNKNOWN_PARAM,
    &REQUIRED_BY_PAGE_ONLY,
    &REQUIRED_BY_MODEL_ONLY,
    &UNKNOWN_FIELD,
    &BAD_OVERRIDES,
    &STALE_OVERRIDE,
    &AMBIGUOUS_OVERRIDE,
];

pub(super) static UNSUPPORTED_PROTOCOL: Rule = Rule {
    id: "unsupported-protocol",
    label: "`query` was expected",
    help: "only services of the AWS Query protocol can be called so far",
};

pub(super) static UNSUPPORTED_SIGNATURE: Rule = Rule {
    id: "unsupported-signature",
    label: "`v4` was expected",
    help: "only services that take requests with a signature of version 4 can be called",
};

pub(super) static NESTED_LIST: Rule = Rule {
    id: "nested-list",
    label: "lists and maps are nested too deeply in this member",
    help: "take the file as AWS publishes it: no published service nests lists or maps so deeply",
};

pub(super) static UNSUPPORTED_TRAIT: Rule = Rule {
    id: "unsupported-trait",
    label: "no call can honour this so far",
    help: "take the method out of the page, or leave the page out",
};

pub(super) static BAD_NAME: Rule = Rule {
    id: "bad-name",
    label: "this cannot be a name",
    help: "a name has letters, digits and `_ . : - $ @`; take the file as AWS publishes it",
};

pub(super) static DUPLICATE_PAGE: Rule = Rule {
    id: "duplicate-page",
    label: "this resource has a page already",
    help: "remove one of the two pages",
};

pub(super) static NO_OPERATION: Rule = Rule {
    id: "no-operation",
    label: "no operation of the service model is this method",
    help: "import the operation into service-2.json, or name it in overrides.json",
};

pub(super) static AMBIGUOUS_OPERATION: Rule = Rule {
    id: "ambiguous-operation",
    label: "this method could be any of several operations",
    help: "name the operation in overrides.json",
};

pub(super) static UNKNOWN_PARAM: Rule = Rule {
    id: "unknown-param",
    label: "the operation takes no such member",
    help: "correct the param in the page, or import a service model that has it",
};

pub(super) static REQUIRED_BY_PAGE_ONLY: Rule = Rule {
    id: "required-by-page-only",
    label: "the page requires this param",
    help: "nothing needs to be done: the page decides, and the generated method requires it",
};

pub(super) static REQUIRED_BY_MODEL_ONLY: Rule = Rule {
    id: "required-by-model-only",
    label: "the page does not require a param that the service does",
    help: "add the param to the page: without it the service refuses the call at run time",
};

pub(super) static UNKNOWN_FIELD: Rule = Rule {
    id: "unknown-field",
    label: "no `SELECT` method's output has this field",
    help: "correct the field in the page, or import a service model that has it",
};

pub(super) static BAD_OVERRIDES: Rule = Rule {
    id: "bad-overrides",
    label: "this is not what an override file has here",
    help: "see \"Overrides\" in CONTRIBUTING.md for what may stand in overrides.json",
};

pub(super) static AMBIGUOUS_OVERRIDE: Rule = Rule {
    id: "ambiguous-override",
    label: "this key names more than one method",
    help: "write one key for each method, with the method's full name behind the resource",
};

pub(super) static STALE_OVERRIDE: Rule = Rule {
    id: "stale-override",
    label: "this override no longer applies",
    help: "correct it, or remove it from overrides.json",
};
