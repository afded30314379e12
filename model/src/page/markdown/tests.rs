use proptest::prelude::*;

use super::*;

fn body(text: &str) -> Span {
    Source::new("a.md", text).span(0..text.len())
}

fn rows(text: &str) -> Vec<(Vec<String>, Option<String>)> {
    let blocks = blocks(&body(text), text);
    let texts = |cells: &[Span]| cells.iter().map(|cell| cell.text().to_owned()).collect();
    let rows = blocks.iter().flat_map(|block| &block.rows);
    rows.map(|row| (texts(&row.cells), row.extra.as_ref().map(|extra| extra.text().to_owned())))
        .collect()
}

#[test]
fn splits_rows_at_pipes() {
    let row = |line: &str| {
        let rows = rows(&format!("| A | B |\n|---|---|\n{line}\n"));
        assert_eq!(rows[0].0, [" A ", " B "]);
        rows[1].clone()
    };
    let cells = |cells: &[&str], extra: Option<&str>| {
        (cells.iter().map(|cell| (*cell).to_owned()).collect(), extra.map(str::to_owned))
    };
    assert_eq!(row("| a | b |"), cells(&[" a ", " b "], None));
    assert_eq!(row("a | b  "), cells(&["a ", " b"], None));
    assert_eq!(row(r"| a \| b | c |"), cells(&[r" a \| b ", " c "], None));
    assert_eq!(row("| a |"), cells(&[" a "], None));
    assert_eq!(row("||  |"), cells(&["", "  "], None));
    assert_eq!(row("| a | `b|c` |"), cells(&[" a ", " `b"], Some("c` ")));
    assert_eq!(row(r"| a | b | c | d \|"), cells(&[" a ", " b "], Some(r" c | d \|")));
    assert_eq!(row("| a | b ||"), cells(&[" a ", " b "], Some("")));
}

proptest! {
    #[test]
    fn entities_do_not_change_blocks(
        text in "([a-z0-9 &;#|<>/=\"'`~*_+.:!-]|\\[|\\]|\\(|\\)|\\\\|\n|&lt;|&amp;|\\| ?a|\n\\|:-\\|\n|\n\n){0,60}"
    ) {
        let span = body(&text);
        prop_assert_eq!(blocks(&span, &text.replace('&', "%")), blocks(&span, &text));
    }
}
