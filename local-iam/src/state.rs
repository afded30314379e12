//! The state of the account: users, devices, tags, and the markers of listings.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD};
use sha2::{Digest, Sha256};

use crate::clock::Clock;
use crate::error::Refusal;
use crate::random::{Random, SEED_LENGTH};
use crate::totp::CodeGenerator;

/// A user of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct User {
    /// The name, with the case with which the user was created.
    pub user_name: String,
    /// The path. The default is `/`.
    pub path: String,
    /// The unique identifier: `AIDA` and 16 characters.
    pub user_id: String,
    /// The Amazon Resource Name (ARN).
    pub arn: String,
    /// When the user was created, by the endpoint's clock.
    pub create_date: SystemTime,
    /// The tags given at creation.
    pub tags: Vec<Tag>,
}

/// A device that is enabled for a user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MfaDevice {
    /// The user for whom it is enabled.
    pub user_name: String,
    /// The serial number. For a virtual device it is the ARN.
    pub serial_number: String,
    /// When it was enabled, by the endpoint's clock.
    pub enable_date: SystemTime,
}

/// A tag of a device or a user.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tag {
    /// The key, unique ignoring case.
    pub key: String,
    /// The value, which may be empty.
    pub value: String,
}

/// A virtual device.
pub(crate) struct Device {
    pub(crate) seed: [u8; SEED_LENGTH],
    pub(crate) codes: CodeGenerator,
    pub(crate) assignment: Option<Assignment>,
    pub(crate) tags: Tags,
}

/// The user for whom a device is enabled, and the date.
pub(crate) struct Assignment {
    pub(crate) user: UserKey,
    pub(crate) enable_date: SystemTime,
}

/// A user name that is compared ignoring case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct UserKey(String);

impl UserKey {
    pub(crate) fn of(name: &str) -> Self {
        Self(name.to_lowercase())
    }
}

/// Tags by key. A tag whose key differs only in case replaces the earlier one.
#[derive(Default)]
pub(crate) struct Tags(BTreeMap<String, Tag>);

impl Tags {
    pub(crate) fn set(&mut self, key: &str, value: &str) {
        let tag = Tag { key: key.to_owned(), value: value.to_owned() };
        self.0.insert(key.to_lowercase(), tag);
    }

    pub(crate) fn remove(&mut self, key: &str) {
        self.0.remove(&key.to_lowercase());
    }

    /// The number of tags after these keys are set.
    pub(crate) fn count_with(&self, keys: &[&str]) -> usize {
        let new = keys.iter().filter(|key| !self.0.contains_key(&key.to_lowercase())).count();
        self.0.len() + new
    }

    pub(crate) fn by_key(&self) -> impl Iterator<Item = (&String, &Tag)> {
        self.0.iter()
    }

    pub(crate) fn to_vec(&self) -> Vec<Tag> {
        self.0.values().cloned().collect()
    }
}

/// The account.
pub(crate) struct State {
    pub(crate) account_id: String,
    pub(crate) partition: String,
    /// The user that is used if a request has no `UserName`.
    pub(crate) caller: String,
    pub(crate) users: BTreeMap<UserKey, User>,
    pub(crate) devices: BTreeMap<String, Device>,
    pub(crate) random: Random,
    /// For each marker: the listing, and the last key of the previous page.
    markers: HashMap<String, (String, String)>,
}

impl State {
    pub(crate) fn new(
        account_id: String,
        partition: String,
        caller: String,
        random: Random,
    ) -> Self {
        Self {
            account_id,
            partition,
            caller,
            users: BTreeMap::new(),
            devices: BTreeMap::new(),
            random,
            markers: HashMap::new(),
        }
    }

    pub(crate) fn arn(&self, kind: &str, path: &str, name: &str) -> String {
        format!("arn:{}:iam::{}:{kind}{path}{name}", self.partition, self.account_id)
    }

    /// Finds a user, or the caller when no name is given.
    pub(crate) fn user(&self, name: Option<&str>) -> Result<(UserKey, &User), Refusal> {
        let name = name.unwrap_or(&self.caller);
        let key = UserKey::of(name);
        match self.users.get(&key) {
            Some(user) => Ok((key, user)),
            None => {
                Err(Refusal::no_such_entity(format!("The user with name {name} cannot be found.")))
            }
        }
    }

    pub(crate) fn device(&self, serial_number: &str) -> Result<&Device, Refusal> {
        self.devices.get(serial_number).ok_or_else(|| unknown_device(serial_number))
    }

