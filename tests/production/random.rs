//! Ten thousand calls with faults at random: no panic, no hang, no lost row, no code spent twice.

use std::time::Duration;

use local_iam::{Fault, LocalIam};
use pagesmith::aws::iam_api::mfa_devices;
use pagesmith::aws::iam_api::types::Tag;

use crate::world::{Method, client};

const CALLS: usize = 10_000;

#[tokio::test]
async fn ten_thousand_calls_with_random_faults() {
    let iam = LocalIam::start().await.unwrap();
    iam.create_user("alice").unwrap();
    let devices: Vec<_> = (0..3)
        .map(|number| iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap())
        .collect();
    let client = client(&iam).attempt_timeout(Duration::from_millis(40)).build().unwrap();
    let api = mfa_devices(&client);
    iam.inject_random(20_261_124, 0.2);

    let (mut succeeded, mut failed) = (0, 0);
    for number in 0..CALLS {
        let device = &devices[number % devices.len()];
        let serial_number = device.serial_number();
        let method = Method::ALL[(number / devices.len()) % Method::ALL.len()];
        // What chance does not bring: silence, and answers that no client can use.
        match number % 200 {
            50 => iam.inject(Fault::stall()),
            100 => iam.inject(Fault::endless_body()),
            150 => iam.inject(Fault::malformed_xml()),
            _ => {}
        }
        let before = iam.execution_count(method.action(), serial_number);
        let result = match method {
            Method::List => {
                let listed = api.list().user_name("alice").max_items(1).rows().collect().await;
                listed.map(|rows| {
                    let there: Vec<_> = iam.devices_of("alice").unwrap();
                    let there: Vec<&str> =
                        there.iter().map(|device| device.serial_number.as_str()).collect();
                    let rows: Vec<&str> =
                        rows.iter().map(|row| row.serial_number.as_str()).collect();
                    assert_eq!(rows, there, "call {number}");
                })
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
                let tags = [Tag::new("Number", number.to_string())];
                api.tag().serial_number(serial_number).tags(tags).send().await
            }
            Method::Untag => {
                api.untag().serial_number(serial_number).tag_keys(["Number"]).send().await
            }
        };
        if method != Method::List {
            let after = iam.execution_count(method.action(), serial_number);
            assert!(
                after <= before + 1,
                "call {number}, {method:?}, was carried out twice: {result:?}"
            );
        }
        match result {
            Ok(()) => succeeded += 1,
            Err(_) => failed += 1,
        }
    }
    assert_eq!(succeeded + failed, CALLS);
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
