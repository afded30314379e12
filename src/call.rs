//! A call in the making: what every generated request builder holds.

use std::pin::Pin;

use crate::client::Client;
use crate::error::Error;
use crate::operation::Operation;
use crate::pagination::Pages;
use crate::shape::{Record, debug, sensitive_texts};
use crate::xml::{self, DecodeError};

/// A required parameter that has been given.
#[derive(Debug)]
pub struct Given(());

/// A required parameter that has not been given yet.
#[derive(Debug)]
pub struct Missing(());

/// A client, an operation, and the input so far.
pub struct Call<Input> {
    client: Client,
    operation: &'static Operation<'static>,
    region: Option<String>,
    /// What is sent.
    pub input: Input,
}

impl<Input: Record> Call<Input> {
    /// A call of `operation` with nothing given yet.
    #[must_use]
    pub fn new(client: Client, operation: &'static Operation<'static>) -> Self {
        Self { client, operation, region: None, input: Input::empty() }
    }

    /// Sets another region than the client's.
    pub fn set_region(&mut self, region: String) {
        self.region = Some(region);
    }

    /// Sends the call to an operation that answers nothing but success.
    ///
    /// # Errors
    /// Any of [`ErrorKind`].
    pub async fn send(self) -> Result<(), Error> {
        let Self { client, operation, region, input } = self;
        receive(&client, operation, region.as_deref(), &input, &mut Nothing).await
    }

    /// Sends the call and reads its output.
    ///
    /// # Errors
    /// Any of [`ErrorKind`].
    pub async fn output<Output: Record>(self) -> Result<Output, Error> {
        let Self { client, operation, region, input } = self;
        let mut output = Output::empty();
        receive(&client, operation, region.as_deref(), &input, &mut output).await?;
        Ok(output)
    }

    /// The listing that begins with this call, page by page.
    pub fn pages<Output: Record + 'static>(self) -> Pages<Output>
    where
        Input: 'static,
    {
        let Self { client, operation, region, input } = self;
        Pages::new(client, operation, region, Box::new(input))
    }
}

impl<Input: Record> std::fmt::Debug for Call<Input> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        debug(self.operation.input, &self.input, f)
    }
}

/// Sends `input` to `operation` and reads into `output` what comes back. All of a call stands behind this pointer,
/// so that it is compiled with this crate: an `async fn` would be with each that makes calls.
pub(crate) fn receive<'a>(
    client: &'a Client,
    operation: &'a Operation<'a>,
    region: Option<&'a str>,
    input: &'a dyn Record,
    output: &'a mut dyn Record,
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
    Box::pin(async move {
        let encoded = client.encode(operation, input)?;
        let secrets = || sensitive_texts(operation.input, input);
        let answer = client.execute(operation, region, encoded, &secrets).await?;
        decode(operation, &answer.body, output)
            .map_err(|problem| answer.not_understood(operation.name, problem, &secrets))
    })
}

/// Reads into `output` what the answer `body` to `operation` says.
pub(crate) fn decode(
    operation: &Operation<'_>,
    body: &[u8],
    output: &mut dyn Record,
) -> Result<(), DecodeError> {
    let (wrapper, shape) = match &operation.output {
        Some(expected) => (Some(expected.wrapper), expected.shape),
        None => (None, NOTHING),
    };
    xml::decode(body, wrapper, shape, output).map(|_| ())
}

/// The output of an operation that has none.
struct Nothing;

/// Its table.
pub(crate) const NOTHING: &crate::shape::Shape<'static> = &crate::shape::Shape::new("Nothing", &[]);

impl Record for Nothing {
    fn member(&self, _: usize) -> Option<&dyn crate::shape::Value> {
        None
    }
    fn member_mut(&mut self, _: usize) -> Option<&mut dyn crate::shape::Value> {
        None
    }
    fn empty() -> Self {
        Self
    }
}
