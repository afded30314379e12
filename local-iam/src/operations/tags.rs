//! `TagMFADevice`, `UntagMFADevice`, `ListMFADeviceTags`, and the rules for tags.

use std::collections::HashSet;

use super::paging::Page;
use super::parameters::{SERIAL_NUMBER, TAG_KEY, TAG_VALUE};
use crate::error::Refusal;
use crate::form::{Form, Input};
use crate::state::{State, Tag, Tags};
use crate::xml::Node;

/// The maximum number of tags of a resource.
const MAX_TAGS: usize = 50;

pub(super) fn tag(form: &Form, state: &mut State) -> Result<(), Refusal> {
    let mut input = Input::new(form);
    let serial_number = input.required(&SERIAL_NUMBER);
    let pairs = input.tags(&TAG_KEY, &TAG_VALUE, true);
    input.finish()?;
    apply(&mut state.device_mut(serial_number)?.tags, &pairs)
}

pub(super) fn untag(form: &Form, state: &mut State) -> Result<(), Refusal> {
    let mut input = Input::new(form);
    let serial_number = input.required(&SERIAL_NUMBER);
    let keys = input.tag_keys(&TAG_KEY);
    input.finish()?;
    check_unique(&keys)?;
    let device = state.device_mut(serial_number)?;
    for key in keys {
        device.tags.remove(key);
    }
    Ok(())
}

pub(super) fn list(form: &Form, state: &mut State) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let serial_number = input.required(&SERIAL_NUMBER);
    let page = Page::of(&mut input);
    input.finish()?;
    let tags = &state.device(serial_number)?.tags;
    let items = tags.by_key().map(|(key, tag)| (key.clone(), members(tag))).collect();
    page.cut("Tags", &format!("ListMFADeviceTags {serial_number}"), items, state)
}

/// Sets all tags, or none if one is invalid.
pub(super) fn apply(tags: &mut Tags, pairs: &[(&str, &str)]) -> Result<(), Refusal> {
    let keys: Vec<&str> = pairs.iter().map(|(key, _)| *key).collect();
    check_unique(&keys)?;
    if keys.iter().any(|key| key.to_lowercase().starts_with("aws:")) {
        return Err(Refusal::invalid_input(
            "Caller is not allowed to set system tags: keys must not start with aws:.",
        ));
    }
    if tags.count_with(&keys) > MAX_TAGS {
        return Err(Refusal::limit_exceeded(
            "The number of tags has reached the maximum limit of 50.",
        ));
    }
    for (key, value) in pairs {
        tags.set(key, value);
    }
    Ok(())
}

pub(super) fn node(tags: &[Tag]) -> Node {
    Node::List("Tags", tags.iter().map(members).collect())
}

fn check_unique(keys: &[&str]) -> Result<(), Refusal> {
    let distinct: HashSet<String> = keys.iter().map(|key| key.to_lowercase()).collect();
    if distinct.len() == keys.len() {
        return Ok(());
    }
    Err(Refusal::invalid_input(
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
    ))
}

fn members(tag: &Tag) -> Vec<Node> {
    vec![Node::text("Key", &tag.key), Node::text("Value", &tag.value)]
}
