//! The public items of a crate, module by module, as its files have them.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{
    Attribute, Expr, Fields, Generics, ImplItem, Item as Code, ItemImpl, ItemMacro, Meta, Token,
    TraitItem, Type, punctuated::Punctuated,
};

use super::resolve::{Place, Uses, is_public, joined};
use super::signature::{bounds, fixed, function, tokens};
use super::{Error, Item, Kind, Surface};

pub(super) fn surface(files: &BTreeMap<String, String>) -> Result<Surface, Error> {
    let mut reader = Reader {
        files,
        items: BTreeMap::new(),
        keys: BTreeMap::new(),
        later: Vec::new(),
    };
    if let Some(root) = files.get("src/lib.rs") {
        let root = parse("src/lib.rs", root)?;
        let place = Place {
            public: Some(Vec::new()),
            ..Place::default()
        };
        reader.module(&root.items, "src", &place, &BTreeSet::new())?;
        reader.implementations();
    }
    Ok(Surface {
        items: reader.items,
        features: features(files.get("Cargo.toml"))?,
    })
}

fn features(manifest: Option<&String>) -> Result<BTreeMap<String, BTreeSet<String>>, Error> {
    let Some(manifest) = manifest else {
        return Ok(BTreeMap::new());
    };
    let manifest: serde_json::Value = basic_toml::from_str(manifest).map_err(Error::Manifest)?;
    let features = manifest.get("features").and_then(|f| f.as_object());
    let features = features.into_iter().flatten();
    Ok(features
        .map(|(name, list)| {
            let list = list.as_array().into_iter().flatten();
            let list = list.filter_map(|item| item.as_str().map(str::to_owned));
            (name.clone(), list.collect())
        })
        .collect())
}

fn parse(path: &str, text: &str) -> Result<syn::File, Error> {
    syn::parse_file(text).map_err(|error| Error::Syntax(path.to_owned(), error))
}

struct Reader<'a> {
    files: &'a BTreeMap<String, String>,
    items: BTreeMap<String, Item>,
    /// The keys of types, aliases and traits by where they are defined.
    keys: BTreeMap<String, String>,
    /// What belongs to a type, which can stand in another module.
    later: Vec<Later>,
}

struct Later {
    code: Code,
    module: Vec<String>,
    uses: Uses,
    needs: BTreeSet<String>,
}

