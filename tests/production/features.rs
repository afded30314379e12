//! APIs that need a feature.

#[cfg(feature = "blocking")]
mod blocking {
    use local_iam::LocalIam;
    use pagesmith::aws::iam_api::mfa_devices;
    use pagesmith::{Client, ErrorKind};
    use tokio::runtime::{Builder, Runtime};
    use tokio::task::LocalSet;

    use crate::world::client;

    #[test]
    fn calls_and_listings_work_without_async() {
        let iam = LocalIam::start_blocking().unwrap();
        iam.create_user("alice").unwrap();
        let client = client(&iam).build().unwrap();
        let api = mfa_devices(&client);
        for number in 0..3 {
            let device = iam.create_virtual_mfa_device(&format!("device-{number}")).unwrap();
            let [first, second] = device.codes();
            let call = api.enable().user_name("alice").serial_number(device.serial_number());
            call.authentication_code1(first).authentication_code2(second).send_blocking().unwrap();
        }
        let rows = api.list().user_name("alice").max_items(1).rows_blocking();
        let rows: Vec<_> = rows.collect::<Result<_, _>>().unwrap();
        assert_eq!(rows.len(), 3);
        let error = api.list().user_name("nobody").send_blocking().unwrap_err();
        assert!(error.is_not_found());
        // One client can be used from many threads concurrently.
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| api.list().user_name("alice").send_blocking().unwrap());
            }
        });
    }

    #[test]
    fn requests_are_presigned_without_async() {
        let iam = LocalIam::start_blocking().unwrap();
        let client = client(&iam).build().unwrap();
        let list = mfa_devices(&client).list().user_name("alice");
        let minute = std::time::Duration::from_mins(1);
        let presigned = list.clone().presign_blocking(minute).unwrap();
        assert!(presigned.url().contains("&X-Amz-Signature="), "{presigned:?}");
        let error = single().block_on(async { list.presign_blocking(minute).unwrap_err() });
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(iam.requests().is_empty());
    }

    fn single() -> Runtime {
        Builder::new_current_thread().enable_all().build().unwrap()
    }

    fn several() -> Runtime {
        Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
    }

    /// An endpoint with the user alice, on a separate thread, and a client for it.
    fn endpoint() -> (LocalIam, Client) {
        let iam = LocalIam::start_blocking().unwrap();
        iam.create_user("alice").unwrap();
        let client = client(&iam).build().unwrap();
        (iam, client)
    }

    fn list(client: &Client) -> Result<(), pagesmith::Error> {
        let devices = mfa_devices(client);
        devices.list().user_name("alice").send_blocking()?;
        devices.list().user_name("alice").rows_blocking().try_for_each(|row| row.map(drop))
    }

    #[track_caller]
    fn assert_is_async_error(result: Result<(), pagesmith::Error>) {
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        assert!(error.to_string().contains("use .send().await instead"), "{error}");
        assert!(!error.may_have_been_sent());
    }

    #[test]
    fn a_blocking_call_from_async_code_is_an_error_without_a_panic() {
        let (iam, client) = endpoint();
        for runtime in [single(), several()] {
            runtime.block_on(async { assert_is_async_error(list(&client)) });
            let of_task = client.clone();
            runtime
                .block_on(runtime.spawn(async move { assert_is_async_error(list(&of_task)) }))
                .unwrap();
            let of_task = client.clone();
            LocalSet::new().block_on(&runtime, async {
                assert_is_async_error(list(&of_task));
                tokio::task::spawn_local(async move { assert_is_async_error(list(&of_task)) })
                    .await
                    .unwrap();
            });
        }
        assert_eq!(iam.requests().len(), 0);
    }

    /// The error does not use up the budget of the task.
    #[tokio::test]
    async fn the_error_does_not_change_the_budget_of_the_task() {
        let (_iam, client) = endpoint();
        for _ in 0..10_000 {
            assert_is_async_error(mfa_devices(&client).list().send_blocking().map(drop));
            assert!(tokio::task::coop::has_budget_remaining());
        }
    }

    #[test]
    fn a_blocking_call_works_where_tokio_allows_blocking() {
        let (iam, client) = endpoint();
        for runtime in [single(), several()] {
            let of_thread = client.clone();
            let task = runtime.spawn_blocking(move || list(&of_thread));
            runtime.block_on(task).unwrap().unwrap();
            // A thread that may spawn tasks, but does not run any.
            let _entered = runtime.enter();
            list(&client).unwrap();
        }
        let runtime = several();
        runtime.block_on(async { tokio::task::block_in_place(|| list(&client)) }).unwrap();
        let of_task = client.clone();
        let task = runtime.spawn(async move {
            tokio::task::block_in_place(|| list(&of_task))?;
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            tokio::task::block_in_place(|| list(&of_task))
        });
        runtime.block_on(task).unwrap().unwrap();
        assert_eq!(iam.requests().len(), 2 * 7);
    }

    /// A future without a budget is detected by its scheduler. The thread of a multi-threaded runtime's `block_on`
    /// has no scheduler: there the call blocks, without a panic or a hang.
    #[test]
    fn a_blocking_call_from_unconstrained_code_completes() {
        let (iam, client) = endpoint();
        for runtime in [single(), several()] {
            let of_task = client.clone();
            let task = async move { assert_is_async_error(list(&of_task)) };
            runtime.block_on(runtime.spawn(tokio::task::unconstrained(task))).unwrap();
        }
        single()
            .block_on(tokio::task::unconstrained(async { assert_is_async_error(list(&client)) }));
        assert_eq!(iam.requests().len(), 0);
        several().block_on(tokio::task::unconstrained(async { list(&client) })).unwrap();
        assert_eq!(iam.requests().len(), 2);
        // On that thread, tokio does not restore the budget after blocking code. On a worker thread, it does.
        let after_blocking = || {
            tokio::task::block_in_place(|| ());
            list(&client)
        };
        several().block_on(async { after_blocking() }).unwrap();
        assert_eq!(iam.requests().len(), 4);
        let of_task = client.clone();
        let runtime = several();
        let task = runtime.spawn(async move {
            tokio::task::block_in_place(|| ());
            assert_is_async_error(list(&of_task));
        });
        runtime.block_on(task).unwrap();
    }
}

