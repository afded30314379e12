//! Where `diff` says that a change is safe for Rust, a program that uses all of the old API is compiled against
//! the new.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pagesmith_model::bind::{self, Overrides};
use pagesmith_model::model::ServiceModel;
use pagesmith_model::page::{self, Page};
use pagesmith_model::schema::Service;
use pagesmith_model::source::Source;
use pagesmith_sync::diff::{Class, compare};
use pagesmith_sync::import::{Documentation, trim};
use serde_json::Value;

use crate::edits::{self, Dice, Edit};
use crate::program;
use crate::published::read_published;
use crate::support::{self, snapshot, value};

/// How many safe changes are compiled.
const SAMPLE: usize = 50;

/// A page and the model of its operations.
type Edition = (Page, Value);

/// An old and a new edition.
type Make = fn(&Edition, &mut Dice) -> Option<(Edition, Edition)>;

const SAFE: &[(&str, Make)] = &[
    ("method-added", |whole, dice| Some((edited(whole, less_a_method, dice)?, whole.clone()))),
    ("field-added", |whole, dice| Some((edited(whole, less_a_field, dice)?, whole.clone()))),
    ("order-changed", |whole, dice| from(whole, "order of methods", dice)),
    ("order-changed", |whole, dice| from(whole, "order of fields", dice)),
    ("order-changed", |whole, dice| from(whole, "order of params", dice)),
    ("prose-changed", |whole, dice| from(whole, "prose of a method", dice)),
    ("prose-changed", |whole, dice| from(whole, "prose of a field", dice)),
    ("region-changed", |whole, dice| from(whole, "region dropped", dice)),
    ("method-respelled", |whole, dice| from(whole, "method respelled", dice)),
    ("field-retyped", |whole, dice| from(whole, "field retyped", dice)),
    ("input-added", |whole, dice| Some((less_a_member(whole, "input", dice)?, whole.clone()))),
    ("output-added", |whole, dice| Some((less_a_member(whole, "output", dice)?, whole.clone()))),
    ("member-added", |whole, dice| Some((less_a_member(whole, "", dice)?, whole.clone()))),
    ("enum-value-added", |whole, dice| Some((less_a_value(whole, dice)?, whole.clone()))),
    ("error-added", |whole, dice| Some((less_an_error(whole, dice)?, whole.clone()))),
    ("error-removed", |whole, dice| Some((whole.clone(), less_an_error(whole, dice)?))),
    ("input-relaxed", |whole, dice| Some((whole.clone(), relaxed(whole, dice)?))),
    ("input-newly-required", |whole, dice| Some((relaxed(whole, dice)?, whole.clone()))),
];

/// What must not compile, so that the programs are known to use what they should.
const BREAKING: &[(&str, Make)] = &[
    ("method-removed", |whole, dice| Some((whole.clone(), edited(whole, less_a_method, dice)?))),
    ("field-removed", |whole, dice| Some((whole.clone(), edited(whole, less_a_field, dice)?))),
    ("input-removed", |whole, dice| Some((whole.clone(), less_a_member(whole, "input", dice)?))),
    ("output-removed", |whole, dice| Some((whole.clone(), less_a_member(whole, "output", dice)?))),
    ("member-removed", |whole, dice| Some((whole.clone(), less_a_member(whole, "", dice)?))),
    ("enum-value-removed", |whole, dice| Some((whole.clone(), less_a_value(whole, dice)?))),
];

#[test]
fn what_is_safe_for_rust_compiles() {
    let Some(editions) = editions() else { return };
    let tests = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff-compiles");
    let mut dice = Dice::new(edits::seed(11));
    let safe: Vec<(Service, Service)> = (0..SAMPLE)
        .map(|number| {
            let (kind, make) = SAFE[number % SAFE.len()];
            sample(&editions, kind, make, Class::Safe, &mut dice)
        })
        .collect();
    let (compiles, said) = check(&tests, "safe", &safe);
    assert!(compiles, "{said}");
    // One at a time: the compiler does not look at types where a name is missing.
    for (kind, make) in BREAKING {
        let one = sample(&editions, kind, *make, Class::Breaking, &mut dice);
        let (compiles, said) = check(&tests, kind, &[one]);
        assert!(!compiles && said.contains("src/p0.rs"), "{kind} compiles\n{said}");
    }
}

