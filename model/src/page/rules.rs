//! Every rule that a page can break, in one table.

use crate::diagnostic::Rule;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $label:literal, $help:literal;)*) => {
        $($(#[$doc])* pub static $name: Rule = Rule { id: $id, label: $label, help: $help };)*

        /// All of them, in the order in which a page is read.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // The page as a whole.

    /// Nothing to read.
    EMPTY_FILE = "empty-file", "nothing is here",
        "write the page, or remove the file";
    /// A character that no page needs and that compilers and terminals act on.
    CONTROL_CHARACTER = "control-character", "this cannot be seen",
        "delete the character";
    /// The page of a service where the page of a resource was expected.
    SERVICE_PAGE = "service-page", "this page describes a service",
        "name the pages of its resources instead";
    /// A layout of the site that is none of the dialects.
    UNSUPPORTED_LAYOUT = "unsupported-layout", "this layout is not supported",
        "use the same page in one of the supported layouts, if the site has it";
    /// Markdown nested so deeply that nobody wrote it by hand.
    NESTED_TOO_DEEPLY = "nested-too-deeply", "this line is nested too deeply",
        "remove the blanks and list markers at the start of the line";
    /// More problems than anyone reads.
    TOO_MANY_PROBLEMS = "too-many-problems", "the first one that is not listed",
        "fix those above and run again";

    // Front matter.

    /// No `---` on the first line.
    MISSING_FRONT_MATTER = "missing-front-matter", "expected `---`",
        "begin the page with a line `---`, then `title: …`, then a second line `---`";
    /// No second `---`.
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter", "opened here",
        "end the front matter with a line `---`";
    /// No `title:`.
    MISSING_TITLE = "missing-title", "expected a line `title: …`",
        "add `title:` with the name of the resource";
    /// Neither `key: value` nor `- item`.
    FRONT_MATTER_LINE = "front-matter-line", "expected `key: value` or `- item`",
        "write one `key: value` on each line, and the items of a list below its key";
    /// The same key twice.
    DUPLICATE_KEY = "duplicate-key", "the second one",
        "remove one of them";

    // Sections.

    /// A section that every page has is not there.
    MISSING_SECTION = "missing-section", "expected the section before the page ends",
        "add the section; every page has `## Overview`, `## Fields` and `## Methods`, in this order";
    /// The same section twice.
    DUPLICATE_SECTION = "duplicate-section", "the second one",
        "merge the two sections into one";
    /// Sections in another order.
    MISORDERED_SECTION = "misordered-section", "this section comes too late",
        "move the section to its place";
    /// A heading that no page has.
    UNKNOWN_SECTION = "unknown-section", "no such section",
        "rename or remove the section";
    /// Prose or markup where none is expected.
    UNEXPECTED_TEXT = "unexpected-text", "nothing is expected here",
        "remove this; whatever is not understood would be lost";
    /// A section that has no table.
    MISSING_TABLE = "missing-table", "expected a table in this section",
        "add the table: a header row, a delimiter row, and one row for each record";
    /// A second table in one section.
    SECOND_TABLE = "second-table", "one table is enough",
        "merge its rows into the first table";
    /// A line that looks like a row.
    ROW_OUTSIDE_TABLE = "row-outside-table", "this row belongs to no table",
        "put it directly below a header row and a delimiter row with as many cells";

    // Overview.

    /// Overview lacks Name, Type or Id, or has another row.
    OVERVIEW_ROW = "overview-row", "expected the rows `Name`, `Type` and `Id`",
        "write the overview as one HTML table with the rows `Name`, `Type` and `Id`";
    /// The page is about something else than a resource.
    UNKNOWN_TYPE = "unknown-type", "expected `Resource`",
        "write `Resource`, or leave the page out";
    /// An Id that is not three names.
    MALFORMED_ID = "malformed-id", "expected `provider.service.resource`",
        "write the id as three names with dots between them";
    /// Name, Id and title do not agree.
    NAME_MISMATCH = "name-mismatch", "this name differs",
        "make the title, the name and the last part of the id the same";
    /// The file is not where its Id says.
    PATH_MISMATCH = "path-mismatch", "this id names another file",
        "move the file to `provider/service/resource.md`, or correct the id";
    /// Something else stands where a part of the page was expected.
    MISPLACED = "misplaced", "something else is expected here",
        "write what is expected here, or remove what stands in its place";

    // Tables.

    /// A column that every such table has is not there.
    MISSING_COLUMN = "missing-column", "the column is not in this header row",
        "add the column to the header, the delimiter and every row";
    /// A column that no such table has.
    UNKNOWN_COLUMN = "unknown-column", "no such column",
        "rename or remove the column";
    /// The same column twice.
    DUPLICATE_COLUMN = "duplicate-column", "the second one",
        "remove one of them";
    /// Columns in another order.
    MISORDERED_COLUMN = "misordered-column", "this column comes too late",
        "move the column to its place";
    /// A row shorter than its header.
    TOO_FEW_CELLS = "too-few-cells", "this row is too short",
        "write a cell for each column of the header; an empty cell is `|  |`";
    /// A row longer than its header.
    TOO_MANY_CELLS = "too-many-cells", "this row is too long",
        "remove the extra cells; in a table of pipes, write a pipe that is text as `\\|`";
    /// A cell that holds something else than code.
    EXPECTED_CODE = "expected-code", "expected code",
        "write the name as code";
    /// Code that never ends.
    UNTERMINATED_CODE = "unterminated-code", "this code never ends",
        "close it with as many backquotes as opened it";

    // Fields and methods.

    /// What cannot be a name.
    INVALID_NAME = "invalid-name", "this cannot be a name",
        "write visible characters of ASCII, without blanks, quotes, backquotes, commas and `< > { } | & ; \\`";
    /// A cell that must name something is empty.
    EMPTY_NAME = "empty-name", "expected a name",
        "write the name, or remove the row";
    /// A datatype that no page has.
    UNKNOWN_DATATYPE = "unknown-datatype", "no such datatype",
        "use `string`, `integer`, `number`, `boolean`, `array` or `object`";
    /// An access that no page has.
    UNKNOWN_ACCESS = "unknown-access", "no such access",
        "use `SELECT`, `INSERT`, `UPDATE`, `REPLACE`, `DELETE` or `EXEC`";
    /// Two fields of one name.
    DUPLICATE_FIELD = "duplicate-field", "the second one",
        "remove one of the rows";
    /// Two methods of one name.
    DUPLICATE_METHOD = "duplicate-method", "the second one",
        "remove one of the rows";
    /// A param more often than its methods explain.
    DUPLICATE_PARAM = "duplicate-param", "the second one",
        "remove one of them";
    /// A method of another resource.
    METHOD_PREFIX = "method-prefix", "this seems to be a method of another resource",
        "begin the method with the resource's name and `_`";
    /// An anchor and the name that it stands for.
    LINK_MISMATCH = "link-mismatch", "this leads somewhere else",
        "make the link and the name in it the same";
    /// No methods at all.
    NO_METHODS = "no-methods", "expected at least one method",
        "add the methods, or remove the page";
}

/// Whether the rule called `id` is broken by a page whose Id does not agree with its name or its path. What is wrong
/// with such a page is where it is, and not what it says.
#[must_use]
pub fn is_id_mismatch(id: &str) -> bool {
    [NAME_MISMATCH.id, PATH_MISMATCH.id].contains(&id)
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        let mut seen = std::collections::HashSet::new();
        for rule in RULES.iter().chain(crate::file::RULES) {
            assert!(seen.insert(rule.id), "{} stands twice", rule.id);
            assert!(
                rule.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'),
                "{}",
                rule.id
            );
            assert!(!rule.label.is_empty() && !rule.help.is_empty(), "{}", rule.id);
        }
    }
}
