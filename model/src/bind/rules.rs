//! Rules about pages and the service model that they are bound to.

use crate::diagnostic::Rule;

/// The rules that binding checks.
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
];

pub(super) static UNSUPPORTED_PROTOCOL: Rule = Rule {
    id: "unsupported-protocol",
    label: "only the protocol `query` is supported",
    help: "remove the pages of this service: pagesmith can only call services that use the AWS Query protocol",
};

pub(super) static UNSUPPORTED_SIGNATURE: Rule = Rule {
    id: "unsupported-signature",
    label: "only `v4` is supported",
    help: "remove the pages of this service: pagesmith can only sign requests with Signature Version 4",
};

pub(super) static NESTED_LIST: Rule = Rule {
    id: "nested-list",
    label: "lists and maps are nested too deeply in this member",
    help: "use the file as AWS publishes it: no published service nests lists or maps this deeply",
};

pub(super) static UNSUPPORTED_TRAIT: Rule = Rule {
    id: "unsupported-trait",
    label: "pagesmith does not support this",
    help: "remove the method that uses this from its page, or remove the page",
};

pub(super) static BAD_NAME: Rule = Rule {
    id: "bad-name",
    label: "this cannot be a name",
    help: "use letters, digits and `_ . : - $ @` in a name, or use the file as AWS publishes it",
};

pub(super) static DUPLICATE_PAGE: Rule = Rule {
    id: "duplicate-page",
    label: "this resource already has a page",
    help: "remove one of the two pages",
};

pub(super) static NO_OPERATION: Rule = Rule {
    id: "no-operation",
    label: "the service model has no operation for this method",
    help: "import the operation into service-2.json, or name it in overrides.json",
};

pub(super) static AMBIGUOUS_OPERATION: Rule = Rule {
    id: "ambiguous-operation",
    label: "this method could be any of several operations",
    help: "name the operation in overrides.json",
};

pub(super) static UNKNOWN_PARAM: Rule = Rule {
    id: "unknown-param",
    label: "the operation has no input member of this name",
    help: "correct the param in the page, or import a service model that has it",
};

pub(super) static REQUIRED_BY_PAGE_ONLY: Rule = Rule {
    id: "required-by-page-only",
    label: "the page requires this param",
    help: "no action is needed: the page decides, and the generated method requires the param",
};

pub(super) static REQUIRED_BY_MODEL_ONLY: Rule = Rule {
    id: "required-by-model-only",
    label: "the page does not list a param that the service requires",
    help: "add the param to the page's required params: without it the service rejects the request",
};

pub(super) static UNKNOWN_FIELD: Rule = Rule {
    id: "unknown-field",
    label: "no output of a `SELECT` method has this field",
    help: "correct the field in the page, or import a service model that has it",
};

pub(super) static BAD_OVERRIDES: Rule = Rule {
    id: "bad-overrides",
    label: "overrides.json cannot have this here",
    help: "see \"Overrides\" in CONTRIBUTING.md for the form of overrides.json",
};

pub(super) static STALE_OVERRIDE: Rule = Rule {
    id: "stale-override",
    label: "this override has no effect",
    help: "correct the override, or remove it from overrides.json",
};