/// Each page of the older corpus with the part of the published model that it uses.
fn editions() -> Option<Vec<Edition>> {
    let corpus = support::corpus()?;
    let Some(data) = std::env::var_os("PAGESMITH_BOTOCORE_DATA") else {
        eprintln!("skipped: set PAGESMITH_BOTOCORE_DATA to botocore's data directory");
        return None;
    };
    let published = read_published(&Path::new(&data).join("iam/2010-05-08"));
    let model = value(ServiceModel::read(&published.service, published.paginators.as_ref()));
    let pages = value(pagesmith_sync::diff::Snapshot::read(
        &corpus.join("2024-05-02/aws/iam_api"),
        "aws/iam_api",
    ));
    let edition = |page: &Page| {
        let bound = value(bind::bind(std::slice::from_ref(page), &model, &Overrides::default()));
        let methods = bound.resources.iter().flat_map(|resource| &resource.methods);
        let operations = methods.map(|method| method.operation.clone()).collect();
        let trimmed = trim(
            &published.service,
            published.paginators.as_ref(),
            &operations,
            Documentation::Omit,
        )
        .unwrap();
        (page.clone(), serde_json::from_str(&trimmed.service).unwrap())
    };
    Some(pages.pages().map(edition).collect())
}

/// Two editions between which there are changes of that kind and of no worse class than that.
fn sample(
    editions: &[Edition],
    kind: &str,
    make: Make,
    class: Class,
    dice: &mut Dice,
) -> (Service, Service) {
    for _ in 0..2_000 {
        let whole = &editions[dice.roll(editions.len())];
        let Some((old, new)) = make(whole, dice) else { continue };
        let files = |(page, model): &Edition| {
            let name = format!("aws/iam_api/{}.md", page.overview.id.resource);
            (name, page::render(page), model.to_string())
        };
        let (old_files, new_files) = (files(&old), files(&new));
        let read = |(name, page, model): &(String, String, String)| {
            snapshot(&[(name, page), ("aws/iam_api/service-2.json", model)])
        };
        let changes = compare(&read(&old_files), &read(&new_files));
        let worst = changes.changes.iter().map(|change| change.rust).max();
        let has_kind = changes.changes.iter().any(|change| change.kind.id == kind);
        if changes.notes.is_empty() && worst == Some(class) && has_kind {
            return (service(&old_files), service(&new_files));
        }
    }
    panic!("no page for {kind}");
}

fn service((name, page, model): &(String, String, String)) -> Service {
    let page = support::parse(name, page);
    let model = value(ServiceModel::read(&Source::new("service-2.json", model.as_str()), None));
    value(bind::bind(&[page], &model, &Overrides::default()))
}

/// The page after one of the edits at random.
fn edited((page, model): &Edition, edit: Edit, dice: &mut Dice) -> Option<Edition> {
    let mut page = page.clone();
    edit(&mut page, dice)?;
    Some((page, model.clone()))
}

fn from(whole: &Edition, name: &str, dice: &mut Dice) -> Option<(Edition, Edition)> {
    let (_, edit) = edits::EDITS.iter().find(|(known, _)| *known == name).unwrap();
    Some((whole.clone(), edited(whole, *edit, dice)?))
}

fn less_a_method(page: &mut Page, dice: &mut Dice) -> Option<edits::Expected> {
    let (_, edit) = edits::EDITS.iter().find(|(name, _)| *name == "method removed").unwrap();
    edit(page, dice)
}

fn less_a_field(page: &mut Page, dice: &mut Dice) -> Option<edits::Expected> {
    let (_, edit) = edits::EDITS.iter().find(|(name, _)| *name == "field removed").unwrap();
    edit(page, dice)
}

/// The names of the structures that are inputs, or outputs, or neither.
fn structures(model: &Value, snapshot: &str) -> Vec<String> {
    let operations = model["operations"].as_object().unwrap().values();
    let of = |snapshot: &'static str| {
        operations
            .clone()
            .filter_map(move |operation| operation[snapshot]["shape"].as_str())
            .map(str::to_owned)
    };
    match snapshot {
        "input" => of("input").collect(),
        "output" => of("output").collect(),
        _ => {
            let messages: Vec<String> = of("input").chain(of("output")).collect();
            let shapes = model["shapes"].as_object().unwrap().iter();
            let others = shapes.filter(|(name, shape)| {
                shape["type"] == "structure"
                    && shape["exception"].is_null()
                    && !messages.contains(name)
            });
            others.map(|(name, _)| name.clone()).collect()
        }
    }
}

