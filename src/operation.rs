//! What generated code says of a service and of an operation.

use crate::shape::Shape;

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
    /// What is sent.
    pub input: &'a Shape<'a>,
    /// What comes back, where anything does.
    pub output: Option<Output<'a>>,
    /// How its listing continues, where it is one.
    pub pagination: Option<Pagination<'a>>,
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
