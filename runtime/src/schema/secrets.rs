//! The secrets in a record, so that they can be kept out of what others say of it.

use zeroize::Zeroizing;

use super::{Data, Record, Shape, Target, Value};

/// The texts of the sensitive members of `record`, which is of `shape`, and of all that it holds.
pub(crate) fn sensitive_texts(shape: &Shape<'_>, record: &dyn Record) -> Vec<Zeroizing<String>> {
    let mut found = Vec::new();
    collect(shape, record, &mut found);
    found
}

fn collect(shape: &Shape<'_>, record: &dyn Record, found: &mut Vec<Zeroizing<String>>) {
    for (index, member) in shape.members.iter().enumerate() {
        if let Some(value) = record.member(index) {
            within(&member.target, value, member.sensitive, found);
        }
    }
}

fn within(
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
                within(element, value, sensitive, found);
            }
        }
        (Data::Map(map), Target::Map { element, .. }) => map.each(&mut |_, value| {
            within(element, value, sensitive, found);
            true
        }),
        _ => {}
    }
}
