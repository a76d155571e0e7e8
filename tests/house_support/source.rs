//! The source as modules and the arrows between them: which file names what of which other one. Names that a module hands on
//! (`pub use`) lead to where they are defined.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// The path of a module below the crate: `["sample", "phase"]`.
pub type Module = Vec<String>;

/// What stands in a file.
#[derive(Debug, Default)]
pub struct SourceFile {
    /// All of its lines.
    pub lines: usize,
    /// Each function with its lines, those of tests included.
    pub functions: Vec<(String, usize)>,
    /// What it hands on: the name here, and the path that it stands for.
    handed_on: BTreeMap<String, Vec<String>>,
    /// Paths that it names outside of its tests.
    named: BTreeSet<Vec<String>>,
}

/// All files below src/.
#[derive(Debug)]
pub struct Source {
    files: BTreeMap<Module, SourceFile>,
    arrows: BTreeSet<(Module, Module)>,
}

impl Source {
    pub fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut files = BTreeMap::new();
        for path in rust_files(&root) {
            let text = fs::read_to_string(&path).unwrap();
            let parsed = syn::parse_file(&text).unwrap();
            let mut reader = Reader {
                file: SourceFile {
                    lines: text.lines().count(),
                    ..SourceFile::default()
                },
                in_tests: false,
            };
            reader.visit_file(&parsed);
            files.insert(module_of(&root, &path), reader.file);
        }
        let mut source = Self {
            files,
            arrows: BTreeSet::new(),
        };
        source.arrows = source.drawn();
        source
    }

    pub fn modules(&self) -> impl Iterator<Item = &Module> {
        self.files.keys()
    }

    pub fn files(&self) -> impl Iterator<Item = (&Module, &SourceFile)> {
        self.files.iter()
    }

    pub fn arrows(&self) -> impl Iterator<Item = (&Module, &Module)> {
        self.arrows.iter().map(|(from, to)| (from, to))
    }

    fn drawn(&self) -> BTreeSet<(Module, Module)> {
        let mut arrows = BTreeSet::new();
        for (module, file) in &self.files {
            let hands_on = file.handed_on.values().map(|path| (path, true));
            for (path, is_handed_on) in file.named.iter().map(|path| (path, false)).chain(hands_on) {
                let Some(to) = self.absolute(module, path).and_then(|path| self.owner(&path, 0)) else {
                    continue;
                };
                // A module that hands on what its children define does not look at them.
                let is_child = to.starts_with(module) && is_handed_on;
                if to != *module && !is_child {
                    arrows.insert((module.clone(), to));
                }
            }
        }
        arrows
    }

    /// Resolves `crate`, `self`, `super` and children; `None` for other crates.
    fn absolute(&self, module: &Module, path: &[String]) -> Option<Vec<String>> {
        let mut base = module.clone();
        match path.first()?.as_str() {
            // The program is a crate of its own, and sees the library from outside.
            "crate" | "hemoclone" => return Some(path[1..].to_vec()),
            "self" => base.extend_from_slice(&path[1..]),
            "super" => {
                let ups = path.iter().take_while(|p| *p == "super").count();
                base.truncate(base.len().checked_sub(ups)?);
                base.extend_from_slice(&path[ups..]);
            }
            child => {
                base.push(child.to_owned());
                if !self.files.contains_key(&base) {
                    return None;
                }
                base.extend_from_slice(&path[1..]);
            }
        }
        Some(base)
    }

    /// Returns the module that defines what a path names.
    fn owner(&self, path: &[String], depth: usize) -> Option<Module> {
        assert!(depth < 16, "{path:?} is handed on in a circle");
        let (module, rest) = (0..=path.len())
            .rev()
            .map(|length| path.split_at(length))
            .find(|(module, _)| self.files.contains_key(*module))?;
        let module = module.to_vec();
        let from = rest
            .first()
            .and_then(|name| self.files[&module].handed_on.get(name))
            .and_then(|from| self.absolute(&module, from));
        match from {
            Some(mut from) if from != path => {
                from.extend_from_slice(&rest[1..]);
                self.owner(&from, depth + 1)
            }
            _ => Some(module),
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
    found
}

fn module_of(root: &Path, path: &Path) -> Module {
    let below = path.strip_prefix(root).unwrap().with_extension("");
    let mut module: Module = below
        .iter()
        .map(|part| part.to_str().unwrap().to_owned())
        .collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

struct Reader {
    file: SourceFile,
    in_tests: bool,
}

impl Reader {
    fn function(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let end = block.brace_token.span.close().end().line;
        let lines = end + 1 - signature.fn_token.span.start().line;
        self.file.functions.push((signature.ident.to_string(), lines));
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String], is_public: bool) {
        let with = |name: &syn::Ident| {
            let mut path = before.to_vec();
            if name != "self" || path.is_empty() {
                path.push(name.to_string());
            }
            path
        };
        match tree {
            syn::UseTree::Path(path) => self.tree(&path.tree, &with(&path.ident), is_public),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before, is_public);
                }
            }
            syn::UseTree::Name(name) => self.used(with(&name.ident), None, is_public),
            syn::UseTree::Rename(rename) => {
                self.used(with(&rename.ident), Some(rename.rename.to_string()), is_public);
            }
            syn::UseTree::Glob(_) => self.used(before.to_vec(), None, is_public),
        }
    }

    fn used(&mut self, path: Vec<String>, name: Option<String>, is_public: bool) {
        let name = name.or_else(|| path.last().cloned());
        match name {
            Some(name) if is_public => _ = self.file.handed_on.insert(name, path),
            _ => _ = self.file.named.insert(path),
        }
    }
}

fn is_tests(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("cfg")
            && attribute
                .parse_args::<syn::Ident>()
                .is_ok_and(|condition| condition == "test")
    })
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let before = self.in_tests;
        self.in_tests |= is_tests(&item.attrs);
        visit::visit_item_mod(self, item);
        self.in_tests = before;
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !self.in_tests && !is_tests(&item.attrs) {
            let is_public = !matches!(item.vis, syn::Visibility::Inherited);
            self.tree(&item.tree, &[], is_public);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let is_own = names.len() > 1 && ["crate", "hemoclone", "super", "self"].contains(&names[0].as_str());
        if is_own && !self.in_tests {
            self.file.named.insert(names);
        }
        visit::visit_path(self, path);
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        let before = self.in_tests;
        self.in_tests |= is_tests(&item.attrs);
        self.function(&item.sig, &item.block);
        visit::visit_item_fn(self, item);
        self.in_tests = before;
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.function(&item.sig, &item.block);
        visit::visit_impl_item_fn(self, item);
    }
}

/// Returns each set of modules that reach each other, in order.
pub fn circles<'a>(graph: &BTreeMap<&'a Module, BTreeSet<&'a Module>>) -> BTreeSet<Vec<&'a Module>> {
    let reach: BTreeMap<&Module, BTreeSet<&Module>> = graph.keys().map(|m| (*m, reached(graph, m))).collect();
    let mut found = BTreeSet::new();
    for (module, others) in &reach {
        if others.contains(module) {
            let same = |other: &&&'a Module| reach.get(**other).is_some_and(|back| back.contains(module));
            found.insert(others.iter().filter(same).copied().collect());
        }
    }
    found
}

fn reached<'a>(graph: &BTreeMap<&'a Module, BTreeSet<&'a Module>>, from: &Module) -> BTreeSet<&'a Module> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'a Module> = graph.get(from).into_iter().flatten().copied().collect();
    while let Some(module) = open.pop() {
        if found.insert(module) {
            open.extend(graph.get(module).into_iter().flatten());
        }
    }
    found
}
