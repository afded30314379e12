//! Layout of generated code, by syn and prettyplease.

use proc_macro2::TokenStream;
use syn::{Attribute, Item};

use super::call::{self, WIDTH};

/// The source text of the file with these `tokens`.
///
/// # Errors
/// Where the tokens are not a Rust file.
pub(super) fn file(tokens: TokenStream) -> syn::Result<String> {
    let syn::File { attrs, items, .. } = syn::parse2(tokens)?;
    let documentation = unparse(attrs, Vec::new());
    let blank = if documentation.is_empty() { "" } else { "\n" };
    Ok(documentation + blank + &separated(items))
}

/// What decides whether there is a blank line between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Import,
    /// In a file of its own.
    Module,
    /// A call in parentheses, which adds to the item before.
    Call,
    Other,
}

impl Kind {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Import,
            Item::Mod(module) if module.content.is_none() => Self::Module,
            Item::Macro(call) if !call::is_block(&call.mac) && call.attrs.is_empty() => Self::Call,
            _ => Self::Other,
        }
    }
}

/// The text of `items`, with a blank line between those that do not belong together.
fn separated(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut previous = None;
    for item in items {
        let kind = Kind::of(&item);
        let is_together = match (previous, kind) {
            (Some(previous), Kind::Import | Kind::Module | Kind::Call) => previous == kind,
            _ => previous.is_none(),
        };
        if !is_together {
            text.push('\n');
        }
        previous = Some(kind);
        text += &self::item(item);
    }
    text
}

fn item(item: Item) -> String {
    match item {
        Item::Mod(mut module) => {
            let Some((_, items)) = module.content.as_mut() else {
                return unparse(Vec::new(), vec![Item::Mod(module)]);
            };
            let inner = separated(std::mem::take(items));
            let outer = unparse(Vec::new(), vec![Item::Mod(module)]);
            let mut text = outer.trim_end().trim_end_matches('}').to_owned() + "\n";
            for line in inner.lines() {
                if !line.is_empty() {
                    text += "    ";
                }
                text += line;
                text.push('\n');
            }
            text + "}\n"
        }
        Item::Macro(call) => {
            call.attrs.iter().map(call::attribute).collect::<String>() + &call::text(&call.mac)
        }
        item @ Item::Impl(_) => functions(&unparse(Vec::new(), vec![item])),
        item => unparse(Vec::new(), vec![item]),
    }
}

/// The text of an `impl` as rustfmt leaves it: with an empty line between functions, and with each signature on one line if it
/// is not longer than [`WIDTH`].
fn functions(text: &str) -> String {
    let mut lines = text.lines().peekable();
    let mut joined = String::with_capacity(text.len());
    while let Some(line) = lines.next() {
        if joined.ends_with("\n    }\n") && line != "}" {
            joined.push('\n');
        }
        joined += line;
        if line.trim_start().starts_with("pub fn ") && line.ends_with('(') {
            let arguments: Vec<&str> =
                std::iter::from_fn(|| lines.next_if(|line| !line.trim_start().starts_with(')')))
                    .collect();
            let end = lines.next().unwrap_or_default().trim_start();
            let listed = arguments.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
            let listed = listed.trim_end_matches(',');
            if line.len() + listed.len() + end.len() <= WIDTH {
                joined += listed;
            } else {
                joined.push('\n');
                joined += &arguments.join("\n");
                joined += "\n    ";
            }
            joined += end;
        }
        joined.push('\n');
    }
    joined
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}
