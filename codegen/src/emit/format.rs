//! Layout of generated code, by syn and prettyplease.

use proc_macro2::TokenStream;

/// The source text of the file with these `tokens`, with a blank line between items.
///
/// # Errors
/// Where the tokens are not a Rust file.
pub(super) fn file(tokens: TokenStream) -> syn::Result<String> {
    let syn::File { attrs, items, .. } = syn::parse2(tokens)?;
    let unparse = |attrs, items| {
        prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
    };
    let mut text = unparse(attrs, Vec::new());
    let mut previous = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        let is_grouped = matches!(item, syn::Item::Use(_) | syn::Item::Mod(_));
        if !(text.is_empty() || is_grouped && previous == Some(kind)) {
            text.push('\n');
        }
        previous = Some(kind);
        text.push_str(&unparse(Vec::new(), vec![item]));
    }
    Ok(text)
}

/// The type with these `tokens`, on one line.
pub(super) fn of_type(tokens: &TokenStream) -> String {
    let text = tokens.to_string().replace(" :: ", "::").replace(" < ", "<").replace(" >", ">");
    text.replace("& ", "&")
        .replace(" ,", ",")
        .replace("( ", "(")
        .replace(" )", ")")
        .replace("< ", "<")
}
