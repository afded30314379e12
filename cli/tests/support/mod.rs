//! What the tests of the command share: where inputs are, and the built command.
// Each test file uses its own part of it.
#![allow(dead_code, unused_imports)]

pub(crate) mod command;
use pagesmith_test_support::places;

pub(crate) use places::{botocore, copy, corpus, root, seed};
