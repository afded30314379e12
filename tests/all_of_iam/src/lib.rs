//! The SDK of `aws.iam_api`, from its 62 pages.

#![deny(warnings)]

pagesmith_runtime::include_pages!();
