//! The client, and the methods that were called.

use std::collections::BTreeSet;
use std::sync::Mutex;

use pagesmith_runtime::{Client, Error, Retry};

/// A client of moto that records the called methods.
pub(crate) struct World {
    pub(crate) client: Client,
    called: Mutex<BTreeSet<&'static str>>,
}

impl World {
    /// Returns `None`, and prints a message, if no endpoint of moto is set.
    pub(crate) fn new() -> Result<Option<Self>, Error> {
        let Ok(endpoint) = std::env::var("PAGESMITH_MOTO_ENDPOINT") else {
            eprintln!("skipped: set PAGESMITH_MOTO_ENDPOINT to a moto server to call it");
            return Ok(None);
        };
        let client = Client::builder("us-east-1")
            .credentials("AKIDEXAMPLE", "secret", None)
            .endpoint_url(endpoint)
            .retry(Retry::never())
            .build()?;
        Ok(Some(Self { client, called: Mutex::default() }))
    }

    /// Records a call of `method`.
    pub(crate) fn call(&self, method: &'static str) {
        self.called.lock().unwrap().insert(method);
    }

    /// The called methods, without duplicates.
    pub(crate) fn called(&self) -> Vec<&'static str> {
        self.called.lock().unwrap().iter().copied().collect()
    }
}

/// The output of a method: `call!(world, users.create, user_name = "ann")`.
#[macro_export]
macro_rules! call {
    ($world:expr, $resource:ident.$method:ident $(, $set:ident = $value:expr)* $(,)?) => {{
        $world.call(concat!(stringify!($resource), ".", stringify!($method)));
        let method = all_of_iam::aws::iam_api::$resource(&$world.client).$method();
        method$(.$set($value))*.send().await?
    }};
}

/// All rows of a listing: `rows!(world, users.list, path_prefix = "/")`.
#[macro_export]
macro_rules! rows {
    ($world:expr, $resource:ident.$method:ident $(, $set:ident = $value:expr)* $(,)?) => {{
        $world.call(concat!(stringify!($resource), ".", stringify!($method)));
        let method = all_of_iam::aws::iam_api::$resource(&$world.client).$method();
        let mut rows = method$(.$set($value))*.rows();
        let mut all = Vec::new();
        while let Some(row) = rows.try_next().await? {
            all.push(row);
        }
        all
    }};
}

/// Policy documents. The service returns the same text.
pub(crate) const READ: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::it's 100% + more/*"}]}"#;
pub(crate) const WRITE: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}]}"#;
pub(crate) const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
pub(crate) const TRUST_LAMBDA: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;

/// Whether two JSON texts are equal. Both must be valid JSON.
pub(crate) fn same_json(left: &str, right: &str) -> Result<bool, serde_json::Error> {
    let left: serde_json::Value = serde_json::from_str(left)?;
    let right: serde_json::Value = serde_json::from_str(right)?;
    Ok(left == right)
}