impl Reader<'_> {
    /// Reads the items of a module. Files of its modules are in `folder`.
    fn module(
        &mut self,
        items: &[Code],
        folder: &str,
        place: &Place,
        needs: &BTreeSet<String>,
    ) -> Result<(), Error> {
        let uses = Uses::of(items, &place.path);
        for code in items {
            let attributes = attributes(code);
            if is_hidden(attributes) {
                continue;
            }
            let needs = own_needs(attributes).unwrap_or_else(|| needs.clone());
            match code {
                Code::Mod(module) => {
                    let name = module.ident.to_string();
                    let child = place.child(&name, &module.vis, &uses);
                    let folder = format!("{folder}/{name}");
                    if is_public(&module.vis)
                        && let Some(key) = place.key(&name)
                    {
                        let owner = place.public.as_ref().map(|path| path.join("::"));
                        self.put(
                            key,
                            Kind::Module,
                            owner,
                            &name,
                            Vec::new(),
                            attributes,
                            &needs,
                        );
                    }
                    if let Some((_, items)) = &module.content {
                        self.module(items, &folder, &child, &needs)?;
                        continue;
                    }
                    let paths = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
                    let file = paths.iter().find(|path| self.files.contains_key(*path));
                    let file = file.ok_or_else(|| Error::Module(child.path.join("::")))?;
                    let content = parse(file, &self.files[file])?;
                    self.module(&content.items, &folder, &child, &needs)?;
                }
                Code::Impl(_) | Code::Macro(_) => self.later.push(Later {
                    code: code.clone(),
                    module: place.path.clone(),
                    uses: uses.clone(),
                    needs,
                }),
                Code::Use(_) => {}
                _ => self.item(code, place, &uses, &needs),
            }
        }
        if let Some(public) = &place.public {
            self.reexports(public, &uses);
        }
        Ok(())
    }

    /// What a module makes public of another crate. What is in this one is read where it is defined.
    fn reexports(&mut self, public: &[String], uses: &Uses) {
        for (name, path) in &uses.public {
            let key = joined(public, name);
            if self.items.contains_key(&key) || self.keys.contains_key(&path.join("::")) {
                continue;
            }
            let item = Item {
                kind: Kind::Alias(None),
                owner: owner(public),
                name: name.clone(),
                tokens: vec![path.join("::")],
                arguments: Vec::new(),
                deprecated: false,
                needs: BTreeSet::new(),
            };
            self.items.insert(key, item);
        }
    }

    /// Reads what is defined in a module itself.
    fn item(&mut self, code: &Code, place: &Place, uses: &Uses, needs: &BTreeSet<String>) {
        let (name, visibility) = match code {
            Code::Struct(item) => (&item.ident, &item.vis),
            Code::Enum(item) => (&item.ident, &item.vis),
            Code::Type(item) => (&item.ident, &item.vis),
            Code::Trait(item) => (&item.ident, &item.vis),
            Code::Const(item) => (&item.ident, &item.vis),
            Code::Static(item) => (&item.ident, &item.vis),
            Code::Fn(item) => (&item.sig.ident, &item.vis),
            _ => return,
        };
        let name = name.to_string();
        let (true, Some(key)) = (is_public(visibility), place.key(&name)) else {
            return;
        };
        let attributes = attributes(code);
        let owner = key.rsplit_once("::").map(|(owner, _)| owner.to_owned());
        self.keys.insert(joined(&place.path, &name), key.clone());
        let mut put = |kind, tokens| {
            self.put(
                key.clone(),
                kind,
                owner.clone(),
                &name,
                tokens,
                attributes,
                needs,
            );
        };
        match code {
            Code::Struct(item) => {
                let exhaustive = !is(attributes, "non_exhaustive")
                    && item.fields.iter().all(|field| is_public(&field.vis));
                put(of_type("struct", exhaustive), parameters(&item.generics));
                self.fields(&key, &name, &item.fields);
            }
            Code::Enum(item) => {
                let exhaustive = !is(attributes, "non_exhaustive");
                put(of_type("enum", exhaustive), parameters(&item.generics));
                for variant in &item.variants {
                    let ident = variant.ident.to_string();
                    self.put(
                        format!("{key}::{ident}"),
                        Kind::Variant,
                        Some(key.clone()),
                        &format!("{name}::{ident}"),
                        tokens(&variant.fields),
                        &variant.attrs,
                        &BTreeSet::new(),
                    );
                }
            }
            Code::Type(item) => {
                let target = path_of(&item.ty).map(|path| uses.meanings(&path, &place.path));
                let target = target.into_iter().flatten().map(|path| path.join("::"));
                // Which of them there is, is only known when all modules were read.
                let target = Some(target.collect::<Vec<_>>().join(" "));
                put(Kind::Alias(target), tokens(&item.ty));
            }
            Code::Trait(item) => {
                put(Kind::Trait, tokens(&item.supertraits));
                for inner in &item.items {
                    self.trait_item(&key, &name, inner);
                }
            }
            Code::Const(item) => put(Kind::Constant, tokens(&item.ty)),
            Code::Static(item) => put(Kind::Constant, tokens(&item.ty)),
            Code::Fn(item) => {
                let (code, names) = function(&item.sig, &Generics::default());
                put(Kind::Function, code);
                if let Some(item) = self.items.get_mut(&key) {
                    item.arguments = names;
                }
            }
            _ => {}
        }
        self.derived(&key, &name, attributes);
    }

    fn fields(&mut self, key: &str, name: &str, fields: &Fields) {
        for (place, field) in fields.iter().enumerate() {
            if is_public(&field.vis) && !is_hidden(&field.attrs) {
                let ident = field
                    .ident
                    .as_ref()
                    .map_or_else(|| place.to_string(), ToString::to_string);
                self.put(
                    format!("{key}.{ident}"),
                    Kind::Field,
                    Some(key.to_owned()),
                    &format!("{name}::{ident}"),
                    tokens(&field.ty),
                    &field.attrs,
                    &BTreeSet::new(),
                );
            }
        }
    }

    fn trait_item(&mut self, key: &str, name: &str, item: &TraitItem) {
        let (ident, attributes, code, is_required) = match item {
            TraitItem::Fn(item) => {
                let (code, _) = function(&item.sig, &Generics::default());
                (&item.sig.ident, &item.attrs, code, item.default.is_none())
            }
            TraitItem::Const(item) => (
                &item.ident,
                &item.attrs,
                tokens(&item.ty),
                item.default.is_none(),
            ),
            TraitItem::Type(item) => (&item.ident, &item.attrs, tokens(&item.bounds), true),
            _ => return,
        };
        self.put(
            format!("{key}::{ident}"),
            Kind::TraitItem { is_required },
            Some(key.to_owned()),
            &format!("{name}::{ident}"),
            code,
            attributes,
            &BTreeSet::new(),
        );
    }

    fn derived(&mut self, key: &str, name: &str, attributes: &[Attribute]) {
        for attribute in attributes.iter().filter(|a| a.path().is_ident("derive")) {
            let list =
                attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
            for path in list.into_iter().flatten() {
                self.implements(
                    key,
                    name,
                    &super::print::text(&tokens(&path), true),
                    Vec::new(),
                    &BTreeSet::new(),
                );
            }
        }
    }

    fn implements(
        &mut self,
        key: &str,
        name: &str,
        what: &str,
        tokens: Vec<String>,
        needs: &BTreeSet<String>,
    ) {
        self.put(
            format!("{key}: {what}"),
            Kind::Impl,
            Some(key.to_owned()),
            &format!("{what} for {name}"),
            tokens,
            &[],
            needs,
        );
    }

    #[allow(clippy::too_many_arguments, reason = "each is a field of what is put")]
    fn put(
        &mut self,
        key: String,
        kind: Kind,
        owner: Option<String>,
        name: &str,
        tokens: Vec<String>,
        attributes: &[Attribute],
        needs: &BTreeSet<String>,
    ) {
        let item = Item {
            kind,
            owner: owner.filter(|owner| !owner.is_empty()),
            name: name.to_owned(),
            tokens,
            arguments: Vec::new(),
            deprecated: is(attributes, "deprecated"),
            needs: own_needs(attributes).unwrap_or_else(|| needs.clone()),
        };
        self.items.insert(key, item);
    }

    /// Reads what belongs to a type, now that all types are known; and finds what aliases stand for.
    fn implementations(&mut self) {
        for later in std::mem::take(&mut self.later) {
            match &later.code {
                Code::Impl(item) => self.implementation(item, &later),
                Code::Macro(item) => self.macro_of_type(item, &later),
                _ => {}
            }
        }
        let keys = &self.keys;
        for item in self.items.values_mut() {
            if let Kind::Alias(target @ Some(_)) = &mut item.kind {
                let meanings = target.take().unwrap_or_default();
                let found = meanings.split(' ').find_map(|path| keys.get(path));
                *target = found.cloned();
            }
        }
    }

    /// The key of a type or trait that the module names by a path, if it is public.
    fn key(&self, path: &[String], later: &Later) -> Option<String> {
        let meanings = later.uses.meanings(path, &later.module);
        meanings.iter().find_map(|path| {
            let path = path.join("::");
            let by_key = self.items.contains_key(&path).then(|| path.clone());
            self.keys.get(&path).cloned().or(by_key)
        })
    }

    fn implementation(&mut self, item: &ItemImpl, later: &Later) {
        let own = path_of(&item.self_ty).and_then(|path| self.key(&path, later));
        let fixed = fixed(&item.self_ty, &item.generics);
        if let Some((path, _)) = &item.trait_ {
            let name = path.segments.iter().map(|s| s.ident.to_string());
            let of_trait = self.key(&name.collect::<Vec<_>>(), later);
            let words = super::print::text(&tokens(path), true);
            let types = item.items.iter().filter_map(|item| match item {
                ImplItem::Type(item) => Some(tokens(item)),
                _ => None,
            });
            let code = bounds(&item.generics)
                .into_iter()
                .chain(types.flatten())
                .collect();
            let ty = super::print::text(&tokens(&item.self_ty), true);
            let Some(key) = own.or(of_trait) else {
                return;
            };
            self.implements(&key, &ty, &format!("{words}{fixed}"), code, &later.needs);
            return;
        }
        let Some(key) = own else {
            return;
        };
        let name = self
            .items
            .get(&key)
            .map(|item| item.name.clone())
            .unwrap_or_default();
        for inner in &item.items {
            let (ident, visibility, attributes, code, names) = match inner {
                ImplItem::Fn(item_fn) => {
                    let (code, names) = function(&item_fn.sig, &item.generics);
                    (
                        &item_fn.sig.ident,
                        &item_fn.vis,
                        &item_fn.attrs,
                        code,
                        names,
                    )
                }
                ImplItem::Const(item) => (
                    &item.ident,
                    &item.vis,
                    &item.attrs,
                    tokens(&item.ty),
                    Vec::new(),
                ),
                _ => continue,
            };
            if !is_public(visibility) || is_hidden(attributes) {
                continue;
            }
            let kind = if matches!(inner, ImplItem::Fn(_)) {
                Kind::Function
            } else {
                Kind::Constant
            };
            let path = format!("{key}{fixed}::{ident}");
            let shown = format!("{name}::{ident}");
            self.put(
                path.clone(),
                kind,
                Some(key.clone()),
                &shown,
                code,
                attributes,
                &later.needs,
            );
            if let Some(item) = self.items.get_mut(&path) {
                item.arguments = names;
            }
        }
    }

    /// A macro that is called with the name of a type first gives that type something. What comes last in it, in braces,
    /// are details.
    fn macro_of_type(&mut self, item: &ItemMacro, later: &Later) {
        let mut code = tokens(&item.mac.tokens);
        if code.is_empty() {
            return;
        }
        let name = code.remove(0);
        let Some(key) = self.key(std::slice::from_ref(&name), later) else {
            return;
        };
        if let Some(brace) = code.iter().position(|token| token == "{") {
            code.truncate(brace);
        }
        let what = format!("{}!", super::print::text(&tokens(&item.mac.path), true));
        self.implements(&key, &name, &what, code, &later.needs);
    }
}

