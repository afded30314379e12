//! An SDK for MFA devices, generated from the pages in `pages/`. The README explains how.

pagesmith_runtime::include_pages!();
