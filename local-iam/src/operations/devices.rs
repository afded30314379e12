//! `EnableMFADevice`, `ResyncMFADevice`, `DeactivateMFADevice` and `ListMFADevices`.

use super::paging::Page;
use super::parameters::{CODE_1, CODE_2, SERIAL_NUMBER, USER_NAME, check_name};
use crate::clock::{Clock, rfc3339};
use crate::error::Refusal;
use crate::form::{Form, Input};
use crate::state::{Assignment, Device, MfaDevice, State, UserKey};
use crate::xml::Node;

/// The maximum number of devices of a user.
const MAX_DEVICES: usize = 8;

pub(super) fn enable(form: &Form, state: &mut State, clock: &Clock) -> Result<(), Refusal> {
    let parameters = Verification::of(form)?;
    let (user, _) = state.user(Some(parameters.user_name))?;
    if state.device(parameters.serial_number)?.assignment.is_some() {
        return Err(Refusal::already_exists(format!(
            "The MFA device with serial number {} is already assigned.",
            parameters.serial_number
        )));
    }
    if state.devices_of(&user).len() >= MAX_DEVICES {
        return Err(Refusal::limit_exceeded(format!(
            "Cannot exceed quota for MFADevicesPerUser: {MAX_DEVICES}"
        )));
    }
    let device = state.device_mut(parameters.serial_number)?;
    parameters.check_codes(device, clock)?;
    device.assignment = Some(Assignment { user, enable_date: clock.now() });
    Ok(())
}

pub(super) fn resync(form: &Form, state: &mut State, clock: &Clock) -> Result<(), Refusal> {
    let parameters = Verification::of(form)?;
    let (user, _) = state.user(Some(parameters.user_name))?;
    let device = enabled_device(state, parameters.serial_number, &user)?;
    parameters.check_codes(device, clock)
}

pub(super) fn deactivate(form: &Form, state: &mut State) -> Result<(), Refusal> {
    let mut input = Input::new(form);
    let user_name = input.optional(&USER_NAME);
    let serial_number = input.required(&SERIAL_NUMBER);
    input.finish()?;
    user_name.map_or(Ok(()), |name| check_name(USER_NAME.member, name))?;
    let (user, _) = state.user(user_name)?;
    enabled_device(state, serial_number, &user)?.assignment = None;
    Ok(())
}

pub(super) fn list(form: &Form, state: &mut State) -> Result<Vec<Node>, Refusal> {
    let mut input = Input::new(form);
    let user_name = input.optional(&USER_NAME);
    let page = Page::of(&mut input);
    input.finish()?;
    user_name.map_or(Ok(()), |name| check_name(USER_NAME.member, name))?;
    let (user, found) = state.user(user_name)?;
    let listing = format!("ListMFADevices {}", found.user_id);
    let devices = state.devices_of(&user).into_iter();
    let items = devices.map(|device| (device.serial_number.clone(), members(&device))).collect();
    page.cut("MFADevices", &listing, items, state)
}

/// The parameters that Enable and Resync share.
struct Verification<'a> {
    user_name: &'a str,
    serial_number: &'a str,
    codes: [&'a str; 2],
}

impl<'a> Verification<'a> {
    fn of(form: &'a Form) -> Result<Self, Refusal> {
        let mut input = Input::new(form);
        let parameters = Self {
            user_name: input.required(&USER_NAME),
            serial_number: input.required(&SERIAL_NUMBER),
            codes: [input.required(&CODE_1), input.required(&CODE_2)],
        };
        input.finish()?;
        check_name(USER_NAME.member, parameters.user_name)?;
        Ok(parameters)
    }

    fn check_codes(&self, device: &mut Device, clock: &Clock) -> Result<(), Refusal> {
        let [first, second] = self.codes;
        if device.codes.accept(first, second, clock.one_time_code_seconds()) {
            return Ok(());
        }
        let message = "Authentication code for device is not valid.";
        Err(Refusal::new(403, "InvalidAuthenticationCode", message))
    }
}

fn enabled_device<'a>(
    state: &'a mut State,
    serial_number: &str,
    user: &UserKey,
) -> Result<&'a mut Device, Refusal> {
    let device = state.device_mut(serial_number)?;
    let assigned = device.assignment.as_ref().is_some_and(|assignment| assignment.user == *user);
    if assigned { Ok(device) } else { Err(not_enabled(serial_number)) }
}

fn not_enabled(serial_number: &str) -> Refusal {
    Refusal::no_such_entity(format!(
        "The MFA device with serial number {serial_number} is not enabled for the user."
    ))
}

fn members(device: &MfaDevice) -> Vec<Node> {
    vec![
        Node::text("UserName", &device.user_name),
        Node::text("SerialNumber", &device.serial_number),
        Node::text("EnableDate", rfc3339(device.enable_date)),
    ]
}
