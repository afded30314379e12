//! The server, and which methods were called on it.

use std::collections::BTreeSet;
use std::sync::Mutex;

use pagesmith_runtime::{Client, Error, Retry};

/// A client of moto that remembers what was called.
pub(crate) struct World {
    pub(crate) client: Client,
    called: Mutex<BTreeSet<&'static str>>,
}

impl World {
    /// `None`, with a word about it, where there is no moto.
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

    /// Remembers that `method` was called.
    pub(crate) fn call(&self, method: &'static str) {
        self.called.lock().unwrap().insert(method);
    }

    /// The methods that were called, each once.
    pub(crate) fn called(&self) -> Vec<&'static str> {
        self.called.lock().unwrap().iter().copied().collect()
    }
}

/// What a method gives: `call!(world, users.create, user_name = "ann")`.
#[macro_export]
macro_rules! call {
    ($world:expr, $resource:ident.$method:ident $(, $set:ident = $value:expr)* $(,)?) => {{
        $world.call(concat!(stringify!($resource), ".", stringify!($method)));
        let method = all_of_iam::aws::iam_api::$resource(&$world.client).$method();
        method$(.$set($value))*.send().await?
    }};
}

/// All rows that a listing gives: `rows!(world, users.list, path_prefix = "/")`.
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

/// Policy documents as they go out; they come back with the same text.
pub(crate) const READ: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:Get*", "Resource": "arn:aws:s3:::it's 100% + more/*"}]}"#;
pub(crate) const WRITE: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "s3:Put*", "Resource": "*"}]}"#;
pub(crate) const TRUST: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;
pub(crate) const TRUST_LAMBDA: &str = r#"{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}"#;

/// Whether two texts are the same JSON, which both must be.
pub(crate) fn same_json(left: &str, right: &str) -> Result<bool, serde_json::Error> {
    let left: serde_json::Value = serde_json::from_str(left)?;
    let right: serde_json::Value = serde_json::from_str(right)?;
    Ok(left == right)
}
