//! Every kind of change that service models tell of, and what they know better than pages.

use pagesmith_sync::diff::{Snapshot, compare};

use crate::kinds::{CREATE, Case};
use crate::sample::{MODEL, edited, page};
use crate::support::{shown, snapshot};

/// The page and the model, each after some replacements.
fn with_model(page_edits: &[(&str, &str)], model_edits: &[(&str, &str)]) -> Snapshot {
    snapshot(&[
        ("aws/iam/users.md", &edited(&page(), page_edits)),
        ("aws/iam/service-2.json", &edited(MODEL, model_edits)),
    ])
}

pub(crate) const MODEL_CASES: &[Case] = &[
    (
        &[(
            "\"Depth\": { \"shape\": \"count\" } } }",
            "\"Depth\": { \"shape\": \"count\" } }, \"required\": [\"Depth\"] }",
        )],
        &["input-newly-required aws.iam.users.List(Depth) safe/breaking"],
    ),
    (
        &[(", \"Depth\": { \"shape\": \"count\" }", "")],
        &["input-removed aws.iam.users.List(Depth) breaking/breaking"],
    ),
    (
        &[("\"Depth\": { \"shape\": \"count\" }", "\"Depth\": { \"shape\": \"text\" }")],
        &["input-retyped aws.iam.users.List(Depth) breaking/breaking"],
    ),
    (
        &[("\"required\": [\"UserName\", \"Path\"]", "\"required\": [\"UserName\"]")],
        &["input-relaxed aws.iam.users.Create(Path) safe/safe"],
    ),
    (
        &[("\"Depth\":", "\"Height\": { \"shape\": \"count\" }, \"Depth\":")],
        &["input-added aws.iam.users.List(Height) safe/safe"],
    ),
    (
        &[(", \"Note\": { \"shape\": \"text\" } } },\n    \"User\"", " } },\n    \"User\"")],
        &["output-removed aws.iam.users.Create[Note] breaking/breaking"],
    ),
    (
        &[("\"Id\": { \"shape\": \"text\" }", "\"Id\": { \"shape\": \"count\" }")],
        &["output-retyped aws.iam.users.Create[Id] breaking/breaking"],
    ),
    (
        &[("\"required\": [\"Id\"], ", "")],
        &["output-now-optional aws.iam.users.Create[Id] breaking/breaking"],
    ),
    (
        &[("\"required\": [\"Id\"]", "\"required\": [\"Id\", \"Note\"]")],
        &["output-now-required aws.iam.users.Create[Note] breaking/safe"],
    ),
    (
        &[("\"Id\": {", "\"Key\": { \"shape\": \"text\" }, \"Id\": {")],
        &["output-added aws.iam.users.Create[Key] safe/safe"],
    ),
    (
        &[("\"name\": \"CreateUser\",", "\"name\": \"CreateUser\", \"authtype\": \"none\",")],
        &["request-changed aws.iam.users.Create safe/breaking"],
    ),
    (
        &[("CreateUserResult", "CreateResult")],
        &["output-retyped aws.iam.users.Create safe/breaking"],
    ),
    (
        &[("\"IsTruncated\": { \"shape\": \"flag\" }", "\"IsTruncated\": { \"shape\": \"text\" }")],
        &[
            "output-retyped aws.iam.users.List[IsTruncated] breaking/breaking",
            "listing-removed aws.iam.users.List breaking/warning",
        ],
    ),
    (
        &[("{ \"shape\": \"NoSuchEntity\" }, ", "")],
        &["error-removed aws.iam.users.List[NoSuchEntity] breaking/safe"],
    ),
    (
        &[(
            "{ \"shape\": \"NoSuchEntity\" }, { \"shape\": \"Failure\" }",
            "{ \"shape\": \"NoSuchEntity\" }",
        )],
        &["error-removed aws.iam.users.List[Failure] safe/safe"],
    ),
    (
        &[(
            "\"errors\": [{ \"shape\": \"Failure\" }]",
            "\"errors\": [{ \"shape\": \"Failure\" }, { \"shape\": \"NoSuchEntity\" }]",
        )],
        &["error-added aws.iam.users.Create[NoSuchEntity] safe/safe"],
    ),
    (
        &[("\"required\": [\"Arn\"], ", "")],
        &["field-now-optional aws.iam.users[Arn] breaking/breaking"],
    ),
    (
        &[("\"required\": [\"Arn\"]", "\"required\": [\"Arn\", \"UserName\"]")],
        &["field-now-required aws.iam.users[UserName] breaking/safe"],
    ),
    (
        &[(
            "\"UserName\": { \"shape\": \"text\" }, \"Path\": { \"shape\": \"text\" },\n",
            "\"UserName\": { \"shape\": \"count\" }, \"Path\": { \"shape\": \"text\" },\n",
        )],
        &["field-retyped aws.iam.users[UserName] breaking/breaking"],
    ),
    (
        &[(", \"Note\": { \"shape\": \"text\" } } },\n    \"NoSuch", " } },\n    \"NoSuch")],
        &["member-removed aws.iam::Tag[Note] breaking/breaking"],
    ),
    (
        &[(
            "\"Note\": { \"shape\": \"text\" } } },\n    \"NoSuch",
            "\"Note\": { \"shape\": \"flag\" } } },\n    \"NoSuch",
        )],
        &["member-retyped aws.iam::Tag[Note] breaking/breaking"],
    ),
    (
        &[("\"required\": [\"Key\", \"Value\"]", "\"required\": [\"Key\"]")],
        &["member-now-optional aws.iam::Tag[Value] breaking/safe"],
    ),
    (
        &[("\"required\": [\"Key\", \"Value\"]", "\"required\": [\"Key\", \"Value\", \"Note\"]")],
        &["member-now-required aws.iam::Tag[Note] breaking/breaking"],
    ),
    (
        &[(
            "\"Note\": { \"shape\": \"text\" } } },\n    \"NoSuch",
            "\"Note\": { \"shape\": \"text\" }, \"More\": { \"shape\": \"flag\" } } },\n    \"NoSuch",
        )],
        &["member-added aws.iam::Tag[More] safe/safe"],
    ),
    (
        &[(
            "\"Key\": { \"shape\": \"text\" }, \"Value\": { \"shape\": \"text\" }",
            "\"Value\": { \"shape\": \"text\" }, \"Key\": { \"shape\": \"text\" }",
        )],
        &["constructor-changed aws.iam::Tag[] breaking/safe"],
    ),
    (&[(", \"Robot\"", "")], &["enum-value-removed aws.iam::kind[Robot] breaking/breaking"]),
    (
        &[("\"Robot\"", "\"Robot\", \"Ghost\"")],
        &["enum-value-added aws.iam::kind[Ghost] safe/safe"],
    ),
    (&[("iam.example", "iam.test")], &["service-changed aws.iam safe/warning"]),
];

