//! An SDK of all pages of `aws.iam_api`.

include!(concat!(env!("OUT_DIR"), "/pages/mod.rs"));
