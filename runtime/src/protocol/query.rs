//! The AWS Query protocol: a form-encoded request, and an XML document as the response.

mod request;
mod response;

pub(crate) use crate::codec::form::CONTENT_TYPE;
pub(crate) use request::encode;
pub(crate) use response::decode;
