//! [`LocalIam`]: what a test holds.

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

/// An IAM endpoint on the loopback interface, alive until it is dropped.
///
/// # Example
///
/// In an asynchronous test the endpoint runs on the test's own runtime:
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

    /// Starts an endpoint with fresh credentials on the current tokio runtime, which needs its IO
    /// and time drivers.
    ///
    /// # Errors
    ///
    /// [`Error::Start`] outside a tokio runtime or when no socket can be bound;
    /// [`Error::Randomness`] when the operating system has none.
    pub async fn start() -> Result<Self, Error> {
        Self::builder().start().await
    }

    /// Starts an endpoint with fresh credentials on a thread of its own, for code that has no
    /// runtime. Dropping it waits for that thread.
    ///
    /// # Errors
    ///
    /// [`Error::Start`] when no socket can be bound or no thread started; [`Error::Randomness`]
    /// when the operating system has none.
    pub fn start_blocking() -> Result<Self, Error> {
        Self::builder().start_blocking()
    }

    /// Sets up an endpoint before it starts.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Ends the endpoint, and returns once its port is closed. Dropping it ends it too.
    pub async fn stop(self) {
        self.server.stop().await;
    }

    /// Where it listens, for example `http://127.0.0.1:49152`.
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

    /// The session token that requests must carry, if the builder set one.
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
    /// `name`: 1 to 64 letters, digits or `_+=,.@-`; unique without regard to case.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] as `CreateUser` refuses.
    pub fn create_user(&self, name: &str) -> Result<User, Error> {
        self.run(&[("Action", "CreateUser"), ("UserName", name)])?;
        Ok(lock(&self.shared.state).user(Some(name))?.1.clone())
    }

    /// Creates a virtual device without a request over HTTP. It is not enabled for anyone yet.
    ///
    /// # Arguments
    ///
    /// `name`: letters, digits or `_+=,.@-`; unique in the account.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] as `CreateVirtualMFADevice` refuses.
    pub fn create_virtual_mfa_device(&self, name: &str) -> Result<VirtualMfaDevice, Error> {
        self.run(&[("Action", "CreateVirtualMFADevice"), ("VirtualMFADeviceName", name)])?;
        let state = lock(&self.shared.state);
        let serial_number = state.arn("mfa", "/", name);
        let seed = state.device(&serial_number)?.seed;
        let (shared_state, clock) = (Arc::clone(&self.shared.state), self.shared.clock.clone());
        Ok(VirtualMfaDevice::new(serial_number, seed, shared_state, clock))
    }

    /// The devices that are enabled for a user, by serial number.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with `NoSuchEntity` when there is no such user.
    pub fn devices_of(&self, user_name: &str) -> Result<Vec<MfaDevice>, Error> {
        let state = lock(&self.shared.state);
        let (key, _) = state.user(Some(user_name))?;
        Ok(state.devices_of(&key))
    }

    /// The tags of a device, by key.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] with `NoSuchEntity` when there is no such device.
    pub fn tags_of(&self, serial_number: &str) -> Result<Vec<Tag>, Error> {
        Ok(lock(&self.shared.state).device(serial_number)?.tags.to_vec())
    }

    /// Moves the clock for one-time codes on, to the full second; dates and signatures keep to the
    /// clock of the builder.
    ///
    /// For tests that make codes from the seed themselves. [`VirtualMfaDevice::codes`] does not
    /// need it.
    pub fn advance(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// The requests that were read, oldest first; the last 10,000 are kept.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.shared.journal).requests()
    }

    /// Forgets the requests so far.
    pub fn clear_requests(&self) {
        lock(&self.shared.journal).clear_requests();
    }

    /// How often an operation ran, per subject and pair of codes.
    ///
    /// # Arguments
    ///
    /// `action`: the operation, for example `EnableMFADevice`.
    #[must_use]
    pub fn executions(&self, action: &str) -> Vec<Execution> {
        lock(&self.shared.journal).executions(action)
    }

    /// How often an operation ran with one subject, whatever the codes: the sum over
    /// [`executions`](Self::executions), for tests that ask often.
    ///
    /// # Arguments
    ///
    /// `action`: the operation, for example `EnableMFADevice`. `subject`: what the request is about, see
    /// [`Execution::subject`].
    #[must_use]
    pub fn execution_count(&self, action: &str, subject: &str) -> usize {
        lock(&self.shared.journal).execution_count(action, subject)
    }

    /// Queues a fault behind those that still wait.
    pub fn inject(&self, fault: Fault) {
        lock(&self.shared.faults).inject(fault);
    }

    /// Strikes requests by chance, when no queued fault does: refusals that a client may retry,
    /// resets, and truncated answers.
    ///
    /// # Arguments
    ///
    /// `seed`: the same seed and order of requests give the same faults. `probability`: from 0 to
    /// 1, for each request.
    pub fn inject_random(&self, seed: u64, probability: f64) {
        lock(&self.shared.faults).inject_random(seed, probability);
    }

    /// Forgets every fault that waits, and those by chance.
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
