//! Pages of the three dialects with what the site's generators write for other providers and other services: each is
//! read without an error and written back byte for byte.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::page::{self, Access, CodeForm, DatatypeKind, Dialect, Page, Select};
use pagesmith_model::source::Source;
use pagesmith_sync::convert::convert;
use pagesmith_test_support::rules;

const TABS: &str = include_str!("pages/animals.md");
const NAME: &str = "aws/zoo/animals.md";

/// A page of `gfm-2024`, as its generator writes it.
const PIPES: &str = "\
---
title: animals
hide_title: false
keywords:
  - animals
  - zoo
  - aws    \n  - stackql
description: Query, deploy and manage AWS resources using SQL
---
  \n    \n
## Overview
<table><tbody>
<tr><td><b>Name</b></td><td><code>animals</code></td></tr>
<tr><td><b>Type</b></td><td>Resource</td></tr>
<tr><td><b>Id</b></td><td><code>aws.zoo.animals</code></td></tr>
</tbody></table>

## Fields
| Name | Datatype | Description |
|:-----|:---------|:------------|
| `name` | `string` | The name. |
| `born` | `string` | When. |
## Methods
| Name | Accessible by | Required Params | Description |
|:-----|:--------------|:----------------|:------------|
| `animals_List` | `SELECT` | `region` | Lists them. |
| `animals_Create` | `INSERT` | `name, region` | Creates one. |
";

/// What is replaced in a page by what.
type Edits<'a> = &'a [(&'a str, &'a str)];

fn edited(page: &str, edits: Edits<'_>) -> String {
    edits.iter().fold(page.to_owned(), |page, (from, to)| {
        assert!(page.contains(from), "the page has no {from:?}");
        page.replacen(from, to, 1)
    })
}

fn parse(text: &str) -> Outcome<Page> {
    page::parse(&Source::new(NAME, text))
}

/// The page, which must be read without an error and written back as it was.
fn read(text: &str) -> Page {
    let outcome = parse(text);
    let shown = outcome.diagnostics.render_all(Style::Plain);
    let page = outcome.value.unwrap_or_else(|| panic!("{shown}\n{text}"));
    assert_eq!(page::render(&page), text);
    page
}

/// `text` in each dialect of pipe tables.
fn in_pipes(edits: Edits<'_>) -> [Page; 2] {
    let text = edited(PIPES, edits);
    let page = read(&text);
    let copyable = convert(&page, Dialect::Copyable2024, None).value.unwrap().page;
    let copyable = read(&page::render(&copyable));
    assert_eq!((&page.fields, &page.methods), (&copyable.fields, &copyable.methods));
    [page, copyable]
}

#[test]
fn names_of_other_services() {
    for name in [
        "filter[x]",
        "page[size]",
        "$filter",
        "@odata.type",
        "X-GitHub-Api-Version",
        "+1",
        "-1",
        "2fa",
        "a/b",
        "a:b",
        "_",
        "__v",
        "a.b.c",
        "is?",
        "100%",
        "a=b",
        "a+b",
        "data__x",
        "a(b)",
        "#text",
        "~a",
        "!a",
        "a*",
    ] {
        let code = |name: &str| format!("<CopyableCode code=\"{name}\" />");
        let page = read(&edited(TABS, &[(&code("legs"), &code(name))]));
        assert_eq!(*page.fields[2].name, name);
        let required = format!("`{name}, region`");
        let field = format!("`{name}` |");
        for page in in_pipes(&[("`name, region`", &required), ("`born` |", &field)]) {
            assert_eq!(*page.fields[1].name, name);
            assert_eq!(*page.methods[1].required_params[0], name);
        }
    }
}

#[test]
fn datatypes_of_other_services() {
    for (written, kind) in [
        ("", DatatypeKind::Unspecified),
        ("string (UTF-8)", DatatypeKind::String),
        ("string (google-datetime)", DatatypeKind::String),
        ("string (RFC 3339)", DatatypeKind::String),
        ("string (^[a-z]+$)", DatatypeKind::String),
        ("string (uuid (v4))", DatatypeKind::String),
        ("integer (int64)", DatatypeKind::Integer),
        ("number (double)", DatatypeKind::Number),
        (" (date-time)", DatatypeKind::Unspecified),
    ] {
        let code = "<td><CopyableCode code=\"legs\" /></td>\n    <td><code>";
        let element = format!("{code}{written}<");
        let page = read(&edited(TABS, &[(&format!("{code}integer (int32)<"), &element)]));
        assert_eq!(page.fields[2].datatype.kind, kind, "{written}");
        let code = format!("`born` | `{written}` |");
        for page in in_pipes(&[("`born` | `string` |", &code)]) {
            assert_eq!(page.fields[1].datatype.kind, kind, "{written}");
        }
    }
}

