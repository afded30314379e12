//! Paths and words as messages show them.

#[cfg(test)]
mod tests;

use std::path::{Component, Path, PathBuf};

/// A path with `/` between its parts and without one at its end.
pub(crate) fn shown(path: &Path) -> String {
    let path = path.to_string_lossy().replace('\\', "/");
    match path.trim_end_matches('/') {
        "" => path,
        trimmed => trimmed.to_owned(),
    }
}

/// A word, quoted if a shell needs that.
pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./:+@%,=".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

/// The absolute path, without links and `..` as far as it exists.
pub(crate) fn resolved(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let found = path.ancestors().find_map(|existing| {
        let rest = path.strip_prefix(existing).ok()?;
        Some((existing.canonicalize().ok()?, rest))
    });
    let Some((mut resolved, rest)) = found else { return path };
    for step in rest.components() {
        match step {
            Component::ParentDir => {
                resolved.pop();
            }
            step => resolved.push(step),
        }
    }
    resolved
}
