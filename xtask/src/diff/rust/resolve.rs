//! Names in a module: what its `use` items bring in, and which of its modules others can reach.

use std::collections::BTreeMap;

use syn::{Item, ItemUse, UseTree, Visibility};

/// A module: where it is, and by which path others can reach what is in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// Its path from the root of the crate.
    pub path: Vec<String>,
    /// The path by which its public items can be named; none if only the named ones can.
    pub public: Option<Vec<String>>,
    /// Items that are public under another path than their own.
    pub named: BTreeMap<String, Vec<String>>,
}

impl Place {
    /// The path by which an item of this module can be named from outside.
    pub fn key(&self, name: &str) -> Option<String> {
        if let Some(public) = &self.public {
            return Some(joined(public, name));
        }
        self.named.get(name).map(|path| path.join("::"))
    }

    /// A module of this one, as others reach it: itself, or by what is said to be used from it.
    pub fn child(&self, name: &str, visibility: &Visibility, uses: &Uses) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        let mut public = None;
        let mut named = BTreeMap::new();
        if let Some(own) = &self.public {
            if is_public(visibility) {
                let mut own = own.clone();
                own.push(name.to_owned());
                public = Some(own);
            } else if uses.all_of.contains(&path) {
                public = Some(own.clone());
            }
            for (alias, target) in &uses.public {
                if let Some((last, module)) = target.split_last()
                    && module == path
                {
                    let mut key = own.clone();
                    key.push(alias.clone());
                    named.insert(last.clone(), key);
                }
            }
        }
        Self {
            path,
            public,
            named,
        }
    }
}

pub(super) fn joined(path: &[String], name: &str) -> String {
    let mut path = path.to_vec();
    path.push(name.to_owned());
    path.join("::")
}

pub(super) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// The `use` items of a module, with paths from the root of the crate.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses {
    /// What a name stands for in the module.
    pub names: BTreeMap<String, Vec<String>>,
    /// The same of what the module makes public.
    pub public: BTreeMap<String, Vec<String>>,
    /// Modules of which everything is made public.
    pub all_of: Vec<Vec<String>>,
    /// Modules of which everything can be named in this one.
    globs: Vec<Vec<String>>,
}

impl Uses {
    pub fn of(items: &[Item], module: &[String]) -> Self {
        let mut uses = Self::default();
        for item in items {
            if let Item::Use(item) = item {
                uses.add(item, module);
            }
        }
        uses
    }

    fn add(&mut self, item: &ItemUse, module: &[String]) {
        let mut found = Vec::new();
        spread(&item.tree, Vec::new(), &mut found);
        for (path, name) in found {
            let path = absolute(&path, module);
            if let Some(name) = name {
                if is_public(&item.vis) {
                    self.public.insert(name.clone(), path.clone());
                }
                self.names.insert(name, path);
            } else {
                if is_public(&item.vis) {
                    self.all_of.push(path.clone());
                }
                self.globs.push(path);
            }
        }
    }

    /// The paths from the root that a path in the module can mean.
    pub fn meanings(&self, path: &[String], module: &[String]) -> Vec<Vec<String>> {
        let Some((first, rest)) = path.split_first() else {
            return Vec::new();
        };
        if ["crate", "self", "super"].contains(&first.as_str()) {
            return vec![absolute(path, module)];
        }
        let below = |base: &[String], rest: &[String]| [base, rest].concat();
        let mut out = Vec::new();
        if let Some(base) = self.names.get(first) {
            out.push(below(base, rest));
        }
        out.push(below(module, path));
        out.extend(self.globs.iter().map(|base| below(base, path)));
        out
    }
}

/// Each name of a tree of `use`, with what it is called here; none for all names.
fn spread(tree: &UseTree, before: Vec<String>, found: &mut Vec<(Vec<String>, Option<String>)>) {
    let with = |name: String| {
        let mut path = before.clone();
        path.push(name);
        path
    };
    match tree {
        UseTree::Path(tree) => spread(&tree.tree, with(tree.ident.to_string()), found),
        UseTree::Name(tree) if tree.ident == "self" => {
            let name = before.last().cloned();
            found.push((before, name));
        }
        UseTree::Name(tree) => {
            let name = tree.ident.to_string();
            found.push((with(name.clone()), Some(name)));
        }
        UseTree::Rename(tree) => {
            found.push((with(tree.ident.to_string()), Some(tree.rename.to_string())));
        }
        UseTree::Glob(_) => found.push((before, None)),
        UseTree::Group(tree) => {
            for tree in &tree.items {
                spread(tree, before.clone(), found);
            }
        }
    }
}

/// A path from the root of the crate. That of another crate is taken for one below the module, and leads nowhere.
fn absolute(path: &[String], module: &[String]) -> Vec<String> {
    let mut base = module.to_vec();
    let mut rest = path;
    while let Some((first, after)) = rest.split_first() {
        match first.as_str() {
            "crate" => base.clear(),
            "super" => {
                base.pop();
            }
            "self" => {}
            _ => break,
        }
        rest = after;
    }
    base.extend(rest.iter().cloned());
    base
}
