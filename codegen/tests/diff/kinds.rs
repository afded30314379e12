//! Every kind of change, one at a time, in pages and models that are made for it.

use std::collections::BTreeSet;

use pagesmith_codegen::diff::{Changes, KINDS, Side, compare};

use crate::support::{between, shown, side};

const HEAD: &str = "\
---
title: users
keywords:
  - users
  - iam
description: Query AWS resources using SQL
---

## Overview
<table><tbody>
<tr><td><b>Name</b></td><td><code>users</code></td></tr>
<tr><td><b>Type</b></td><td>Resource</td></tr>
<tr><td><b>Id</b></td><td><code>aws.iam.users</code></td></tr>
</tbody></table>

## Fields
";

const FIELDS: &str = "\
| Name | Datatype | Description |
|:-----|:---------|:------------|
| `Arn` | `string` | The ARN of the user. |
| `UserName` | `string` | The name of the user. |
";

const METHODS: &str = "\
## Methods
| Name | Accessible by | Required Params | Description |
|:-----|:--------------|:----------------|:------------|
| `users_List` | `SELECT` | `region` | Lists the users. |
| `users_Create` | `INSERT` | `UserName, Path, region` | Creates a user. |
";

/// One page of `gfm-2024`.
pub(crate) fn page() -> String {
    [HEAD, FIELDS, METHODS].concat()
}

/// What the page's operations are.
pub(crate) const MODEL: &str = r#"{
  "version": "2.0",
  "metadata": {
    "apiVersion": "2010-05-08", "endpointPrefix": "iam", "protocol": "query", "serviceFullName": "Users",
    "serviceId": "IAM", "signatureVersion": "v4", "xmlNamespace": "https://iam.example/"
  },
  "operations": {
    "ListUsers": {
      "name": "ListUsers", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "ListRequest" },
      "output": { "shape": "ListResponse", "resultWrapper": "ListUsersResult" },
      "errors": [{ "shape": "NoSuchEntity" }, { "shape": "Failure" }]
    },
    "CreateUser": {
      "name": "CreateUser", "http": { "method": "POST", "requestUri": "/" },
      "input": { "shape": "CreateRequest" },
      "output": { "shape": "CreateResponse", "resultWrapper": "CreateUserResult" },
      "errors": [{ "shape": "Failure" }]
    }
  },
  "shapes": {
    "ListRequest": { "type": "structure", "members": {
      "Marker": { "shape": "text" }, "MaxItems": { "shape": "count" }, "Depth": { "shape": "count" } } },
    "ListResponse": { "type": "structure", "required": ["Users"], "members": {
      "Users": { "shape": "users" }, "IsTruncated": { "shape": "flag" }, "Marker": { "shape": "text" } } },
    "CreateRequest": { "type": "structure", "required": ["UserName", "Path"], "members": {
      "UserName": { "shape": "text" }, "Path": { "shape": "text" }, "Tag": { "shape": "Tag" },
      "Kind": { "shape": "kind" } } },
    "CreateResponse": { "type": "structure", "required": ["Id"], "members": {
      "Id": { "shape": "text" }, "Note": { "shape": "text" } } },
    "User": { "type": "structure", "required": ["Arn"], "members": {
      "Arn": { "shape": "text" }, "UserName": { "shape": "text" }, "Path": { "shape": "text" },
      "Group": { "shape": "text" } } },
    "Tag": { "type": "structure", "required": ["Key", "Value"], "members": {
      "Key": { "shape": "text" }, "Value": { "shape": "text" }, "Note": { "shape": "text" } } },
    "NoSuchEntity": { "type": "structure", "members": {}, "exception": true },
    "Failure": { "type": "structure", "members": {}, "exception": true },
    "users": { "type": "list", "member": { "shape": "User" } },
    "kind": { "type": "string", "enum": ["Human", "Robot"] },
    "text": { "type": "string" },
    "count": { "type": "integer" },
    "flag": { "type": "boolean" }
  }
}"#;

pub(crate) fn edited(text: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from:?}");
        text.replacen(from, to, 1)
    })
}

/// Replacements of the page, and what must be said.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

const CREATE: &str = "| `users_Create` | `INSERT` | `UserName, Path, region` | Creates a user. |\n";
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

/// The page and the model, each after some replacements.
fn with_model(page_edits: &[(&str, &str)], model_edits: &[(&str, &str)]) -> Side {
    side(&[
        ("aws/iam/users.md", &edited(&page(), page_edits)),
        ("aws/iam/service-2.json", &edited(MODEL, model_edits)),
    ])
}

const MODEL_CASES: &[Case] = &[
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
    let new = side(&[
        ("aws/iam/users.md", &page()),
        ("aws/iam/service-2.json", &edited(MODEL, &other)),
        ("aws/iam/overrides.json", overrides),
    ]);
    assert_eq!(
        shown(&compare(&with_model(&[], &[]), &new)),
        ["operation-changed aws.iam.users.Create breaking/breaking"]
    );
}

/// Pages of a folder.
#[test]
fn folders() {
    let named = |name: &str, like: &str| {
        let text = page().replace("users", name);
        edited(&text, &[("Creates a user", &format!("Creates {like}"))])
    };
    let (users, groups, roles) = (page(), named("groups", "a group"), named("roles", "a role"));
    let old = side(&[("aws/iam/users.md", &users), ("aws/iam/groups.md", &groups)]);
    let said = |files: &[(&str, &str)]| shown(&compare(&old, &side(files)));
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
    ];
    let tested: BTreeSet<&str> = here.iter().map(String::as_str).chain(elsewhere).collect();
    let all: BTreeSet<&str> = KINDS.iter().map(|kind| kind.id).collect();
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
        compare(&side(&files), &side(&[("aws/iam/users.md", &edited(&page(), &[(LIST, "")]))]))
    };
    assert_eq!(shown(&said(false)), shown(&said(true)));
}
