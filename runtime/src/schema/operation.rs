//! What generated code says of a service and of an operation.

use super::Shape;

/// A service, as its model describes it.
#[derive(Clone, Copy, Debug)]
pub struct Service<'a> {
    /// `IAM`; with underscores and in capitals it ends the name of `AWS_ENDPOINT_URL_IAM`.
    pub id: &'a str,
    /// `iam`, the first part of its hosts.
    pub endpoint_prefix: &'a str,
    /// `iam`, its name in the credential scope.
    pub signing_name: &'a str,
    /// `2010-05-08`
    pub api_version: &'a str,
}

/// One operation of a service.
#[derive(Clone, Copy, Debug)]
pub struct Operation<'a> {
    /// `ListMFADevices`
    pub name: &'a str,
    /// The service.
    pub service: &'a Service<'a>,
    /// It changes nothing, so that it may be repeated: the page says `SELECT`.
    pub read_only: bool,
    /// What goes in front of the endpoint's host (`data.`), with the names of input members in braces for
    /// their values.
    pub host_prefix: Option<&'a str>,
    /// It is sent without a signature, and so needs no credentials.
    pub unsigned: bool,
    /// What is sent.
    pub input: &'a Shape<'a>,
    /// What comes back, where anything does.
    pub output: Option<Output<'a>>,
    /// How its listing continues, where it is one.
    pub pagination: Option<Pagination<'a>>,
}

impl<'a> Operation<'a> {
    /// The operation `name` of `service` that takes `input`, answers nothing but success, and may
    /// change something.
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

    /// The same, which changes nothing.
    #[must_use]
    pub const fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// The same, which answers `shape` in the element `wrapper`.
    #[must_use]
    pub const fn output(mut self, wrapper: &'a str, shape: &'a Shape<'a>) -> Self {
        self.output = Some(Output { wrapper, shape });
        self
    }

    /// The same, whose listing continues by `markers` and `more_results`; see [`Pagination`].
    #[must_use]
    pub const fn pages(
        mut self,
        markers: &'a [(usize, usize)],
        more_results: Option<usize>,
    ) -> Self {
        self.pagination = Some(Pagination { markers, more_results });
        self
    }

    /// The same, at a host with `prefix` in front.
    #[must_use]
    pub const fn host_prefix(mut self, prefix: &'a str) -> Self {
        self.host_prefix = Some(prefix);
        self
    }

    /// The same, without a signature.
    #[must_use]
    pub const fn unsigned(mut self) -> Self {
        self.unsigned = true;
        self
    }
}

/// What an operation answers.
#[derive(Clone, Copy, Debug)]
pub struct Output<'a> {
    /// The element around it.
    pub wrapper: &'a str,
    /// What it holds.
    pub shape: &'a Shape<'a>,
}

/// How a listing continues. Members are named by their index in the input's and the output's shape.
#[derive(Clone, Copy, Debug)]
pub struct Pagination<'a> {
    /// Pairs of the input's member that takes a marker and the output's that gives it.
    pub markers: &'a [(usize, usize)],
    /// The output's member that says whether there is more; without one, a marker says so.
    pub more_results: Option<usize>,
}

/// The schema of the output of an operation without output, which is `()`.
pub(crate) const NO_OUTPUT: &Shape<'static> = &Shape::new("NoOutput", &[]);
