//! Reads endpoint rule sets: all that botocore has, and wrong ones.

use std::collections::BTreeMap;

use pagesmith_model::model::endpoints::Form;
use pagesmith_model::model::{EndpointRuleSet, Expression};