/// The model without a member of a structure that need not be there.
fn less_a_member((page, model): &Edition, snapshot: &str, dice: &mut Dice) -> Option<Edition> {
    let mut model = model.clone();
    let names = structures(&model, snapshot);
    let name = names.get(dice.roll(names.len().max(1)))?;
    let shape = &mut model["shapes"][name];
    let required = shape["required"].as_array().cloned().unwrap_or_default();
    let asked: Vec<&str> = page
        .methods
        .iter()
        .flat_map(|method| &method.required_params)
        .map(|param| param.value.as_str())
        .chain(page.fields.iter().map(|field| field.name.value.as_str()))
        .collect();
    let members = shape["members"].as_object_mut()?;
    let free: Vec<String> = members
        .keys()
        .filter(|member| {
            !required.contains(&Value::from(member.as_str())) && !asked.contains(&member.as_str())
        })
        .cloned()
        .collect();
    members.remove(free.get(dice.roll(free.len().max(1)))?);
    Some((page.clone(), model))
}

fn less_a_value((page, model): &Edition, dice: &mut Dice) -> Option<Edition> {
    let mut model = model.clone();
    let shapes = model["shapes"].as_object_mut().unwrap();
    let enums: Vec<String> = shapes
        .iter()
        .filter(|(_, shape)| shape["enum"].as_array().is_some_and(|values| values.len() > 1))
        .map(|(name, _)| name.clone())
        .collect();
    let values = shapes[enums.get(dice.roll(enums.len().max(1)))?]["enum"].as_array_mut()?;
    values.remove(dice.roll(values.len()));
    Some((page.clone(), model))
}

fn less_an_error((page, model): &Edition, dice: &mut Dice) -> Option<Edition> {
    let mut model = model.clone();
    let operations = model["operations"].as_object_mut().unwrap();
    let name = operations.keys().nth(dice.roll(operations.len()))?.clone();
    let errors = operations[&name]["errors"].as_array_mut().filter(|errors| !errors.is_empty())?;
    errors.remove(dice.roll(errors.len()));
    Some((page.clone(), model))
}

fn relaxed((page, model): &Edition, dice: &mut Dice) -> Option<Edition> {
    let mut model = model.clone();
    let inputs = structures(&model, "input");
    let required =
        model["shapes"][inputs.get(dice.roll(inputs.len().max(1)))?]["required"].as_array_mut()?;
    required.remove(dice.roll(required.len()));
    Some((page.clone(), model))
}

/// Writes the new API as the module `m`, and a program that uses the old one as the module `p`.
fn write(source: &Path, number: usize, old: &Service, new: &Service) {
    let root = source.join(format!("m{number}"));
    for file in pagesmith_test_support::emit(std::slice::from_ref(new)).unwrap() {
        let path = root.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.text).unwrap();
    }
    let files = pagesmith_test_support::emit(std::slice::from_ref(old)).unwrap();
    let program = program::write(&files, &format!("crate::m{number}::aws::iam_api"));
    fs::write(source.join(format!("p{number}.rs")), program).unwrap();
}

/// Checks a crate of that name: the new APIs, and programs that use the old ones.
fn check(tests: &Path, name: &str, samples: &[(Service, Service)]) -> (bool, String) {
    let folder = tests.join(name);
    let source = folder.join("src");
    let _ = fs::remove_dir_all(&source);
    let mut library = "#![allow(warnings)]\n".to_owned();
    for (number, (old, new)) in samples.iter().enumerate() {
        write(&source, number, old, new);
        library += &format!("mod m{number};\nmod p{number};\n");
    }
    fs::write(source.join("lib.rs"), library).unwrap();
    let root = support::root();
    let text = format!(
        "[package]\nname = \"diff-compiles\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\npagesmith-runtime = {{ path = {:?}, default-features = false }}\n\n[workspace]\n",
        root.join("runtime").display().to_string()
    );
    fs::write(folder.join("Cargo.toml"), text).unwrap();
    // The versions that the workspace is tested with, which are there already.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .args(["check", "--offline", "--quiet", "--target-dir"])
        .arg(tests.join("target"))
        .current_dir(&folder)
        .env("CARGO_TERM_COLOR", "never")
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
}