#[test]
fn prose_of_other_services() {
    for prose in [
        "",
        " blanks around it  ",
        "&lt;p&gt;HTML&lt;/p&gt; &amp;amp; &copy; R&D &#123;x&#125; &nosuch;",
        "`code` ``a`b`` ```js x``` *a* _b_ [a link](https://example.com/a_(b)?c=d&e=f#g) ![i](x.png)",
        "ünïcödé – “quotes” … 日本語 🐘 \u{a0}",
        "<br />lines<br />- of<br /># a list<br />",
        "<code>a</code> <b>b</b> <a href=\"x\">y</a> <!-- c -->",
        "{ \"a\": [1] } ${x} \\n \\\\ C:\\a",
        "<https://example.com/a-very-long-link/0123456789/0123456789/0123456789/0123456789>",
        "## not a heading | not",
    ] {
        let page = read(&edited(
            TABS,
            &[
                ("<td>Gets an animal.</td>", &format!("<td>{prose}</td>")),
                ("<td>How many.</td>", &format!("<td>{prose}</td>")),
            ],
        ));
        assert_eq!(*page.methods[0].description, *page.params[3].description);
        // A pipe that is text is written with a backslash.
        let cell = format!("| {} |\n", prose.replace('|', "\\|"));
        in_pipes(&[("| Lists them. |\n", &cell), ("| When. |\n", &cell)]);
    }
}

#[test]
fn examples_of_other_services() {
    const SQL: &str = "Gets an animal.\n\n```sql";
    for prose in [
        "No description available.",
        "Trailing blanks.  ",
        "  Leading blanks.",
        " ",
        "Code: ```js<br />f()<br />``` and ``` alone.",
        "```js\nf()\n```",
        "One.\n\n```json\n{ \"a\": 1 }\n```\n\nTwo.",
        "## Notes\n\nA heading of the service's own.\n\n# Another\n\nSetext\n---",
        "<br />Lines<br />| a | b |<br />",
        "<p>One.</p>",
        "- a list\n  - of lists\n\n1. and numbers",
        "日本語 – “quotes”",
    ] {
        let page = read(&edited(TABS, &[(SQL, &format!("{prose}\n\n```sql"))]));
        assert_eq!(*page.examples[0].examples[0].prose, prose);
        assert!(page.examples[0].examples[0].code.starts_with("SELECT\nname,\n"));
        assert_eq!(page.examples.len(), 6);
    }
    let page = read(&edited(
        TABS,
        &[("All animals of the zoo", "  All of them \n\n## In a tab \n\nMore.")],
    ));
    assert_eq!(*page.field_tabs[1].prose, "  All of them \n\n## In a tab \n\nMore.");
}

#[test]
fn manifests_of_other_services() {
    let open = "<CodeBlock language=\"yaml\">{`";
    let words = "        See:\n# Heading\n## Heading\n\n```json\n{ \"a\": \\`b\\` }\n```\n\n- name: x\n---\n";
    let page = read(&edited(TABS, &[("        The name of the animal.\n", words)]));
    assert!(page.examples[1].examples[1].code.contains(words));
    let ruler = format!("        +{}+\n", "-".repeat(300));
    read(&edited(TABS, &[("        The name of the animal.\n", &ruler)]));
    // Before, manifests were fenced.
    let text = edited(
        TABS,
        &[
            (open, "```yaml\n"),
            ("\n`}</CodeBlock>\n\n", "\n```\n"),
            ("        The name of the animal.\n", words),
        ],
    );
    let manifest = &read(&text).examples[1].examples[1];
    assert_eq!(manifest.form, CodeForm::Fence);
    assert!(manifest.code.contains(words) && manifest.prose.is_empty());
}

#[test]
fn a_method_that_several_verbs_reach() {
    let text = edited(
        TABS,
        &[(
            "<a href=\"#put_animal\"><CopyableCode code=\"put_animal\" />",
            "<a href=\"#update_animal\"><CopyableCode code=\"update_animal\" />",
        )],
    );
    let page = read(&text);
    let accesses: Vec<Access> = page
        .methods
        .iter()
        .filter(|method| *method.full_name == "update_animal")
        .map(|method| *method.access)
        .collect();
    assert_eq!(accesses, [Access::Update, Access::Replace]);
}

#[test]
fn sections_that_say_nothing() {
    let fields =
        &PIPES[PIPES.find("| Name | Datatype").unwrap()..PIPES.find("## Methods").unwrap()];
    let notice = "`SELECT` not supported for this resource, use `SHOW METHODS` to view available operations for \
                  the resource and then invoke a supported method using the `EXEC` command  \n";
    for (with, select) in [
        ("", Select::Unstated),
        (notice, Select::Unsupported),
        ("| Name | Datatype | Description |\n|:-----|:---------|:------------|\n", Select::Fields),
        ("| Name | Datatype |\n|:-----|:---------|\n| `name` | `string` |\n", Select::Fields),
    ] {
        for page in in_pipes(&[(fields, with)]) {
            assert_eq!(page.select, select, "{with}");
        }
    }
    // Tables of `tabs-2026` may have no row.
    let rows = |from: &str, to: &str| {
        let start = TABS.find(from).unwrap() + from.len();
        let end = start + TABS[start..].find(to).unwrap();
        TABS[start..end].to_owned()
    };
    let params = rows(
        "operation.\n\n<table>\n<thead>\n    <tr>\n    <th>Name</th>\n    <th>Datatype</th>\n    <th>Description</th>\n    </tr>\n</thead>\n<tbody>\n",
        "</tbody>\n</table>\n\n## `SELECT`",
    );
    assert!(read(&edited(TABS, &[(&params, "")])).params.is_empty());
}

