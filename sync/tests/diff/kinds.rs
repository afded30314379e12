//! Every kind of change, one at a time, in pages and models that are made for it.

use std::collections::BTreeSet;

use pagesmith_model::source::Source;
use pagesmith_sync::diff::{CHANGE_KINDS, Changes, Snapshot, compare};

use crate::models::MODEL_CASES;
use crate::sample::{FIELDS, edited, page};
use crate::support::{between, shown, snapshot};

/// Replacements of the page, and what must be said.
pub(crate) type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

pub(crate) const CREATE: &str =
    "| `users_Create` | `INSERT` | `UserName, Path, region` | Creates a user. |\n";
const LIST: &str = "| `users_List` | `SELECT` | `region` | Lists the users. |\n";

const PAGE_CASES: &[Case] = &[
    (&[(CREATE, "")], &["method-removed aws.iam.users.Create breaking/warning"]),
    (
        &[("users_Create", "users_Register")],
        &["method-renamed aws.iam.users.Create breaking/warning"],
    ),
    (&[("users_Create", "users_create")], &["method-respelled aws.iam.users.Create safe/safe"]),
    (&[("users_Create", "create_user")], &["method-renamed aws.iam.users.Create breaking/safe"]),
    (&[("`INSERT`", "`EXEC`")], &["access-changed aws.iam.users.Create breaking/safe"]),
    (
        &[("Path, region", "Path, Kind, region")],
        &["param-newly-required aws.iam.users.Create(Kind) breaking/breaking"],
    ),
    (
        &[("UserName, Path, region", "UserName, region")],
        &["required-param-removed aws.iam.users.Create(Path) breaking/warning"],
    ),
    (
        &[("UserName, Path, region", "UserName, Paths, region")],
        &["required-param-renamed aws.iam.users.Create(Path) breaking/breaking"],
    ),
    (&[("Path, region", "Path")], &["region-changed aws.iam.users.Create(region) safe/safe"]),
    (&[("UserName, Path", "Path, UserName")], &["order-changed aws.iam.users.Create safe/safe"]),
    (
        &[("| `Arn` | `string` | The ARN of the user. |\n", "")],
        &["field-removed aws.iam.users[Arn] breaking/warning"],
    ),
    (&[("`Arn`", "`ARN_`")], &["field-renamed aws.iam.users[Arn] safe/breaking"]),
    (
        &[("| `UserName` |", "| `Name` |")],
        &["field-renamed aws.iam.users[UserName] breaking/breaking"],
    ),
    (
        &[("`Arn` | `string`", "`Arn` | `object`")],
        &["field-retyped aws.iam.users[Arn] breaking/breaking"],
    ),
    (
        &[("`Arn` | `string`", "`Arn` | `string (uri)`")],
        &["field-retyped aws.iam.users[Arn] breaking/breaking"],
    ),
    (
        &[(
            FIELDS,
            "`SELECT` not supported for this resource, use `SHOW METHODS` to view available operations for the resource and then invoke a supported method using the `EXEC` command  \n",
        )],
        &["rows-removed aws.iam.users breaking/warning"],
    ),
    (&[("Lists the", "Lists all the")], &["prose-changed aws.iam.users.List safe/safe"]),
    (&[("ARN of the", "ARN of a")], &["prose-changed aws.iam.users[Arn] safe/safe"]),
    (&[("using SQL", "with SQL")], &["prose-changed aws.iam.users safe/safe"]),
    (&[("Lists the users.", "&lt;p&gt;Lists  the &lt;b&gt;users&lt;/b&gt;.&lt;/p&gt;")], &[]),
    (&[("aws.iam.users", "aws.identity.users")], &["page-id-changed aws.iam.users warning/safe"]),
    (&[("  - iam\n", "")], &[]),
];

