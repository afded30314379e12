//! What binding says of a page and a model that do not fit, for every rule; and what it gives.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

use pagesmith_test_support as support;

use std::collections::BTreeSet;

use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::diagnostic::{Outcome, Style};
use pagesmith_model::model::{ModelFiles, ServiceModel};
use pagesmith_model::page::Page;
use pagesmith_model::schema::{Member, Schema, Service, Target};
use pagesmith_model::source::Source;
use pagesmith_test_support::users::{MODEL, OVERRIDES, PAGE};
use pagesmith_test_support::{page, read_model, value};

#[derive(Clone, Copy)]
enum File {
    Page,
    Model,
    Overrides,
}
use File::{Model, Overrides as OverridesFile, Page as PageFile};

/// A name for the snapshot, the rule, and what is replaced where by what.
type Case = (&'static str, &'static str, File, &'static str, &'static str);

const CASES: &[Case] = &[
    ("protocol", "unsupported-protocol", Model, "\"query\"", "\"soap\""),
    (
        "path",
        "unsupported-trait",
        Model,
        "\"requestUri\": \"/\" },\n      \"input",
        "\"requestUri\": \"/users\" },\n      \"input",
    ),
    (
        "host",
        "unsupported-trait",
        Model,
        "\"input\": { \"shape\": \"CreateUserRequest\" }",
        "\"endpoint\": { \"hostPrefix\": \"{Nobody}.\" }, \"input\": { \"shape\": \"CreateUserRequest\" }",
    ),
    (
        "member-name",
        "bad-name",
        Model,
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"a \\\"b\\\"; }\": { \"shape\": \"nameType\" } }\n",
    ),
    (
        "signature",
        "unsupported-signature",
        Model,
        "\"serviceId\": \"IAM\"",
        "\"serviceId\": \"IAM\", \"signatureVersion\": \"v2\"",
    ),
    (
        "signature-4a",
        "unsupported-signature",
        Model,
        "\"serviceId\": \"IAM\"",
        "\"serviceId\": \"IAM\", \"auth\": [\"aws.auth#sigv4a\"]",
    ),
    ("operation-name", "bad-name", Model, "\"name\": \"CreateUser\"", "\"name\": \"Create&User\""),
    ("no-operation", "no-operation", PageFile, "users_Create", "users_Destroy"),
    ("no-operation-near", "no-operation", PageFile, "users_Create", "users_Creaet"),
    (
        "ambiguous",
        "ambiguous-operation",
        Model,
        "\"AddUserToGroup\": {",
        "\"CreateUsers\": { \"name\": \"CreateUsers\", \"http\": { \"method\": \"POST\", \"requestUri\": \"/\" } },\n    \"AddUserToGroup\": {",
    ),
    ("unknown-param", "unknown-param", PageFile, "`UserName, region`", "`UserName, Wings, region`"),
    (
        "unknown-param-near",
        "unknown-param",
        PageFile,
        "`UserName, region`",
        "`UserName, Pathh, region`",
    ),
    (
        "required-by-page-only",
        "required-by-page-only",
        PageFile,
        "`UserName, region`",
        "`UserName, Path, region`",
    ),
    (
        "required-by-page-only-none",
        "required-by-page-only",
        Model,
        "      \"required\": [\"UserName\"],\n",
        "",
    ),
    (
        "required-by-model-only",
        "required-by-model-only",
        PageFile,
        "`UserName, region`",
        "`region`",
    ),
    ("unknown-field", "unknown-field", PageFile, "| `UserName` | `string`", "| `Wings` | `string`"),
    (
        "unknown-field-near",
        "unknown-field",
        PageFile,
        "| `UserName` | `string`",
        "| `Usrname` | `string`",
    ),
    ("overrides-json", "bad-overrides", OverridesFile, "\"operations\": {", "\"operations\": ["),
    ("overrides-section", "bad-overrides", OverridesFile, "\"sensitive\"", "\"secrets\""),
    (
        "overrides-no-object",
        "bad-overrides",
        OverridesFile,
        "{ \"reason\": \"for the test\" }",
        "true",
    ),
    (
        "overrides-no-reason",
        "bad-overrides",
        OverridesFile,
        ", \"reason\": \"the rule looks for AddUser\"",
        "",
    ),
    ("overrides-empty-reason", "bad-overrides", OverridesFile, "for the test", " "),
    (
        "overrides-key",
        "bad-overrides",
        OverridesFile,
        "{ \"reason\": \"for",
        "{ \"why\": 1, \"reason\": \"for",
    ),
    (
        "overrides-type",
        "bad-overrides",
        OverridesFile,
        "\"sensitive\": {",
        "\"types\": { \"nameType\": { \"type\": \"Emoji\", \"reason\": \"none\" } },\n  \"sensitive\": {",
    ),
    (
        "stale-type",
        "stale-override",
        OverridesFile,
        "\"sensitive\": {",
        "\"types\": { \"User\": { \"type\": \"SerialNumber\", \"reason\": \"none\" } },\n  \"sensitive\": {",
    ),
    (
        "stale-operation",
        "stale-override",
        OverridesFile,
        "\"AddUserToGroup\"",
        "\"AddUserToGruop\"",
    ),
    (
        "stale-method",
        "stale-override",
        OverridesFile,
        "\"users.Add\": {",
        "\"users.Fly\": { \"operation\": \"ListUsers\", \"reason\": \"none\" },\n    \"users.Add\": {",
    ),
    (
        "stale-needless",
        "stale-override",
        OverridesFile,
        "\"users.Add\": {",
        "\"users.List\": { \"operation\": \"ListUsers\", \"reason\": \"none\" },\n    \"users.Add\": {",
    ),
    ("stale-shape", "stale-override", OverridesFile, "\"nameType\"", "\"nmaeType\""),
    (
        "stale-sensitive",
        "stale-override",
        Model,
        "{ \"type\": \"string\" }",
        "{ \"type\": \"string\", \"sensitive\": true }",
    ),
];

