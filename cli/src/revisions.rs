//! Reads pages from revisions of a git repository, with the command `git` and without a checkout.

use std::io::{BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use pagesmith_model::diagnostic::{Diagnostic, Diagnostics, Outcome};
use pagesmith_model::layout::{belongs, service_folder};
use pagesmith_model::{
    file::{self, MAX_BYTES},
    source::Source,
};
use pagesmith_sync::diff::Snapshot;

/// Two revisions, `OLD..NEW`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revisions {
    /// The old revision.
    pub old: String,
    /// The new revision.
    pub new: String,
}

impl Revisions {
    /// Parses `OLD..NEW`. A missing revision is `HEAD`.
    ///
    /// # Errors
    /// The text is not two revisions with `..` between them.
    ///
    /// # Example
    /// ```
    /// let found = pagesmith_cli::revisions::Revisions::parse("v1.0..").unwrap();
    /// assert_eq!((&*found.old, &*found.new), ("v1.0", "HEAD"));
    /// assert!(pagesmith_cli::revisions::Revisions::parse("v1.0...main").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, Diagnostic> {
        let sides = text.split_once("..").filter(|(_, new)| !new.starts_with('.'));
        let Some((old, new)) = sides else {
            return Err(Diagnostic::error(
                "bad-revisions",
                format!("`{text}` is not a pair of revisions"),
            )
            .help(
                "pass the old and the new revision as OLD..NEW, for example --rev v1.2.0..HEAD",
            ));
        };
        let or_head = |side: &str| if side.is_empty() { "HEAD" } else { side }.to_owned();
        Ok(Self { old: or_head(old), new: or_head(new) })
    }

    /// Reads the page or the folder of pages at `path` from both revisions of the repository of `folder`. The path
    /// is relative to `folder`.
    ///
    /// # Errors
    /// Git cannot be run, `folder` is not in a repository, a revision or the path in it does not exist, or
    /// [`Snapshot::of`] fails.
    pub fn read(&self, folder: &Path, path: &str) -> Outcome<(Snapshot, Snapshot)> {
        let git = Git { folder };
        // Without a repository both sides fail, so it is reported once.
        if let Err(problem) = git.run(&["rev-parse", "--git-dir"]) {
            return Outcome { value: None, diagnostics: problem.into() };
        }
        let (old, new) = (git.side(&self.old, path), git.side(&self.new, path));
        let mut diagnostics = old.diagnostics;
        diagnostics.append(new.diagnostics);
        Outcome { value: old.value.zip(new.value), diagnostics }
    }
}

struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    fn side(&self, revision: &str, path: &str) -> Outcome<Snapshot> {
        let path = &normal(path);
        let name = format!("{revision}:{path}");
        let is_page = is_markdown(path);
        match self.sources(revision, path, is_page) {
            Ok(sources) => Snapshot::of(&name, sources, is_page),
            Err(problem) => Outcome { value: None, diagnostics: Diagnostics::from(problem) },
        }
    }

    fn sources(
        &self,
        revision: &str,
        path: &str,
        is_page: bool,
    ) -> Result<Vec<Source>, Diagnostic> {
        let commit = self.commit(revision)?;
        let folder = service_folder(Path::new(path)).and_then(Path::to_str).unwrap_or_default();
        let below = if is_page { folder } else { path };
        let below = if below.is_empty() { "./".to_owned() } else { format!("{below}/") };
        let mut arguments = vec!["ls-tree", "-z", &commit];
        if !is_page {
            arguments.insert(1, "-r");
        }
        if below != "./" {
            arguments.extend(["--", &below]);
        }
        // A page in a folder of its own is below the folder of the service.
        if is_page && path.ends_with("/index.md") {
            arguments.push(path);
        }
        let listed = self.run(&arguments)?;
        let listed = String::from_utf8_lossy(&listed);
        // `100644 blob 0123…<tab>path`; links are ignored.
        let files: Vec<(&str, &str)> = listed
            .split('\0')
            .filter(|entry| entry.starts_with("100"))
            .filter_map(|entry| {
                let (facts, file) = entry.split_once('\t')?;
                Some((facts.rsplit(' ').next()?, file))
            })
            .filter(|(_, file)| {
                let last = file.rsplit('/').next().unwrap_or(file);
                belongs(last) && (!is_page || *file == path || !is_markdown(last))
            })
            .collect();
        if !files.iter().any(|(_, file)| is_markdown(file)) {
            let problem = format!("there is no page at {path} in {revision}");
            return Err(Diagnostic::error("no-pages", problem)
                .help("pass a page or a folder of pages that is in both revisions"));
        }
        self.contents(&files)
    }

    /// The commit that `revision` is.
    fn commit(&self, revision: &str) -> Result<String, Diagnostic> {
        let wanted = format!("{revision}^{{commit}}");
        let found = self.run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted]);
        let Ok(found) = found else {
            let problem = format!("there is no revision `{revision}`");
            return Err(Diagnostic::error("unknown-revision", problem)
                .help("in CI, fetch it first: a shallow clone has the last commit only"));
        };
        // The option itself is printed too.
        let found = String::from_utf8_lossy(&found);
        let commit = found.lines().last().map(|line| line.trim().to_owned());
        commit.ok_or_else(|| unreadable(&format!("it does not say which commit {revision} is")))
    }

    /// The files with their contents, read by one process.
    fn contents(&self, files: &[(&str, &str)]) -> Result<Vec<Source>, Diagnostic> {
        let mut child = self
            .command(&["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| not_run(&error))?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unreadable("git has no input or output stream"));
        };
        let blobs: Vec<&str> = files.iter().map(|(blob, _)| *blob).collect();
        let wanted = blobs.join("\n") + "\n";
        // Written in another thread, because git stops reading until its output is read.
        let writer = std::thread::spawn(move || input.write_all(wanted.as_bytes()));
        let mut output = BufReader::new(output);
        let read = files.iter().map(|(_, file)| read_blob(&mut output, file)).collect();
        let _ = child.kill();
        let _ = child.wait();
        let _ = writer.join();
        read
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Diagnostic> {
        let output = self.command(arguments).output().map_err(|error| not_run(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(unreadable(said.trim()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.current_dir(self.folder).arg("--no-pager").args(arguments).env("LC_ALL", "C");
        command
    }
}

/// The path as git lists it, without empty and `.` parts: `seeds/aws` for `./seeds//aws/`.
fn normal(path: &str) -> String {
    let steps = path.split('/').enumerate();
    let kept = steps.filter(|(at, step)| *step != "." && (*at == 0 || !step.is_empty()));
    let path = kept.map(|(_, step)| step).collect::<Vec<_>>().join("/");
    let path = if path.len() > 1 { path.trim_end_matches('/') } else { &path };
    if path.is_empty() { ".".to_owned() } else { path.to_owned() }
}

/// Reads `0123… blob 42`, the blob, and the line end after it.
fn read_blob(output: &mut impl std::io::BufRead, file: &str) -> Result<Source, Diagnostic> {
    let broken = |error: std::io::Error| unreadable(&format!("{file} cannot be read: {error}"));
    let mut header = String::new();
    output.read_line(&mut header).map_err(broken)?;
    let length = header.trim().rsplit(' ').next().and_then(|length| length.parse::<u64>().ok());
    let length =
        length.ok_or_else(|| unreadable(&format!("{file} cannot be read: {}", header.trim())))?;
    // One byte above the limit is enough for the error. The rest is skipped.
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    output.take(length.min(limit)).read_to_end(&mut bytes).map_err(broken)?;
    let rest = length.saturating_sub(limit).saturating_add(1);
    std::io::copy(&mut output.take(rest), &mut std::io::sink()).map_err(broken)?;
    file::decode(file, bytes)
}

fn is_markdown(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "md")
}

fn not_run(error: &std::io::Error) -> Diagnostic {
    Diagnostic::error("no-git", format!("git cannot be run: {error}"))
        .help("install git, or compare two folders: pagesmith diff OLD NEW")
}

fn unreadable(problem: &str) -> Diagnostic {
    Diagnostic::error("git", format!("git failed: {problem}"))
        .help("run pagesmith inside the git repository of the pages")
}
