//! The job, with aws-sdk-iam on rustls over ring instead of its own default of TLS.

use aws_sdk_iam::Client;
use aws_sdk_iam::config::{BehaviorVersion, Config, Credentials, Region};
use aws_sdk_iam::types::Tag;
use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::Provider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use job::{Method, Problem, Sdk, Seen};

#[derive(Clone)]
struct Aws(Client);

impl Sdk for Aws {
    async fn connect(endpoint: &str) -> Result<Self, Problem> {
        let credentials =
            Credentials::new(job::ACCESS_KEY_ID, job::SECRET_ACCESS_KEY, None, None, "given");
        let http = Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).build_https();
        let config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static(job::REGION))
            .credentials_provider(credentials)
            .endpoint_url(endpoint)
            .http_client(http)
            .build();
        Ok(Self(Client::from_conf(config)))
    }

    async fn call(&self, method: Method, user_name: &'static str) -> Result<Seen, Problem> {
        let [first, second] = job::CODES;
        let (serial_number, mut seen) = (job::SERIAL_NUMBER, Seen::default());
        match method {
            Method::List => {
                let page = self.0.list_mfa_devices().user_name(user_name).send().await?;
                for row in page.mfa_devices() {
                    seen.row(row.user_name(), row.serial_number(), row.enable_date().secs());
                }
            }
            Method::Deactivate => {
                let call = self.0.deactivate_mfa_device().serial_number(serial_number);
                call.user_name(user_name).send().await?;
            }
            Method::Enable => {
                let call = self.0.enable_mfa_device().serial_number(serial_number);
                let call = call.user_name(user_name).authentication_code1(first);
                call.authentication_code2(second).send().await?;
            }
            Method::Resync => {
                let call = self.0.resync_mfa_device().serial_number(serial_number);
                let call = call.user_name(user_name).authentication_code1(first);
                call.authentication_code2(second).send().await?;
            }
            Method::Tag => {
                let (key, value) = job::TAG;
                let tag = Tag::builder().key(key).value(value).build()?;
                self.0.tag_mfa_device().serial_number(serial_number).tags(tag).send().await?;
            }
            Method::Untag => {
                let call = self.0.untag_mfa_device().serial_number(serial_number);
                call.tag_keys(job::TAG.0).send().await?;
            }
        }
        Ok(seen)
    }
}

fn main() -> std::process::ExitCode {
    job::main::<Aws>()
}
