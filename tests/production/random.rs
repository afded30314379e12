//! Ten thousand calls with faults at random: no panic, no hang, no lost row, no code spent twice, and
//! nothing secret in any error or log line.

use std::fmt::Write as _;
use std::time::Duration;

use local_iam::{Fault, LocalIam, VirtualMfaDevice};
use pagesmith::Error;
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::mfa_devices::MfaDevices;
use pagesmith::aws::iam_api::types::Tag;

use crate::logs::Kept;
use crate::world::{Method, client};

const CALLS: usize = 10_000;

#[tokio::test(flavor = "current_thread")]
async fn ten_thousand_calls_with_random_faults() {
    let kept = Kept::default();
    let _guard = tracing::subscriber::set_default(kept.clone());
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
        // What chance does not bring: silence, and answers that no client can use.
        match number % 200 {
            50 => iam.inject(Fault::stall()),
            100 => iam.inject(Fault::endless_body()),
            150 => iam.inject(Fault::malformed_xml()),
            _ => {}
        }
        let reached = || iam.execution_count(method.action(), device.serial_number());
        let before = reached();
        let codes = device.codes();
        let result = call(&api, &iam, device, method, number).await;
        if method != Method::List {
            assert!(reached() <= before + 1, "call {number}, {method:?}, twice: {result:?}");
        }
        let shown = result.as_ref().err().map(everything).unwrap_or_default();
        for line in kept.drain().chain([shown]) {
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
            assert!(execution.succeeded() <= 1, "a pair of codes was spent twice: {execution:?}");
        }
    }
    // It is as well as before.
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
            let there = iam.devices_of("alice").unwrap();
            let there: Vec<&str> = there.iter().map(|device| &*device.serial_number).collect();
            let rows: Vec<&str> = rows.iter().map(|row| row.serial_number.as_str()).collect();
            assert_eq!(rows, there, "call {number}");
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

/// All that an error can say, but for its request id: that is random, and may hold six digits that
/// are a code.
fn everything(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        write!(text, " {error} {error:?}").unwrap();
        cause = error.source();
    }
    error.request_id().map(|id| text.replace(id, "")).unwrap_or(text)
}
