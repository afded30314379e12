//! All of `aws.iam_api`, from its 62 pages.

#![deny(warnings)]

pagesmith::include_pages!();