/// Made-up changes between two pages, all kinds that pages of 2024 have.
#[test]
fn pages() {
    for (edits, expected) in PAGE_CASES {
        let changes = between(&page(), &edited(&page(), edits));
        assert_eq!(shown(&changes), *expected, "{edits:?}");
    }
    let rows = &PAGE_CASES.iter().find(|(edits, _)| edits[0].0 == FIELDS).unwrap().0;
    let changes = between(&edited(&page(), rows), &page());
    assert_eq!(shown(&changes), ["rows-added aws.iam.users breaking/safe"]);
}

/// `data__` in front of a param says that it is a part of the request's body. The name on the wire has no such
/// prefix, so that a page which drops or adds it renames the param in Rust and nothing else.
#[test]
fn a_prefix_that_does_not_travel_is_a_rename() {
    let data = edited(&page(), &[("UserName, Path, region", "data__UserName, data__Path, region")]);
    let renamed = |prefix: &str| {
        ["UserName", "Path"].map(|name| {
            format!("required-param-renamed aws.iam.users.Create({prefix}{name}) breaking/safe")
        })
    };
    assert_eq!(shown(&between(&data, &page())), renamed("data__"));
    assert_eq!(shown(&between(&page(), &data)), renamed(""));
    // Two params are two params.
    let other = edited(&page(), &[("UserName, Path, region", "UserName, data__Kind, region")]);
    assert_eq!(
        shown(&between(&page(), &other)),
        [
            "required-param-removed aws.iam.users.Create(Path) breaking/warning",
            "param-newly-required aws.iam.users.Create(data__Kind) breaking/breaking",
        ]
    );
}

/// Beyond so many, nobody looks for what was renamed, and the report says so.
#[test]
fn too_many_renames_are_noted() {
    let fields = |word: &str, count: usize| -> String {
        let rows = (0..count).map(|at| format!("| `F{word}{at}` | `string` | x{word}{at} |\n"));
        let rows: String = rows.collect();
        edited(&page(), &[("## Methods\n", &format!("{rows}## Methods\n"))])
    };
    let changes = between(&fields("a", 300), &fields("b", 300));
    assert_eq!(changes.changes.len(), 600);
    assert_eq!(
        changes.notes,
        [
            "aws.iam.users: too many names changed to search for renames among its fields (300 removed, 300 added); \
             renames there are reported as removals and additions"
        ]
    );
    assert!(between(&fields("a", 20), &fields("b", 20)).notes.is_empty());
}

/// Pages of a folder.
#[test]
fn folders() {
    let named = |name: &str, like: &str| {
        let text = page().replace("users", name);
        edited(&text, &[("Creates a user", &format!("Creates {like}"))])
    };
    let (users, groups, roles) = (page(), named("groups", "a group"), named("roles", "a role"));
    let old = snapshot(&[("aws/iam/users.md", &users), ("aws/iam/groups.md", &groups)]);
    let said = |files: &[(&str, &str)]| shown(&compare(&old, &snapshot(files)));
    assert!(said(&[("aws/iam/groups.md", &groups), ("aws/iam/users.md", &users)]).is_empty());
    assert_eq!(
        said(&[("aws/iam/users.md", &users)]),
        ["page-removed aws.iam.groups breaking/warning"]
    );
    assert_eq!(
        said(&[
            ("aws/iam/users.md", &users),
            ("aws/iam/groups.md", &groups),
            ("aws/iam/roles.md", &edited(&roles, &[("Creates", "Makes")]))
        ]),
        ["page-added aws.iam.roles safe/safe"]
    );
    let crews = groups.replace("groups", "crews");
    assert_eq!(
        said(&[("aws/iam/users.md", &users), ("aws/iam/crews.md", &crews)]),
        // It lists crews, so its prose differs too.
        [
            "page-renamed aws.iam.groups breaking/safe",
            "prose-changed aws.iam.groups.List safe/safe"
        ]
    );
    // The whole service goes by another name.
    let moved = |text: &str| text.replace("aws.iam.", "aws.identity.");
    assert_eq!(
        said(&[
            ("aws/identity/users.md", &moved(&users)),
            ("aws/identity/groups.md", &moved(&groups))
        ]),
        [
            "page-id-changed aws.iam.groups warning/safe",
            "page-id-changed aws.iam.users warning/safe"
        ]
    );
}

