//! Texts that try to be code or markup instead of prose.

use super::seed;

/// Texts for a cell of a page, as they are written in the page.
pub const TEXTS: &[&str] = &[
    "\"quoted\" and \\\"escaped\\\"",
    "*/ pub fn evil() {} /*",
    "/* never closed",
    "{} {0} {name} {{ }} ${x}",
    "]] ]]> <![CDATA[ x ]]>",
    "back\\slash \\n \\u{202E} \\x41 \\\\",
    "r#\"raw\"# \"# #\"",
    "line&#10;//! inner&#10;pub struct Evil;&#10;",
    "para&#10;&#10;    indented code&#10;&#10;```&#10;fenced",
    "return&#13;carriage &#13;&#10; both",
    "tab&#9;tab&#11;vertical&#12;feed&#133;next&#8232;line",
    "nul&#0;nul &#x7F; &#x1B;[31m",
    "bidi &#x202E;evil&#x202C; &#x2066;isolate&#x2069; &#x200F;",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<script>alert(1)</script>",
    "&lt;img src=x onerror=alert(1)&gt; &lt;/p&gt;&lt;/div&gt;",
    "&lt;a href=\"javascript:alert(1)\"&gt;click&lt;/a&gt;",
    "[click](javascript:alert(1)) ![image](https://evil.example/x.png)",
    "[`evil`](crate::evil) [evil] [evil][evil]: https://evil.example",
    "&lt;a href=\"https://a.example/)](x) \\\"&gt;b]&lt;/a&gt;",
    "` `` ``` ```` `unclosed",
    "&lt;code&gt;`&lt;/code&gt; &lt;code&gt;a``b&lt;/code&gt; &lt;code&gt;&lt;code&gt;",
    "a \\| b \\|\\| c",
    "#![doc = \"x\"] #[cfg(any())] #!/bin/sh",
    "//! /// // //!! /** */",
    "concat!(include_str!(\"/etc/passwd\")) macro_rules! x",
    "# heading &#10;## heading&#10;- item&#10;1. one&#10;> quote&#10;---&#10;===",
    "emoji 🦀👩‍👩‍👧 zero\u{200B}width comb\u{0301}ining ﷽",
    "https://bare.example/ <https://angle.example> mailto:a@b.example",
    "&amp;lt; &amp;amp;lt; &notanentity; &#xFFFFFFFF; &#; &",
    "&lt;ul&gt;&lt;li&gt;never&lt;ul&gt;&lt;li&gt;closed &lt;note&gt; &lt;/b&gt;",
];

/// The seed page with `text` as the prose of one cell. `index` counts the cells of the fields and
/// then of the methods.
pub fn in_cell(index: usize, text: &str) -> String {
    replace(&seed("mfa_devices.md"), |at| (at == index).then(|| text.to_owned()))
}

/// The seed page with one of `texts` in each cell, from the first cell on.
pub fn in_cells(texts: &[&str]) -> String {
    replace(&seed("mfa_devices.md"), |at| texts.get(at).map(|text| (*text).to_owned()))
}

/// The seed page with all texts of [`TEXTS`] in its cells, several in one cell.
pub fn everywhere() -> String {
    replace(&seed("mfa_devices.md"), |at| {
        let share = TEXTS.iter().skip(at).step_by(CELLS);
        Some(share.copied().collect::<Vec<_>>().join(" &lt;p&gt; "))
    })
}

/// How many cells of the seed page contain prose: those of three fields and six methods.
pub const CELLS: usize = 9;

/// Replaces the last cell of each row for which `by` returns a text.
fn replace(page: &str, by: impl Fn(usize) -> Option<String>) -> String {
    let mut at = 0;
    let lines = page.split_inclusive('\n').map(|line| {
        if !line.starts_with("| `") {
            return line.to_owned();
        }
        at += 1;
        let Some(text) = by(at - 1) else {
            return line.to_owned();
        };
        // The seed has no escaped pipe.
        let cells: Vec<&str> = line.split(" | ").collect();
        let (_, other_cells) = cells.split_last().expect("a row has cells");
        format!("{} | {text} |\n", other_cells.join(" | "))
    });
    let replaced = lines.collect();
    assert_eq!(at, CELLS, "the seed page has other rows now");
    replaced
}
