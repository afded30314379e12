//! The operations.

mod devices;
mod paging;
mod parameters;
mod tags;
mod users;
mod virtual_devices;

use crate::clock::Clock;
use crate::error::Refusal;
use crate::form::Form;
use crate::state::State;
use crate::xml::Node;

/// The version of the API that this endpoint implements.
pub(crate) const VERSION: &str = "2010-05-08";

/// The members of a result; `None` for the operations that return nothing.
pub(crate) type Outcome = Result<Option<Vec<Node>>, Refusal>;

/// Runs the operation that the form names.
pub(crate) fn run(form: &Form, state: &mut State, clock: &Clock) -> Outcome {
    let Some(action) = form.get("Action").filter(|action| !action.is_empty()) else {
        let message = "The request is missing an action or a required parameter.";
        return Err(Refusal::new(400, "MissingAction", message));
    };
    let version = form.get("Version").unwrap_or("NO_VERSION_SPECIFIED");
    if version != VERSION {
        return Err(unknown_operation(action, version));
    }
    match action {
        "CreateUser" => users::create(form, state, clock).map(Some),
        "GetUser" => users::get(form, state).map(Some),
        "CreateVirtualMFADevice" => virtual_devices::create(form, state).map(Some),
        "DeleteVirtualMFADevice" => virtual_devices::delete(form, state).map(|()| None),
        "ListVirtualMFADevices" => virtual_devices::list(form, state).map(Some),
        "EnableMFADevice" => devices::enable(form, state, clock).map(|()| None),
        "ResyncMFADevice" => devices::resync(form, state, clock).map(|()| None),
        "DeactivateMFADevice" => devices::deactivate(form, state).map(|()| None),
        "ListMFADevices" => devices::list(form, state).map(Some),
        "TagMFADevice" => tags::tag(form, state).map(|()| None),
        "UntagMFADevice" => tags::untag(form, state).map(|()| None),
        "ListMFADeviceTags" => tags::list(form, state).map(Some),
        _ => Err(unknown_operation(action, version)),
    }
}

fn unknown_operation(action: &str, version: &str) -> Refusal {
    let message = format!("Could not find operation {action} for version {version}");
    Refusal::new(400, "InvalidAction", message)
}
