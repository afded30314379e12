//! What the parser says about a page that is wrong, for every rule.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use std::collections::BTreeSet;
use std::path::Path;

use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::page::{self, Dialect, Page};
use pagesmith_model::{
    file::{self, MAX_BYTES},
    source::Source,
};
use pagesmith_sync::convert::convert;

/// A page without a fault; each case makes one in it.
const PAGE: &str = "\
---
title: users
keywords:
  - users
description: Query AWS resources using SQL
---

## Overview
<table><tbody>
<tr><td><b>Name</b></td><td><code>users</code></td></tr>
<tr><td><b>Type</b></td><td>Resource</td></tr>
<tr><td><b>Id</b></td><td><code>aws.iam_api.users</code></td></tr>
</tbody></table>

## Fields
| Name | Datatype | Description |
|:-----|:---------|:------------|
| `Arn` | `string` | The ARN of the user. |
| `UserName` | `string` | The name of the user. |
## Methods
| Name | Accessible by | Required Params | Description |
|:-----|:--------------|:----------------|:------------|
| `users_List` | `SELECT` | `region` | Lists the users. |
| `users_Create` | `INSERT` | `UserName, region` | Creates a user. |
";

const NAME: &str = "pages/aws/iam_api/users.md";

/// A case: the rule, and what is replaced in the page by what.
type Case = (&'static str, &'static [(&'static str, &'static str)]);

const CASES: &[Case] = &[
    ("control-character", &[("Lists the", "Lists\u{202E} the")]),
    ("service-page", &[("<td>Resource</td>", "<td>Service</td>")]),
    ("missing-front-matter", &[("---\ntitle", "title")]),
    ("unclosed-front-matter", &[("SQL\n---\n", "SQL\n")]),
    ("missing-title", &[("title: users\n", "")]),
    ("front-matter-line", &[("keywords:\n", "keywords\n")]),
    ("duplicate-key", &[("keywords:\n", "title: users\nkeywords:\n")]),
    (
        "missing-section",
        &[
            ("## Fields\n", ""),
            (
                "| Name | Datatype | Description |\n|:-----|:---------|:------------|\n| `Arn` | `string` | The ARN of the user. |\n| `UserName` | `string` | The name of the user. |\n",
                "",
            ),
        ],
    ),
    ("duplicate-section", &[("## Methods\n", "## Fields\n## Methods\n")]),
    (
        "misordered-section",
        &[
            ("## Fields", "## X"),
            ("## Methods", "## Fields"),
            ("## X", "## Methods"),
            (
                "| Name | Datatype | Description |\n|:-----|:---------|:------------|\n| `Arn` | `string` | The ARN of the user. |\n| `UserName` | `string` | The name of the user. |\n",
                "| Name | Accessible by | Required Params |\n|---|---|---|\n| `users_List` | `SELECT` | `region` |\n",
            ),
            (
                "| Name | Accessible by | Required Params | Description |\n|:-----|:--------------|:----------------|:------------|\n| `users_List` | `SELECT` | `region` | Lists the users. |\n| `users_Create` | `INSERT` | `UserName, region` | Creates a user. |\n",
                "",
            ),
        ],
    ),
    ("unknown-section", &[("## Methods", "## Method")]),
    ("unexpected-text", &[("## Methods\n", "\n[link]: https://example.com\n\n## Methods\n")]),
    (
        "missing-table",
        &[(
            "<table><tbody>\n<tr><td><b>Name</b></td><td><code>users</code></td></tr>\n<tr><td><b>Type</b></td><td>Resource</td></tr>\n<tr><td><b>Id</b></td><td><code>aws.iam_api.users</code></td></tr>\n</tbody></table>\n",
            "",
        )],
    ),
    (
        "second-table",
        &[(
            "## Methods\n",
            "\n| Name | Datatype |\n|---|---|\n| `Path` | `string` |\n\n## Methods\n",
        )],
    ),
    ("row-outside-table", &[("| `UserName` |", "\n| `UserName` |")]),
    ("overview-row", &[("<b>Type</b>", "<b>Kind</b>")]),
    ("unknown-type", &[("Resource</td>", "Method</td>")]),
    ("malformed-id", &[("aws.iam_api.users", "iam_api.users")]),
    ("name-mismatch", &[("title: users", "title: user")]),
    ("path-mismatch", &[("aws.iam_api.users", "aws.iam.users")]),
    ("misplaced", &[("</code></td></tr>\n<tr><td><b>Type", "</code></td>\n<tr><td><b>Type")]),
    (
        "missing-column",
        &[
            ("| Name | Datatype | Description |", "| Name | Description |"),
            ("|:-----|:---------|:------------|\n", "|:-----|:------------|\n"),
            ("`Arn` | `string`", "`Arn`"),
            ("`UserName` | `string`", "`UserName`"),
        ],
    ),
    ("unknown-column", &[("| Name | Datatype |", "| Name | Data type |")]),
    ("duplicate-column", &[("Datatype | Description", "Datatype | Name")]),
    ("misordered-column", &[("| Name | Datatype |", "| Datatype | Name |")]),
    ("too-few-cells", &[("| `string` | The ARN of the user. |", "| `string` |")]),
    ("too-many-cells", &[("Lists the users.", "Lists the users | groups.")]),
    ("expected-code", &[("`Arn`", "Arn")]),
    ("unterminated-code", &[("`Arn`", "`Arn")]),
    ("invalid-name", &[("`Arn`", "`A rn`")]),
    ("empty-name", &[("`Arn`", "")]),
    ("unknown-datatype", &[("`Arn` | `string`", "`Arn` | `sting`")]),
    ("unknown-access", &[("`SELECT`", "`select`")]),
    ("duplicate-field", &[("`UserName` | `string`", "`Arn` | `string`")]),
    ("duplicate-method", &[("`users_Create` | `INSERT`", "`users_List` | `SELECT`")]),
    ("duplicate-param", &[("UserName, region", "region, UserName, region")]),
    (
        "no-methods",
        &[
            ("| `users_List` | `SELECT` | `region` | Lists the users. |\n", ""),
            ("| `users_Create` | `INSERT` | `UserName, region` | Creates a user. |\n", ""),
        ],
    ),
];

