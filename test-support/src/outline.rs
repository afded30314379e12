//! An outline of generated code: one line for each item that users or the runtime can use.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
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
            Item::Macro(item) if definition(item).is_some() => {
                let Definition { name, parameters, schema, members, .. } =
                    definition(item).expect("a definition");
                lines.push(format!("struct {within}{name}{parameters}"));
                for Member { field, ty, .. } in &members {
                    lines.push(format!("{within}{schema}.{field}: {ty}"));
                }
                let wire: Vec<&str> = members.iter().map(|member| member.wire.as_str()).collect();
                lines.push(format!("schema of {within}{schema} [{}]", wire.join(", ")));
            }
            Item::Macro(item) if is_call(item, "open_enum") => {
                let (name, variants) = open_enum(item);
                lines.extend(variants.iter().map(|variant| format!("{within}{name}::{variant}")));
            }
            Item::Macro(item) if is_call(item, "required") => {
                let traits = required(item).into_iter();
                lines.extend(traits.map(|name| format!("trait {within}required::{name}")));
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

/// What `structure!`, `union!` or `request!` defines.
pub struct Definition {
    /// The attributes of the public type.
    pub attributes: String,
    /// The public type.
    pub name: String,
    /// Its type parameters: `<U, S>`.
    pub parameters: String,
    /// The type that has the schema: for a request, its input.
    pub schema: String,
    /// The members of the schema.
    pub members: Vec<Member>,
}

/// A member of a [`Definition`].
pub struct Member {
    /// The field, or the variant of a union.
    pub field: String,
    /// Its type.
    pub ty: String,
    /// Its name on the wire.
    pub wire: String,
    /// Whether the constructor takes it.
    pub is_in_new: bool,
    /// The setter with a name of its own.
    pub setter: Option<String>,
}

/// The definition in a call of `structure!`, `union!` or `request!`.
pub fn definition(item: &syn::ItemMacro) -> Option<Definition> {
    if !["structure", "union", "request"].iter().any(|name| is_call(item, name)) {
        return None;
    }
    let trees: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let start = trees.iter().position(|tree| is_word(tree, &["struct", "enum"]))?;
    let name = trees.get(start + 1)?.to_string();
    let colon = trees.iter().position(|tree| is_mark(tree, ':'));
    let parameters = trees.get(start + 2..colon.unwrap_or(trees.len() - 1))?;
    let parameters: TokenStream = parameters.iter().cloned().collect();
    let schema = match colon {
        Some(colon) if is_call(item, "request") => trees.get(colon + 1)?.to_string(),
        _ => name.clone(),
    };
    let Some(TokenTree::Group(body)) = trees.last() else { return None };
    let mut members = Vec::new();
    let mut entry = Vec::new();
    let mut depth = 0;
    for tree in body.stream() {
        match &tree {
            tree if is_mark(tree, '<') => depth += 1,
            tree if is_mark(tree, '>') => depth -= 1,
            tree if is_mark(tree, ',') && depth == 0 => {
                members.push(member(&std::mem::take(&mut entry)));
                continue;
            }
            _ => {}
        }
        entry.push(tree);
    }
    if !entry.is_empty() {
        members.push(member(&entry));
    }
    let attributes: TokenStream = trees.get(..start - 1)?.iter().cloned().collect();
    let (attributes, parameters) = (attributes.to_string(), shown(&parameters));
    Some(Definition { attributes, name, parameters, schema, members })
}

/// Reads `#[doc = "…"] pub field(setter): Type = kind("Wire", …).flag()`, or `Variant(Type) = "Wire"`.
fn member(entry: &[TokenTree]) -> Member {
    let is_attribute = |tree: &TokenTree| matches!(tree, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket);
    let mut start = 0;
    while is_mark(&entry[start], '#') && is_attribute(&entry[start + 1]) {
        start += 2;
    }
    start += usize::from(is_word(&entry[start], &["pub"]));
    let entry = &entry[start..];
    let value = entry.iter().position(|tree| is_mark(tree, '=')).expect("a name on the wire");
    let colon = entry[..value].iter().position(|tree| is_mark(tree, ':'));
    let ty: TokenStream = match (colon, &entry[1]) {
        (Some(colon), _) => entry[colon + 1..value].iter().cloned().collect(),
        (None, TokenTree::Group(ty)) => ty.stream(),
        (None, other) => panic!("{other} is not a type"),
    };
    let wire = match &entry[value + 1..] {
        [TokenTree::Ident(_), TokenTree::Group(arguments), ..] => {
            arguments.stream().into_iter().next().expect("a name on the wire")
        }
        [literal, ..] => literal.clone(),
        [] => panic!("a member ends with its name on the wire"),
    };
    let wire = syn::parse2::<syn::LitStr>(wire.into()).expect("a text").value();
    let groups = entry[..colon.unwrap_or(1)].iter().filter_map(|tree| match tree {
        TokenTree::Group(group) => Some(group),
        _ => None,
    });
    let is_new = |group: &&Group| group.delimiter() == Delimiter::Bracket;
    let is_in_new = groups.clone().any(|group| is_new(&group));
    let mut setter = groups.filter(|group| !is_new(group)).map(|group| group.stream().to_string());
    let (field, ty) = (entry[0].to_string(), shown(&ty));
    Member { field, ty, wire, is_in_new, setter: setter.next_back() }
}

/// The name of the enum that `open_enum!` defines, and its variants; the last has any other value.
pub fn open_enum(item: &syn::ItemMacro) -> (String, Vec<String>) {
    let trees: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let colon = trees.iter().position(|tree| is_mark(tree, ':')).expect("a variant");
    let Some(TokenTree::Group(variants)) = trees.last() else { panic!("no variants") };
    let known: Vec<TokenTree> = variants.stream().into_iter().collect();
    let known = known.windows(2).filter(|pair| is_mark(&pair[1], '='));
    let mut variants: Vec<String> = known.map(|pair| pair[0].to_string()).collect();
    variants.push(trees[colon + 1].to_string());
    (trees[colon - 1].to_string(), variants)
}

/// The names of the traits that `required!` defines.
pub fn required(item: &syn::ItemMacro) -> Vec<String> {
    let trees: Vec<TokenTree> = item.mac.tokens.clone().into_iter().collect();
    let names = trees.windows(2).filter(|pair| is_mark(&pair[1], ':'));
    names.map(|pair| pair[0].to_string()).collect()
}

/// Whether `item` calls the macro `name`.
pub fn is_call(item: &syn::ItemMacro, name: &str) -> bool {
    item.mac.path.segments.last().is_some_and(|segment| segment.ident == name)
}

fn is_word(tree: &TokenTree, words: &[&str]) -> bool {
    matches!(tree, TokenTree::Ident(word) if words.iter().any(|wanted| word == wanted))
}

fn is_mark(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(mark) if mark.as_char() == wanted)
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