/// Binds the three texts; a fault of the override file is an outcome too.
fn bind(page_text: &str, model: &str, overrides: &str) -> Outcome<Service> {
    let overrides = Overrides::read(&Source::new("seeds/aws/iam_api/overrides.json", overrides));
    let Some(overrides) = overrides.value else {
        return Outcome { value: None, diagnostics: overrides.diagnostics };
    };
    bind::bind(&[users(page_text)], &read_model(model, None), &overrides)
}

fn users(text: &str) -> Page {
    page("seeds/aws/iam_api/users.md", text)
}

fn changed(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from:?} should stand there once");
    text.replace(from, to)
}

fn outcome(case: &Case) -> Outcome<Service> {
    let (_, _, file, from, to) = case;
    let texts = match file {
        PageFile => (changed(PAGE, from, to), MODEL.to_owned(), OVERRIDES.to_owned()),
        Model => (PAGE.to_owned(), changed(MODEL, from, to), OVERRIDES.to_owned()),
        OverridesFile => (PAGE.to_owned(), MODEL.to_owned(), changed(OVERRIDES, from, to)),
    };
    bind(&texts.0, &texts.1, &texts.2)
}

#[test]
fn what_fits_is_bound_without_a_word() {
    let outcome = bind(PAGE, MODEL, OVERRIDES);
    assert_eq!(outcome.diagnostics.render_all(Style::Plain), "");
    assert!(outcome.value.is_some());
}

#[test]
fn every_fault_is_reported() {
    for case in CASES {
        let (name, rule, ..) = case;
        let outcome = outcome(case);
        assert_eq!(support::rules(&outcome.diagnostics), [*rule], "{name}");
        let is_warning = rule.starts_with("required-by");
        assert_eq!(outcome.value.is_some(), is_warning, "{name}");
        insta::assert_snapshot!(*name, outcome.diagnostics.render_all(Style::Plain));
    }
}

#[test]
fn two_pages_of_one_resource() {
    let other = page("seeds/aws/iam_api/users.md", PAGE);
    let outcome =
        bind::bind(&[users(PAGE), other], &read_model(MODEL, None), &Overrides::default());
    assert!(outcome.value.is_none());
    let found: Vec<_> = outcome.diagnostics.iter().collect();
    let found = found.iter().find(|found| found.rule() == "duplicate-page").unwrap();
    insta::assert_snapshot!("duplicate-page", found.render(Style::Plain));
}

/// Rules that no single replacement breaks; each has a test of its own.
const WITH_A_TEST: [&str; 3] = ["duplicate-page", "nested-list", "waiter-left-out"];

