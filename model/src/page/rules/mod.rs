//! The rules for pages: the id of each, the label of its place, and the advice of its diagnostics.

#[cfg(test)]
mod tests;

use crate::diagnostic::rules;

rules! {
    // The page as a whole.
    EMPTY_FILE = "empty-file", "this page is empty",
        "write the page, or delete the file";
    CONTROL_CHARACTER = "control-character", "this character is invisible",
        "delete the character";
    SERVICE_PAGE = "service-page", "this page describes a service",
        "use the pages of the resources of this service instead";
    UNSUPPORTED_LAYOUT = "unsupported-layout", "this layout is not supported",
        "if the documentation site has this page in a supported layout, use that one";
    NESTED_TOO_DEEPLY = "nested-too-deeply", "this line is nested too deeply",
        "remove the spaces and list markers at the start of the line";
    TOO_MANY_PROBLEMS = "too-many-problems", "the first one that is not listed",
        "fix the problems above and run the command again";

    // Front matter.
    MISSING_FRONT_MATTER = "missing-front-matter", "expected `---`",
        "start the page with a line `---`, then `title: …`, then a second line `---`";
    UNCLOSED_FRONT_MATTER = "unclosed-front-matter", "opened here",
        "end the front matter with a line `---`";
    MISSING_TITLE = "missing-title", "expected a line `title: …`",
        "add `title:` with the name of the resource";
    FRONT_MATTER_LINE = "front-matter-line", "expected `key: value` or `- item`",
        "write one `key: value` on each line, and the items of a list below its key";
    DUPLICATE_KEY = "duplicate-key", "the second one",
        "remove one of them";

    // Sections.
    MISSING_SECTION = "missing-section", "expected the section before the end of the page",
        "add the section; every page has `## Overview`, `## Fields` and `## Methods`, in this order";
    DUPLICATE_SECTION = "duplicate-section", "the second one",
        "merge the two sections";
    MISORDERED_SECTION = "misordered-section", "this section is too late",
        "move the section to its place";
    UNKNOWN_SECTION = "unknown-section", "unknown section",
        "rename or remove the section";
    UNEXPECTED_TEXT = "unexpected-text", "expected nothing here",
        "remove it";
    MISSING_TABLE = "missing-table", "expected a table in this section",
        "add the table: a header row, a delimiter row, and one row for each record";
    SECOND_TABLE = "second-table", "expected only one table",
        "merge its rows into the first table";
    ROW_OUTSIDE_TABLE = "row-outside-table", "this row is not part of a table",
        "move it directly below a header row and a delimiter row with the same number of cells";

    // Overview.
    OVERVIEW_ROW = "overview-row", "expected the rows `Name`, `Type` and `Id`",
        "write the overview as one HTML table with the rows `Name`, `Type` and `Id`";
    UNKNOWN_TYPE = "unknown-type", "expected `Resource`",
        "write `Resource`, or exclude the page";
    MALFORMED_ID = "malformed-id", "expected `provider.service.resource`",
        "write the id as three names separated by dots";
    NAME_MISMATCH = "name-mismatch", "this name differs",
        "use the same name in the title, in the row `Name` and at the end of the id";
    PATH_MISMATCH = "path-mismatch", "this id belongs to another path",
        "move the file to `provider/service/resource.md`, or correct the id";
    MISPLACED = "misplaced", "expected something else here",
        "write the expected text, or remove the text that is here";

    // Tables.
    MISSING_COLUMN = "missing-column", "the column is not in this header row",
        "add the column to the header, the delimiter and every row";
    UNKNOWN_COLUMN = "unknown-column", "unknown column",
        "rename or remove the column";
    DUPLICATE_COLUMN = "duplicate-column", "the second one",
        "remove one of them";
    MISORDERED_COLUMN = "misordered-column", "this column is too late",
        "move the column to its place";
    TOO_FEW_CELLS = "too-few-cells", "this row is too short",
        "write a cell for each column of the header; an empty cell is `|  |`";
    TOO_MANY_CELLS = "too-many-cells", "this is beyond the last column",
        "remove the extra cells; in a pipe table, write a pipe in text as `\\|`";
    EXPECTED_CODE = "expected-code", "expected code",
        "write the name as code";
    UNTERMINATED_CODE = "unterminated-code", "this code is not closed",
        "close it with the same number of backquotes";

    // Fields and methods.
    INVALID_NAME = "invalid-name", "this is not a valid name",
        "use visible ASCII characters except quotes, backquotes, commas and `< > { } | & ; \\`";
    EMPTY_NAME = "empty-name", "expected a name",
        "write the name, or remove the row";
    UNKNOWN_DATATYPE = "unknown-datatype", "unknown datatype",
        "use `string`, `integer`, `number`, `boolean`, `array` or `object`";
    UNKNOWN_ACCESS = "unknown-access", "unknown SQL verb",
        "use `SELECT`, `INSERT`, `UPDATE`, `REPLACE`, `DELETE` or `EXEC`";
    DUPLICATE_FIELD = "duplicate-field", "the second one",
        "remove one of the rows";
    DUPLICATE_METHOD = "duplicate-method", "the second one",
        "remove one of the rows";
    DUPLICATE_PARAM = "duplicate-param", "the second one",
        "remove one of them";
    METHOD_PREFIX = "method-prefix", "this looks like a method of another resource",
        "start the name of the method with the name of the resource and `_`";
    LINK_MISMATCH = "link-mismatch", "this link has another target",
        "use the same name in the link and in its text";
    NO_METHODS = "no-methods", "expected at least one method",
        "add the methods, or remove the page";
}

/// Whether the rule with the id `id` compares the id of a page with its name or its path. A page that breaks such a
/// rule is valid, but it is in the wrong place or has the wrong id.
#[must_use]
pub fn is_id_mismatch(id: &str) -> bool {
    [NAME_MISMATCH.id, PATH_MISMATCH.id].contains(&id)
}
