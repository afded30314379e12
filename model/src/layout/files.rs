//! The files in a folder and its subfolders.

use std::path::{Path, PathBuf};

use super::names::{INDEX, is_markdown, join};
use crate::diagnostic::{Diagnostic, Diagnostics};

/// A file in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderFile {
    /// Its path.
    pub path: PathBuf,
    /// Its path relative to the folder, with `/` between its parts: `aws/iam_api/users.md`.
    pub relative: String,
}

impl FolderFile {
    /// The name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        super::names::split(&self.relative).1
    }

    /// The provider, the service and the resource of a page, by its path. `None` if the path is not
    /// `PROVIDER/SERVICE/RESOURCE.md` or `PROVIDER/SERVICE/RESOURCE/index.md`.
    #[must_use]
    pub fn id(&self) -> Option<[&str; 3]> {
        let parts: Vec<&str> = self.relative.split('/').collect();
        match *parts {
            [provider, service, resource, INDEX] => Some([provider, service, resource]),
            [provider, service, file] if file != INDEX && is_markdown(&self.path) => {
                Some([provider, service, file.strip_suffix(".md")?])
            }
            _ => None,
        }
    }
}

/// The files in `folder`, which messages call `name`, and in its subfolders, in the order of their paths. Links to
/// folders are ignored, because they can form a cycle, and so are hidden folders.
///
/// Folders that cannot be read are reported.
#[must_use]
pub fn files(folder: &Path, name: &str) -> (Vec<FolderFile>, Diagnostics) {
    let (files, _, diagnostics) = walk(folder, name);
    (files, diagnostics)
}

/// As [`files`], and the folders that were read.
pub(super) fn walk(folder: &Path, name: &str) -> (Vec<FolderFile>, Vec<PathBuf>, Diagnostics) {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    let mut diagnostics = Diagnostics::default();
    let mut waiting = vec![(folder.to_owned(), String::new())];
    while let Some((folder, relative)) = waiting.pop() {
        let entries = std::fs::read_dir(&folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                let shown = if relative.is_empty() { name } else { &join(name, &relative) };
                let problem = format!("the folder {shown} cannot be read: {error}");
                let help = "check the path and the permissions of the folder";
                diagnostics.push(Diagnostic::error("unreadable-folder", problem).help(help));
                continue;
            }
        };
        for entry in entries {
            let file = entry.file_name().to_string_lossy().into_owned();
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let found = FolderFile { path: entry.path(), relative: join(&relative, &file) };
            if is_folder && !file.starts_with('.') {
                waiting.push((found.path.clone(), found.relative.clone()));
            }
            // A folder that is called as a page is reported where the page would be read.
            if !is_folder || is_markdown(&found.path) {
                files.push(found);
            }
        }
        folders.push(folder);
    }
    files.sort();
    (files, folders, diagnostics)
}
