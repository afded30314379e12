//! The pages and the model of a service: from a folder, or synthetic.

use std::path::Path;

use pagesmith_model::source::Source;
use serde_json::{Map, Value};

use crate::Problem;

/// The pages of a service and the other files of its folder, not parsed.
pub(crate) struct Corpus {
    pub(crate) pages: Vec<Source>,
    pub(crate) model: Source,
    pub(crate) paginators: Option<Source>,
    pub(crate) overrides: Option<Source>,
}

impl Corpus {
    pub(crate) fn read(folder: &Path) -> Result<Self, Problem> {
        let mut names: Vec<String> = std::fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
            .collect::<Result<_, std::io::Error>>()?;
        names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "md"));
        names.retain(|name| name != "index.md");
        names.sort();
        let read = |name: &str| -> Result<Source, Problem> {
            Ok(Source::new(name, std::fs::read_to_string(folder.join(name))?))
        };
        let optional = |name: &str| folder.join(name).exists().then(|| read(name)).transpose();
        Ok(Self {
            pages: names.iter().map(|name| read(name)).collect::<Result<_, _>>()?,
            model: read("service-2.json")?,
            paginators: optional("paginators-1.json")?,
            overrides: optional("overrides.json")?,
        })
    }

    /// `count` renamed copies of the page in `seed`, in services with `per_service` pages. The result is always the same.
    ///
    /// Each page has its own operations, inputs, outputs and rows. The pages of a service share the other shapes, as in
    /// a real service.
    pub(crate) fn synthetic(
        seed: &Path,
        count: usize,
        per_service: usize,
    ) -> Result<Vec<Self>, Problem> {
        let seed = Self::read(seed)?;
        let numbers: Vec<usize> = (0..count).collect();
        numbers.chunks(per_service.max(1)).map(|numbers| seed.multiplied(numbers)).collect()
    }

    fn multiplied(&self, numbers: &[usize]) -> Result<Self, Problem> {
        let first = numbers.first().copied().unwrap_or_default();
        let page = self.pages.first().ok_or("the seed has no page to copy")?;
        let service = format!("copy{first:05}_api");
        let pages = numbers.iter().map(|number| {
            let text = page.text().replace("mfa_devices", &format!("copy{number:05}_devices"));
            let name = format!("copy{number:05}_devices.md");
            Source::new(name, text.replace("iam_api", &service))
        });
        Ok(Self {
            pages: pages.collect(),
            model: multiplied(&self.model, &["operations", "shapes"], numbers)?,
            paginators: match &self.paginators {
                Some(paginators) => Some(multiplied(paginators, &["pagination"], numbers)?),
                None => None,
            },
            overrides: self.overrides.clone(),
        })
    }

    pub(crate) fn bytes(&self) -> usize {
        self.pages.iter().map(|page| page.text().len()).sum()
    }
}

/// The JSON of `source`, with a renamed copy for each number of every entry of the objects `keys` that belongs to the seed
/// page.
fn multiplied(source: &Source, keys: &[&str], numbers: &[usize]) -> Result<Source, Problem> {
    let mut document: Value = serde_json::from_str(source.text())?;
    for key in keys {
        let Some(Value::Object(entries)) = document.get_mut(*key) else {
            return Err(format!("{} has no object {key}", source.name()).into());
        };
        let mut all = Map::new();
        for (name, entry) in std::mem::take(entries) {
            let text = serde_json::to_string(&entry)?;
            for number in numbers {
                all.insert(
                    renamed(&name, *number),
                    serde_json::from_str(&renamed(&text, *number))?,
                );
            }
        }
        *entries = all;
    }
    Ok(Source::new(source.name(), serde_json::to_string(&document)?))
}

fn renamed(text: &str, number: usize) -> String {
    text.replace("MFADevice", &format!("Copy{number:05}Device"))
        .replace("mfaDevice", &format!("copy{number:05}Device"))
}
