//! Layout of generated code, by syn and prettyplease.

use proc_macro2::TokenStream;
use syn::{Attribute, Item};

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

/// The text of `items`, with a blank line between them.
fn separated(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut previous = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        let is_short = matches!(&item, Item::Use(_))
            || matches!(&item, Item::Mod(module) if module.content.is_none());
        if previous.is_some_and(|previous| !(is_short && previous == kind)) {
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
        // prettyplease lays out the arguments of macros as tokens; those with strings stay as they are.
        Item::Macro(call) => {
            let text = unparse(Vec::new(), vec![Item::Macro(call)]);
            if text.contains('"') { text } else { text.replace(" < ", "<").replace(" >", ">") }
        }
        item => unparse(Vec::new(), vec![item]),
    }
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}
