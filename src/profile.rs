//! The shared files of AWS's tools: `~/.aws/config` and `~/.aws/credentials`.

use std::collections::BTreeMap;

/// The settings of one profile, those of the credentials file over those of the config file.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    settings: Settings,
    /// Of the section `services` that the profile names, by service.
    services: BTreeMap<String, Settings>,
}

type Settings = BTreeMap<String, String>;

impl Profile {
    /// The profile `name` from the texts of the two files; `None` where neither has it.
    pub(crate) fn find(name: &str, config: &str, credentials: &str) -> Option<Self> {
        let config = sections(config);
        let credentials = sections(credentials);
        let in_config = config.get(&format!("profile {name}")).or_else(|| {
            // Only the default profile goes without the word.
            (name == "default").then(|| config.get("default")).flatten()
        });
        let in_credentials = credentials.get(name);
        if in_config.is_none() && in_credentials.is_none() {
            return None;
        }
        let mut settings = Settings::new();
        for section in [in_config, in_credentials].into_iter().flatten() {
            settings.extend(section.settings.clone());
        }
        let services = settings
            .get("services")
            .and_then(|services| config.get(&format!("services {services}")))
            .map(|section| section.nested.clone())
            .unwrap_or_default();
        Some(Self { name: name.to_owned(), settings, services })
    }

    /// The setting `key`; `None` where it is unset or empty.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The endpoint URLs of single services, by the service's name in lower case (`iam`).
    pub(crate) fn service_endpoints(&self) -> impl Iterator<Item = (&str, &str)> {
        self.services.iter().filter_map(|(service, settings)| {
            Some((service.as_str(), settings.get("endpoint_url")?.as_str()))
        })
    }
}

/// What stands under one `[heading]`.
#[derive(Default)]
struct Section {
    settings: Settings,
    /// Settings that are indented below another, by that one's key.
    nested: BTreeMap<String, Settings>,
}

/// The sections of a file by their headings, blanks folded. A line that is neither heading nor
/// setting says nothing, as in AWS's own tools.
fn sections(text: &str) -> BTreeMap<String, Section> {
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    let mut heading: Option<String> = None;
    let mut above = String::new();
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            continue;
        }
        if let Some(title) = bare.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let words: Vec<&str> = title.split_whitespace().collect();
            heading = Some(words.join(" "));
            above.clear();
            sections.entry(words.join(" ")).or_default();
            continue;
        }
        let (Some(heading), Some((key, value))) = (&heading, bare.split_once('=')) else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), without_comment(value).to_owned());
        let section = sections.entry(heading.clone()).or_default();
        if line.starts_with([' ', '\t']) && !above.is_empty() {
            section.nested.entry(above.clone()).or_default().insert(key, value);
        } else {
            above.clone_from(&key);
            section.settings.insert(key, value);
        }
    }
    sections
}

/// A comment behind a value begins with a blank and `#` or `;`.
fn without_comment(value: &str) -> &str {
    let ends = [" #", " ;", "\t#", "\t;"].iter().filter_map(|mark| value.find(mark));
    ends.min().and_then(|end| value.get(..end)).unwrap_or(value).trim()
}

/// What it holds may be secret.
impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").field("name", &self.name).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
