//! An outline of generated code: one line for each item that users or the runtime can use.

use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{FnArg, ImplItem, Item, ReturnType, Signature, Type};

/// The outline of a file: one line for each field, variant, function, trait and static, in order.
pub fn outline(code: &str) -> Vec<String> {
    let mut lines = Vec::new();
    add_items("", &syn::parse_file(code).expect("Rust").items, &mut lines);
    lines
}

/// The lines that are only in `before`, with `-`, and the lines that are only in `after`, with `+`.
pub fn difference(before: &[String], after: &[String]) -> Vec<String> {
    let gone = before.iter().filter(|line| !after.contains(line)).map(|line| format!("- {line}"));
    let new = after.iter().filter(|line| !before.contains(line)).map(|line| format!("+ {line}"));
    gone.chain(new).collect()
}

fn add_items(within: &str, items: &[Item], lines: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Struct(item) => {
                let name = format!("{within}{}", item.ident);
                lines.push(format!("struct {name}{}", shown(&item.generics)));
                for field in &item.fields {
                    let field_name = field.ident.to_token_stream();
                    lines.push(format!("{name}.{field_name}: {}", shown(&field.ty)));
                }
            }
            Item::Enum(item) => {
                for variant in &item.variants {
                    lines.push(format!("{within}{}::{}", item.ident, variant.ident));
                }
            }
            Item::Fn(item) => lines.push(format!("{within}{}", signature(&item.sig))),
            Item::Trait(item) => lines.push(format!("trait {within}{}", item.ident)),
            Item::Static(item) => lines.push(format!("static {within}{}", item.ident)),
            Item::Mod(item) => {
                let inner = item.content.as_ref().map_or(&[][..], |(_, items)| items);
                let name = format!("{within}{}", item.ident);
                lines.push(format!("mod {name}"));
                add_items(&format!("{name}::"), inner, lines);
            }
            Item::Use(item) => lines.push(shown(item)),
            Item::Impl(item) => {
                let of = type_name(&item.self_ty);
                if let Some((path, _)) = &item.trait_ {
                    lines.push(format!("impl {} for {within}{of}", shown(path)));
                    continue;
                }
                for inner in &item.items {
                    if let ImplItem::Fn(inner) = inner {
                        lines.push(format!("{within}{of}::{}", signature(&inner.sig)));
                    }
                }
            }
            // A macro that implements traits. Only the type is shown, because its fields are shown above.
            Item::Macro(item) if schema(item).is_some() => {
                let (name, members) = schema(item).expect("a schema");
                lines.push(format!("static {within}{name} [{}]", members.join(", ")));
            }
            Item::Macro(item) => {
                let of = item.mac.tokens.clone().into_iter().next();
                lines.push(format!("{}! for {within}{}", shown(&item.mac.path), shown(&of)));
            }
            other => panic!("no outline of {}", shown(other)),
        }
    }
}

fn signature(signature: &Signature) -> String {
    let arguments: Vec<String> = signature
        .inputs
        .iter()
        .map(|argument| match argument {
            FnArg::Receiver(_) => "self".to_owned(),
            FnArg::Typed(argument) => shown(&argument.pat) + ": " + &shown(&argument.ty),
        })
        .collect();
    let gives = match &signature.output {
        ReturnType::Default => String::new(),
        ReturnType::Type(_, gives) => format!(" -> {}", shown(gives)),
    };
    let bounds: Vec<String> = signature
        .generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
        .map(shown)
        .collect();
    let bounds =
        if bounds.is_empty() { String::new() } else { format!(" where {}", bounds.join(", ")) };
    format!("{}({}){gives}{bounds}", signature.ident, arguments.join(", "))
}

/// The name of the schema that `structure!` or `operation!` declares, and the wire names of its members.
pub fn schema(item: &syn::ItemMacro) -> Option<(String, Vec<String>)> {
    let trees: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let [.., TokenTree::Ident(name), TokenTree::Group(members)] = trees.as_slice() else {
        return None;
    };
    let mut names = Vec::new();
    let mut is_value = false;
    for tree in members.stream() {
        match tree {
            TokenTree::Punct(mark) if mark.as_char() == '=' => is_value = true,
            TokenTree::Group(arguments) if is_value => {
                let wire = arguments.stream().into_iter().next().expect("a wire name");
                names.push(syn::parse2::<syn::LitStr>(wire.into()).expect("a text").value());
                is_value = false;
            }
            _ => {}
        }
    }
    Some((name.to_string(), names))
}

fn type_name(of: &Type) -> String {
    match of {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
        }
        other => shown(other),
    }
}

/// Tokens with the spaces that rustfmt writes in types.
fn shown(tokens: &(impl ToTokens + ?Sized)) -> String {
    tokens
        .to_token_stream()
        .to_string()
        .replace(" :: ", "::")
        .replace(" < ", "<")
        .replace(" > ", ">")
        .replace(" >", ">")
        .replace(" ,", ",")
        .replace(" :", ":")
        .replace("< ", "<")
        .replace("& ", "&")
        .replace(",>", ">")
}
