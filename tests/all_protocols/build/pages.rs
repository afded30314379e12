//! Pages of all operations of a service model, in the dialect `gfm-2024`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use pagesmith_model::model::{Operation, ServiceModel, ShapeKind, Structure};

/// The pages of `service`, each with the name of its resource. Operations whose requests are event streams are left out.
pub(crate) fn of(service: &str, model: &ServiceModel) -> Vec<(String, String)> {
    let mut resources: BTreeMap<String, Vec<&Operation>> = BTreeMap::new();
    for operation in model.operations.values() {
        let sends_events = model.input_of(operation).is_some_and(|input| {
            input.members.values().any(|member| match &model.target(member).kind {
                ShapeKind::Structure(structure) => structure.event_stream,
                _ => false,
            })
        });
        if !sends_events {
            resources.entry(resource(&operation.name)).or_default().push(operation);
        }
    }
    let pages = resources.into_iter();
    pages
        .map(|(name, operations)| (name.clone(), page(service, &name, &operations, model)))
        .collect()
}

/// The resource of an operation: its name without the verb. `BatchGetItem` is of `get_item`.
fn resource(operation: &str) -> String {
    let words = snake(operation);
    words.split_once('_').map_or_else(|| "requests".to_owned(), |(_, noun)| noun.to_owned())
}

/// `CreateDBSnapshot` is `create_db_snapshot`.
fn snake(name: &str) -> String {
    let letters: Vec<char> = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut words = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let is_start = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                !before.is_ascii_uppercase()
                    || letters.get(at + 1).is_some_and(char::is_ascii_lowercase)
            });
        if is_start {
            words.push('_');
        }
        words.push(letter.to_ascii_lowercase());
    }
    words
}

fn page(service: &str, resource: &str, operations: &[&Operation], model: &ServiceModel) -> String {
    let mut text = format!(
        "---\ntitle: {resource}\nhide_title: false\nhide_table_of_contents: false\nkeywords:\n  - {resource}\n  \
         - {service}\n  - aws    \n  - stackql\n  - infrastructure-as-code\n  - configuration-as-data\n  \
         - cloud inventory\ndescription: Query, deploy and manage AWS resources using SQL\ncustom_edit_url: null\n\
         image: /img/providers/aws/stackql-aws-provider-featured-image.png\n---\n  \n    \n\n## Overview\n\
         <table><tbody>\n<tr><td><b>Name</b></td><td><code>{resource}</code></td></tr>\n\
         <tr><td><b>Type</b></td><td>Resource</td></tr>\n\
         <tr><td><b>Id</b></td><td><code>aws.{service}.{resource}</code></td></tr>\n</tbody></table>\n\n## Fields\n"
    );
    let reads = |operation: &&&Operation| {
        ["Describe", "Get", "List"].iter().any(|verb| operation.name.starts_with(verb))
    };
    match operations.iter().filter(reads).find_map(|operation| row(operation, model)) {
        Some(row) => {
            text.push_str("| Name | Datatype | Description |\n|:-----|:---------|:------------|\n");
            for name in row.members.keys() {
                let _ = writeln!(text, "| `{name}` | `string` | The {name}. |");
            }
        }
        None => {
            text.push_str("| Name | Datatype | Description |\n|:-----|:---------|:------------|\n");
        }
    }
    text.push_str(
        "## Methods\n| Name | Accessible by | Required Params | Description |\n\
         |:-----|:--------------|:----------------|:------------|\n",
    );
    for operation in operations {
        let access = if reads(&operation) { "SELECT" } else { "EXEC" };
        let required = model.input_of(operation).into_iter().flat_map(|input| &input.required);
        let required: Vec<&str> = required.map(String::as_str).chain(["region"]).collect();
        // With the operation's whole name there is no other one that the name could mean.
        let _ = writeln!(
            text,
            "| `{resource}_{0}` | `{access}` | `{1}` | Calls {0}. |",
            operation.name,
            required.join(", ")
        );
    }
    text
}

/// The structure in the first list of the output of `operation`.
fn row<'m>(operation: &Operation, model: &'m ServiceModel) -> Option<&'m Structure> {
    let members = &model.output_of(operation)?.members;
    members.values().find_map(|member| match &model.target(member).kind {
        ShapeKind::List { member, .. } => {
            model.structure(&member.shape).filter(|row| !row.members.is_empty())
        }
        _ => None,
    })
}
