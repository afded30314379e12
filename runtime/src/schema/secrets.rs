//! The secrets in a record, for redaction.

use zeroize::Zeroizing;

use super::{Data, Record, Shape, Target, Value};

/// The texts of all sensitive members in `record`, which has the schema `shape`, including nested ones.
pub(crate) fn sensitive_texts(shape: &Shape<'_>, record: &dyn Record) -> Vec<Zeroizing<String>> {
    let mut found = Vec::new();
    collect(shape, record, &mut found);
    found
}

fn collect(shape: &Shape<'_>, record: &dyn Record, found: &mut Vec<Zeroizing<String>>) {
    for (index, member) in shape.members.iter().enumerate() {
        if let Some(value) = record.member(index) {
            collect_value(&member.target, value, member.sensitive, found);
        }
    }
}

fn collect_value(
    target: &Target<'_>,
    value: &dyn Value,
    sensitive: bool,
    found: &mut Vec<Zeroizing<String>>,
) {
    match (value.data(), target) {
        (Data::Text(text), _) if sensitive && !text.is_empty() => {
            found.push(Zeroizing::new(text.to_owned()));
        }
        (Data::Record(record), target) => {
            if let Some(shape) = target.structure() {
                collect(shape, record, found);
            }
        }
        (Data::List(list), Target::List { element, .. }) => {
            for value in (0..).map_while(|index| list.at(index)) {
                collect_value(element, value, sensitive, found);
            }
        }
        (Data::Map(map), Target::Map { element, .. }) => map.each(&mut |_, value| {
            collect_value(element, value, sensitive, found);
            true
        }),
        _ => {}
    }
}
