//! What the tests of the command share: where inputs are, and the built command.
// Each test file uses its own part of it.
#![allow(dead_code, unused_imports)]

pub(crate) mod command;
#[path = "../../../codegen/tests/support/places.rs"]
mod places;

pub(crate) use places::{botocore, copy, corpus, root, seed};
