//! The seed and the same page as the site has it now, and the seed's model as it was and as it is.

use pagesmith_model::diagnostic::{Diagnostics, Outcome, Style};
use pagesmith_sync::diff::{Changes, Report, compare};
use pagesmith_sync::report::Format;

use crate::support::{self, SEED, page_side, seed, shown, snapshot};

const PUBLISHED: &str = "2026-08/aws/iam/mfa_devices.md";

fn real_pair() -> Option<Changes> {
    let now = std::fs::read_to_string(support::corpus()?.join(PUBLISHED)).unwrap();
    Some(compare(&page_side(SEED, &seed("mfa_devices.md")), &page_side(PUBLISHED, &now)))
}

#[test]
fn the_real_pair_is_said_exactly() {
    let Some(changes) = real_pair() else { return };
    assert_eq!(
        shown(&changes),
        [
            "method-removed aws.iam_api.mfa_devices.Deactivate breaking/warning",
            "method-removed aws.iam_api.mfa_devices.Enable breaking/warning",
            "method-removed aws.iam_api.mfa_devices.Resync breaking/warning",
            "method-removed aws.iam_api.mfa_devices.Tag breaking/warning",
            "method-removed aws.iam_api.mfa_devices.Untag breaking/warning",
            "method-renamed aws.iam_api.mfa_devices.List breaking/safe",
            "page-id-changed aws.iam_api.mfa_devices warning/safe",
            "method-added aws.iam_api.mfa_devices.get_mfa_device safe/safe",
            "optional-param-documented aws.iam_api.mfa_devices.List(UserName) safe/safe",
            "optional-param-documented aws.iam_api.mfa_devices.List(Marker) safe/safe",
            "optional-param-documented aws.iam_api.mfa_devices.List(MaxItems) safe/safe",
            "field-added aws.iam_api.mfa_devices[Certifications] safe/safe",
            "prose-changed aws.iam_api.mfa_devices safe/safe",
        ]
    );
}

#[test]
fn the_real_pair_in_every_format() {
    let Some(changes) = real_pair() else { return };
    let report = Report {
        old: SEED.to_owned(),
        new: PUBLISHED.to_owned(),
        outcome: Outcome { value: Some(changes), diagnostics: Diagnostics::default() },
    };
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::assert_snapshot!("real_pair_text", report.render(Format::Text, Style::Plain));
        insta::assert_snapshot!("real_pair_coloured", report.render(Format::Text, Style::Coloured));
        insta::assert_snapshot!(
            "real_pair_markdown",
            report.render(Format::Markdown, Style::Plain)
        );
        insta::assert_snapshot!("real_pair_json", report.render(Format::Json, Style::Plain));
        insta::assert_snapshot!("real_pair_github", report.render(Format::Github, Style::Plain));
    });
}

/// Backwards: what was documented has no place any more.
#[test]
fn the_real_pair_backwards() {
    let Some(corpus) = support::corpus() else { return };
    let now = std::fs::read_to_string(corpus.join(PUBLISHED)).unwrap();
    let changes = compare(&page_side(PUBLISHED, &now), &page_side(SEED, &seed("mfa_devices.md")));
    let said = shown(&changes);
    let count = |id: &str| said.iter().filter(|one| one.starts_with(&format!("{id} "))).count();
    assert_eq!(
        (count("method-added"), count("method-removed"), count("method-renamed")),
        (5, 1, 1)
    );
    assert_eq!((count("optional-param-undocumented"), count("field-removed")), (3, 1));
    assert_eq!((count("page-id-changed"), count("prose-changed")), (1, 1));
    assert_eq!(said.len(), 13, "{said:#?}");
}

/// The two dialects of 2024 say the same.
#[test]
fn dialects_that_say_the_same() {
    let Some(corpus) = support::corpus() else { return };
    for page in ["mfa_devices.md", "roles.md", "users.md"] {
        let read = |folder: &str| {
            let name = format!("{folder}/aws/iam_api/{page}");
            page_side(&name, &std::fs::read_to_string(corpus.join(&name)).unwrap())
        };
        let said = shown(&compare(&read("2024-05-02"), &read("2024-05-17")));
        assert!(said.is_empty(), "{page}: {said:?}");
    }
}

/// An older model required the user's name of `DeactivateMFADevice`; today's does not.
#[test]
fn a_relaxed_param_is_safe_on_the_wire() {
    let now = seed("service-2.json");
    let mut model: serde_json::Value = serde_json::from_str(&now).unwrap();
    let required = &mut model["shapes"]["DeactivateMFADeviceRequest"]["required"];
    assert_eq!(*required, serde_json::json!(["SerialNumber"]));
    *required = serde_json::json!(["UserName", "SerialNumber"]);
    let older = serde_json::to_string_pretty(&model).unwrap();
    let sided = |model: &str| {
        let pages = seed("mfa_devices.md");
        snapshot(&[
            ("seeds/aws/iam_api/mfa_devices.md", &pages),
            ("seeds/aws/iam_api/service-2.json", model),
            ("seeds/aws/iam_api/paginators-1.json", &seed("paginators-1.json")),
            ("seeds/aws/iam_api/overrides.json", &seed("overrides.json")),
        ])
    };
    let changes = compare(&sided(&older), &sided(&now));
    assert_eq!(
        shown(&changes),
        ["input-relaxed aws.iam_api.mfa_devices.Deactivate(UserName) safe/safe"]
    );
    assert!(changes.notes.is_empty());
    assert_eq!(
        shown(&compare(&sided(&now), &sided(&older))),
        ["input-newly-required aws.iam_api.mfa_devices.Deactivate(UserName) safe/breaking"]
    );
}

/// The page of today bound to a model on both sides: its methods are whole operations.
#[test]
fn the_page_of_today_is_bound() {
    let Some(corpus) = support::corpus() else { return };
    let Some(published) = std::env::var_os("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory");
        return;
    };
    let folder = std::path::Path::new(&published).join("iam/2010-05-08");
    let published = crate::published::read_published(&folder);
    let now = std::fs::read_to_string(corpus.join(PUBLISHED)).unwrap();
    let model = published.service.text();
    let old = snapshot(&[
        ("aws/iam_api/mfa_devices.md", &seed("mfa_devices.md")),
        ("aws/iam_api/service-2.json", model),
    ]);
    let new = snapshot(&[("aws/iam/mfa_devices.md", &now), ("aws/iam/service-2.json", model)]);
    let changes = compare(&old, &new);
    assert!(changes.notes.is_empty(), "{:?}", changes.notes);
    let said = shown(&changes);
    // The service still has the operations, and a row that `GetMFADevice` gives promises no user name.
    assert!(said.contains(&"method-removed aws.iam_api.mfa_devices.Tag breaking/safe".to_owned()));
    assert!(
        said.contains(
            &"field-now-optional aws.iam_api.mfa_devices[UserName] breaking/breaking".to_owned()
        ),
        "{said:#?}"
    );
}

/// A method gives a field that another gave before.
#[test]
fn a_field_comes_to_another_method() {
    let Some(corpus) = support::corpus() else { return };
    let now = std::fs::read_to_string(corpus.join(PUBLISHED)).unwrap();
    let mut page = support::parse(PUBLISHED, &now);
    page.field_tabs[1].fields.remove(0);
    let before = pagesmith_model::page::render(&page);
    let said = shown(&compare(&page_side(PUBLISHED, &before), &page_side(PUBLISHED, &now)));
    assert_eq!(
        said,
        ["field-new-in-method aws.iam.mfa_devices.list_mfa_devices[EnableDate] safe/safe"]
    );
}
