//! Rules about pages and the service model that they are bound to.

use crate::diagnostic::rules;

rules! {
    UNSUPPORTED_PROTOCOL = "unsupported-protocol", "expected json, rest-json, rest-xml, smithy-rpc-v2-cbor, query or ec2",
        "remove the pages of this service: pagesmith cannot call it";
    UNSUPPORTED_SIGNATURE = "unsupported-signature", "expected v4, s3, s3v4 or bearer",
        "remove the pages of this service: pagesmith can only sign requests with Signature Version 4 or send a bearer token";
    UNSUPPORTED_TRAIT = "unsupported-trait", "pagesmith does not support this",
        "remove the method that uses this from its page, or remove the page";
    NESTED_LIST = "nested-list", "lists and maps are nested too deeply in this member",
        "use the file as AWS publishes it: no published service nests lists or maps this deeply";
    BAD_NAME = "bad-name", "this cannot be a name",
        "use letters, digits and `_ . : - $ @` in a name, or use the file as AWS publishes it";
    DUPLICATE_PAGE = "duplicate-page", "this resource already has a page",
        "remove one of the two pages";
    NO_OPERATION = "no-operation", "no operation of the service model matches this method",
        "import the operation into service-2.json, or name it in overrides.json";
    AMBIGUOUS_OPERATION = "ambiguous-operation", "several operations match this method",
        "name the operation in overrides.json";
    UNKNOWN_PARAM = "unknown-param", "the operation has no input member of this name",
        "correct the param in the page, or import a service model that has it";
    REQUIRED_BY_PAGE_ONLY = "required-by-page-only", "the page requires this param",
        "no action is needed: the page decides, and the generated method requires the param";
    REQUIRED_BY_MODEL_ONLY = "required-by-model-only", "the page does not list a param that the service requires",
        "add the param to the page's required params: without it the service rejects the request";
    UNKNOWN_FIELD = "unknown-field", "no output of a `SELECT` method has this field",
        "correct the field in the page, or import a service model that has it";
    WAITER_LEFT_OUT = "waiter-left-out", "this waiter cannot be used",
        "add the field to the page, or remove the waiter from waiters-2.json";
    BAD_OVERRIDES = "bad-overrides", "this is not valid in overrides.json",
        "see \"Overrides\" in CONTRIBUTING.md for the form of overrides.json";
    STALE_OVERRIDE = "stale-override", "this override has no effect",
        "correct the override, or remove it from overrides.json";
}
