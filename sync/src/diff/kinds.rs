//! Every kind of change, in one table.

use super::change::{Change, Class, Sentence, Subject};

/// What all changes of one kind have in common.
///
/// The classes are those of a change of which no more is known than what the pages say. Where service
/// models stand beside the pages, a change can be of another class than its kind, since the models
/// tell what truly travels and what types Rust has for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Kebab-case, unique, never changed once published.
    pub id: &'static str,
    /// For programs written against the Rust API of the old page.
    pub rust: Class,
    /// For programs made from the old page that call the service as it is now.
    pub wire: Class,
    /// Where a changelog has it.
    pub section: Section,
    /// What it is, in a few words.
    pub about: &'static str,
    /// What to do about it.
    pub advice: &'static str,
}

/// The part of a changelog that a change goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    /// Something is there that was not.
    Added,
    /// Something is otherwise than it was.
    Changed,
    /// Something is not there any more.
    Removed,
    /// Only words differ, or their order: no entry in a changelog.
    Words,
}

impl Kind {
    /// A change of this kind, with the kind's classes and no place yet.
    pub(super) fn change(&'static self, subject: Subject, sentence: Sentence) -> Change {
        Change::new(self, subject, sentence)
    }
}

macro_rules! kinds {
    ($($name:ident = $id:literal, $rust:ident, $wire:ident, $section:ident, $about:literal, $advice:literal;)*) => {
        $(
            #[doc = concat!("`", $id, "`: ", $about, ".")]
            pub static $name: Kind = Kind {
                id: $id,
                rust: Class::$rust,
                wire: Class::$wire,
                section: Section::$section,
                about: $about,
                advice: $advice,
            };
        )*

        /// All of them, in the order in which a report has them.
        pub static KINDS: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    // Pages.
    PAGE_REMOVED = "page-removed", Breaking, Warning, Removed,
        "a resource has no page any more",
        "call the operations of the resource another way, or keep the page";
    PAGE_RENAMED = "page-renamed", Breaking, Safe, Changed,
        "a resource has a different name",
        "use the new name, or re-export the module under the old one";
    PAGE_ID_CHANGED = "page-id-changed", Warning, Safe, Changed,
        "a page's provider or service has a different name",
        "re-export the module under its old path, if existing code uses it";
    PAGE_ADDED = "page-added", Safe, Safe, Added,
        "a resource has a page now",
        "no action is needed";

    // Methods.
    METHOD_REMOVED = "method-removed", Breaking, Warning, Removed,
        "a method is gone from its page",
        "call the operation another way, or keep the method in the page";
    METHOD_RENAMED = "method-renamed", Breaking, Safe, Changed,
        "a method has a different name",
        "call it by its new name";
    METHOD_RESPELLED = "method-respelled", Safe, Safe, Changed,
        "a method is spelled differently; its Rust name is the same",
        "no action is needed";
    ACCESS_CHANGED = "access-changed", Breaking, Safe, Changed,
        "a method is called with a different SQL verb",
        "check how the method is used: only `SELECT` methods have `rows()`";
    OPERATION_CHANGED = "operation-changed", Breaking, Breaking, Changed,
        "a method calls another operation of the service",
        "check that the other operation does what callers rely on";
    METHOD_ADDED = "method-added", Safe, Safe, Added,
        "a method is new in its page",
        "no action is needed";

    // Params, as the pages tell of them.
    PARAM_NEWLY_REQUIRED = "param-newly-required", Breaking, Breaking, Changed,
        "a method requires a param that it did not require",
        "give the param in every call";
    REQUIRED_PARAM_REMOVED = "required-param-removed", Breaking, Warning, Removed,
        "a param that a method required is not in its page any more",
        "leave the param out of every call";
    REQUIRED_PARAM_RENAMED = "required-param-renamed", Breaking, Breaking, Changed,
        "a param that a method requires has a different name",
        "give the param by its new name";
    REQUIRED_PARAM_NOW_OPTIONAL = "required-param-now-optional", Breaking, Safe, Changed,
        "a method does not require a param any more",
        "where code names the builder's type, take the type parameter out";
    OPTIONAL_PARAM_REMOVED = "optional-param-removed", Warning, Warning, Removed,
        "a page does not list an optional param any more",
        "check with the service model whether the operation still takes it";
    OPTIONAL_PARAM_RENAMED = "optional-param-renamed", Warning, Warning, Changed,
        "an optional param has a different name",
        "check with the service model by which name the operation takes it";
    OPTIONAL_PARAM_UNDOCUMENTED = "optional-param-undocumented", Safe, Safe, Words,
        "the new page's dialect has no place for an optional param",
        "no action is needed: optional params come from the service model";
    OPTIONAL_PARAM_ADDED = "optional-param-added", Safe, Safe, Added,
        "a page lists an optional param that it did not list",
        "no action is needed";
    OPTIONAL_PARAM_DOCUMENTED = "optional-param-documented", Safe, Safe, Words,
        "an optional param is listed for which the old page's dialect had no place",
        "no action is needed";
    PARAM_RETYPED = "param-retyped", Breaking, Breaking, Changed,
        "a page gives a param another datatype",
        "pass a value of the new datatype";
    REGION_CHANGED = "region-changed", Safe, Safe, Words,
        "a page lists `region` for a method, or does not any more",
        "no action is needed: the client supplies the region";

    // Fields, as the pages tell of them.
    ROWS_REMOVED = "rows-removed", Breaking, Warning, Removed,
        "a page has no fields any more",
        "read the members of the method's output";
    ROWS_ADDED = "rows-added", Breaking, Safe, Added,
        "a page that had no fields has some, so that there is a row type now",
        "where code names the type that the rows had, name the row";
    FIELD_REMOVED = "field-removed", Breaking, Warning, Removed,
        "a field of the row is gone",
        "stop using the field, or keep it in the page";
    FIELD_RENAMED = "field-renamed", Breaking, Breaking, Changed,
        "a field of the row has a different name",
        "read the field by its new name";
    FIELD_RETYPED = "field-retyped", Breaking, Breaking, Changed,
        "a field of the row has another type",
        "read the field as its new type";
    FIELD_NOW_OPTIONAL = "field-now-optional", Breaking, Breaking, Changed,
        "the service model does not promise a field any more",
        "expect the field to be missing";
    FIELD_NOW_REQUIRED = "field-now-required", Breaking, Safe, Changed,
        "the service model promises a field that it did not promise",
        "read the field without unwrapping it";
    FIELD_GONE_FROM_METHOD = "field-gone-from-method", Safe, Warning, Changed,
        "a method does not give a field any more that another method still gives",
        "expect the field to be missing from what the method gives";
    FIELD_NEW_IN_METHOD = "field-new-in-method", Safe, Safe, Added,
        "a method gives a field that another method gave before",
        "no action is needed";
    FIELD_ADDED = "field-added", Safe, Safe, Added,
        "a field of the row is new",
        "no action is needed: rows are `#[non_exhaustive]`";

    // What operations take, as the service models tell of it.
    INPUT_NEWLY_REQUIRED = "input-newly-required", Safe, Breaking, Changed,
        "the service requires a param that it did not require, and the page does not say so",
        "make the page require the param: a call without it is refused";
    INPUT_REMOVED = "input-removed", Breaking, Breaking, Removed,
        "an operation does not take a param any more",
        "leave the param out of every call";
    INPUT_RETYPED = "input-retyped", Breaking, Breaking, Changed,
        "an operation takes a param of another type",
        "pass a value of the new type";
    INPUT_RELAXED = "input-relaxed", Safe, Safe, Changed,
        "the service does not require a param any more",
        "no action is needed; the page can make the param optional";
    INPUT_ADDED = "input-added", Safe, Safe, Added,
        "an operation takes another optional param",
        "no action is needed";

    // What operations give, as the service models tell of it.
    OUTPUT_REMOVED = "output-removed", Breaking, Breaking, Removed,
        "an operation does not give a member any more",
        "stop using the member";
    OUTPUT_RETYPED = "output-retyped", Breaking, Breaking, Changed,
        "an operation gives a member of another type",
        "read the member as its new type";
    OUTPUT_NOW_OPTIONAL = "output-now-optional", Breaking, Breaking, Changed,
        "the service does not promise a member of an output any more",
        "expect the member to be missing";
    OUTPUT_NOW_REQUIRED = "output-now-required", Breaking, Safe, Changed,
        "the service promises a member of an output that it did not promise",
        "read the member without unwrapping it";
    OUTPUT_ADDED = "output-added", Safe, Safe, Added,
        "an operation gives another member",
        "no action is needed: outputs are `#[non_exhaustive]`";
    LISTING_REMOVED = "listing-removed", Breaking, Warning, Removed,
        "what a method gives does not continue, or come as rows, as it did",
        "use `send()` and look at the output's members";
    LISTING_ADDED = "listing-added", Safe, Safe, Added,
        "what a method gives is a listing now",
        "no action is needed";
    ERROR_REMOVED = "error-removed", Safe, Safe, Removed,
        "an operation does not declare an error any more",
        "no action is needed; code that handles the error can go";
    ERROR_ADDED = "error-added", Safe, Safe, Added,
        "an operation declares another error",
        "no action is needed: error codes are open";

    // Structures and enums that several operations share.
    MEMBER_REMOVED = "member-removed", Breaking, Breaking, Removed,
        "a structure has lost a member",
        "stop using the member";
    MEMBER_RETYPED = "member-retyped", Breaking, Breaking, Changed,
        "a member of a structure has another type",
        "use the member's new type";
    MEMBER_NOW_OPTIONAL = "member-now-optional", Breaking, Breaking, Changed,
        "a member of a structure need not be there any more",
        "expect the member to be missing, and set it with `with_…`";
    MEMBER_NOW_REQUIRED = "member-now-required", Breaking, Breaking, Changed,
        "a member of a structure must be there",
        "give the member to `new`";
    MEMBER_ADDED = "member-added", Safe, Safe, Added,
        "a structure has another optional member",
        "no action is needed: structures are `#[non_exhaustive]`";
    CONSTRUCTOR_CHANGED = "constructor-changed", Breaking, Safe, Changed,
        "the required members of a structure stand in another order, and so do the arguments of `new`",
        "put the arguments of `new` in the new order: where their types agree the compiler cannot tell";
    ENUM_VALUE_REMOVED = "enum-value-removed", Breaking, Breaking, Removed,
        "an enum does not name a value any more",
        "stop using the value, or write it as a string";
    ENUM_VALUE_ADDED = "enum-value-added", Safe, Safe, Added,
        "an enum names another value",
        "no action is needed: enums are open";
    SERVICE_CHANGED = "service-changed", Safe, Warning, Changed,
        "a fact about the whole service differs",
        "check that endpoint and signature are still as the service wants them";
    PART_REMOVED = "part-removed", Breaking, Safe, Removed,
        "`sdk.json` leaves out a part of the SDK, or puts it behind another feature or at another path",
        "stop using the part, or keep `sdk.json` as it was";
    PART_ADDED = "part-added", Safe, Safe, Added,
        "`sdk.json` has another part of the SDK, or asks for no feature any more",
        "no action is needed";

    // Words.
    ORDER_CHANGED = "order-changed", Safe, Safe, Words,
        "the same things stand in another order",
        "no action is needed";
    EXAMPLES_CHANGED = "examples-changed", Safe, Safe, Words,
        "a page's examples differ",
        "no action is needed";
    PROSE_CHANGED = "prose-changed", Safe, Safe, Words,
        "a description says something else",
        "no action is needed";
}

#[cfg(test)]
mod tests {
    use super::{Class, KINDS, Section};

    #[test]
    fn ids_are_unique_and_kebab_case() {
        let mut seen = std::collections::HashSet::new();
        for kind in KINDS {
            assert!(seen.insert(kind.id), "{} stands twice", kind.id);
            assert!(kind.id.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", kind.id);
            assert!(!kind.about.is_empty() && !kind.advice.is_empty(), "{}", kind.id);
        }
    }

    #[test]
    fn words_break_nothing() {
        for kind in KINDS.iter().filter(|kind| kind.section == Section::Words) {
            assert_eq!((kind.rust, kind.wire), (Class::Safe, Class::Safe), "{}", kind.id);
        }
    }
}
