//! MFA devices, from the pages in `pages/`. The README is a guide to how this came about.

pagesmith_runtime::include_pages!();