#[test]
fn a_waiter_that_reads_what_the_output_does_not_have_is_left_out() {
    let waiters = r#"{ "version": 2, "waiters": { "UserThere": {
        "operation": "ListUsers", "delay": 1, "maxAttempts": 2, "acceptors": [
            { "matcher": "pathAny", "argument": "Users[].UserName", "expected": "alice", "state": "success" }
    ] } } }"#;
    let with = |argument: &str| {
        let text = waiters.replace("Users[].UserName", argument);
        let (service, waiters) =
            (Source::new("service-2.json", MODEL), Source::new("waiters-2.json", text));
        let files = ModelFiles { waiters: Some(&waiters), ..ModelFiles::default() };
        let model = ServiceModel::read_with(&service, files).value.unwrap();
        let overrides = Overrides::read(&Source::new("overrides.json", OVERRIDES)).value.unwrap();
        bind::bind(&[users(PAGE)], &model, &overrides)
    };
    assert!(with("Users[].UserName").diagnostics.is_empty());
    let outcome = with("Users[].Path");
    assert_eq!(support::rules(&outcome.diagnostics), ["waiter-left-out"]);
    assert!(outcome.value.is_some());
    insta::assert_snapshot!("waiter-left-out", outcome.diagnostics.render_all(Style::Plain));
}

#[test]
fn every_rule_has_a_case() {
    let with_case: BTreeSet<&str> =
        CASES.iter().map(|(_, rule, ..)| *rule).chain(WITH_A_TEST).collect();
    let all: BTreeSet<&str> = bind::rules::RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(with_case, all);
}

#[test]
fn all_faults_are_reported_at_once() {
    let text = PAGE
        .replace("| `UserName` |", "| `Wings` |")
        .replace("`UserName, region`", "`Tail, region`");
    let outcome = bind(&text.replace("users_Add", "users_Fly"), MODEL, "{}");
    let found = support::rules(&outcome.diagnostics);
    assert_eq!(found, ["no-operation", "unknown-field", "unknown-param", "required-by-model-only"]);
}

/// What a method gives that has no operation, nobody knows: one fault, one report.
#[test]
fn a_method_without_an_operation_is_reported_once() {
    let text = PAGE.replace("users_List", "users_Lsit");
    let outcome = bind(&text, MODEL, OVERRIDES);
    assert_eq!(support::rules(&outcome.diagnostics), ["no-operation"]);
}

/// As pages of the newest dialect name them.
#[test]
fn a_method_may_be_named_as_its_operation() {
    let text = PAGE.replace("users_List", "list_users").replace("users_Create", "create_user");
    let methods = value(bind(&text, MODEL, OVERRIDES)).resources.remove(0).methods;
    let names: Vec<_> =
        methods.iter().map(|method| (method.name.as_str(), method.operation.as_str())).collect();
    let expected =
        [("list_users", "ListUsers"), ("create_user", "CreateUser"), ("Add", "AddUserToGroup")];
    assert_eq!(names, expected);
}

/// What is not used is nobody's concern: only the operations of the page and what they lead to.
#[test]
fn what_the_page_does_not_use_may_be_anything() {
    let unused = "\"AddUserToGroup\": {";
    let model = changed(
        MODEL,
        unused,
        "\"Odd\": { \"name\": \"Odd\", \"http\": { \"method\": \"GET\", \"requestUri\": \"/odd\" } },\n    \"AddUserToGroup\": {",
    );
    assert!(bind(PAGE, &model, OVERRIDES).diagnostics.is_empty());
}

#[test]
fn an_override_of_a_shape_makes_its_values_secrets() {
    let service = value(bind(PAGE, MODEL, OVERRIDES));
    let methods = &service.resources[0].methods;
    assert!(methods.iter().flat_map(|method| &method.input).all(|member| member.sensitive));
    assert!(service.resources[0].row.as_ref().unwrap().members[0].sensitive);
    let without = changed(
        OVERRIDES,
        ",\n  \"sensitive\": {\n    \"nameType\": { \"reason\": \"for the test\" }\n  }",
        "",
    );
    let service = value(bind(PAGE, MODEL, &without));
    let members = service.resources[0].methods.iter().flat_map(|method| &method.input);
    assert!(members.into_iter().all(|member| !member.sensitive));
}

#[test]
fn a_member_may_be_a_secret_by_itself_or_within_a_list() {
    let model = changed(
        MODEL,
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"Path\": { \"shape\": \"nameType\", \"sensitive\": true }, \"Codes\": { \"shape\": \"codes\" } }\n",
    );
    let model = changed(
        &model,
        "\"nameType\": {",
        "\"codes\": { \"type\": \"list\", \"member\": { \"shape\": \"nameType\", \"sensitive\": true } },\n    \"nameType\": {",
    );
    let service = value(bind(PAGE, &model, &OVERRIDES.replace("nameType", "userListType")));
    let input = &service.resources[0].methods[1].input;
    let secrets: Vec<(&str, bool)> =
        input.iter().map(|member| (member.name.as_str(), member.sensitive)).collect();
    assert_eq!(secrets, [("UserName", false), ("Path", true), ("Codes", true)]);
}

