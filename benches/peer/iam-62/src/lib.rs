//! An SDK of all pages of `aws.iam_api`.

// Only the committed page's parts stand behind features, which are those of another crate.
#![allow(unexpected_cfgs)]

include!(concat!(env!("OUT_DIR"), "/pages/mod.rs"));
