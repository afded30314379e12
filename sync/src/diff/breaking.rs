//! Which changes are breaking: the table of every change that `diff` reports, with its classes, its message and
//! what to do about it.

#[cfg(test)]
mod tests;

use std::fmt;

/// What a change does to programs that rely on the old state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// They keep working.
    Safe,
    /// They may break: it depends on something that the pages do not say.
    Warning,
    /// They break.
    Breaking,
}

impl Class {
    /// `safe`, `warning` or `breaking`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Warning => "warning",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What all changes of one kind have in common.
///
/// The classes are those of a change of which only the pages are known. Where both sides have a service model, a
/// change can have other classes, because the model knows the requests and the Rust types.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeKind {
    /// In kebab case, unique, and never changed once published.
    pub id: &'static str,
    /// For programs written against the Rust API of the old pages.
    pub rust: Class,
    /// For programs built from the old pages that call the service as it is now.
    pub wire: Class,
    /// Where a changelog lists it.
    pub section: Section,
    /// What happened, with `{}` for names. Some changes replace it or add to it.
    pub message: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// The section of a changelog that lists a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Something is new.
    Added,
    /// Something is different.
    Changed,
    /// Something was removed.
    Removed,
    /// Only text or order changed: a changelog leaves it out.
    Text,
}

/// The advice of a change, if the table has one.
macro_rules! advice {
    () => {
        "no action is needed"
    };
    ($advice:literal) => {
        $advice
    };
}

macro_rules! changes {
    ($($name:ident = $id:literal, $rust:ident, $wire:ident, $section:ident, $message:literal $(, $advice:literal)?;)*) => {
        $(
            pub(super) static $name: ChangeKind = ChangeKind {
                id: $id,
                rust: Class::$rust,
                wire: Class::$wire,
                section: Section::$section,
                message: $message,
                advice: advice!($($advice)?),
            };
        )*

        /// Every kind of change, in the order of the documentation.
        pub static CHANGE_KINDS: &[&ChangeKind] = &[$(&$name),*];
    };
}