/// A structure that must hold another of its kind, without end, could never be made or read.
#[test]
fn a_structure_that_must_hold_itself_need_not() {
    let model = changed(
        MODEL,
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"Path\": { \"shape\": \"Loop\" } }\n",
    );
    let model = changed(
        &model,
        "\"nameType\": {",
        "\"Loop\": { \"type\": \"structure\", \"required\": [\"Other\", \"Plain\"], \"members\": { \"Other\": { \"shape\": \"Pool\" }, \"Plain\": { \"shape\": \"nameType\" } } },
    \"Pool\": { \"type\": \"structure\", \"required\": [\"Back\"], \"members\": { \"Back\": { \"shape\": \"Loop\" } } },
    \"nameType\": {",
    );
    let service = value(bind(PAGE, &model, OVERRIDES));
    let shown = |name: &str| {
        let members = service.structure(name).unwrap();
        members
            .iter()
            .map(|member| (member.name.clone(), member.required, member.recursive))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        shown("Loop"),
        [("Other".to_owned(), false, true), ("Plain".to_owned(), true, false)]
    );
    assert_eq!(shown("Pool"), [("Back".to_owned(), false, true)]);
}

/// A member without documentation of its own has that of its shape.
#[test]
fn documentation_and_unions_reach_the_bound_types() {
    let model = changed(
        MODEL,
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"Path\": { \"shape\": \"Either\", \"documentation\": \"<p>Where.</p>\" } }\n",
    );
    let model = changed(
        &model,
        "\"nameType\": { \"type\": \"string\" }",
        "\"Either\": { \"type\": \"structure\", \"union\": true, \"documentation\": \"<p>One of two.</p>\", \"members\": {
      \"Named\": { \"shape\": \"nameType\" }, \"Numbered\": { \"shape\": \"number\" } } },
    \"number\": { \"type\": \"integer\" },
    \"nameType\": { \"type\": \"string\", \"documentation\": \"<p>A <i>name</i>.</p>\" }",
    );
    let service = value(bind(PAGE, &model, OVERRIDES));
    let Schema::Union(members) = &service.schemas["Either"] else {
        panic!("{:?}", service.schemas["Either"])
    };
    let documented = |members: &[Member]| -> Vec<(String, Option<String>)> {
        let all = members.iter();
        all.map(|member| (member.name.clone(), member.documentation.clone())).collect()
    };
    let name = Some("<p>A <i>name</i>.</p>".to_owned());
    let expected = [("Named".to_owned(), name.clone()), ("Numbered".to_owned(), None)];
    assert_eq!(documented(members), expected);
    let row = service.resources[0].row.as_ref().unwrap();
    let row = documented(&row.members);
    let methods = &service.resources[0].methods;
    let inputs: Vec<_> = methods.iter().flat_map(|method| documented(&method.input)).collect();
    assert!(inputs.contains(&("Path".to_owned(), Some("<p>Where.</p>".to_owned()))), "{inputs:?}");
    // What the page says of a field comes first.
    let of_page = Some("The name of the user.".to_owned());
    assert!(row.contains(&("UserName".to_owned(), of_page)), "{row:?}");
    assert!(inputs.contains(&("UserName".to_owned(), name)), "{inputs:?}");
}

/// A list of itself has no type. It is reported once, although two members hold it.
#[test]
fn a_list_of_itself_is_refused() {
    let outcome = bind(PAGE, &with_lists(LISTS_WITHOUT_END), OVERRIDES);
    assert!(outcome.value.is_none());
    assert_eq!(support::rules(&outcome.diagnostics), ["nested-list"]);
    insta::assert_snapshot!("nested-list", outcome.diagnostics.render_all(Style::Plain));
}

