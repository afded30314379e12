//! Which outputs are listings, and how they continue.

use super::{Continuation, Listing, Member, Output, OutputShape, Type};
use crate::model::{Operation, Pagination, ServiceModel};
use crate::page::Access;

/// How `output` is a listing: as the model's paginators say, or, for those that they leave out, by
/// the members `Marker` and `IsTruncated`, or because a list is all that it holds.
pub(super) fn find(
    access: Access,
    operation: &Operation,
    input: &[Member],
    output: Option<&Output>,
    model: &ServiceModel,
) -> Option<Listing> {
    let OutputShape::Members(output) = &output?.content else {
        return None;
    };
    if let Some(pagination) = model.pagination.get(&operation.name) {
        let continuation = continuation(pagination, input, output)?;
        let rows = match &*pagination.result_key {
            [only] => list_named(output, only),
            _ => None,
        };
        return Some(Listing { rows, continuation: Some(continuation) });
    }
    if access != Access::Select {
        return None;
    }
    let lists: Vec<&Member> = output.iter().filter(|member| is_list(member)).collect();
    let [list] = *lists else { return None };
    let rows = Some(list.name.clone());
    let by_marker = Pagination {
        input_token: vec!["Marker".to_owned()],
        output_token: vec!["Marker".to_owned()],
        more_results: Some("IsTruncated".to_owned()),
        ..Pagination::default()
    };
    match (&**output, continuation(&by_marker, input, output)) {
        ([_], _) => Some(Listing { rows, continuation: None }),
        ([_, _, _], Some(continuation)) => Some(Listing { rows, continuation: Some(continuation) }),
        _ => None,
    }
}

/// `None` where a marker is no plain member of input and output: such a listing is called page by page.
fn continuation(
    pagination: &Pagination,
    input: &[Member],
    output: &[Member],
) -> Option<Continuation> {
    let is_text = |members: &[Member], name: &str| {
        members.iter().any(|member| member.name == name && member.ty == Type::String)
    };
    let pairs = pagination.input_token.iter().zip(&pagination.output_token);
    let all_plain = !pagination.input_token.is_empty()
        && pagination.input_token.len() == pagination.output_token.len()
        && pairs.clone().all(|(taken, given)| is_text(input, taken) && is_text(output, given));
    let more_results = pagination.more_results.as_ref();
    let is_flag = |name: &String| {
        output.iter().any(|member| member.name == *name && member.ty == Type::Boolean)
    };
    (all_plain && more_results.is_none_or(is_flag)).then(|| Continuation {
        markers: pairs.map(|(taken, given)| (taken.clone(), given.clone())).collect(),
        more_results: more_results.cloned(),
    })
}

fn list_named(output: &[Member], name: &str) -> Option<String> {
    output
        .iter()
        .find(|member| member.name == name && is_list(member))
        .map(|list| list.name.clone())
}

fn is_list(member: &Member) -> bool {
    matches!(member.ty, Type::List { .. })
}