/// Those of the cases that are warnings.
const WARNINGS: [&str; 5] =
    ["name-mismatch", "path-mismatch", "duplicate-param", "too-many-cells", "no-methods"];

fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(PAGE.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "the page has no {from:?}");
        page.replacen(from, to, 1)
    })
}

fn parse(text: &str) -> Outcome<Page> {
    page::parse(&Source::new(NAME, text))
}

fn rules(outcome: &Outcome<Page>) -> Vec<&'static str> {
    outcome.diagnostics.iter().map(pagesmith_model::diagnostic::Diagnostic::rule).collect()
}

fn assert_snapshot(name: &str, outcome: &Outcome<Page>) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!(
            format!("page_{name}"),
            outcome.diagnostics.render_all(Style::Plain)
        );
    });
}

#[test]
fn the_page_itself_is_right() {
    let outcome = parse(PAGE);
    assert!(outcome.diagnostics.is_empty(), "{}", outcome.diagnostics.render_all(Style::Plain));
    assert_eq!(
        outcome.value.unwrap().methods[1].required_params[0].span.to_string(),
        format!("{NAME}:24:32")
    );
}

#[test]
fn says_what_is_wrong() {
    for (rule, edits) in CASES {
        let outcome = parse(&edited(edits));
        assert!(
            rules(&outcome).contains(rule),
            "{rule}: {}",
            outcome.diagnostics.render_all(Style::Plain)
        );
        // A page that is clear in spite of the fault is read.
        assert_eq!(outcome.value.is_some(), WARNINGS.contains(rule), "{rule}");
        assert_snapshot(rule, &outcome);
    }
}

#[test]
fn says_what_is_wrong_with_files() {
    let from_bytes = |bytes: Vec<u8>| match file::decode(NAME, bytes) {
        Ok(source) => page::parse(&source),
        Err(found) => Outcome { value: None, diagnostics: found.into() },
    };
    let mut bad = PAGE.as_bytes().to_vec();
    let at = PAGE.find("ARN").unwrap();
    bad[at] = 0xFF;
    assert_snapshot("invalid-utf8", &from_bytes(bad));
    assert_snapshot("file-too-large", &from_bytes(vec![b'a'; MAX_BYTES + 1]));
    assert_snapshot("empty-file", &from_bytes(Vec::new()));
    assert_snapshot(
        "nested-too-deeply",
        &parse(&(PAGE.to_owned() + "\n" + &"> ".repeat(500) + "x\n")),
    );
    let rows = "| `Bad name` | `string` | x |\n".repeat(1003);
    let many = parse(&PAGE.replacen("| `Arn`", &(rows + "| `Arn`"), 1));
    assert_eq!(many.diagnostics.len(), 1001);
    let last = many.diagnostics.iter().last().unwrap().clone();
    assert_snapshot("too-many-problems", &Outcome { value: None, diagnostics: last.into() });
    let missing = page::read(Path::new("no/such/page.md"), "no/such/page.md");
    assert_eq!(rules(&missing), ["unreadable-file"]);
}

#[test]
fn every_rule_has_a_case() {
    let elsewhere = [
        "link-mismatch",
        "empty-file",
        "nested-too-deeply",
        "too-many-problems",
        "method-prefix",
        "unsupported-layout",
    ];
    let tested: BTreeSet<&str> = CASES.iter().map(|(rule, _)| *rule).chain(elsewhere).collect();
    let all: BTreeSet<&str> = page::rules::RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(tested, all);
}

#[test]
fn reports_all_problems_and_not_the_first() {
    let outcome = parse(&edited(&[
        ("title: users", "title: user"),
        ("`Arn` | `string`", "`Arn` | `sting`"),
        ("`UserName` | `string`", "`User Name` | `strin`"),
        ("`SELECT`", "`SELECTS`"),
    ]));
    assert_eq!(
        rules(&outcome),
        ["name-mismatch", "unknown-datatype", "invalid-name", "unknown-datatype", "unknown-access"]
    );
}

