//! The shared files of AWS's tools: `~/.aws/config` and `~/.aws/credentials`.

/// The settings of one profile, those of the credentials file over those of the config file.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    pub(crate) name: String,
    /// In the order in which they stand: of two for one key, the later one counts.
    settings: Vec<Setting>,
    /// Those of the section `services` that the profile names.
    services: Vec<Setting>,
}

/// A line of a file.
#[derive(Clone, PartialEq, Eq)]
struct Setting {
    /// The key of the setting that this one is indented below.
    below: Option<String>,
    key: String,
    value: String,
}

/// What stands under one `[heading]`. A heading that comes again begins another, which adds to the first.
struct Section {
    heading: String,
    settings: Vec<Setting>,
}

impl Profile {
    /// The profile `name` from the texts of the two files; `None` where neither has it.
    pub(crate) fn find(name: &str, config: &str, credentials: &str) -> Option<Self> {
        let config = sections(config);
        let mut found = under(&config, &format!("profile {name}"));
        // Only the default profile goes without the word.
        if found.is_none() && name == "default" {
            found = under(&config, name);
        }
        let in_credentials = under(&sections(credentials), name);
        if found.is_none() && in_credentials.is_none() {
            return None;
        }
        let mut settings = found.unwrap_or_default();
        settings.extend(in_credentials.unwrap_or_default());
        let mut profile = Self { name: name.to_owned(), settings, services: Vec::new() };
        if let Some(services) = profile.last("services") {
            profile.services = under(&config, &format!("services {services}")).unwrap_or_default();
        }
        Some(profile)
    }

    /// The setting `key`; `None` where it is unset or empty.
    pub(crate) fn get(&self, key: &str) -> Option<&str> {
        self.last(key).filter(|value| !value.is_empty())
    }

    fn last(&self, key: &str) -> Option<&str> {
        let mut settings = self.settings.iter().rev();
        let found = settings.find(|setting| setting.below.is_none() && setting.key == key);
        found.map(|setting| &*setting.value)
    }

    /// The endpoint URLs of single services, by the service's name in lower case (`iam`). Of two for
    /// one service, the later one counts.
    pub(crate) fn service_endpoints(&self) -> impl Iterator<Item = (&str, &str)> {
        self.services
            .iter()
            .filter(|setting| setting.key == "endpoint_url")
            .filter_map(|setting| Some((setting.below.as_deref()?, &*setting.value)))
    }
}

/// All settings under `heading`; `None` where there is no such heading.
fn under(sections: &[Section], heading: &str) -> Option<Vec<Setting>> {
    let mut found: Option<Vec<Setting>> = None;
    for section in sections.iter().filter(|section| section.heading == heading) {
        found.get_or_insert_default().extend_from_slice(&section.settings);
    }
    found
}

/// The sections of a file, blanks in their headings folded. A line that is neither heading nor
/// setting says nothing, as in AWS's own tools.
fn sections(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut above = String::new();
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with(['#', ';']) {
            continue;
        }
        if let Some(title) = bare.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            let words: Vec<&str> = title.split_whitespace().collect();
            above.clear();
            sections.push(Section { heading: words.join(" "), settings: Vec::new() });
            continue;
        }
        let (Some(section), Some((key, value))) = (sections.last_mut(), bare.split_once('='))
        else {
            continue;
        };
        let (key, value) = (key.trim().to_ascii_lowercase(), without_comment(value).to_owned());
        let below = (line.starts_with([' ', '\t']) && !above.is_empty()).then(|| above.clone());
        if below.is_none() {
            above.clone_from(&key);
        }
        section.settings.push(Setting { below, key, value });
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
