//! What the formats make of names that would rather be markup, and of errors.

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome, Style};
use pagesmith_sync::diff::{CHANGE_KINDS, JSON_VERSION, Report, compare};
use pagesmith_sync::report::Format;
use serde_json::Value;

use crate::sample::{MODEL, edited, page};
use crate::support::{between, root, snapshot};

fn report(outcome: Outcome<pagesmith_sync::diff::Changes>) -> Report {
    Report { old: "old\n::error::x".to_owned(), new: "new`<b>|".to_owned(), outcome }
}

fn found(old: &str, new: &str) -> Report {
    let changes = between(old, new);
    report(Outcome { value: Some(changes), diagnostics: Diagnostics::default() })
}

/// A value of an enum that is anything but a name.
fn hostile() -> Report {
    let evil = r"\n::error::pwned\n| a | `<script>alert(1)</script>` ``x`` @octocat #1 [a](http://evil.example) \u001b[31m\u202e%0A";
    let model = edited(MODEL, &[("\"Robot\"", &format!("\"Robot\", \"{evil}\""))]);
    let sided =
        |model: &str| snapshot(&[("aws/iam/users.md", &page()), ("aws/iam/service-2.json", model)]);
    let changes = compare(&sided(MODEL), &sided(&model));
    assert_eq!(changes.changes.len(), 1, "{:?}", changes.notes);
    report(Outcome { value: Some(changes), diagnostics: Diagnostics::default() })
}

#[test]
fn names_are_no_markup() {
    let report = hostile();
    for text in [
        report.render(Format::Text, Style::Plain),
        report.render(Format::Markdown, Style::Plain),
        report.render(Format::Github, Style::Plain),
    ] {
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
        assert!(!text.lines().any(|line| line.starts_with("::error")), "{text}");
    }
    // One row, whose cells are where they should be, with all of the name in one code span.
    let markdown = report.render(Format::Markdown, Style::Plain);
    let row = markdown.lines().find(|line| line.contains("enum-value-added")).unwrap();
    let pipes = row.replace("\\|", "").matches('|').count();
    assert_eq!(pipes, 6, "{row}");
    assert!(row.contains("value ```  ::error::pwned"), "{row}");
    let parsed: String =
        pulldown_cmark::Parser::new_ext(&markdown, pulldown_cmark::Options::ENABLE_TABLES)
            .filter_map(|event| match event {
                pulldown_cmark::Event::Html(html) | pulldown_cmark::Event::InlineHtml(html) => {
                    Some(html.into_string())
                }
                pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                    Some(dest_url.into_string())
                }
                _ => None,
            })
            .filter(|html| html != "<br>")
            .collect();
    assert_eq!(parsed, "", "{markdown}");
    let annotations = report.render(Format::Github, Style::Plain);
    let commands: Vec<&str> = annotations.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(commands.len(), 1, "{annotations}");
    assert!(commands[0].contains("%250A"), "{annotations}");
}

#[test]
fn paths_of_annotations_are_escaped() {
    let name = "a,b:c%d/users.md";
    let sided = |text: &str| crate::support::page_side(name, text);
    // The parser compares the last three parts of a path only.
    let changes = compare(&sided(&page()), &sided(&edited(&page(), &[("`INSERT`", "`EXEC`")])));
    let text = report(Outcome { value: Some(changes), diagnostics: Diagnostics::default() })
        .render(Format::Github, Style::Plain);
    assert!(text.contains("::error file=a%2Cb%3Ac%25d/users.md,line=25,col="), "{text}");
}

#[test]
fn the_first_line_is_the_status() {
    let ok = found(&page(), &page());
    let breaking = found(&page(), &edited(&page(), &[("`INSERT`", "`EXEC`")]));
    let error = report(Outcome {
        value: None,
        diagnostics: Diagnostic::error("no-pages", "nothing").into(),
    });
    for (report, status) in [(&ok, "OK"), (&breaking, "BREAKING"), (&error, "ERROR")] {
        let first = format!("status: {status}");
        assert_eq!(report.render(Format::Text, Style::Plain).lines().next(), Some(&*first));
        assert_eq!(report.render(Format::Github, Style::Plain).lines().next(), Some(&*first));
        assert_eq!(report.status().name(), status);
        assert!(
            report
                .render(Format::Markdown, Style::Plain)
                .starts_with(&format!("## Pages: {status}\n"))
        );
        let json: Value = serde_json::from_str(&report.render(Format::Json, Style::Plain)).unwrap();
        assert_eq!(json["status"], status);
    }
    assert!(error.render(Format::Github, Style::Plain).contains("::error title=no-pages::nothing"));
    assert!(!error.render(Format::Text, Style::Plain).contains("no changes"));
    assert!(
        ok.render(Format::Text, Style::Coloured).starts_with("status: \u{1b}[32mOK\u{1b}[0m\n")
    );
}

