//! A program that uses all of an API, written from the API's own code.

use pagesmith_codegen::emit::File;
use pagesmith_test_support::outline::{
    Definition, Member, definition, is_call, open_enum, required,
};
use syn::{FnArg, ImplItem, Item, ReturnType, Type, Visibility};

/// The program for the API that `files` are, which stands at the path `base`.
pub(crate) fn write(files: &[File], base: &str) -> String {
    let mut program = Program { base, text: String::new(), count: 0 };
    program.text += "fn any<T>() -> T { unimplemented!() }\n";
    for file in files {
        let Some(name) =
            file.path.strip_prefix("aws/iam_api/").and_then(|name| name.strip_suffix(".rs"))
        else {
            continue;
        };
        let items = syn::parse_file(&file.text).unwrap().items;
        match name {
            "mod" => {}
            "error_code" => program.module("", &items),
            name => program.module(name, &items),
        }
    }
    program.text
}

struct Program<'a> {
    base: &'a str,
    text: String,
    count: usize,
}

impl Program<'_> {
    /// What the module is called, in which what it names is named so too.
    fn module(&mut self, name: &str, items: &[Item]) {
        self.count += 1;
        let (base, count) = (self.base, self.count);
        let path = if name.is_empty() { base.to_owned() } else { format!("{base}::{name}") };
        self.text += &format!(
            "mod s{count} {{\nuse super::any;\nuse pagesmith_runtime as runtime;\nuse {path}::*;\n"
        );
        // The name by which the module itself refers to the structures of its service.
        if items.iter().any(|item| quote::quote!(#item).to_string() == "use super :: types ;") {
            self.text += &format!("use {base}::types;\n");
        }
        for item in items {
            self.item(name, item, items);
        }
        self.text += "}\n";
    }

    fn function(&mut self, kind: &str, arguments: &str, body: &str) {
        self.count += 1;
        let count = self.count;
        self.text += &format!("{kind} f{count}({arguments}) {{ {body} }}\n");
    }

    fn shown(&self, tokens: &impl quote::ToTokens) -> String {
        tokens.to_token_stream().to_string().replace("super :: ", &format!("{}::", self.base))
    }

    fn derives(&self, item: &syn::ItemStruct, name: &str) -> bool {
        let mut derives = item.attrs.iter().filter(|attribute| attribute.path().is_ident("derive"));
        derives.any(|derive| self.shown(derive).contains(name))
    }

    fn item(&mut self, module: &str, item: &Item, all: &[Item]) {
        match item {
            Item::Struct(item) if public(&item.vis) => {
                let name = &item.ident;
                for field in item.fields.iter().filter(|field| public(&field.vis)) {
                    let (field, ty) = (self.shown(&field.ident), self.shown(&field.ty));
                    self.function(
                        "fn",
                        &format!("v: &{name}"),
                        &format!("let _: &{ty} = &v.{field};"),
                    );
                }
                if self.derives(item, "PartialEq") {
                    self.function(
                        "fn",
                        &format!("v: &{name}"),
                        &format!(
                            "let w: {name} = v.clone(); let _ = *v == w; format!(\"{{v:?}}\");"
                        ),
                    );
                }
                if self.derives(item, "Default") {
                    self.function("fn", "", &format!("let _ = {name}::default();"));
                }
            }
            Item::Enum(item) => {
                let name = &item.ident;
                for variant in &item.variants {
                    let given = if variant.fields.is_empty() { "" } else { "(any())" };
                    self.function("fn", "", &format!("let _ = {name}::{}{given};", variant.ident));
                }
                // The last variant of a union has no value; that of an enum of texts has the unknown text.
                if item.variants.last().is_some_and(|variant| variant.fields.is_empty()) {
                    return;
                }
                self.function("fn", &format!("v: {name}"), &format!("let _: &str = v.as_str(); let _ = {name}::from(\"\"); let _ = {name}::from(String::new()); v.to_string();"));
            }
            Item::Use(item) if public(&item.vis) => {
                // `pub use super::types::{Role, Tag};`
                let path = self.shown(&item.tree);
                let names = path.rsplit("::").next().unwrap_or_default();
                let base = self.base;
                for name in names.trim_matches(['{', '}', ' ']).split(',') {
                    self.function("fn", &format!("_: &{base}::{module}::{}", name.trim()), "");
                }
            }
            Item::Macro(call) if is_call(call, "required") => {
                for name in required(call) {
                    let base = self.base;
                    self.count += 1;
                    let count = self.count;
                    self.text +=
                        &format!("fn f{count}<T: {base}::{module}::required::{name}>() {{}}\n");
                }
            }
            Item::Macro(call) => {
                for item in defined(call) {
                    self.item(module, &item, all);
                }
            }
            Item::Impl(item) => self.implementation(module, item, all),
            _ => {}
        }
    }

    fn implementation(&mut self, module: &str, item: &syn::ItemImpl, all: &[Item]) {
        let Type::Path(owner) = &*item.self_ty else { return };
        let owner = owner.path.segments.last().unwrap().ident.to_string();
        if let Some((path, _)) = &item.trait_ {
            if self.shown(path).ends_with("Listing") {
                let row = item.items.iter().find_map(|item| match item {
                    ImplItem::Type(row) => Some(self.shown(&row.ty)),
                    _ => None,
                });
                let row = row.unwrap();
                self.function(
                    "fn",
                    &format!("v: {owner}"),
                    &format!("let _: Vec<{row}> = pagesmith_runtime::Listing::into_rows(v);"),
                );
            }
            return;
        }
        let methods = item.items.iter().filter_map(|item| match item {
            ImplItem::Fn(method) if public(&method.vis) => Some(method),
            _ => None,
        });
        for method in methods {
            let name = self.shown(&method.sig.ident);
            let first = method.sig.inputs.first();
            match first {
                // The handle: a method gives a builder, all of which is used.
                Some(FnArg::Receiver(receiver))
                    if self.shown(receiver).starts_with('&') && method.sig.inputs.len() == 1 =>
                {
                    if let ReturnType::Type(_, builder) = &method.sig.output {
                        let builder = self.shown(builder);
                        self.builder(module, &name, &builder, all);
                    }
                }
                Some(FnArg::Receiver(_)) if name.starts_with("with_") => {
                    let given = self.given(method);
                    self.function(
                        "fn",
                        &format!("v: {owner}"),
                        &format!("let _: {owner} = v.{name}({given});"),
                    );
                }
                Some(FnArg::Typed(_)) | None if name == "new" => {
                    let given = self.given(method);
                    self.function("fn", "", &format!("let _: {owner} = {owner}::new({given});"));
                }
                _ => {}
            }
        }
    }

    /// Calls every setter, and then each way to send.
    fn builder(&mut self, module: &str, method: &str, builder: &str, all: &[Item]) {
        let inherent = all.iter().filter_map(|item| match item {
            Item::Impl(item)
                if item.trait_.is_none()
                    && self.shown(&item.self_ty).split_whitespace().next() == Some(builder) =>
            {
                Some(item)
            }
            _ => None,
        });
        let methods: Vec<&syn::ImplItemFn> = inherent
            .flat_map(|item| &item.items)
            .filter_map(|item| match item {
                ImplItem::Fn(method) if public(&method.vis) => Some(method),
                _ => None,
            })
            .collect();
        let setters: String = methods
            .iter()
            .filter(|setter| setter.sig.inputs.len() == 2)
            .map(|setter| format!(".{}({})", self.shown(&setter.sig.ident), self.given(setter)))
            .collect();
        for ending in methods.iter().filter(|ending| ending.sig.inputs.len() == 1) {
            let ReturnType::Type(_, gives) = &ending.sig.output else { continue };
            let (name, gives) = (self.shown(&ending.sig.ident), self.shown(gives));
            let wait = if ending.sig.asyncness.is_some() { ".await" } else { "" };
            let base = self.base;
            let body = format!(
                "let client: pagesmith_runtime::Client = any(); let _: {gives} = {base}::{module}::{module}(&client).{method}(){setters}.{name}(){wait};"
            );
            self.function(if wait.is_empty() { "fn" } else { "async fn" }, "", &body);
        }
    }

    /// Arguments for a method, each of the type that it names.
    fn given(&self, method: &syn::ImplItemFn) -> String {
        let typed = method.sig.inputs.iter().filter_map(|input| match input {
            FnArg::Typed(input) => Some(format!("any::<{}>()", self.concrete(&input.ty))),
            FnArg::Receiver(_) => None,
        });
        typed.collect::<Vec<_>>().join(", ")
    }

    /// `T` for `impl Into<T>`, `Vec<T>` for `impl IntoIterator<Item = impl Into<T>>`.
    fn concrete(&self, wanted: &Type) -> String {
        match wanted {
            Type::Tuple(tuple) => {
                let parts: Vec<String> =
                    tuple.elems.iter().map(|part| self.concrete(part)).collect();
                format!("({})", parts.join(", "))
            }
            Type::ImplTrait(wanted) => {
                let Some(syn::TypeParamBound::Trait(bound)) = wanted.bounds.first() else {
                    panic!()
                };
                let last = bound.path.segments.last().unwrap();
                let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
                    panic!()
                };
                match arguments.args.first() {
                    Some(syn::GenericArgument::Type(held)) => self.shown(held),
                    Some(syn::GenericArgument::AssocType(item)) => {
                        format!("Vec<{}>", self.concrete(&item.ty))
                    }
                    _ => panic!("an argument that the generator does not write"),
                }
            }
            other => self.shown(other),
        }
    }
}

