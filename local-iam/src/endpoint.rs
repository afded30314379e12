//! The endpoint, [`LocalIam`].

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::builder::Builder;
use crate::error::{Error, Refusal};
use crate::fault::Fault;
use crate::form::Form;
use crate::operations;
use crate::record::{Execution, RecordedRequest};
use crate::server::{Server, Shared, Started};
use crate::state::{MfaDevice, Tag, User, VirtualMfaDevice, lock};

/// An IAM endpoint on the loopback interface. It stops when it is dropped.
///
/// # Example
///
/// In an asynchronous test, the endpoint runs on the runtime of the test:
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let iam = local_iam::LocalIam::start().await?;
/// assert!(iam.endpoint_url().starts_with("http://127.0.0.1:"));
/// iam.create_user("alice")?;
/// # Ok::<(), local_iam::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct LocalIam {
    endpoint_url: String,
    shared: Arc<Shared>,
    server: Server,
}

impl LocalIam {
    pub(crate) fn new(started: Started, shared: Arc<Shared>) -> Self {
        let Started { address, server } = started;
        Self { endpoint_url: format!("http://{address}"), shared, server }
    }

    /// Starts an endpoint with random credentials on the current tokio runtime, which must have its
    /// IO and time drivers enabled.
    ///
    /// # Errors
    ///
    /// [`Error::Start`] outside a tokio runtime or if no socket can be bound; [`Error::Randomness`]
    /// if the operating system provides no random numbers.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Starts an endpoint with random credentials on a separate thread, for code without a runtime.
    /// Dropping it waits for that thread.
    ///
    /// # Errors
    ///
    /// [`Error::Start`] if no socket can be bound or no thread can be started;
    /// [`Error::Randomness`] if the operating system provides no random numbers.
    pub fn start_blocking() -> Result<Self, Error> {
        Self::builder().start_blocking()
    }

    /// Returns a builder, which configures an endpoint before it starts.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Stops the endpoint, and returns after its port is closed. Dropping the endpoint stops it too.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// The URL of the endpoint, for example `http://127.0.0.1:49152`.
    #[must_use]
    pub fn endpoint_url(&self) -> &str {
        &self.endpoint_url
    }

    /// The access key id that requests must be signed with.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.shared.credentials.access_key_id
    }

    /// The secret access key that requests must be signed with.
    #[must_use]
    pub fn secret_access_key(&self) -> &str {
        &self.shared.credentials.secret_access_key
    }

    /// The session token that requests must have, if the builder set one.
    #[must_use]
    pub fn session_token(&self) -> Option<&str> {
        self.shared.credentials.session_token.as_deref()
    }

    /// The region that requests must be signed for.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.shared.credentials.region
    }

    /// Creates a user without a request over HTTP.
    ///
    /// # Arguments
    ///
    /// `name`: 1 to 64 letters, digits or `_+=,.@-`; unique, ignoring case.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] in the cases in which `CreateUser` returns an error.
    pub fn create_user(&self, name: &str) -> Result<User, Error> {
        self.run(&[("Action", "CreateUser"), ("UserName", name)])?;
        Ok(lock(&self.shared.state).user(Some(name))?.1.clone())
    }

    /// Creates a virtual device without a request over HTTP. It is not enabled for a user yet.
    ///
    /// # Arguments
    ///
    /// `name`: letters, digits or `_+=,.@-`; unique in the account.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] in the cases in which `CreateVirtualMFADevice` returns an error.
    pub fn create_virtual_mfa_device(&self, name: &str) -> Result<VirtualMfaDevice, Error> {
        self.run(&[("Action", "CreateVirtualMFADevice"), ("VirtualMFADeviceName", name)])?;
        let state = lock(&self.shared.state);
        let serial_number = state.arn("mfa", "/", name);
        let seed = state.device(&serial_number)?.seed;
        let (shared_state, clock) = (Arc::clone(&self.shared.state), self.shared.clock.clone());
        Ok(VirtualMfaDevice::new(serial_number, seed, shared_state, clock))
    }

    /// The devices that are enabled for a user, sorted by serial number.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with `NoSuchEntity` if the user does not exist.
    pub fn devices_of(&self, user_name: &str) -> Result<Vec<MfaDevice>, Error> {
        let state = lock(&self.shared.state);
        let (key, _) = state.user(Some(user_name))?;
        Ok(state.devices_of(&key))
    }

    /// The tags of a device, sorted by key.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with `NoSuchEntity` if the device does not exist.
    pub fn tags_of(&self, serial_number: &str) -> Result<Vec<Tag>, Error> {
        Ok(lock(&self.shared.state).device(serial_number)?.tags.to_vec())
    }

    /// Advances the clock for one-time codes by whole seconds. Dates and signatures still use the
    /// clock of the builder.
    ///
    /// For tests that compute codes from the seed. [`VirtualMfaDevice::codes`] does not need it.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// The received requests, oldest first. Only the last 10,000 requests are stored.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared.journal).requests()
    }

    /// Deletes the recorded requests.
    pub fn clear_requests(&self) {
        lock(&self.shared.journal).clear_requests();
    }

    /// How often an operation ran, for each subject and pair of codes.
    ///
    /// # Arguments
    ///
    /// `action`: the operation, for example `EnableMFADevice`.
    #[must_use]
    pub fn executions(&self, action: &str) -> Vec<Execution> {
        lock(&self.shared.journal).executions(action)
    }

    /// How often an operation ran with one subject and any codes. This is the sum over
    /// [`executions`](Self::executions), but faster.
    ///
    /// # Arguments
    ///
    /// `action`: the operation, for example `EnableMFADevice`. `subject`: see [`Execution::subject`].
    #[must_use]
    pub fn execution_count(&self, action: &str, subject: &str) -> usize {
        lock(&self.shared.journal).execution_count(action, subject)
    }

    /// Appends a fault to the queue of faults.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).inject(fault);
    }

    /// Injects random faults into requests that match no queued fault: errors that a client may
    /// retry, connection resets, and truncated responses.
    ///
    /// # Arguments
    ///
    /// `seed`: the same seed and order of requests give the same faults. `probability`: the
    /// probability of a fault for each request, from 0 to 1.
    pub fn inject_random(&self, seed: u64, probability: f64) {
        lock(&self.shared.faults).inject_random(seed, probability);
    }

    /// Removes all queued faults, and stops random faults.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    fn run(&self, parameters: &[(&str, &str)]) -> Result<(), Refusal> {
        let version = [("Version", operations::VERSION)];
        let form = Form::from_pairs(parameters.iter().chain(&version));
        operations::run(&form, &mut lock(&self.shared.state), &self.shared.clock).map(|_| ())
    }
}

impl fmt::Debug for LocalIam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalIam")
            .field("endpoint_url", &self.endpoint_url)
            .field("access_key_id", &self.shared.credentials.access_key_id)
            .field("region", &self.shared.credentials.region)
            .finish_non_exhaustive()
    }
}