/// The structures of errors are read from responses, so that they must be valid as those of outputs.
#[test]
fn the_structure_of_an_error_is_checked() {
    let lists = format!(
        "\"Bad\": {{ \"type\": \"structure\", \"exception\": true, \"members\": {{ \"Items\": {{ \"shape\": \"l0\" }} }} }},\n{LISTS_WITHOUT_END}"
    );
    let model = changed(MODEL, "\"nameType\": {", &format!("{lists}\n    \"nameType\": {{"));
    let outcome = bind::bind_model(&read_model(&model, None));
    assert_eq!(support::rules(&outcome.diagnostics), ["nested-list"]);
    let input = "\"input\": { \"shape\": \"CreateUserRequest\" }";
    let errors = format!("{input}, \"errors\": [{{ \"shape\": \"Bad\" }}]");
    let outcome = bind(PAGE, &changed(&model, input, &errors), OVERRIDES);
    assert_eq!(support::rules(&outcome.diagnostics), ["nested-list"]);
}

/// The limit itself is not beyond it.
#[test]
fn lists_may_be_nested_up_to_the_limit() {
    let nested = |levels: usize| {
        let level = |at: usize| {
            let next =
                if at + 1 == levels { "nameType".to_owned() } else { format!("l{}", at + 1) };
            format!(r#""l{at}": {{ "type": "list", "member": {{ "shape": "{next}" }} }},"#)
        };
        let lists: String = (0..levels).map(level).collect();
        bind(PAGE, &with_lists(&lists), OVERRIDES)
    };
    let service = value(nested(32));
    let mut depth = 0;
    let mut target = &service.resources[0].methods[1].input[1].target;
    while let Target::List { element, .. } = target {
        target = element;
        depth += 1;
    }
    assert_eq!((depth, target), (32, &Target::String));
    assert_eq!(support::rules(&nested(33).diagnostics), ["nested-list"]);
}

const LISTS_WITHOUT_END: &str = r#""l0": { "type": "list", "member": { "shape": "l0" } },"#;

/// The model with `lists` among its shapes; two members of the input of `CreateUser` hold the shape `l0`.
fn with_lists(lists: &str) -> String {
    let model = changed(
        MODEL,
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"Path\": { \"shape\": \"l0\" }, \"Other\": { \"shape\": \"l0\" } }\n",
    );
    changed(&model, "\"nameType\": {", &format!("{lists}\n    \"nameType\": {{"))
}

/// What REST services cannot have.
#[test]
fn paths_without_their_labels_and_streams_of_events_in_requests_are_refused() {
    let rest = MODEL.replace("\"query\"", "\"rest-json\"");
    let uri = "\"requestUri\": \"/\" },\n      \"input";
    let path = |path: &str| changed(&rest, uri, &uri.replace("/\"", &format!("{path}\"")));
    let labelled = |model: &str| {
        let member = "\"Path\": { \"shape\": \"nameType\" } }\n";
        let label = member.replace("nameType\"", "nameType\", \"location\": \"uri\"");
        changed(model, member, &label)
    };
    let bound = |model: &str| bind::bind_model(&read_model(model, None));
    assert!(bound(&labelled(&path("/users/{Path+}?all"))).diagnostics.is_empty());
    for (name, model) in [
        ("rest_label", path("/users/{Path}")),
        ("rest_brace", labelled(&path("/users/{Path"))),
        ("rest_path", labelled(&path("users"))),
    ] {
        insta::assert_snapshot!(name, bound(&model).diagnostics.render_all(Style::Plain));
    }
    let events = "{ \"type\": \"structure\", \"eventstream\": true, \"members\": {} }";
    let model = changed(&rest, "{ \"type\": \"string\" }", events);
    let service = bound(&model).value.unwrap();
    assert!(service.unsupported_operations.iter().any(|name| name == "CreateUser"));
    let bound = bind(PAGE, &model, OVERRIDES);
    assert_eq!(support::rules(&bound.diagnostics)[0], "unsupported-trait");
    insta::assert_snapshot!("rest_events", bound.diagnostics.render_all(Style::Plain));
}

/// One cause: nothing else that page, overrides and model disagree on matters to a service that cannot be called.
#[test]
fn an_unsupported_protocol_is_all_that_is_reported() {
    let page = PAGE
        .replace("| `UserName` |", "| `Wings` |")
        .replace("`UserName, region`", "`Tail, region`")
        .replace("users_Add", "users_Fly");
    let model = MODEL.replace("\"query\"", "\"soap\"").replace(
        "\"name\": \"CreateUser\", \"http\": { \"method\": \"POST\"",
        "\"name\": \"CreateUser\", \"http\": { \"method\": \"PUT\"",
    );
    let outcome = bind(&page, &model, OVERRIDES);
    assert!(outcome.value.is_none());
    assert_eq!(support::rules(&outcome.diagnostics), ["unsupported-protocol"]);
    let outcome = bind::bind_model(&read_model(&model, None));
    assert_eq!(support::rules(&outcome.diagnostics), ["unsupported-protocol"]);
}

/// Two methods with one verb on one page, as `snapshot_Create` and `snapshots_Create` of EC2.
const TWO_OF_A_VERB: &str = "| `user_Create` | `INSERT` | `UserName, region` | Creates one user. |\n\
                             | `users_Create` | `INSERT` | `UserName, region` | Creates users. |\n";

/// The page with them, and the model with an operation for each.
fn two_of_a_verb() -> (String, String) {
    let one = "| `users_Create` | `INSERT` | `UserName, region` | Creates a user. |\n";
    (changed(PAGE, one, TWO_OF_A_VERB), with_create_users())
}

/// The model with a second operation that `Create` of `users` could be.
fn with_create_users() -> String {
    changed(
        MODEL,
        "\"AddUserToGroup\": {",
        "\"CreateUsers\": { \"name\": \"CreateUsers\", \"http\": { \"method\": \"POST\", \"requestUri\": \"/\" },
      \"input\": { \"shape\": \"CreateUserRequest\" } },\n    \"AddUserToGroup\": {",
    )
}

fn with_operations(keys: &[(&str, &str)]) -> String {
    let entries = keys.iter().map(|(key, operation)| {
        format!(
            "\"{key}\": {{ \"operation\": \"{operation}\", \"reason\": \"for the test\" }},\n    "
        )
    });
    let entries: String = entries.collect();
    changed(OVERRIDES, "\"users.Add\": {", &format!("{entries}\"users.Add\": {{"))
}

fn help(outcome: &Outcome<Service>) -> Vec<&str> {
    outcome.diagnostics.iter().map(|found| found.help_text().unwrap()).collect()
}

#[test]
fn an_ambiguous_method_says_which_key_to_write() {
    let outcome = bind(PAGE, &with_create_users(), OVERRIDES);
    assert_eq!(support::rules(&outcome.diagnostics), ["ambiguous-operation"]);
    assert!(help(&outcome)[0].contains("\"users.Create\""), "{:?}", help(&outcome));
}

#[test]
fn methods_that_share_a_verb_say_which_keys_to_write() {
    let (page, model) = two_of_a_verb();
    let outcome = bind(&page, &model, OVERRIDES);
    assert_eq!(support::rules(&outcome.diagnostics), ["no-operation"; 2]);
    assert!(help(&outcome)[0].contains("\"users.user_Create\""), "{:?}", help(&outcome));
    assert!(help(&outcome)[1].contains("\"users.users_Create\""), "{:?}", help(&outcome));
}

#[test]
fn a_method_can_be_named_by_its_full_name() {
    let (page, model) = two_of_a_verb();
    let overrides = with_operations(&[
        ("users.user_Create", "CreateUser"),
        ("users.users_Create", "CreateUsers"),
    ]);
    let service = value(bind(&page, &model, &overrides));
    let operations: Vec<_> =
        service.resources[0].methods.iter().map(|method| method.operation.as_str()).collect();
    assert_eq!(operations, ["ListUsers", "CreateUser", "CreateUsers", "AddUserToGroup"]);
    // Where the verb is the only one of its kind, both keys are good.
    let overrides = OVERRIDES.replace("users.Add", "users.users_Add");
    assert!(bind(PAGE, MODEL, &overrides).diagnostics.is_empty());
}

#[test]
fn a_verb_that_two_methods_share_is_no_key() {
    let (page, model) = two_of_a_verb();
    let overrides = with_operations(&[("users.Create", "CreateUser")]);
    let outcome = bind(&page, &model, &overrides);
    assert_eq!(
        support::rules(&outcome.diagnostics),
        ["stale-override", "no-operation", "no-operation"]
    );
}

/// A name on the wire that is not one of an element, where it would be written into a request.
#[test]
fn odd_names_on_the_wire_are_refused() {
    let wrapper = ("\"ListUsersResult\"", "\"a b\"");
    let location = (
        "\"Path\": { \"shape\": \"nameType\" } }\n",
        "\"Path\": { \"shape\": \"nameType\", \"locationName\": \"a&b\" } }\n",
    );
    for (from, to) in [wrapper, location] {
        let outcome = bind(PAGE, &changed(MODEL, from, to), OVERRIDES);
        assert_eq!(support::rules(&outcome.diagnostics), ["bad-name"], "{to}");
    }
}
