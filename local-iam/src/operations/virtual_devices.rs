//! `CreateVirtualMFADevice`, `DeleteVirtualMFADevice` and `ListVirtualMFADevices`.

use data_encoding::{BASE32_NOPAD, BASE64};

use super::paging::Page;
use super::parameters::{
    DEVICE_NAME, PATH, SERIAL_NUMBER, TAG_KEY, TAG_VALUE, check_name, check_path,
};
use super::{tags, users};
use crate::clock::rfc3339;
use crate::error::Refusal;
use crate::form::{Form, Input};
use crate::state::{Device, State, Tags};
use crate::totp::CodeGenerator;
use crate::xml::Node;

/// A placeholder for the QR code: a valid PNG of one white pixel.
///
/// A real QR code needs two more crates, and tests do not scan it.
const PNG: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, // signature
    0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, // header
    0x3A, 0x7E, 0x9B, 0x55, // its checksum
    0, 0, 0, 10, b'I', b'D', b'A', b'T', // data: one row, no filter, white
    0x78, 0x9C, 0x63, 0xF8, 0x0F, 0x00, 0x01, 0x01, 0x01, 0x00, // deflated
    0xB1, 0x38, 0xF6, 0x14, // its checksum
    0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82, // end
];

pub(super) fn create(form: &Form, state: &mut State) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let name = input.required(&DEVICE_NAME);
    let path = input.optional(&PATH).unwrap_or("/");
    let pairs = input.tags(&TAG_KEY, &TAG_VALUE, false);
    input.finish()?;
    check_name(DEVICE_NAME.member, name)?;
    check_path(path)?;
    let mut new_tags = Tags::default();
    tags::apply(&mut new_tags, &pairs)?;
    let serial_number = state.arn("mfa", path, name);
    if state.devices.contains_key(&serial_number) {
        return Err(Refusal::already_exists(
            "MFADevice entity at the same path and name already exists.",
        ));
    }
    let seed = state.random.seed();
    // A blob is encoded as base64, even if its content is text.
    let base32_seed = BASE64.encode(BASE32_NOPAD.encode(&seed).as_bytes());
    let mut members = vec![
        Node::text("SerialNumber", &serial_number),
        Node::text("Base32StringSeed", base32_seed),
        Node::text("QRCodePNG", BASE64.encode(PNG)),
    ];
    if !pairs.is_empty() {
        members.push(tags::node(&new_tags.to_vec()));
    }
    let device = Device { seed, codes: CodeGenerator::new(seed), assignment: None, tags: new_tags };
    state.devices.insert(serial_number, device);
    Ok(vec![Node::Structure("VirtualMFADevice", members)])
}

pub(super) fn delete(form: &Form, state: &mut State) -> Result<(), Refusal> {
    let mut input = Input::new(form);
    let serial_number = input.required(&SERIAL_NUMBER);
    input.finish()?;
    if state.device(serial_number)?.assignment.is_some() {
        let message = "MFA VirtualDevice in use. Must deactivate first.";
        return Err(Refusal::new(409, "DeleteConflict", message));
    }
    state.devices.remove(serial_number);
    Ok(())
}

pub(super) fn list(form: &Form, state: &mut State) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let words = ["Any", "Assigned", "Unassigned"];
    let status = input.one_of("AssignmentStatus", "assignmentStatus", &words);
    let page = Page::of(&mut input);
    input.finish()?;
    let matching = state.devices.iter().filter(|(_, device)| match status {
        "Assigned" => device.assignment.is_some(),
        "Unassigned" => device.assignment.is_none(),
        _ => true,
    });
    let items = matching.map(|(serial, device)| (serial.clone(), members(serial, device, state)));
    let items = items.collect();
    page.cut("VirtualMFADevices", &format!("ListVirtualMFADevices {status}"), items, state)
}

/// The members of a listed device. IAM does not list the seed and the tags.
fn members(serial_number: &str, device: &Device, state: &State) -> Vec<Node> {
    let mut members = vec![Node::text("SerialNumber", serial_number)];
    if let Some(assignment) = &device.assignment {
        let user = state.users.get(&assignment.user);
        members.extend(user.map(|user| Node::Structure("User", users::members(user))));
        members.push(Node::text("EnableDate", rfc3339(assignment.enable_date)));
    }
    members
}
