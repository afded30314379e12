//! Which outputs are listings, how they continue, and where their rows are.

use super::expressions::{MessageType, MessageTypes};
use crate::jmespath::{Kind, Step};
use crate::model::{Operation, Pagination};
use crate::page::Access;
use crate::schema::{Continuation, Listing, Member, Output, OutputShape, Rows, Target};

/// The member of inputs and outputs that continues a listing without a paginator.
const MARKER: &str = "Marker";

/// The output member that says whether such a listing goes on.
const IS_TRUNCATED: &str = "IsTruncated";

/// How an output with the members `output` is a listing: as the model's paginators say, or, for those that they leave
/// out, by the members [`MARKER`] and [`IS_TRUNCATED`], or because it has only a list.
pub(super) fn find(
    access: Access,
    operation: &Operation,
    input: &[Member],
    output: &[Member],
    types: &MessageTypes<'_, '_>,
) -> Option<Listing> {
    if let Some(pagination) = types.model.pagination.get(&operation.name) {
        let Pagination { input_token, output_token, more_results, result_key, .. } = pagination;
        let tokens = (&input_token[..], &output_token[..]);
        let continuation = continuation(tokens, more_results.as_deref(), input, output, types)?;
        let rows = match &result_key[..] {
            [only] => list(only, output, types),
            _ => None,
        };
        return Some(Listing { rows, continuation: Some(continuation) });
    }
    if access != Access::Select || output.iter().filter(|member| is_list(member)).count() != 1 {
        return None;
    }
    let rows = output.iter().position(is_list).map(|index| vec![index]);
    let marker = &[MARKER.to_owned()][..];
    let continuation = continuation((marker, marker), Some(IS_TRUNCATED), input, output, types);
    match (output, continuation) {
        ([_], _) => Some(Listing { rows, continuation: None }),
        ([_, _, _], Some(continuation)) => Some(Listing { rows, continuation: Some(continuation) }),
        _ => None,
    }
}

/// `None` if a marker of the output does not fit the member of the input: such a listing is called page by page.
fn continuation(
    (taken, returned): (&[String], &[String]),
    more_results: Option<&str>,
    input: &[Member],
    output: &[Member],
    types: &MessageTypes<'_, '_>,
) -> Option<Continuation> {
    if taken.is_empty() || taken.len() != returned.len() {
        return None;
    }
    let markers = taken.iter().zip(returned).map(|(taken, returned)| {
        let index = input.iter().position(|member| member.name == *taken)?;
        let marker = types.parse(returned, output).ok()?;
        let fits = fits(&marker.kind, &input.get(index)?.target);
        fits.then_some((index, marker.steps))
    });
    let more_results = match more_results {
        Some(expression) => {
            let parsed = types.parse(expression, output).ok()?;
            let is_boolean = matches!(
                parsed.kind,
                Kind::Type(MessageType::Value(Target::Boolean)) | Kind::Boolean
            );
            Some(parsed.steps).filter(|_| is_boolean)?.into()
        }
        None => None,
    };
    Some(Continuation { markers: markers.collect::<Option<_>>()?, more_results })
}

/// Whether a marker of the type `kind` can be the value of an input member with the type `target`.
fn fits(kind: &Kind<MessageType<'_>>, target: &Target) -> bool {
    let is_text =
        |target: &Target| matches!(target, Target::String | Target::Enum(_) | Target::Known(_));
    let is_integer = |target: &Target| matches!(target, Target::Integer | Target::Long);
    match kind {
        Kind::Type(MessageType::Value(marker)) => {
            marker == target
                || is_text(marker) && is_text(target)
                || is_integer(marker) && is_integer(target)
        }
        _ => false,
    }
}

/// The indices of the members that lead to the list `path`; `None` if it is not a list.
fn list(path: &str, output: &[Member], types: &MessageTypes<'_, '_>) -> Option<Vec<usize>> {
    let found = types.parse(path, output).ok()?;
    let is_list = matches!(found.kind, Kind::Type(MessageType::Value(Target::List { .. })));
    let index = |step: &Step| match step {
        Step::Member(index) => Some(*index),
        _ => None,
    };
    found.steps.iter().map(index).collect::<Option<Vec<usize>>>().filter(|_| is_list)
}

/// Where in `output` its rows are: the list that `listing` names, or else the first member that is a row of the page or
/// a list of rows.
pub(super) fn rows(output: &Output, listing: Option<&Listing>) -> Option<Rows> {
    let OutputShape::Members(members) = &output.shape else { return Some(Rows::Output) };
    let has_rows = |member: &Member| match &member.target {
        Target::List { element, .. } => **element == Target::Row,
        target => *target == Target::Row,
    };
    let listed = listing.and_then(|listing| listing.rows.clone());
    listed.or_else(|| members.iter().position(has_rows).map(|index| vec![index])).map(Rows::Member)
}

fn is_list(member: &Member) -> bool {
    matches!(member.target, Target::List { .. })
}