#[cfg(feature = "serde")]
mod serde {
    use pagesmith::aws::iam_api::mfa_devices::{ListMfaDevicesOutput, MfaDevice};
    use pagesmith::aws::iam_api::types::Tag;

    const ROW: &str =
        r#"{"EnableDate":"2026-11-24T09:30:00Z","SerialNumber":"GAHT12345678","UserName":"alice"}"#;

    #[test]
    fn rows_are_serialized_and_deserialized_with_the_names_of_the_model() {
        let device: MfaDevice = serde_json::from_str(ROW).unwrap();
        assert_eq!(device.serial_number, "GAHT12345678");
        assert_eq!(serde_json::to_string(&device).unwrap(), ROW);
        let page = format!(r#"{{"MFADevices":[{ROW},{ROW}],"IsTruncated":false}}"#);
        let output: ListMfaDevicesOutput = serde_json::from_str(&page).unwrap();
        assert_eq!((output.mfa_devices.len(), &output.marker), (2, &None));
        assert_eq!(serde_json::to_string(&output).unwrap(), page);
        let tag = Tag::new("Team", "Security");
        assert_eq!(serde_json::to_string(&tag).unwrap(), r#"{"Key":"Team","Value":"Security"}"#);
    }

    #[test]
    fn unknown_members_and_nulls_are_skipped_and_missing_members_are_named() {
        let page = format!(r#"{{"New":{{"a":[1]}},"Marker":null,"MFADevices":[{ROW}]}}"#);
        let output: ListMfaDevicesOutput = serde_json::from_str(&page).unwrap();
        assert_eq!((output.mfa_devices.len(), output.marker), (1, None));
        for (text, expected) in [
            (r#"{"SerialNumber":"x","UserName":"y"}"#, "the member EnableDate is missing"),
            (r#"{"EnableDate":"noon","SerialNumber":"x","UserName":"y"}"#, "expected a timestamp"),
            (r#"{"EnableDate":null}"#, "the member EnableDate is missing"),
            ("[]", "expected a MfaDevice"),
        ] {
            let error = serde_json::from_str::<MfaDevice>(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}

#[cfg(feature = "aws-config")]
mod sdk_config {
    use std::time::Duration;

    use local_iam::LocalIam;
    use pagesmith::aws::iam_api::mfa_devices;
    use pagesmith::aws_types::SdkConfig;
    use pagesmith::aws_types::region::Region;
    use pagesmith::credential_types::Credentials;
    use pagesmith::credential_types::provider::SharedCredentialsProvider;
    use pagesmith::{ClientBuilder, ErrorKind, credential_types};

    #[derive(Debug)]
    struct Fixed(Credentials);

    impl credential_types::provider::ProvideCredentials for Fixed {
        fn provide_credentials<'a>(
            &'a self,
        ) -> credential_types::provider::future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            credential_types::provider::future::ProvideCredentials::ready(Ok(self.0.clone()))
        }
    }

    #[tokio::test]
    async fn a_client_can_be_built_from_a_configuration_of_the_sdk() {
        let iam = LocalIam::start().await.unwrap();
        let keys =
            Credentials::new(iam.access_key_id(), iam.secret_access_key(), None, None, "test");
        let config = SdkConfig::builder()
            .region(Region::new("us-east-1"))
            .endpoint_url(iam.endpoint_url())
            .credentials_provider(SharedCredentialsProvider::new(Fixed(keys)))
            .build();
        let builder = ClientBuilder::from_sdk_config(&config).unwrap();
        let client = builder.attempt_timeout(Duration::from_secs(9)).build().unwrap();
        mfa_devices(&client).list().send().await.unwrap();
        let error = ClientBuilder::from_sdk_config(&SdkConfig::builder().build()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
    }
}
