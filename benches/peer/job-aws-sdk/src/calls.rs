//! The calls with `aws-sdk-iam`. Each program configures its client in `connect`.

use aws_sdk_iam::Client;
use aws_sdk_iam::config::Credentials;
use aws_sdk_iam::types::Tag;
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
pub(crate) struct Aws(Client);

impl Sdk for Aws {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        Ok(Self(crate::connect(endpoint).await?))
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        call(&self.0, method, user_name).await
    }
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None, None, "given")
}

/// Calls `method`.
async fn call(client: &Client, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
    let [first, second] = job::CODES;
    let (serial_number, mut seen) = (job::SERIAL_NUMBER, Seen::default());
    match method {
        Method::List => {
            let page = client.list_mfa_devices().user_name(user_name).send().await?;
            for row in page.mfa_devices() {
                seen.row(row.user_name(), row.serial_number(), row.enable_date().secs());
            }
        }
        Method::Deactivate => {
            let call = client.deactivate_mfa_device().serial_number(serial_number);
            call.user_name(user_name).send().await?;
        }
        Method::Enable => {
            let call = client.enable_mfa_device().serial_number(serial_number);
            let call = call.user_name(user_name).authentication_code1(first);
            call.authentication_code2(second).send().await?;
        }
        Method::Resync => {
            let call = client.resync_mfa_device().serial_number(serial_number);
            let call = call.user_name(user_name).authentication_code1(first);
            call.authentication_code2(second).send().await?;
        }
        Method::Tag => {
            let (key, value) = job::TAG;
            let tag = Tag::builder().key(key).value(value).build()?;
            client.tag_mfa_device().serial_number(serial_number).tags(tag).send().await?;
        }
        Method::Untag => {
            let call = client.untag_mfa_device().serial_number(serial_number);
            call.tag_keys(job::TAG.0).send().await?;
        }
    }
    Ok(seen)
}
