//! An endpoint with a user and a device, and a client that does not pause.

use std::time::Duration;

use local_iam::{LocalIam, VirtualMfaDevice};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::types::Tag;
use pagesmith::{Client, ClientBuilder, Error, Retry};

/// The six methods of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    List,
    Enable,
    Resync,
    Deactivate,
    Tag,
    Untag,
}

impl Method {
    pub(crate) const ALL: [Self; 6] =
        [Self::List, Self::Enable, Self::Resync, Self::Deactivate, Self::Tag, Self::Untag];

    pub(crate) fn action(self) -> &'static str {
        match self {
            Self::List => "ListMFADevices",
            Self::Enable => "EnableMFADevice",
            Self::Resync => "ResyncMFADevice",
            Self::Deactivate => "DeactivateMFADevice",
            Self::Tag => "TagMFADevice",
            Self::Untag => "UntagMFADevice",
        }
    }
}

pub(crate) struct World {
    pub(crate) iam: LocalIam,
    pub(crate) device: VirtualMfaDevice,
}

impl World {
    /// Sets up the endpoint so that `method` succeeds once. No requests are recorded.
    pub(crate) async fn ready_for(method: Method) -> Self {
        let iam = LocalIam::start().await.unwrap();
        iam.create_user("alice").unwrap();
        let device = iam.create_virtual_mfa_device("phone").unwrap();
        let world = Self { iam, device };
        let client = world.client().build().unwrap();
        if !matches!(method, Method::Enable) {
            world.call(&client, Method::Enable).await.unwrap();
        }
        if matches!(method, Method::Untag) {
            world.call(&client, Method::Tag).await.unwrap();
        }
        world.iam.clear_requests();
        world
    }

    /// A builder of a client for this endpoint, with short time limits.
    pub(crate) fn client(&self) -> ClientBuilder {
        client(&self.iam)
    }

    /// Calls `method`, and returns the number of rows of a listing.
    pub(crate) async fn call(&self, client: &Client, method: Method) -> Result<usize, Error> {
        let devices = mfa_devices(client);
        let serial_number = self.device.serial_number();
        match method {
            Method::List => {
                return Ok(devices.list().user_name("alice").send().await?.mfa_devices.len());
            }
            Method::Enable => {
                let [first, second] = self.device.codes();
                devices
                    .enable()
                    .user_name("alice")
                    .serial_number(serial_number)
                    .authentication_code1(first)
                    .authentication_code2(second)
                    .send()
                    .await?;
            }
            Method::Resync => {
                let [first, second] = self.device.codes();
                devices
                    .resync()
                    .user_name("alice")
                    .serial_number(serial_number)
                    .authentication_code1(first)
                    .authentication_code2(second)
                    .send()
                    .await?;
            }
            Method::Deactivate => {
                devices.deactivate().user_name("alice").serial_number(serial_number).send().await?;
            }
            Method::Tag => {
                let tags = [Tag::new("Team", "Security")];
                devices.tag().serial_number(serial_number).tags(tags).send().await?;
            }
            Method::Untag => {
                devices.untag().serial_number(serial_number).tag_keys(["Team"]).send().await?;
            }
        }
        Ok(0)
    }

    /// Whether `method` has had its effect.
    pub(crate) fn is_done(&self, method: Method) -> bool {
        let tags = || self.iam.tags_of(self.device.serial_number()).unwrap();
        let devices = || self.iam.devices_of("alice").unwrap();
        match method {
            Method::List => true,
            Method::Enable => devices().len() == 1,
            Method::Deactivate => devices().is_empty(),
            Method::Tag => tags().len() == 1,
            Method::Untag => tags().is_empty(),
            Method::Resync => self.executions(Method::Resync) > 0,
        }
    }

    /// The number of times that the endpoint carried `method` out.
    pub(crate) fn executions(&self, method: Method) -> usize {
        self.iam.executions(method.action()).iter().map(local_iam::Execution::succeeded).sum()
    }
}

pub(crate) fn client(iam: &LocalIam) -> ClientBuilder {
    Client::builder("us-east-1")
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .endpoint_url(iam.endpoint_url())
        .response_limit(64 * 1024)
        .attempt_timeout(Duration::from_millis(250))
        .retry(Retry::standard().first_pause(Duration::ZERO))
}
