//! The names of the files in a folder of pages and service models.

use std::path::Path;

/// The service model of the pages in the same folder.
pub const SERVICE_MODEL: &str = "service-2.json";

/// The paginators of the service model in the same folder.
pub const PAGINATORS: &str = "paginators-1.json";

/// The waiters of the service model in the same folder.
pub const WAITERS: &str = "waiters-2.json";

/// The overrides of the binding of pages to the service model in the same folder.
pub const OVERRIDES: &str = "overrides.json";

/// The settings of the SDK, in the root of a folder of pages.
pub const SETTINGS: &str = "sdk.json";

/// The page of a resource that has a folder of its own, or the list of the resources of a service.
pub const INDEX: &str = "index.md";

/// Whether `path` has the name of a Markdown file, as pages do.
#[must_use]
pub fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md")
}

/// Whether a file of this name is a page, or is read together with pages.
///
/// # Example
/// ```
/// use pagesmith_model::layout::belongs;
///
/// assert!(belongs("users.md") && belongs("service-2.json"));
/// assert!(!belongs("service-2.json.gz"));
/// ```
#[must_use]
pub fn belongs(file: &str) -> bool {
    is_markdown(Path::new(file))
        || [SERVICE_MODEL, PAGINATORS, WAITERS, OVERRIDES, SETTINGS].contains(&file)
}

/// The folder and the file of a path in text form.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once(['/', '\\']).unwrap_or(("", path))
}

/// The folder of the service whose page is at `page`: the page is in it, or in a folder of its own, `RESOURCE/index.md`.
/// `None` where the path has no such folder.
///
/// # Example
/// ```
/// use std::path::Path;
/// use pagesmith_model::layout::service_folder;
///
/// let service = Some(Path::new("seeds/aws/iam_api"));
/// assert_eq!(service_folder(Path::new("seeds/aws/iam_api/users.md")), service);
/// assert_eq!(service_folder(Path::new("seeds/aws/iam_api/users/index.md")), service);
/// ```
#[must_use]
pub fn service_folder(page: &Path) -> Option<&Path> {
    let folder = page.parent()?;
    if page.file_name().is_some_and(|name| name == INDEX) { folder.parent() } else { Some(folder) }
}

/// The folder of the service whose page or model has this path, in text form. See
/// [`service_folder`].
pub(super) fn service_folder_of(path: &str) -> &str {
    let (folder, file) = split(path);
    if file == INDEX { split(folder).0 } else { folder }
}

/// `folder/file`, or `file` in a folder without a name.
pub(super) fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() { file.to_owned() } else { format!("{folder}/{file}") }
}
