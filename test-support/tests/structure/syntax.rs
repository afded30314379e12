//! The modules of a crate, read from its files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use quote::ToTokens as _;
use syn::{Attribute, Item, UseTree};

use crate::references::{self, Reference};

/// The path of a module from the crate's root, which is empty.
pub(crate) type ModulePath = Vec<String>;

pub(crate) struct Crate {
    pub(crate) modules: BTreeMap<ModulePath, Module>,
}

#[derive(Default)]
pub(crate) struct Module {
    pub(crate) file: PathBuf,
    /// What each name in the module refers to. A module and a function may have the same name.
    pub(crate) names: BTreeMap<String, Vec<Name>>,
    /// The paths in `use path::*`.
    pub(crate) globs: Vec<Vec<String>>,
    pub(crate) references: Vec<Reference>,
}

pub(crate) enum Name {
    /// A child.
    Module,
    /// Something else that is defined here.
    Item,
    /// An import by `use`: its path.
    Import(Vec<String>),
}

impl Crate {
    /// Reads the crate whose root module is in the file `root`.
    pub(crate) fn read(root: &Path) -> Self {
        let mut all = Self { modules: BTreeMap::new() };
        all.add_file(Vec::new(), root, root.parent().unwrap());
        all
    }

    /// Adds the module in `file`, and its children, whose files are in `folder`.
    fn add_file(&mut self, path: ModulePath, file: &Path, folder: &Path) {
        let text = std::fs::read_to_string(file).unwrap();
        let parsed =
            syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        self.add(path, file, folder, parsed.items);
    }

    fn add(&mut self, path: ModulePath, file: &Path, folder: &Path, items: Vec<Item>) {
        let mut module = Module { file: file.to_owned(), ..Module::default() };
        for item in items {
            if is_for_tests(attributes(&item)) || has_path_attribute(attributes(&item)) {
                continue;
            }
            match item {
                Item::Mod(child) => {
                    let name = child.ident.to_string();
                    module.names.entry(name.clone()).or_default().push(Name::Module);
                    let path = [&path[..], std::slice::from_ref(&name)].concat();
                    match child.content {
                        Some((_, items)) => self.add(path, file, &folder.join(name), items),
                        None => self.add_child(path, folder, &name),
                    }
                }
                Item::Use(item) => {
                    let tokens = item.to_token_stream();
                    references::collect(tokens, &mut module.references);
                    // `::name` is a crate.
                    if item.leading_colon.is_none() {
                        module.import(&item.tree, &[]);
                    }
                }
                other => {
                    if let Some(name) = name_of(&other) {
                        module.names.entry(name).or_default().push(Name::Item);
                    }
                    references::collect(other.to_token_stream(), &mut module.references);
                }
            }
        }
        self.modules.insert(path, module);
    }

    fn add_child(&mut self, path: ModulePath, folder: &Path, name: &str) {
        let name = name.trim_start_matches("r#");
        let file = folder.join(format!("{name}.rs"));
        let own_folder = folder.join(name);
        let file = if file.exists() { file } else { own_folder.join("mod.rs") };
        self.add_file(path, &file, &own_folder);
    }
}

impl Module {
    fn import(&mut self, tree: &UseTree, before: &[String]) {
        let with = |name: &dyn ToString| [before, &[name.to_string()]].concat();
        let mut add = |name: String, path: Vec<String>| {
            self.names.entry(name).or_default().push(Name::Import(path));
        };
        match tree {
            UseTree::Path(tree) => self.import(&tree.tree, &with(&tree.ident)),
            UseTree::Name(tree) if tree.ident == "self" => {
                add(before.last().unwrap().clone(), before.to_owned());
            }
            UseTree::Name(tree) => add(tree.ident.to_string(), with(&tree.ident)),
            UseTree::Rename(tree) if tree.ident == "self" => {
                add(tree.rename.to_string(), before.to_owned());
            }
            UseTree::Rename(tree) => add(tree.rename.to_string(), with(&tree.ident)),
            UseTree::Glob(_) => self.globs.push(before.to_owned()),
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.import(tree, before);
                }
            }
        }
    }
}

fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether a module has the attribute `#[path]`. Such modules are generated code in another folder.
fn has_path_attribute(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("path"))
}

/// Whether one of `attributes` is `cfg(test)`.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute.meta.require_list().is_ok_and(|list| list.tokens.to_string() == "test")
    })
}
