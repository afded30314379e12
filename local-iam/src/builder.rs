//! The builder of an endpoint.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use crate::clock::Clock;
use crate::endpoint::LocalIam;
use crate::error::Error;
use crate::fault::Faults;
use crate::random::Random;
use crate::record::Journal;
use crate::server::{Server, Shared, Started};
use crate::signature::Credentials;
use crate::state::State;

/// A builder that configures and starts a [`LocalIam`].
///
/// # Example
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
///
/// # fn main() -> Result<(), local_iam::Error> {
/// let iam = local_iam::LocalIam::builder()
///     .credentials("AKIAEXAMPLE", "a secret of this test")
///     .partition("aws-cn")
///     .region("cn-north-1")
///     .clock(|| UNIX_EPOCH + Duration::from_secs(1_440_938_160))
///     .start_blocking()?;
/// let phone = iam.create_virtual_mfa_device("alice-phone")?;
/// assert_eq!(phone.serial_number(), "arn:aws-cn:iam::123456789012:mfa/alice-phone");
/// # Ok(())
/// # }
/// ```
#[must_use]
pub struct Builder {
    credentials: Option<(String, String)>,
    session_token: Option<String>,
    region: String,
    account_id: String,
    partition: String,
    caller: String,
    clock: Clock,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            credentials: None,
            session_token: None,
            region: "us-east-1".into(),
            account_id: "123456789012".into(),
            partition: "aws".into(),
            caller: "caller".into(),
            clock: Clock::new(Arc::new(SystemTime::now)),
        }
    }
}

impl Builder {
    /// Sets the credentials that requests must be signed with. The default is random credentials.
    pub fn credentials(
        mut self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        self.credentials = Some((access_key_id.into(), secret_access_key.into()));
        self
    }

    /// Sets a session token that every request must have. By default there is none, and requests
    /// with a session token are refused.
    pub fn session_token(mut self, session_token: impl Into<String>) -> Self {
        self.session_token = Some(session_token.into());
        self
    }

    /// Sets the region that requests must be signed for. The default is `us-east-1`.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// Sets the account id in ARNs. The default is `123456789012`.
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = account_id.into();
        self
    }

    /// Sets the partition in ARNs. The default is `aws`.
    pub fn partition(mut self, partition: impl Into<String>) -> Self {
        self.partition = partition.into();
        self
    }

    /// Sets the user that is used if a request has no `UserName`. The default is `caller`. The
    /// endpoint creates this user when it starts.
    pub fn caller(mut self, user_name: impl Into<String>) -> Self {
        self.caller = user_name.into();
        self
    }

    /// Sets the clock for dates, signatures and one-time codes. The default is the system clock.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(Arc::new(clock));
        self
    }

    /// Starts the endpoint on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// The errors of [`LocalIam::start`], and [`Error::Refused`] if IAM does not accept the caller's name.
    #[expect(
        clippy::unused_async,
        reason = "an async function makes sure that the code runs on a runtime"
    )]
    pub async fn start(self) -> Result<LocalIam, Error> {
        self.start_with(Server::spawn)
    }

    /// Starts the endpoint on a separate thread.
    ///
    /// # Errors
    ///
    /// The errors of [`LocalIam::start_blocking`], and [`Error::Refused`] if IAM does not accept
    /// the caller's name.
    pub fn start_blocking(self) -> Result<LocalIam, Error> {
        self.start_with(Server::spawn_thread)
    }

    fn start_with(
        self,
        spawn: fn(Arc<Shared>) -> Result<Started, Error>,
    ) -> Result<LocalIam, Error> {
        let mut random = Random::from_system()?;
        let (access_key_id, secret_access_key) = self
            .credentials
            .unwrap_or_else(|| (random.identifier("AKIA"), random.secret_access_key()));
        let credentials = Credentials {
            access_key_id,
            secret_access_key,
            session_token: self.session_token,
            region: self.region,
        };
        let state = State::new(self.account_id, self.partition, self.caller.clone(), random);
        let shared = Arc::new(Shared {
            credentials,
            clock: self.clock,
            state: Arc::new(Mutex::new(state)),
            journal: Mutex::new(Journal::default()),
            faults: Mutex::new(Faults::default()),
        });
        let started = spawn(Arc::clone(&shared))?;
        let iam = LocalIam::new(started, shared);
        iam.create_user(&self.caller)?;
        Ok(iam)
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("region", &self.region)
            .field("account_id", &self.account_id)
            .field("partition", &self.partition)
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}
