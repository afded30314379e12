//! Calls all six methods of `aws.iam_api.mfa_devices` on an IAM endpoint in the same process:
//!
//! ```text
//! cargo run --example mfa_devices
//! ```
//!
//! Lists your own devices on AWS, with the credentials of the environment:
//!
//! ```text
//! cargo run --example mfa_devices -- --live --region us-east-1
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr)] // An example prints.

use std::error::Error;
use std::process::ExitCode;

use local_iam::LocalIam;
use pagesmith::aws::iam_api::mfa_devices::{MfaDevice, Tag};
use pagesmith::aws::iam_api::{ErrorCode, mfa_devices};
use pagesmith::{Client, ClientBuilder};

const USAGE: &str = "usage: cargo run --example mfa_devices [-- --live [--region REGION]]";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match *arguments {
        [] => tour().await,
        ["--live"] => live(None).await,
        ["--live", "--region", region] => live(Some(region)).await,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            let mut cause = error.source();
            while let Some(error) = cause {
                eprintln!("  because: {error}");
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

/// Calls each method, and shows an error.
async fn tour() -> Result<(), Box<dyn Error>> {
    let iam = LocalIam::start().await?;
    iam.create_user("alice")?;
    let phone = iam.create_virtual_mfa_device("alice-phone")?;
    println!(
        "local-iam listens on {} and has a user alice and a virtual device\n",
        iam.endpoint_url()
    );

    let client = Client::builder("us-east-1")
        .credentials(iam.access_key_id(), iam.secret_access_key(), None)
        .endpoint_url(iam.endpoint_url())
        .build()?;
    let devices = mfa_devices(&client);

    // Required parameters can be set in any order. Without one of them, this does not compile.
    let [first, second] = phone.codes();
    devices
        .enable()
        .user_name("alice")
        .serial_number(phone.serial_number())
        .authentication_code1(first)
        .authentication_code2(second)
        .send()
        .await?;
    println!("enable      the device is assigned to alice");

    let mut rows = devices.list().user_name("alice").rows();
    while let Some(device) = rows.try_next().await? {
        println!("list        {}", line(&device));
    }

    devices
        .tag()
        .serial_number(phone.serial_number())
        .tags([Tag::new("Team", "Security"), Tag::new("Issued", "2026")])
        .send()
        .await?;
    println!("tag         {}", tags(&iam, phone.serial_number())?);

    let [first, second] = phone.codes();
    devices
        .resync()
        .user_name("alice")
        .serial_number(phone.serial_number())
        .authentication_code1(first)
        .authentication_code2(second)
        .send()
        .await?;
    println!("resync      two more codes were accepted");

    devices.untag().serial_number(phone.serial_number()).tag_keys(["Issued"]).send().await?;
    println!("untag       {}", tags(&iam, phone.serial_number())?);

    devices.deactivate().user_name("alice").serial_number(phone.serial_number()).send().await?;
    println!("deactivate  the device is not assigned any more");

    let left = devices.list().user_name("alice").rows().collect().await?;
    println!("list        {} devices\n", left.len());

    // An error: the second code must be the one after the first.
    let [first, _] = phone.codes();
    let result = devices
        .enable()
        .user_name("alice")
        .serial_number(phone.serial_number())
        .authentication_code1(first.clone())
        .authentication_code2(first)
        .send()
        .await;
    match result {
        Ok(()) => Err("the endpoint accepted the same code twice".into()),
        Err(error) => {
            println!("enable with the same code twice:\n  {error}");
            println!("  code: {:?}, retryable: {}", ErrorCode::of(&error), error.is_retryable());
            Ok(())
        }
    }
}

/// Lists the devices of the user whose credentials are in the environment.
async fn live(region: Option<&str>) -> Result<(), Box<dyn Error>> {
    let client = match region {
        Some(region) => ClientBuilder::from_env_with_region(region)?.build()?,
        None => Client::from_env()?,
    };
    let mut rows = mfa_devices(&client).list().rows();
    let mut number = 0;
    while let Some(device) = rows.try_next().await? {
        number += 1;
        println!("{}", line(&device));
    }
    println!("{number} devices");
    Ok(())
}

fn line(device: &MfaDevice) -> String {
    format!(
        "{} of {}, enabled {}",
        device.serial_number,
        device.user_name,
        device.enable_date.date()
    )
}

fn tags(iam: &LocalIam, serial_number: &str) -> Result<String, Box<dyn Error>> {
    let tags = iam.tags_of(serial_number)?;
    let shown: Vec<String> = tags.iter().map(|tag| format!("{}={}", tag.key, tag.value)).collect();
    Ok(format!("the device has {}", shown.join(", ")))
}