fn of_type(word: &'static str, is_exhaustive: bool) -> Kind {
    Kind::Type {
        word,
        is_exhaustive,
    }
}

fn parameters(generics: &Generics) -> Vec<String> {
    let mut out = tokens(generics);
    out.extend(tokens(&generics.where_clause));
    out
}

/// The path of a type, without arguments.
fn path_of(ty: &Type) -> Option<Vec<String>> {
    match ty {
        Type::Path(path) => Some(
            path.path
                .segments
                .iter()
                .map(|s| s.ident.to_string())
                .collect(),
        ),
        _ => None,
    }
}

fn owner(public: &[String]) -> Option<String> {
    (!public.is_empty()).then(|| public.join("::"))
}

fn attributes(code: &Code) -> &[Attribute] {
    match code {
        Code::Const(item) => &item.attrs,
        Code::Enum(item) => &item.attrs,
        Code::Fn(item) => &item.attrs,
        Code::Impl(item) => &item.attrs,
        Code::Macro(item) => &item.attrs,
        Code::Mod(item) => &item.attrs,
        Code::Static(item) => &item.attrs,
        Code::Struct(item) => &item.attrs,
        Code::Trait(item) => &item.attrs,
        Code::Type(item) => &item.attrs,
        Code::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

/// Whether documentation does not show the item, or only tests compile it.
fn is_hidden(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        text == "#[doc(hidden)]" || text == "#[cfg(test)]"
    })
}

/// The features of which an item needs one; none if it says nothing about features.
fn own_needs(attributes: &[Attribute]) -> Option<BTreeSet<String>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|a| a.path().is_ident("cfg")) {
        let Ok(condition) = attribute.parse_args::<Meta>() else {
            continue;
        };
        let mut features = BTreeSet::new();
        gather(&condition, &mut features);
        if !features.is_empty() {
            found = Some(features);
        }
    }
    found
}

fn gather(condition: &Meta, features: &mut BTreeSet<String>) {
    match condition {
        Meta::NameValue(meta) if meta.path.is_ident("feature") => {
            if let Expr::Lit(value) = &meta.value
                && let syn::Lit::Str(text) = &value.lit
            {
                features.insert(text.value());
            }
        }
        Meta::List(list) if list.path.is_ident("any") => {
            let inner = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
            for condition in inner.into_iter().flatten() {
                gather(&condition, features);
            }
        }
        _ => {}
    }
}
