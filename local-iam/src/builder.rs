//! What can be set before an endpoint starts.

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

/// Sets up a [`LocalIam`].
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
    /// The credentials that requests must be signed with; random ones unless set.
    pub fn credentials(
        mut self,
        access_key_id: impl Into<String>,
        secret_access_key: impl Into<String>,
    ) -> Self {
        self.credentials = Some((access_key_id.into(), secret_access_key.into()));
        self
    }

    /// A session token that every request must then carry; none unless set, and requests with one
    /// are then refused.
    pub fn session_token(mut self, session_token: impl Into<String>) -> Self {
        self.session_token = Some(session_token.into());
        self
    }

    /// The region that requests must be signed for; `us-east-1` unless set.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = region.into();
        self
    }

    /// The account id in resource names; `123456789012` unless set.
    pub fn account_id(mut self, account_id: impl Into<String>) -> Self {
        self.account_id = account_id.into();
        self
    }

    /// The partition in resource names; `aws` unless set.
    pub fn partition(mut self, partition: impl Into<String>) -> Self {
        self.partition = partition.into();
        self
    }

    /// The user whom a request means that names none; `caller` unless set. It exists from the
    /// start.
    pub fn caller(mut self, user_name: impl Into<String>) -> Self {
        self.caller = user_name.into();
        self
    }

    /// The clock for dates, signatures and one-time codes; the system's unless set.
    pub fn clock(mut self, clock: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.clock = Clock::new(Arc::new(clock));
        self
    }

    /// Starts the endpoint on the current tokio runtime.
    ///
    /// # Errors
    ///
    /// As [`LocalIam::start`], and [`Error::Refused`] when IAM would refuse the caller's name.
    #[expect(clippy::unused_async, reason = "only a future is sure to be polled on a runtime")]
    pub async fn start(self) -> Result<LocalIam, Error> {
        self.start_with(Server::spawn)
    }

    /// Starts the endpoint on a thread of its own.
    ///
    /// # Errors
    ///
    /// As [`LocalIam::start_blocking`], and [`Error::Refused`] when IAM would refuse the caller's
    /// name.
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
