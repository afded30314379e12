//! The override file.

use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::source::Source;
use pagesmith_sync::diff::{Accepted, Class};

use crate::sample::{edited, page};
use crate::support::{between, value};

const FILE: &str = r#"{
  "accepted": [
    {
      "change": "access-changed",
      "subject": "aws.iam.users.Create",
      "reason": "nobody creates users"
    }
  ]
}"#;

fn read(text: &str) -> Outcome<Accepted> {
    Accepted::read(&Source::new("accepted.json", text))
}

#[test]
fn what_is_accepted_fails_nothing() {
    let mut changes = between(&page(), &edited(&page(), &[("`INSERT`", "`EXEC`")]));
    assert_eq!(changes.class(), Class::Breaking);
    let stale = value(read(FILE)).apply(&mut changes);
    assert!(stale.is_empty());
    assert_eq!(changes.class(), Class::Safe);
    assert_eq!(changes.changes[0].accepted.as_deref(), Some("nobody creates users"));
    // The version must tell of it all the same.
    assert_eq!(changes.bump().name(), "major");
}

#[test]
fn what_no_longer_applies_is_an_error() {
    let mut changes = between(&page(), &page());
    let stale = value(read(FILE)).apply(&mut changes);
    let shown = stale.render_all(Style::Plain);
    assert!(stale.has_errors());
    assert!(shown.contains("stale-acceptance") && shown.contains("accepted.json:5:18"), "{shown}");
    // One that is almost right is shown what is there.
    let mut changes = between(&page(), &edited(&page(), &[("`INSERT`", "`EXEC`")]));
    let stale = value(read(&FILE.replace("users.Create", "users.Creates"))).apply(&mut changes);
    let shown = stale.render_all(Style::Plain);
    assert!(shown.contains("did you mean `aws.iam.users.Create`?"), "{shown}");
}

#[test]
fn a_file_that_is_otherwise_is_refused() {
    let cases = [
        ("", "not valid JSON"),
        ("[]", "no list `accepted`"),
        ("{\"accepted\": {}}", "no list `accepted`"),
        ("{\"accepted\": [], \"more\": 1}", "unknown key `more`"),
        ("{\"accepted\": [1]}", "expected an object"),
        ("{\"accepted\": [{\"change\": \"page-removed\", \"subject\": \"a\"}]}", "needs `reason`"),
        (
            "{\"accepted\": [{\"change\": \"page-remove\", \"subject\": \"a\", \"reason\": \"b\"}]}",
            "did you mean `page-removed`?",
        ),
        (
            "{\"accepted\": [{\"change\": \"page-removed\", \"subject\": \"a\", \"reason\": \"b\", \"x\": 1}]}",
            "unknown key `x`",
        ),
    ];
    for (text, problem) in cases {
        let outcome = read(text);
        let shown = outcome.diagnostics.render_all(Style::Plain);
        assert!(outcome.value.is_none(), "{text}");
        assert!(shown.contains(problem), "{text}: {shown}");
    }
}