// The id, the class for the Rust API, the class on the wire, and the section; the message; the advice, if any.
changes! {
    // Pages.
    PAGE_REMOVED = "page-removed", Breaking, Warning, Removed,
        "the page of {} was removed, with all its methods",
        "keep the page, or call the operations of the resource without this SDK";
    PAGE_RENAMED = "page-renamed", Breaking, Safe, Changed,
        "the page {} was renamed to {}, and with it the module, the handle and the row type",
        "use the new name, or re-export the module under the old name";
    PAGE_ID_CHANGED = "page-id-changed", Warning, Safe, Changed,
        "the id of the page changed from {} to {}, and with it the path of the module",
        "re-export the module under its old path if existing code uses it";
    PAGE_ADDED = "page-added", Safe, Safe, Added,
        "the page of {} was added";

    // Methods.
    METHOD_REMOVED = "method-removed", Breaking, Warning, Removed,
        "the method {} was removed",
        "keep the method in the page, or call its operation without this SDK";
    METHOD_RENAMED = "method-renamed", Breaking, Safe, Changed,
        "the method {} was renamed to {}",
        "use the new name";
    METHOD_RESPELLED = "method-respelled", Safe, Safe, Changed,
        "the method {} is now spelled {}; its Rust name is the same";
    ACCESS_CHANGED = "access-changed", Breaking, Safe, Changed,
        "the SQL verb of the method {} changed from {} to {}",
        "check how the method is used: only `SELECT` methods have `rows()`";
    OPERATION_CHANGED = "operation-changed", Breaking, Breaking, Changed,
        "the method {} now calls the operation {} instead of {}",
        "check that the new operation does what callers rely on";
    METHOD_ADDED = "method-added", Safe, Safe, Added,
        "the method {} ({}) was added";

    // Params, as the pages list them.
    PARAM_NEWLY_REQUIRED = "param-newly-required", Breaking, Breaking, Changed,
        "{} now requires the param {}",
        "set the param in every call";
    REQUIRED_PARAM_REMOVED = "required-param-removed", Breaking, Warning, Removed,
        "{} no longer lists the required param {}",
        "remove the param from every call";
    REQUIRED_PARAM_RENAMED = "required-param-renamed", Breaking, Breaking, Changed,
        "the required param {} of {} was renamed to {}",
        "use the new name";
    REQUIRED_PARAM_NOW_OPTIONAL = "required-param-now-optional", Breaking, Safe, Changed,
        "{} no longer requires the param {}; it is optional",
        "remove the type parameter of the param where code names the type of the request builder";
    OPTIONAL_PARAM_REMOVED = "optional-param-removed", Warning, Warning, Removed,
        "{} no longer lists the optional param {}",
        "check in the service model whether the operation still takes the param";
    OPTIONAL_PARAM_RENAMED = "optional-param-renamed", Warning, Warning, Changed,
        "the optional param {} of {} was renamed to {}",
        "check in the service model which of the names the operation takes";
    OPTIONAL_PARAM_UNDOCUMENTED = "optional-param-undocumented", Safe, Safe, Text,
        "{} does not list the optional param {}, because the dialect of the new page cannot",
        "no action is needed: optional params come from the service model";
    OPTIONAL_PARAM_ADDED = "optional-param-added", Safe, Safe, Added,
        "{} lists the new optional param {}";
    OPTIONAL_PARAM_DOCUMENTED = "optional-param-documented", Safe, Safe, Text,
        "{} lists the optional param {}, which the dialect of the old page could not";
    PARAM_RETYPED = "param-retyped", Breaking, Breaking, Changed,
        "the page changed the datatype of the param {} from {} to {}",
        "pass a value of the new datatype";
    REGION_CHANGED = "region-changed", Safe, Safe, Text,
        "{} now lists, or no longer lists, {} as required; the client sets it in both cases";

    // Fields, as the pages list them.
    ROWS_REMOVED = "rows-removed", Breaking, Warning, Removed,
        "the page no longer lists fields, so there is no row type",
        "read the members of the method's output";
    ROWS_ADDED = "rows-added", Breaking, Safe, Added,
        "the page now lists fields, so there is a row type",
        "where code names the previous type of the rows, use the row type";
    FIELD_REMOVED = "field-removed", Breaking, Warning, Removed,
        "the field {} was removed",
        "stop using the field, or keep it in the page";
    FIELD_RENAMED = "field-renamed", Breaking, Breaking, Changed,
        "the field {} was renamed to {}",
        "use the new name";
    FIELD_RETYPED = "field-retyped", Breaking, Breaking, Changed,
        "the type of the field {} changed from {} to {}",
        "read the field as its new type";
    FIELD_NOW_OPTIONAL = "field-now-optional", Breaking, Breaking, Changed,
        "the field {} can now be missing, according to the service model",
        "handle rows without the field";
    FIELD_NOW_REQUIRED = "field-now-required", Breaking, Safe, Changed,
        "the field {} is now always present, according to the service model",
        "read the field without unwrapping it";
    FIELD_GONE_FROM_METHOD = "field-gone-from-method", Safe, Warning, Changed,
        "{} no longer returns the field {}, which another method still returns",
        "handle rows of this method without the field";
    FIELD_NEW_IN_METHOD = "field-new-in-method", Safe, Safe, Added,
        "{} now returns the field {}, which another method already returned";
    FIELD_ADDED = "field-added", Safe, Safe, Added,
        "the field {} was added",
        "no action is needed: rows are `#[non_exhaustive]`";

    // Operations, as the service models describe them.
    REQUEST_CHANGED = "request-changed", Safe, Breaking, Changed,
        "the request of the operation {} changed from `{}` to `{}`",
        "generate the code again: programs built from the old model send what the service no longer expects";

    // Their inputs.
    INPUT_NEWLY_REQUIRED = "input-newly-required", Safe, Breaking, Changed,
        "the operation {} now requires the param {}",
        "require the param in the page: the service rejects a call without it";
    INPUT_REMOVED = "input-removed", Breaking, Breaking, Removed,
        "the operation {} no longer takes the param {}",
        "remove the param from every call";
    INPUT_RETYPED = "input-retyped", Breaking, Breaking, Changed,
        "in the input of the operation {}, the type of {} changed from {} to {}",
        "pass a value of the new type";
    INPUT_RELAXED = "input-relaxed", Safe, Safe, Changed,
        "the operation {} no longer requires the param {}",
        "no action is needed; the page can make the param optional";
    INPUT_ADDED = "input-added", Safe, Safe, Added,
        "the operation {} takes the new optional param {}";

    // The outputs of operations, as the service models describe them.
    OUTPUT_REMOVED = "output-removed", Breaking, Breaking, Removed,
        "the output of the operation {} no longer has the member {}",
        "stop using the member";
    OUTPUT_RETYPED = "output-retyped", Breaking, Breaking, Changed,
        "in the output of the operation {}, the type of {} changed from {} to {}",
        "read the member as its new type";
    OUTPUT_NOW_OPTIONAL = "output-now-optional", Breaking, Breaking, Changed,
        "in the output of the operation {}, the member {} can now be missing",
        "handle outputs without the member";
    OUTPUT_NOW_REQUIRED = "output-now-required", Breaking, Safe, Changed,
        "in the output of the operation {}, the member {} is now always present",
        "read the member without unwrapping it";
    OUTPUT_ADDED = "output-added", Safe, Safe, Added,
        "the output of the operation {} has the new member {}",
        "no action is needed: outputs are `#[non_exhaustive]`";
    LISTING_REMOVED = "listing-removed", Breaking, Warning, Removed,
        "the output of the operation {} can no longer be read page by page or as rows",
        "use `send()` and read the members of the output";
    LISTING_ADDED = "listing-added", Safe, Safe, Added,
        "the output of the operation {} can now be read page by page or as rows";
    ERROR_REMOVED = "error-removed", Safe, Safe, Removed,
        "the operation {} no longer declares the error {}",
        "no action is needed; code that handles the error can be removed";
    ERROR_ADDED = "error-added", Safe, Safe, Added,
        "the operation {} declares the new error {}",
        "no action is needed: the enum of error codes is `#[non_exhaustive]`";

    // Structures and enums that several operations share.
    MEMBER_REMOVED = "member-removed", Breaking, Breaking, Removed,
        "the structure {} no longer has the member {}",
        "stop using the member";
    MEMBER_RETYPED = "member-retyped", Breaking, Breaking, Changed,
        "in the structure {}, the type of {} changed from {} to {}",
        "use the new type";
    MEMBER_NOW_OPTIONAL = "member-now-optional", Breaking, Breaking, Changed,
        "the structure {} no longer requires the member {}",
        "handle structures without the member, and set it with `with_…`";
    MEMBER_NOW_REQUIRED = "member-now-required", Breaking, Breaking, Changed,
        "the structure {} now requires the member {}",
        "pass the member to `new`";
    MEMBER_ADDED = "member-added", Safe, Safe, Added,
        "the structure {} has the new optional member {}",
        "no action is needed: structures are `#[non_exhaustive]`";
    CONSTRUCTOR_CHANGED = "constructor-changed", Breaking, Safe, Changed,
        "the order of the required members of {} changed, and with it the order of the arguments of `new`",
        "reorder the arguments of `new`: the compiler cannot tell arguments of the same type apart";
    ENUM_VALUE_REMOVED = "enum-value-removed", Breaking, Breaking, Removed,
        "the enum {} no longer has the value {}",
        "stop using the value, or write it as a string";
    ENUM_VALUE_ADDED = "enum-value-added", Safe, Safe, Added,
        "the enum {} has the new value {}",
        "no action is needed: enums are `#[non_exhaustive]`";
    SERVICE_CHANGED = "service-changed", Safe, Warning, Changed,
        "the {} of the service changed from {} to {}",
        "check that the endpoint and the signature are still those of the service";

    // Settings of the SDK.
    PART_REMOVED = "part-removed", Breaking, Safe, Removed,
        "the part {} of the SDK was removed or changed in `sdk.json`",
        "stop using the part, or keep `sdk.json` as it was";
    PART_ADDED = "part-added", Safe, Safe, Added,
        "the part {} of the SDK was added in `sdk.json`";

    // Text and order.
    ORDER_CHANGED = "order-changed", Safe, Safe, Text,
        "the order of methods, fields or params changed";
    EXAMPLES_CHANGED = "examples-changed", Safe, Safe, Text,
        "the examples changed";
    PROSE_CHANGED = "prose-changed", Safe, Safe, Text,
        "the description of {} changed";
}
