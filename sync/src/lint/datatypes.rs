//! The datatypes of pages that match the types of service models.

use super::rules;
use pagesmith_model::diagnostic::Diagnostic;
use pagesmith_model::page::{DatatypeKind, Field};
use pagesmith_model::schema::{Member, Target};

/// The datatypes that match `target`, the site's first choice in front.
pub(super) fn kinds(target: &Target) -> Vec<DatatypeKind> {
    let others: &[DatatypeKind] = match target {
        // Text by the site's own way; a number for those that count seconds.
        Target::Timestamp(_) => &[DatatypeKind::Number, DatatypeKind::Integer],
        Target::Integer | Target::Long => &[DatatypeKind::Number],
        _ => &[],
    };
    [&[target.datatype().kind], others].concat()
}

/// The warning that the datatype of a field or a param matches the type of none of `members`. A page that leaves the
/// datatype open says nothing wrong.
pub(super) fn disagrees(what: &str, row: &Field, members: &[&Member]) -> Option<Diagnostic> {
    let written = row.datatype.kind;
    let agrees = |member: &&Member| kinds(&member.target).contains(&written);
    if written == DatatypeKind::Unspecified || members.iter().any(agrees) {
        return None;
    }
    let message = format!(
        "the page gives the {what} `{}` the datatype `{}`, which does not match the service model",
        *row.name, *row.datatype
    );
    Some(rules::DATATYPE_DISAGREES.warning(message, row.datatype.span.clone()))
}