/// The JSON has exactly the keys that its schema has, and its schema names every kind.
#[test]
fn the_schema_is_the_jsons() {
    let path = root().join("docs/diff.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(schema["properties"]["version"]["const"], JSON_VERSION);
    let error = report(Outcome {
        value: None,
        diagnostics: Diagnostic::error("no-pages", "nothing").into(),
    });
    for report in [hostile(), error, found(&page(), &edited(&page(), &[("`INSERT`", "`EXEC`")]))] {
        let json: Value = serde_json::from_str(&report.render(Format::Json, Style::Plain)).unwrap();
        check(&json, &schema, &schema, "report");
    }
    let kinds = schema["$defs"]["change"]["properties"]["id"]["enum"].as_array().unwrap();
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str().unwrap()).collect();
    let wanted: Vec<&str> = CHANGE_KINDS.iter().map(|kind| kind.id).collect();
    assert_eq!(kinds, wanted);
}

/// Checks what of JSON Schema the schema uses.
fn check(value: &Value, schema: &Value, root: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return check(value, &root["$defs"][name.strip_prefix("#/$defs/").unwrap()], root, at);
    }
    if let Some(options) = schema["anyOf"].as_array() {
        let null = options.iter().any(|option| option["type"] == "null");
        return match value {
            Value::Null => assert!(null, "{at} is null"),
            _ => check(
                value,
                options.iter().find(|option| option["type"] != "null").unwrap(),
                root,
                at,
            ),
        };
    }
    if let Some(options) = schema["enum"].as_array() {
        assert!(options.contains(value), "{at} is {value}");
    }
    let kind = match value {
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::String(_) => "string",
        Value::Number(_) => "integer",
        Value::Bool(_) => "boolean",
        Value::Null => "null",
    };
    assert_eq!(schema["type"], kind, "{at}");
    if let Value::Object(object) = value {
        let wanted: Vec<&str> = schema["required"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key.as_str().unwrap())
            .collect();
        assert_eq!(object.keys().collect::<Vec<_>>(), wanted, "{at}");
        assert_eq!(schema["additionalProperties"], false, "{at}");
        for (key, value) in object {
            check(value, &schema["properties"][key], root, &format!("{at}.{key}"));
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        check(item, &schema["items"], root, &format!("{at}[{index}]"));
    }
}

/// The documentation has the table of kinds as it is.
#[test]
fn the_documentation_has_every_kind() {
    let text = std::fs::read_to_string(root().join("docs/diff.md")).unwrap();
    let mut table = "| Change | Rust | Wire | Message |\n|:--|:--|:--|:--|\n".to_owned();
    for kind in CHANGE_KINDS {
        let message = kind.message.replace("{}", "…");
        table += &format!("| `{}` | {} | {} | {message} |\n", kind.id, kind.rust, kind.wire);
    }
    assert!(text.contains(&table), "docs/diff.md does not have the table\n{table}");
}

#[test]
fn the_version_follows_the_worst() {
    let bump = |edits: &[(&str, &str)]| between(&page(), &edited(&page(), edits)).bump().name();
    assert_eq!(bump(&[]), "none");
    assert_eq!(bump(&[("Lists the", "Lists all")]), "patch");
    assert_eq!(bump(&[("| `Arn`", "| `Id` | `string` | The id. |\n| `Arn`")]), "minor");
    assert_eq!(bump(&[("aws.iam.users", "aws.identity.users")]), "minor");
    assert_eq!(bump(&[("`INSERT`", "`EXEC`")]), "major");
    let changelog =
        found(&page(), &edited(&page(), &[("`INSERT`", "`EXEC`"), ("Lists the", "Lists all")]))
            .changelog();
    assert_eq!(
        changelog,
        "### Changed\n\n- **Breaking:** `aws.iam.users`: the SQL verb of the method `users_Create` changed from `INSERT` to `EXEC`."
    );
}
