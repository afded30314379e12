//! Ten thousand calls with random faults: no panic, no hang, no missing row, no code used twice, and
//! no secret in any error or log line.

use std::fmt::Write as _;
use std::time::Duration;

use local_iam::{Fault, LocalIam, VirtualMfaDevice};
use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;
use pagesmith::aws::iam_api::types::Tag;

use crate::logs::RecordedLogs;
use crate::world::{Method, client};

const CALLS: usize = 10_000;

#[tokio::test(flavor = "current_thread")]
async fn calls_with_random_faults_are_safe() {
    let logs = RecordedLogs::default();
    let _guard = tracing::subscriber::set_default(logs.clone());
    let iam = LocalIam::builder().session_token("session-token-of-mine").start().await.unwrap();
    iam.create_user("alice").unwrap();
    let devices: Vec<_> = (0..3)
        .map(|number| iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap())
        .collect();
    let token = iam.session_token().map(str::to_owned);
    let client = client(&iam)
        .credentials(iam.access_key_id(), iam.secret_access_key(), token)
        .attempt_timeout(Duration::from_millis(40))
        .build()
        .unwrap();
    let api = mfa_devices(&client);
    iam.inject_random(20_261_124, 0.2);

    let (mut succeeded, mut failed) = (0, 0);
    for number in 0..CALLS {
        let device = &devices[number % devices.len()];
        let method = Method::ALL[(number / devices.len()) % Method::ALL.len()];
        // Faults that `inject_random` does not inject: stalls and unusable responses.
        match number % 200 {
            50 => iam.inject(Fault::stall()),
            100 => iam.inject(Fault::endless_body()),
            150 => iam.inject(Fault::malformed_xml()),
            _ => {}
        }
        let executed = || iam.execution_count(method.action(), device.serial_number());
        let before = executed();
        let codes = device.codes();
        let result = call(&api, &iam, device, method, number).await;
        if method != Method::List {
            assert!(executed() <= before + 1, "call {number}, {method:?}, twice: {result:?}");
        }
        let shown = result.as_ref().err().map(all_texts).unwrap_or_default();
        for line in logs.drain().chain([shown]) {
            let secrets = [iam.secret_access_key(), "session-token-of-mine", &codes[0], &codes[1]];
            for secret in secrets {
                assert!(!line.contains(secret), "a secret is in: {line}");
            }
        }
        match result {
            Ok(()) => succeeded += 1,
            Err(_) => failed += 1,
        }
    }
    assert!(succeeded > CALLS / 2, "{succeeded} of {CALLS} succeeded");
    assert!(failed > CALLS / 100, "{failed} of {CALLS} failed");
    for method in [Method::Enable, Method::Resync] {
        let executions = iam.executions(method.action());
        assert!(executions.iter().any(|execution| execution.succeeded() == 1));
        for execution in &executions {
            assert!(execution.succeeded() <= 1, "a pair of codes was used twice: {execution:?}");
        }
    }
    // The client still works without faults.
    iam.clear_faults();
    api.list().user_name("alice").rows().collect().await.unwrap();
    iam.inject(Fault::throttle());
    api.list().user_name("alice").send().await.unwrap();
}

async fn call(
    api: &MfaDevices,
    iam: &LocalIam,
    device: &VirtualMfaDevice,
    method: Method,
    number: usize,
) -> Result<(), Error> {
    let serial_number = device.serial_number();
    match method {
        Method::List => {
            let rows = api.list().user_name("alice").max_items(1).rows().collect().await?;
            let expected = iam.devices_of("alice").unwrap();
            let expected: Vec<&str> =
                expected.iter().map(|device| &*device.serial_number).collect();
            let rows: Vec<&str> = rows.iter().map(|row| row.serial_number.as_str()).collect();
            assert_eq!(rows, expected, "call {number}");
            Ok(())
        }
        Method::Enable => {
            let [first, second] = device.codes();
            let call = api.enable().user_name("alice").serial_number(serial_number);
            call.authentication_code1(first).authentication_code2(second).send().await
        }
        Method::Resync => {
            let [first, second] = device.codes();
            let call = api.resync().user_name("alice").serial_number(serial_number);
            call.authentication_code1(first).authentication_code2(second).send().await
        }
        Method::Deactivate => {
            api.deactivate().user_name("alice").serial_number(serial_number).send().await
        }
        Method::Tag => {
            let tags = [Tag::new("Number", format!("call {number}"))];
            api.tag().serial_number(serial_number).tags(tags).send().await
        }
        Method::Untag => api.untag().serial_number(serial_number).tag_keys(["Number"]).send().await,
    }
}

/// All texts of an error, without its request id, because a random id may contain the six digits of
/// a code.
fn all_texts(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        write!(text, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    error.request_id().map(|id| text.replace(id, "")).unwrap_or(text)
}
