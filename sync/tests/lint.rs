//! Lint: each rule found where it should be and nowhere else, in every format.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use pagesmith_codegen::folder::Folder;
use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Severity, Style};
use pagesmith_model::page::Page;
use pagesmith_sync::lint::{self, rules};
use pagesmith_sync::report::Format;
use pagesmith_test_support::{page, read_model, seed, seed_overrides};

fn lint_of(page: Page, model: &str) -> Diagnostics {
    let model = read_model(model, Some(&seed("paginators-1.json")));
    lint::lint(&Folder { pages: vec![page], model, overrides: seed_overrides() })
}

/// What is found in the seed's page with `from` replaced by `to`, beside what is found in it as it is.
fn found(from: &str, to: &str) -> Vec<(&'static str, String)> {
    let text = seed("mfa_devices.md");
    assert!(text.contains(from), "{from} is not in the page");
    let page = page("seeds/aws/iam_api/mfa_devices.md", &text.replacen(from, to, 1));
    all(&lint_of(page, &seed("service-2.json")))
}

fn all(diagnostics: &Diagnostics) -> Vec<(&'static str, String)> {
    diagnostics
        .iter()
        .filter(|found| !found.message().contains("`UserName` for `mfa_devices_Deactivate`"))
        .map(|found| (found.rule(), found.span().unwrap().text().to_owned()))
        .collect()
}

fn one(rule: &'static str, place: &str) -> Vec<(&'static str, String)> {
    vec![(rule, place.to_owned())]
}

#[test]
fn the_seed_has_its_one_disagreement() {
    let page = page("seeds/aws/iam_api/mfa_devices.md", &seed("mfa_devices.md"));
    let found = lint_of(page, &seed("service-2.json"));
    let rules: Vec<&str> = found.iter().map(Diagnostic::rule).collect();
    assert_eq!(rules, ["required-by-page-only"]);
    assert!(!lint::reaches(&found, Severity::Error));
    assert!(lint::reaches(&found, Severity::Warning));
}

#[test]
fn params_that_only_one_side_requires_are_found() {
    assert_eq!(
        found("`SerialNumber, TagKeys, region`", "`SerialNumber, region`"),
        one("required-by-model-only", "mfa_devices_Untag")
    );
    let model = seed("service-2.json").replacen("\"TagKeys\"\n", "\"SerialNumber\"\n", 1);
    let page = page("seeds/aws/iam_api/mfa_devices.md", &seed("mfa_devices.md"));
    assert_eq!(all(&lint_of(page, &model)), one("required-by-page-only", "TagKeys"));
}

#[test]
fn what_the_model_does_not_have_is_an_error() {
    assert_eq!(found("`SerialNumber, TagKeys", "`SerialNo, TagKeys")[0].0, "unknown-param");
    assert_eq!(found("| `EnableDate` |", "| `EnabledAt` |")[0].0, "unknown-field");
    assert_eq!(found("`mfa_devices_Untag`", "`mfa_devices_Untie`")[0].0, "no-operation");
}

#[test]
fn an_operation_without_a_method_is_found_in_the_model() {
    let text = seed("mfa_devices.md");
    let (before, _) = text.split_once("| `mfa_devices_Untag`").unwrap();
    let page = page("seeds/aws/iam_api/mfa_devices.md", before);
    let found = lint_of(page, &seed("service-2.json"));
    assert_eq!(all(&found), one("undocumented-operation", "\"UntagMFADevice\""));
}

#[test]
fn a_field_that_the_page_lacks_is_found() {
    let row = "| `UserName` | `string` | The user with whom the MFA device is associated. |\n";
    assert_eq!(found(row, ""), one("undocumented-field", "SerialNumber"));
}

#[test]
fn datatypes_are_compared_as_the_site_writes_them() {
    let disagrees = |place: &str| one("datatype-disagrees", place);
    assert_eq!(found("`UserName` | `string`", "`UserName` | `integer`"), disagrees("integer"));
    assert_eq!(found("`EnableDate` | `string`", "`EnableDate` | `boolean`"), disagrees("boolean"));
    assert_eq!(found("`EnableDate` | `string`", "`EnableDate` | `string (date-time)`"), []);
    assert_eq!(found("`EnableDate` | `string`", "`EnableDate` | `number`"), []);
}

#[test]
fn links_are_judged_by_their_form() {
    let linked = |target: &str| {
        let to = format!("&lt;a href=\"{target}\"&gt;Tagging");
        let from = "&lt;a href=\"https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html\"&gt;Tagging";
        let found = found(from, &to);
        assert!(found.len() < 2, "{found:?}");
        found.first().map(|(rule, _)| *rule)
    };
    for good in [
        "https://a.example",
        "http://a.example:8080/x?y=z#w",
        "HTTPS://A.EXAMPLE/%7Eb",
        "#methods",
        "#mfa_devices_List",
        "https://[::1]/",
        "http://localhost:3000",
    ] {
        assert_eq!(linked(good), None, "{good}");
    }
    for bad in [
        "javascript:alert(1)",
        "ftp://a.example",
        "/IAM/x.html",
        "a.example/x",
        "https://",
        "https://a",
        "https://a..b",
        "https://-a.example",
        "https://a.example:99999",
        "https://a.example/%zz",
        "https://a.example/a b",
        "mailto:a@b.example",
    ] {
        assert_eq!(linked(bad), Some("bad-link"), "{bad}");
    }
    assert_eq!(linked(""), Some("empty-link"));
    assert_eq!(linked("#"), Some("empty-link"));
    assert_eq!(linked("#nowhere"), Some("dead-anchor"));
}

#[test]
fn ids_of_rules_are_unique_and_explained() {
    let all = rules::RULES.iter().chain(pagesmith_model::bind::rules::RULES);
    let mut ids: Vec<&str> = all.clone().map(|rule| rule.id).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
    assert!(all.clone().all(|rule| !rule.label.is_empty() && !rule.help.is_empty()));
}

#[test]
fn every_format_says_the_same() {
    let page = page("seeds/aws/iam_api/mfa_devices.md", &seed("mfa_devices.md"));
    let found = lint_of(page, &seed("service-2.json"));
    let json: serde_json::Value =
        serde_json::from_str(&lint::render(&found, Format::Json, Style::Plain)).unwrap();
    assert_eq!(json["version"], 1);
    assert_eq!((&json["errors"], &json["warnings"]), (&0.into(), &1.into()));
    let finding = &json["findings"][0];
    assert_eq!(finding["rule"], "required-by-page-only");
    assert_eq!(finding["file"], "seeds/aws/iam_api/mfa_devices.md");
    assert_eq!((&finding["line"], &finding["column"]), (&37.into(), &54.into()));
    assert_eq!(finding["endColumn"], 62);
    let github = lint::render(&found, Format::Github, Style::Plain);
    assert!(github.starts_with(
        "::warning file=seeds/aws/iam_api/mfa_devices.md,line=37,col=54,endColumn=62,title=required-by-page-only::"
    ));
    assert_eq!(github.lines().count(), 1);
    let markdown = lint::render(&found, Format::Markdown, Style::Plain);
    assert!(markdown.contains("| `seeds/aws/iam_api/mfa_devices.md:37:54` |"), "{markdown}");
    let none = Diagnostics::default();
    assert_eq!(lint::render(&none, Format::Text, Style::Plain), "nothing found\n");
    assert_eq!(lint::render(&none, Format::Github, Style::Plain), "");
}