#[test]
fn the_end_of_the_document() {
    for end in ["", "\n", "\n\n", "\n\n\n\n", "  \n"] {
        for text in [TABS, PIPES] {
            read(&format!("{}{end}", text.trim_end()));
        }
    }
    let without_examples = &TABS[..TABS.find("\n\n## `SELECT` examples").unwrap()];
    assert!(read(without_examples).examples.is_empty());
}

#[test]
fn carriage_returns() {
    for text in [TABS, PIPES] {
        let page = parse(&text.replace('\n', "\r\n")).value.unwrap();
        assert_eq!(page, read(text));
        assert_eq!(page::render(&page), text);
    }
}

#[test]
fn the_sentence_before_the_overview() {
    let sentence = "Creates, updates, deletes, gets or lists an <code>animals</code> resource.";
    for with in ["Words.  ", "One.\n\nTwo with `code` and <b>HTML</b>.", "Äöü.<br />More."] {
        assert_eq!(*read(&edited(TABS, &[(sentence, with)])).introduction, with);
    }
}

/// Neither has methods, so that nothing can be generated of it.
#[test]
fn views_and_pages_between_two_dialects_are_one_problem() {
    let view = "---\ntitle: vw_animals\n---\n\nimport CopyableCode from '@site/src/components/CopyableCode/CopyableCode';\nimport Tabs from '@theme/Tabs';\n\nLists.\n\n## Overview\n<table><tbody>\n<tr><td><b>Name</b></td><td><CopyableCode code=\"vw_animals\" /></td></tr>\n<tr><td><b>Type</b></td><td>View</td></tr>\n<tr><td><b>Id</b></td><td><CopyableCode code=\"aws.zoo.vw_animals\" /></td></tr>\n</tbody></table>\n\n## Fields\n\nSee the SQL Definition (view DDL) for fields returned by this view.\n\n## SQL Definition\n\n<Tabs\ndefaultValue=\"Sqlite3\"\nvalues={[\n{ label: 'Sqlite3', value: 'Sqlite3' }\n]}\n>\n<TabItem value=\"Sqlite3\">\n\n```sql\nSELECT 1\n```\n\n</TabItem>\n</Tabs>\n";
    let outcome = parse(view);
    assert_eq!(rules(&outcome.diagnostics), ["unsupported-layout"]);
    let schema = edited(
        TABS,
        &[
            (
                "import TabItem",
                "import SchemaTable from '@site/src/components/SchemaTable/SchemaTable';\nimport TabItem",
            ),
            ("<table>\n<thead>", "<SchemaTable fields={[]} />\n<table>\n<thead>"),
        ],
    );
    let outcome = parse(&schema);
    assert_eq!(rules(&outcome.diagnostics), ["unsupported-layout"]);
    let [_, copyable] = in_pipes(&[]);
    let between = edited(
        &page::render(&copyable),
        &[
            (
                "\n\n\n\n\n",
                "\nimport Tabs from '@theme/Tabs';\n\nCreates an <code>animals</code> resource.\n\n",
            ),
            ("## Methods", "\n## Methods"),
        ],
    ) + "\n## `SELECT` examples\n\nLists them.\n\n\n```sql\nSELECT\nname\nFROM aws.zoo.animals;\n```";
    let outcome = parse(&between);
    assert_eq!(rules(&outcome.diagnostics), ["unsupported-layout"]);
}

/// Words put into a page at every place are in what is written back, or what is wrong is said, at that place or below.
#[test]
fn nothing_is_lost_without_a_word() {
    const WORDS: &str = "zzqq";
    let [_, copyable] = in_pipes(&[]);
    for text in [PIPES, &page::render(&copyable), TABS] {
        let forms = [WORDS, " zzqq ", "\nzzqq\n", "\n\nzzqq\n\n"];
        // Every third place, so that each form comes to every part of a page, and the test is quick.
        for (turn, (at, _)) in text.char_indices().step_by(3).enumerate() {
            let edited = format!("{}{}{}", &text[..at], forms[turn % forms.len()], &text[at..]);
            let outcome = parse(&edited);
            match outcome.value {
                Some(page) => assert!(page::render(&page).contains(WORDS), "{at}: {edited}"),
                None => assert!(outcome.diagnostics.has_errors(), "{at}"),
            }
        }
    }
}
