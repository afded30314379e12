//! Which outputs are listings, how they continue, and where their rows are.

use crate::model::{Operation, Pagination, ServiceModel};
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
    model: &ServiceModel,
) -> Option<Listing> {
    if let Some(pagination) = model.pagination.get(&operation.name) {
        let Pagination { input_token, output_token, more_results, result_key, .. } = pagination;
        let tokens = (&input_token[..], &output_token[..]);
        let continuation = continuation(tokens, more_results.as_deref(), input, output)?;
        let rows = match &result_key[..] {
            [only] => position(output, only, is_list),
            _ => None,
        };
        return Some(Listing { rows, continuation: Some(continuation) });
    }
    if access != Access::Select || output.iter().filter(|member| is_list(member)).count() != 1 {
        return None;
    }
    let rows = output.iter().position(is_list);
    let marker = &[MARKER.to_owned()][..];
    match (output, continuation((marker, marker), Some(IS_TRUNCATED), input, output)) {
        ([_], _) => Some(Listing { rows, continuation: None }),
        ([_, _, _], Some(continuation)) => Some(Listing { rows, continuation: Some(continuation) }),
        _ => None,
    }
}

/// `None` if a marker is not a string of both input and output: such a listing is called page by page.
fn continuation(
    (taken, returned): (&[String], &[String]),
    more_results: Option<&str>,
    input: &[Member],
    output: &[Member],
) -> Option<Continuation> {
    if taken.is_empty() || taken.len() != returned.len() {
        return None;
    }
    let marker = |members, name| position(members, name, |member| member.target == Target::String);
    let markers = taken.iter().zip(returned);
    let markers =
        markers.map(|(taken, returned)| Some((marker(input, taken)?, marker(output, returned)?)));
    let is_boolean = |member: &Member| member.target == Target::Boolean;
    let more_results = match more_results {
        Some(name) => Some(position(output, name, is_boolean)?),
        None => None,
    };
    Some(Continuation { markers: markers.collect::<Option<_>>()?, more_results })
}

/// Where in `output` its rows are: the list that `listing` names, or else the first member that is a row of the page or
/// a list of rows.
pub(super) fn rows(output: &Output, listing: Option<&Listing>) -> Option<Rows> {
    let OutputShape::Members(members) = &output.shape else { return Some(Rows::Output) };
    let has_rows = |member: &Member| match &member.target {
        Target::List { element, .. } => **element == Target::Row,
        target => *target == Target::Row,
    };
    let listed = listing.and_then(|listing| listing.rows);
    listed.or_else(|| members.iter().position(has_rows)).map(Rows::Member)
}

/// The index of the member `name`, if it `is_fit`.
fn position(members: &[Member], name: &str, is_fit: impl Fn(&Member) -> bool) -> Option<usize> {
    members.iter().position(|member| member.name == name && is_fit(member))
}

fn is_list(member: &Member) -> bool {
    matches!(member.target, Target::List { .. })
}