#[test]
fn shows_a_long_line_in_part_and_counts_columns_in_full() {
    let prose = "word ".repeat(200_000);
    let outcome = parse(&edited(&[("| The ARN of the user. |", &format!("| {prose} | more |"))]));
    assert_snapshot("long-line", &outcome);
}

#[test]
fn one_line_is_what_tools_read() {
    let outcome = parse(&edited(&[("`Arn` | `string`", "`Arn` | `sting`")]));
    let lines: Vec<String> =
        outcome.diagnostics.iter().map(pagesmith_model::diagnostic::Diagnostic::one_line).collect();
    assert_eq!(
        lines,
        ["pages/aws/iam_api/users.md:18:12: error[unknown-datatype]: `sting` is not a datatype"]
    );
}

#[test]
fn colours_are_only_in_the_coloured_style() {
    let outcome = parse(&edited(&[("`Arn` | `string`", "`Arn` | `sting`")]));
    assert!(!outcome.diagnostics.render_all(Style::Plain).contains('\u{1B}'));
    assert!(outcome.diagnostics.render_all(Style::Coloured).contains("\u{1B}["));
}

#[test]
fn nothing_in_a_page_reaches_the_terminal_raw() {
    let outcome = parse(&edited(&[("`Arn`", "`\u{1B}[31mArn\u{7}`")]));
    let text = outcome.diagnostics.render_all(Style::Plain);
    assert!(text.contains("␛[31mArn␇"), "{text}");
    assert!(!text.contains(['\u{1B}', '\u{7}']), "{text}");
}

#[test]
fn a_path_may_end_in_index() {
    for name in ["docs/aws/iam_api/users/index.md", "users.md", "iam_api/users.md", "users", ""] {
        let found = page::parse(&Source::new(name, PAGE)).diagnostics;
        assert!(found.is_empty(), "{}", found.render_all(Style::Plain));
    }
    for name in
        ["aws/iam_api/groups.md", "aws/ec2_api/users.md", "gcp/iam_api/users.md", "groups.md"]
    {
        assert_eq!(rules(&page::parse(&Source::new(name, PAGE))), ["path-mismatch"], "{name}");
    }
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_are_no_problem() {
    let page = parse(&("\u{FEFF}".to_owned() + &PAGE.replace('\n', "\r\n"))).value.unwrap();
    assert_eq!(page, parse(PAGE).value.unwrap());
}

#[test]
fn descriptions_are_lossless() {
    let prose = "a *b* _c_ `d \\| e` &lt;b&gt;x&lt;/b&gt; <i>y</i> [z](u) &amp;amp; R&D &copy; \\* ~~s~~ <!-- c -->";
    let page = parse(&edited(&[("Lists the users.", prose)])).value.unwrap();
    let said = "a *b* _c_ `d | e` <b>x</b> <i>y</i> [z](u) &amp; R&D © \\* ~~s~~ <!-- c -->";
    assert_eq!(*page.methods[0].description, said);
    assert!(page::render(&page).contains(prose));
}

/// `PAGE` with its second method called otherwise, in each dialect.
fn in_every_dialect(name: &str) -> Vec<Page> {
    let page = parse(&edited(&[("users_Create", name)])).value.unwrap();
    let converted = |dialect| convert(&page, dialect, None).value.unwrap().page;
    Dialect::ALL.into_iter().map(converted).collect()
}

#[test]
fn method_names_are_those_of_the_page_without_the_resource_in_every_dialect() {
    for (written, name) in [
        ("users_Create", "Create"),
        ("user_Create", "Create"),
        ("Users_Create", "Create"),
        ("create_user", "create_user"),
        ("Create", "Create"),
        ("groups_Create", "groups_Create"),
        ("WebApps_Create", "WebApps_Create"),
        ("_create", "_create"),
    ] {
        for page in in_every_dialect(written) {
            assert_eq!(page.methods[0].name, "List", "{}", page.dialect);
            assert_eq!(page.methods[1].name, name, "{}", page.dialect);
        }
    }
}

#[test]
fn two_methods_never_share_a_name() {
    for other in ["user_List", "Users_List", "List", "list"] {
        for page in in_every_dialect(other) {
            let names: Vec<&str> = page.methods.iter().map(|method| &*method.name).collect();
            assert_eq!(names, ["users_List", other], "{}", page.dialect);
        }
    }
}

#[test]
fn a_method_that_seems_to_belong_to_another_resource_is_a_warning() {
    let outcome = parse(&edited(&[("users_Create", "groups_Create")]));
    assert_eq!(rules(&outcome), ["method-prefix"]);
    assert_snapshot("method-prefix", &outcome);
    let dialect = outcome.value.unwrap();
    let tabs = convert(&dialect, Dialect::Tabs2026, None);
    assert_eq!(
        rules(&tabs.value.map_or_else(
            || panic!("no page"),
            |converted| { page::parse(&converted.page.source) }
        )),
        ["method-prefix"]
    );
}
