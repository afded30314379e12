//! The SDK of a service of each protocol.

#![deny(warnings)]

pagesmith_runtime::include_pages!();