    pub(crate) fn device_mut(&mut self, serial_number: &str) -> Result<&mut Device, Refusal> {
        self.devices.get_mut(serial_number).ok_or_else(|| unknown_device(serial_number))
    }

    /// The devices enabled for a user, sorted by serial number.
    pub(crate) fn devices_of(&self, key: &UserKey) -> Vec<MfaDevice> {
        let Some(user) = self.users.get(key) else {
            return Vec::new();
        };
        let assigned = self.devices.iter().filter_map(|(serial_number, device)| {
            let assignment = device.assignment.as_ref().filter(|to| to.user == *key)?;
            Some(MfaDevice {
                user_name: user.user_name.clone(),
                serial_number: serial_number.clone(),
                enable_date: assignment.enable_date,
            })
        });
        assigned.collect()
    }

    /// Returns the marker that continues `listing` after `last`.
    ///
    /// The same page always has the same marker, so that the number of markers is bounded.
    pub(crate) fn marker(&mut self, listing: &str, last: &str) -> String {
        let digest = Sha256::new().chain_update(listing).chain_update([0]).chain_update(last);
        let marker = BASE64URL_NOPAD.encode(&digest.finalize());
        self.markers.insert(marker.clone(), (listing.to_owned(), last.to_owned()));
        marker
    }

    /// Returns the last key of the previous page. Returns an error if the marker is not one of `listing`.
    pub(crate) fn position(&self, listing: &str, marker: &str) -> Result<String, Refusal> {
        let known = self.markers.get(marker).filter(|(of, _)| of == listing);
        known.map(|(_, last)| last.clone()).ok_or_else(|| Refusal::validation("Invalid Marker."))
    }
}

fn unknown_device(serial_number: &str) -> Refusal {
    Refusal::no_such_entity(format!(
        "VirtualMFADevice with serial number {serial_number} does not exist."
    ))
}

/// Locks a mutex, even if it is poisoned by a panic in another thread: the state is consistent between calls.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A virtual device that [`LocalIam::create_virtual_mfa_device`] created, with its code generator.
/// It takes the place of an authenticator app.
///
/// [`LocalIam::create_virtual_mfa_device`]: crate::LocalIam::create_virtual_mfa_device
#[derive(Clone)]
pub struct VirtualMfaDevice {
    serial_number: String,
    seed: String,
    state: Arc<Mutex<State>>,
    clock: Clock,
}

impl VirtualMfaDevice {
    pub(crate) fn new(
        serial_number: String,
        seed: [u8; SEED_LENGTH],
        state: Arc<Mutex<State>>,
        clock: Clock,
    ) -> Self {
        Self { serial_number, seed: BASE32_NOPAD.encode(&seed), state, clock }
    }

    /// The serial number, for example `arn:aws:iam::123456789012:mfa/alice-phone`.
    #[must_use]
    pub fn serial_number(&self) -> &str {
        &self.serial_number
    }

    /// The seed in base32 without padding, as an authenticator app expects it.
    #[must_use]
    pub fn seed(&self) -> &str {
        &self.seed
    }

    /// Two consecutive codes that the endpoint accepts now, and that have not been used.
    ///
    /// Returns the same pair until `EnableMFADevice` or `ResyncMFADevice` has accepted it. The next
    /// pair is valid only later. The clock of this device is therefore advanced, so that a test
    /// does not have to wait. For a deleted device, both codes are `000000`.
    ///
    /// # Example
    ///
    /// ```
    /// # fn main() -> Result<(), local_iam::Error> {
    /// let iam = local_iam::LocalIam::start_blocking()?;
    /// let phone = iam.create_virtual_mfa_device("alice-phone")?;
    /// let [first, second] = phone.codes();
    /// assert!(first.chars().chain(second.chars()).all(|c| c.is_ascii_digit()));
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn codes(&self) -> [String; 2] {
        let seconds = self.clock.one_time_code_seconds();
        let mut state = lock(&self.state);
        match state.device_mut(&self.serial_number) {
            Ok(device) => device.codes.next_pair(seconds),
            Err(_) => [String::from("000000"), String::from("000000")],
        }
    }
}

impl fmt::Debug for VirtualMfaDevice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VirtualMfaDevice")
            .field("serial_number", &self.serial_number)
            .field("seed", &"** redacted **")
            .finish_non_exhaustive()
    }
}
