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
        let continuation = continuation(pagination, input, output)?;
        let rows = match &*pagination.result_key {
            [only] => {
                position(output, only).filter(|index| output.get(*index).is_some_and(is_list))
            }
            _ => None,
        };
        return Some(Listing { rows, continuation: Some(continuation) });
    }
    if access != Access::Select || output.iter().filter(|member| is_list(member)).count() != 1 {
        return None;
    }
    let rows = output.iter().position(is_list);
    let by_marker = Pagination {
        input_token: vec![MARKER.to_owned()],
        output_token: vec![MARKER.to_owned()],
        more_results: Some(IS_TRUNCATED.to_owned()),
        ..Pagination::default()
    };
    match (output, continuation(&by_marker, input, output)) {
        ([_], _) => Some(Listing { rows, continuation: None }),
        ([_, _, _], Some(continuation)) => Some(Listing { rows, continuation: Some(continuation) }),
        _ => None,
    }
}

/// `None` if a marker is not a string of both input and output: such a listing is called page by page.
fn continuation(
    pagination: &Pagination,
    input: &[Member],
    output: &[Member],
) -> Option<Continuation> {
    let (taken, returned) = (&pagination.input_token, &pagination.output_token);
    if taken.is_empty() || taken.len() != returned.len() {
        return None;
    }
    let marker = |members, name| of_type(members, name, &Target::String);
    let markers = taken.iter().zip(returned);
    let markers =
        markers.map(|(taken, returned)| Some((marker(input, taken)?, marker(output, returned)?)));
    let more_results = match &pagination.more_results {
        Some(name) => Some(of_type(output, name, &Target::Boolean)?),
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

fn of_type(members: &[Member], name: &str, target: &Target) -> Option<usize> {
    position(members, name)
        .filter(|index| members.get(*index).is_some_and(|it| it.target == *target))
}

fn position(members: &[Member], name: &str) -> Option<usize> {
    members.iter().position(|member| member.name == name)
}

fn is_list(member: &Member) -> bool {
    matches!(member.target, Target::List { .. })
}