/// The items that a call of a macro of the runtime defines.
fn defined(call: &syn::ItemMacro) -> Vec<Item> {
    let text = if is_call(call, "open_enum") {
        let (name, variants) = open_enum(call);
        let (other, known) = variants.split_last().unwrap();
        format!("pub enum {name} {{ {} {other}(String) }}", known.join(", ") + ",")
    } else if let Some(Definition { attributes, name, members, .. }) = definition(call) {
        let listed = |members: &[Member], text: fn(&Member) -> String| -> String {
            members.iter().map(text).collect::<Vec<_>>().join(", ")
        };
        if is_call(call, "union") {
            let variants = listed(&members, |member| format!("{}({})", member.field, member.ty));
            format!("{attributes} pub enum {name} {{ {variants}, Unknown }}")
        } else if is_call(call, "structure") {
            let fields = listed(&members, |member| format!("pub {}: {}", member.field, member.ty));
            let given: Vec<String> = members
                .iter()
                .filter(|member| member.is_in_new)
                .map(|member| format!("{}: {}", member.field, member.ty))
                .collect();
            let setters: String = members
                .iter()
                .filter(|member| {
                    member.setter.as_ref().is_some_and(|name| name.starts_with("with_"))
                })
                .map(|member| {
                    let inner = member.ty.strip_prefix("Option<").unwrap_or(&member.ty);
                    let ty = if inner == member.ty { inner } else { inner.trim_end_matches('>') };
                    let closing = ">".repeat(ty.matches('<').count() - ty.matches('>').count());
                    format!(
                        "pub fn {}(self, value: {ty}{closing}) -> Self {{}}",
                        member.setter.clone().unwrap()
                    )
                })
                .collect();
            let new = if given.is_empty() {
                String::new()
            } else {
                format!("pub fn new({}) -> Self {{}}", given.join(", "))
            };
            format!(
                "{attributes} pub struct {name} {{ {fields} }} impl {name} {{ {new} {setters} }}"
            )
        } else {
            String::new()
        }
    } else {
        String::new()
    };
    syn::parse_file(&text).unwrap_or_else(|error| panic!("{error}: {text}")).items
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
