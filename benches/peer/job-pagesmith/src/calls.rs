//! The calls of the SDK that the program imports as `sdk`, by the client that it imports.

use crate::Client;
use crate::sdk::mfa_devices;
use crate::sdk::types::Tag;
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
pub(crate) struct Pagesmith(Client);

impl Sdk for Pagesmith {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let client = Client::builder(job::REGION)
            .credentials(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None)
            .endpoint_url(endpoint)
            .build()?;
        Ok(Self(client))
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        let devices = mfa_devices(&self.0);
        let [first, second] = job::CODES;
        let mut seen = Seen::default();
        match method {
            Method::List => {
                let page = devices.list().user_name(user_name).send().await?;
                for row in &page.mfa_devices {
                    let serial_number = row.serial_number.as_str();
                    seen.row(&row.user_name, serial_number, row.enable_date.unix_timestamp());
                }
            }
            Method::Deactivate => {
                let call = devices.deactivate().serial_number(job::SERIAL_NUMBER);
                call.user_name(user_name).send().await?;
            }
            Method::Enable => {
                let call = devices.enable().serial_number(job::SERIAL_NUMBER).user_name(user_name);
                call.authentication_code1(first).authentication_code2(second).send().await?;
            }
            Method::Resync => {
                let call = devices.resync().serial_number(job::SERIAL_NUMBER).user_name(user_name);
                call.authentication_code1(first).authentication_code2(second).send().await?;
            }
            Method::Tag => {
                let (key, value) = job::TAG;
                let call = devices.tag().serial_number(job::SERIAL_NUMBER);
                call.tags([Tag::new(key, value)]).send().await?;
            }
            Method::Untag => {
                let call = devices.untag().serial_number(job::SERIAL_NUMBER);
                call.tag_keys([job::TAG.0]).send().await?;
            }
        }
        Ok(seen)
    }
}
