//! Calls without `async`, for feature `blocking`.

use std::future::Future;
use std::sync::OnceLock;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::error::{Error, ErrorKind};
use crate::pagination::{Listing, Rows};

/// Runs `call` to its end on this thread. Connections live on one thread that all such calls of the
/// process share, so that a client may be used from many.
///
/// # Errors
/// The call's own; [`ErrorKind::Configuration`] where this is called from `async` code, whose
/// thread must not be blocked, or where no thread could be started.
pub fn block_on<T>(call: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    if Handle::try_current().is_ok() {
        return Err(Error::new(
            ErrorKind::Configuration,
            "a blocking call was made from async code; use .send().await there",
        ));
    }
    runtime()?.block_on(call)
}

fn runtime() -> Result<&'static Runtime, Error> {
    static SHARED: OnceLock<Result<Runtime, std::io::Error>> = OnceLock::new();
    let shared = SHARED.get_or_init(|| {
        Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("pagesmith-blocking")
            .enable_all()
            .build()
    });
    shared.as_ref().map_err(|error| {
        let message = format!("no thread could be started for blocking calls: {error}");
        Error::new(ErrorKind::Configuration, message)
    })
}

/// The rows of a listing, an `Iterator` over all its pages. It ends after an error.
#[must_use = "a listing fetches nothing until it is asked for a row"]
#[derive(Debug)]
pub struct BlockingRows<Output: Listing>(Rows<Output>);

impl<Output: Listing> BlockingRows<Output> {
    /// The rows of `rows`.
    pub fn new(rows: Rows<Output>) -> Self {
        Self(rows)
    }
}

impl<Output: Listing> Iterator for BlockingRows<Output> {
    type Item = Result<Output::Row, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.try_next()).transpose()
    }
}
