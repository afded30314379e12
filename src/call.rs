//! A call in the making: what every generated request builder holds.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::operation::Operation;
use crate::pagination::Pages;
use crate::shape::{Budget, Record, debug, sensitive_texts};
use crate::xml;

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
        output::<Nothing>(&client, operation, region.as_deref(), &input).await?;
        Ok(())
    }

    /// Sends the call and reads its output.
    ///
    /// # Errors
    /// Any of [`ErrorKind`].
    pub async fn output<Output: Record + 'static>(self) -> Result<Output, Error> {
        let Self { client, operation, region, input } = self;
        output(&client, operation, region.as_deref(), &input).await
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

/// Sends `input` to `operation` and reads the output that comes back.
pub(crate) async fn output<Output: Record + 'static>(
    client: &Client,
    operation: &'static Operation<'static>,
    region: Option<&str>,
    input: &dyn Record,
) -> Result<Output, Error> {
    let output = Arc::new(Mutex::new(Output::empty()));
    receive(client, operation, region, input, output.clone()).await?;
    let output = Arc::into_inner(output).and_then(|output| output.into_inner().ok());
    // Decoding is over, so that nothing else holds it.
    output.ok_or_else(|| Error::new(ErrorKind::Answer, "the output was lost").sent())
}

/// Sends `input` to `operation` and reads into `output` what comes back. All of a call stands behind this pointer,
/// so that it is compiled with this crate: an `async fn` would be with each that makes calls. The output is shared
/// since a large response is decoded on another thread.
fn receive<'a>(
    client: &'a Client,
    operation: &'static Operation<'static>,
    region: Option<&'a str>,
    input: &'a dyn Record,
    output: Arc<Mutex<dyn Record>>,
) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send + 'a>> {
    Box::pin(async move {
        let encoded = client.encode(operation, input)?;
        let secrets = || sensitive_texts(operation.input, input);
        let read = move |body: &[u8], budget: &mut Budget| {
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            decode(operation, body, &mut *output, budget)
        };
        client.execute(operation, region, encoded, &secrets, read).await
    })
}

/// Reads into `output` what the answer `body` to `operation` says.
pub(crate) fn decode(
    operation: &Operation<'_>,
    body: &[u8],
    output: &mut dyn Record,
    budget: &mut Budget,
) -> Result<(), Error> {
    let (wrapper, shape) = match &operation.output {
        Some(expected) => (Some(expected.wrapper), expected.shape),
        None => (None, NOTHING),
    };
    let limit = budget.limit();
    let expected = xml::Expected { operation: operation.name, wrapper, shape };
    xml::decode(body, &expected, output, budget).map(|_| ()).map_err(|problem| {
        let error = if problem.is_too_large() {
            too_large(body.len(), limit)
        } else {
            Error::new(ErrorKind::Answer, "the answer could not be understood")
        };
        error.of_operation(operation.name).sent().with_source(problem)
    })
}

/// The error of a response of `bytes` whose values take more memory than `limit`.
pub(crate) fn too_large(bytes: usize, limit: usize) -> Error {
    let message = format!(
        "the values in the response of {bytes} bytes take more memory than the limit of {limit} bytes; raise \
         it with decode_limit(…)"
    );
    Error::new(ErrorKind::AnswerTooLarge, message).sent()
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
