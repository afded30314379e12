//! Layout of generated code, by syn and prettyplease.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{Attribute, Item};

use super::call;

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
        let is_short = match &item {
            Item::Use(_) => true,
            Item::Mod(module) => module.content.is_none(),
            Item::Macro(call) => !call::is_table(&call.mac),
            _ => false,
        };
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
        Item::Macro(call) => {
            let attributes =
                call.attrs.iter().map(|attribute| call::tokens(attribute.to_token_stream()) + "\n");
            format!("{}{};\n", attributes.collect::<String>(), call::text(&call.mac))
        }
        item => unparse(Vec::new(), vec![item]),
    }
}

fn unparse(attrs: Vec<Attribute>, items: Vec<Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}