#[test]
fn models() {
    for (edits, expected) in MODEL_CASES {
        let changes = compare(&with_model(&[], &[]), &with_model(&[], edits));
        assert_eq!(shown(&changes), *expected, "{edits:?}");
        assert!(changes.notes.is_empty(), "{:?}", changes.notes);
        let change = &changes.changes[0];
        assert!(change.old.is_some() && change.new.is_some());
    }
    let lost = MODEL_CASES.iter().find(|(_, said)| said.len() == 2).unwrap().0;
    let changes = compare(&with_model(&[], lost), &with_model(&[], &[]));
    assert!(shown(&changes).contains(&"listing-added aws.iam.users.List safe/safe".to_owned()));
}

/// What the page says is of another class where the models know better.
#[test]
fn models_know_better() {
    let said = |edits: &[(&str, &str)], model: &[(&str, &str)]| {
        shown(&compare(&with_model(&[], &[]), &with_model(edits, model)))
    };
    // The service still has, gives and takes what the page does not show any more.
    assert_eq!(said(&[(CREATE, "")], &[]), ["method-removed aws.iam.users.Create breaking/safe"]);
    assert_eq!(
        said(&[("| `Arn` | `string` | The ARN of the user. |\n", "")], &[]),
        ["field-removed aws.iam.users[Arn] breaking/safe"]
    );
    assert_eq!(
        said(&[("UserName, Path, region", "UserName, region")], &[]),
        ["required-param-now-optional aws.iam.users.Create(Path) breaking/safe"]
    );
    // It gave it already, and takes it still.
    assert_eq!(
        said(&[("| `Arn`", "| `Path` | `string` | Where the user is. |\n| `Arn`")], &[]),
        ["field-added aws.iam.users[Path] safe/safe"]
    );
    assert_eq!(
        said(&[("Path, region", "Path, Kind, region")], &[]),
        ["param-newly-required aws.iam.users.Create(Kind) breaking/safe"]
    );
    // The page says so and so does the service: one change, which breaks the wire.
    assert_eq!(
        said(
            &[("Path, region", "Path, Kind, region")],
            &[(
                "\"required\": [\"UserName\", \"Path\"]",
                "\"required\": [\"UserName\", \"Path\", \"Kind\"]"
            )]
        ),
        ["param-newly-required aws.iam.users.Create(Kind) breaking/breaking"]
    );
    // A datatype is words where the model's type is the same.
    assert_eq!(
        said(&[("`Arn` | `string`", "`Arn` | `object`")], &[]),
        ["field-retyped aws.iam.users[Arn] safe/safe"]
    );
    // By another name, and the same operation.
    assert_eq!(
        said(&[("users_Create", "create_user")], &[]),
        ["method-renamed aws.iam.users.Create breaking/safe"]
    );
    // What another operation is behind is another method.
    let other = [(
        "\"CreateUser\": {\n      \"name\": \"CreateUser\"",
        "\"RegisterUser\": {\n      \"name\": \"RegisterUser\"",
    )];
    assert_eq!(
        said(&[("users_Create", "users_Register")], &other),
        [
            "method-removed aws.iam.users.Create breaking/warning",
            "method-added aws.iam.users.Register safe/safe",
        ]
    );
    let overrides = r#"{ "operations": { "users.Create": { "operation": "RegisterUser", "reason": "renamed" } } }"#;
    let new = snapshot(&[
        ("aws/iam/users.md", &page()),
        ("aws/iam/service-2.json", &edited(MODEL, &other)),
        ("aws/iam/overrides.json", overrides),
    ]);
    assert_eq!(
        shown(&compare(&with_model(&[], &[]), &new)),
        ["operation-changed aws.iam.users.Create breaking/breaking"]
    );
}

/// A model on the new side alone does not say what the old service took.
#[test]
fn a_model_of_the_new_side_alone() {
    let dropped = |model: &str| {
        let edits = [("UserName, Path, region", "UserName, region")];
        let new = snapshot(&[
            ("aws/iam/users.md", &edited(&page(), &edits)),
            ("aws/iam/service-2.json", model),
        ]);
        let changes = compare(&snapshot(&[("aws/iam/users.md", &page())]), &new);
        shown(&changes).into_iter().find(|said| said.contains("(Path)"))
    };
    let without = [
        ("\"required\": [\"UserName\", \"Path\"]", "\"required\": [\"UserName\"]"),
        ("\"Path\": { \"shape\": \"text\" }, \"Tag\"", "\"Tag\""),
    ];
    assert_eq!(
        dropped(&edited(MODEL, &without)).unwrap(),
        "required-param-removed aws.iam.users.Create(Path) breaking/warning"
    );
    assert_eq!(
        dropped(MODEL).unwrap(),
        "required-param-now-optional aws.iam.users.Create(Path) breaking/safe"
    );
}
