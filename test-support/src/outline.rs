//! An outline of emitted code: one line for each thing that a user or the runtime sees of it.

use quote::ToTokens;
use syn::{Expr, FnArg, ImplItem, Item, ReturnType, Signature, Type};

/// The outline of a file, a line for each field, variant, function, trait and static, in order.
pub fn outline(code: &str) -> Vec<String> {
    let mut lines = Vec::new();
    add_items("", &syn::parse_file(code).expect("Rust").items, &mut lines);
    lines
}

/// The lines that `after` has and `before` has not, with `+`, and the other way round with `-`.
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
            Item::Static(item) => {
                let members = wire_names(&item.expr).join(", ");
                lines.push(format!("static {within}{} [{members}]", item.ident));
            }
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
            // The implementations that every structure has: of which, since its fields are shown above.
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

/// The wire names in a shape's table; of another static, none.
pub fn wire_names(table: &Expr) -> Vec<String> {
    let Expr::Call(call) = table else {
        return Vec::new();
    };
    let Some(Expr::Reference(members)) = call.args.get(1) else {
        return Vec::new();
    };
    let Expr::Array(members) = &*members.expr else {
        return Vec::new();
    };
    members.elems.iter().map(wire_name).collect()
}

fn wire_name(mut member: &Expr) -> String {
    while let Expr::MethodCall(marked) = member {
        member = &marked.receiver;
    }
    let Expr::Call(call) = member else {
        panic!("no member: {}", shown(member));
    };
    let Some(Expr::Lit(wire)) = call.args.get(1) else {
        panic!("no wire name: {}", shown(member));
    };
    let syn::Lit::Str(wire) = &wire.lit else {
        panic!("no text: {}", shown(member));
    };
    wire.value()
}

fn type_name(of: &Type) -> String {
    match of {
        Type::Path(path) => {
            path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default()
        }
        other => shown(other),
    }
}

/// Tokens as rustfmt would space them, as far as types go.
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
