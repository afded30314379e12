//! `parse(render(model)) == model`, for models that no page was read from, in every dialect.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::BTreeSet;

use pagesmith_model::diagnostic::Style;
use pagesmith_model::page::{
    Access, Datatype, DatatypeKind, Dialect, Field, Method, Page, Select, parse, render,
};
use pagesmith_model::source::{Source, Spanned};
use pagesmith_sync::convert::convert;
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;

const SEED: &str = include_str!("../../seeds/aws/iam_api/mfa_devices.md");
const NAME: &str = "aws/iam_api/mfa_devices.md";

/// Prose as descriptions have it: any printable character, Markdown's and HTML's own too, but no
/// blank at an end, which a cell of a table does not keep.
const PROSE: &str = "[!-~é£…]([ -~é£–…]{0,40}[!-~é£…])?";

fn read(text: &str) -> Page {
    let outcome = parse(&Source::new(NAME, text));
    match outcome.value {
        Some(page) => page,
        None => panic!("{}\n{text}", outcome.diagnostics.render_all(Style::Plain)),
    }
}

/// `value`, from no place in particular.
fn made<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Source::new("made", "").span(0..0))
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    btree_map("[A-Za-z_][A-Za-z0-9_.-]{0,12}", (select(DatatypeKind::ALL.to_vec()), PROSE), 1..6)
        .prop_map(|rows| {
            let field = |(name, (kind, prose)): (String, (DatatypeKind, String))| Field {
                name: made(name),
                datatype: made(Datatype::from(kind)),
                description: made(prose),
                description_spelling: None,
            };
            rows.into_iter().map(field).collect()
        })
}

fn methods() -> impl Strategy<Value = Vec<Method>> {
    // `REPLACE` is a verb of the newest dialect only.
    let accesses: Vec<Access> =
        Access::ALL.into_iter().filter(|access| *access != Access::Replace).collect();
    let params = vec("[A-Z][A-Za-z0-9]{0,10}", 0..5);
    btree_map("[A-Z][A-Za-z0-9]{0,10}", (select(accesses), params, PROSE), 1..6).prop_map(|rows| {
        let method = |(name, (access, params, prose)): (String, (Access, Vec<String>, String))| {
            // Each once, in the order given, with what every page requires at the end.
            let mut once: BTreeSet<&str> = BTreeSet::new();
            let mut required_params: Vec<_> = params
                .iter()
                .filter(|param| once.insert(param))
                .map(|param| made(param.clone()))
                .collect();
            required_params.push(made("region".to_owned()));
            Method {
                full_name: made(format!("mfa_devices_{name}")),
                name,
                access: made(access),
                required_params,
                optional_params: Vec::new(),
                description: made(prose),
                description_spelling: None,
            }
        };
        rows.into_iter().map(method).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_made_page_comes_back_in_every_dialect(
        fields in fields(),
        methods in methods(),
        supported in any::<bool>(),
    ) {
        let mut page = read(SEED);
        page.fields = if supported { fields } else { Vec::new() };
        page.select = if supported { Select::Fields } else { Select::Unsupported };
        // Where there is no table, there is no column.
        page.layout.fields_described = supported;
        page.methods = methods;
        let text = render(&page);
        prop_assert_eq!(&read(&text), &page, "{}", text);
        prop_assert_eq!(render(&read(&text)), text);
        for dialect in Dialect::ALL {
            let outcome = convert(&page, dialect, None);
            let Some(converted) = outcome.value else {
                panic!("{dialect}: {}", outcome.diagnostics.render_all(Style::Plain));
            };
            let text = render(&converted.page);
            prop_assert_eq!(&read(&text), &converted.page, "{}", text);
            prop_assert_eq!(converted.page.methods.len(), page.methods.len());
        }
    }
}