/// Every kind is said in one of these tests, or in those of the edits at random.
#[test]
fn every_kind_has_a_case() {
    let here: BTreeSet<String> = PAGE_CASES
        .iter()
        .chain(MODEL_CASES)
        .flat_map(|(_, said)| *said)
        .map(|said| said.split(' ').next().unwrap().to_owned())
        .collect();
    let elsewhere = [
        "page-removed",
        "page-renamed",
        "page-added",
        "operation-changed",
        "method-added",
        "required-param-now-optional",
        "optional-param-removed",
        "optional-param-renamed",
        "optional-param-undocumented",
        "optional-param-added",
        "optional-param-documented",
        "param-retyped",
        "rows-added",
        "field-gone-from-method",
        "field-new-in-method",
        "field-added",
        "listing-added",
        "examples-changed",
        "part-removed",
        "part-added",
    ];
    let tested: BTreeSet<&str> = here.iter().map(String::as_str).chain(elsewhere).collect();
    let all: BTreeSet<&str> = CHANGE_KINDS.iter().map(|kind| kind.id).collect();
    assert_eq!(tested, all);
}

/// What is said does not depend on the order of files, and is said the same again.
#[test]
fn the_order_of_files_does_not_matter() {
    let groups = page().replace("users", "groups");
    let forward = [("aws/iam/groups.md", groups.as_str()), ("aws/iam/users.md", &page())]
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
    let said = |reverse: bool| -> Changes {
        let mut files: Vec<(&str, &str)> =
            forward.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        if reverse {
            files.reverse();
        }
        compare(
            &snapshot(&files),
            &snapshot(&[("aws/iam/users.md", &edited(&page(), &[(LIST, "")]))]),
        )
    };
    assert_eq!(shown(&said(false)), shown(&said(true)));
}

/// The parts of an SDK.
#[test]
fn parts() {
    let users = page();
    let with = |sdk: &str| {
        let pages = ("seeds/aws/iam/users.md", users.as_str());
        if sdk.is_empty() {
            snapshot(&[pages])
        } else {
            snapshot(&[pages, ("seeds/sdk.json", sdk)])
        }
    };
    let said = |old: &str, new: &str| shown(&compare(&with(old), &with(new)));
    let (removed, added) =
        ("part-removed sdk[serde] breaking/safe", "part-added sdk[serde] safe/safe");
    let (on, feature, other) =
        (r#"{"serde": true}"#, r#"{"serde": "serde"}"#, r#"{"serde": "other"}"#);
    for (old, new, expected) in [
        ("", on, added),
        ("", feature, added),
        (feature, on, added),
        (on, "", removed),
        (feature, r#"{"serde": false}"#, removed),
        (on, feature, removed),
        (feature, other, removed),
        ("", r#"{"blocking": true}"#, "part-added sdk[blocking] safe/safe"),
        (r#"{"path": "a::b"}"#, r#"{"path": "a::c"}"#, "part-removed sdk[path] breaking/safe"),
        (r#"{"path": "a::b"}"#, "", "part-removed sdk[path] safe/safe"),
    ] {
        assert_eq!(said(old, new), [expected], "{old} {new}");
    }
    assert!(said(on, on).is_empty() && said("", r#"{"serde": false}"#).is_empty());
    // It has a place on each side that has the file, and one that is wrong is refused.
    let changes = compare(&with(on), &with(feature));
    assert_eq!(changes.changes[0].place().unwrap().source().name(), "seeds/sdk.json");
    let sources = [("seeds/a.md", users.as_str()), ("seeds/sdk.json", "{\"cloud\": true}")];
    let sources = sources.map(|(name, text)| Source::new(name, text)).to_vec();
    assert!(Snapshot::of("seeds", sources, false).value.is_none());
}
