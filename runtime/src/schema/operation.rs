//! Schemas of services and operations.

use super::Shape;

/// A service.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// The service id, `IAM`. In capitals and with underscores, it is part of the name of `AWS_ENDPOINT_URL_IAM`.
    pub id: &'a str,
    /// The first part of its host names, `iam`.
    pub endpoint_prefix: &'a str,
    /// The name in the credential scope, `iam`.
    pub signing_name: &'a str,
    /// The version of the API, `2010-05-08`.
    pub api_version: &'a str,
}

/// One operation of a service.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// The name of the operation, `ListMFADevices`.
    pub name: &'a str,
    /// The service.
    pub service: &'a Service<'a>,
    /// Whether it changes nothing and may be repeated: its method is a `SELECT`.
    pub read_only: bool,
    /// The prefix of the endpoint's host (`data.`). Names of input members in braces are replaced by their values.
    pub host_prefix: Option<&'a str>,
    /// Whether it is sent without a signature, and so needs no credentials.
    pub unsigned: bool,
    /// The input.
    pub input: &'a Shape<'a>,
    /// The output, if there is one.
    pub output: Option<Output<'a>>,
    /// How to request further pages, if it is a listing.
    pub pagination: Option<Pagination<'a>>,
}

impl<'a> Operation<'a> {
    /// Creates the operation `name` of `service` with `input`. It has no output and is not read-only.
    #[must_use]
    pub const fn new(name: &'a str, service: &'a Service<'a>, input: &'a Shape<'a>) -> Self {
        Self {
            name,
            service,
            read_only: false,
            host_prefix: None,
            unsigned: false,
            input,
            output: None,
            pagination: None,
        }
    }

    /// Marks the operation as read-only.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Sets the output: `shape` in the element `wrapper`.
    #[must_use]
    pub const fn output(mut self, wrapper: &'a str, shape: &'a Shape<'a>) -> Self {
        self.output = Some(Output { wrapper, shape });
        self
    }

    /// Makes the operation a listing with `markers` and `more_results`; see [`Pagination`].
    #[must_use]
    pub const fn pages(
        mut self,
        markers: &'a [(usize, usize)],
        more_results: Option<usize>,
    ) -> Self {
        self.pagination = Some(Pagination { markers, more_results });
        self
    }

    /// Sets the prefix of the endpoint's host.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'a str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// Makes the operation unsigned.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }
}

/// The output of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The name of the element around it.
    pub wrapper: &'a str,
    /// Its schema.
    pub shape: &'a Shape<'a>,
}

/// How to request the next page of a listing. Members are identified by their index in the input's and the output's schema.
#[derive(Clone, Copy, Debug)]
pub struct Pagination<'a> {
    /// Pairs of the input's member that takes a marker and the output's member that contains it.
    pub markers: &'a [(usize, usize)],
    /// The output's member that says whether there are more pages. Without one, the presence of a marker says so.
    pub more_results: Option<usize>,
}

/// The schema of the output of an operation without output, which is `()`.
pub(crate) const NO_OUTPUT: &Shape<'static> = &Shape::new("NoOutput", &[]);
