//! Differences between two public APIs, by the rules of the module above.

use std::collections::{BTreeMap, BTreeSet};

use super::print::text;
use super::{Change, Item, Kind, Surface, What};

/// The changes from one public API to another. Pure.
pub fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let comparison = Comparison {
        old,
        new,
        renamed: renamed(old, new),
    };
    let mut out = Vec::new();
    for (key, item) in &old.items {
        comparison.kept(key, item, &mut out);
    }
    for (key, item) in &new.items {
        comparison.added(key, item, &mut out);
    }
    features(old, new, &mut out);
    out
}

/// Types whose former names are aliases now: the new names by the old ones.
fn renamed(old: &Surface, new: &Surface) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    for (key, item) in &new.items {
        if let Kind::Alias(Some(target)) = &item.kind
            && matches!(
                old.items.get(key).map(|i| &i.kind),
                Some(Kind::Type { .. } | Kind::Trait)
            )
            && new.items.contains_key(target)
        {
            out.insert(key.clone(), target.clone());
        }
    }
    out
}

struct Comparison<'a> {
    old: &'a Surface,
    new: &'a Surface,
    renamed: BTreeMap<String, String>,
}

impl Comparison<'_> {
    /// What has become of something that there was.
    fn kept(&self, key: &str, before: &Item, out: &mut Vec<Change>) {
        if before
            .owner
            .as_ref()
            .is_some_and(|owner| self.is_gone(owner))
        {
            return;
        }
        let about = about(before, self.old);
        let mut note = |breaking: bool, what: What| {
            out.push(Change {
                version: version(key, self.old),
                about: about.clone(),
                what,
                breaking,
            });
        };
        let Some((after_key, after)) = self.counterpart(key, before) else {
            note(true, What::Removed(before.name.clone()));
            return;
        };
        let name = &before.name;
        if self.renamed.contains_key(key) {
            let what = format!(
                "`{name}` is called `{}` now, and still goes by its former name",
                after.name
            );
            note(false, What::Changed(what));
            if self
                .new
                .items
                .get(key)
                .is_some_and(|alias| alias.deprecated)
                && !before.deprecated
            {
                note(false, What::Changed(format!("`{name}` is deprecated")));
            }
        }
        if std::mem::discriminant(&before.kind) != std::mem::discriminant(&after.kind) {
            let what = format!(
                "`{name}` is of another kind: {} now, was {}",
                after.kind, before.kind
            );
            note(true, What::Changed(what));
            return;
        }
        if let (Kind::Type { word: was, .. }, Kind::Type { word: now, .. }) =
            (&before.kind, &after.kind)
            && was != now
        {
            let what = format!("`{name}` is of another kind: {now} now, was {was}");
            note(true, What::Changed(what));
            return;
        }
        self.compare(key, before, &after_key, after, &mut note);
    }

    fn compare(
        &self,
        key: &str,
        before: &Item,
        after_key: &str,
        after: &Item,
        note: &mut impl FnMut(bool, What),
    ) {
        let name = &before.name;
        let mut changed = |breaking: bool, what: String| note(breaking, What::Changed(what));
        if let (
            Kind::Type {
                word: was,
                is_exhaustive: true,
            },
            Kind::Type {
                is_exhaustive: false,
                ..
            },
        ) = (&before.kind, &after.kind)
        {
            changed(
                true,
                format!("the {was} `{name}` can no longer be written or matched in full"),
            );
        }
        let (was, now) = (self.tokens(key, before), self.tokens(after_key, after));
        if was != now {
            let verb = if before.kind == Kind::Impl {
                "by"
            } else {
                "is"
            };
            let [was, now] = difference(&was, &now);
            changed(true, format!("`{name}` {verb} `{now}` now, was `{was}`"));
        } else if is_reordered(&before.arguments, &after.arguments) {
            changed(
                true,
                format!(
                    "`{name}` takes ({}) now, was ({})",
                    after.arguments.join(", "),
                    before.arguments.join(", ")
                ),
            );
        }
        if !before.deprecated && after.deprecated {
            changed(false, format!("`{name}` is deprecated"));
        }
        // What is in a type comes and goes with it.
        let by_owner = |item: &Item, surface: &Surface| {
            let owner = item
                .owner
                .as_ref()
                .and_then(|owner| surface.items.get(owner));
            owner.map(|owner| owner.needs.clone()).unwrap_or_default()
        };
        if let Some(what) = lost_features(&before.needs, &after.needs)
            && lost_features(&by_owner(before, self.old), &by_owner(after, self.new)).is_none()
        {
            changed(true, format!("`{name}` {what}"));
        }
    }

    fn added(&self, key: &str, item: &Item, out: &mut Vec<Change>) {
        if self.old.items.contains_key(key) || self.renamed.values().any(|target| target == key) {
            return;
        }
        let owner = item.owner.as_ref().map(|owner| (owner, self.before(owner)));
        if let Some((_, None)) = owner {
            return;
        }
        let owner = owner.and_then(|(_, before)| before);
        // A type that has another name now: what belongs to it was there under the old one.
        if let Some((old_owner, _)) = owner
            && let Some(rest) = item
                .owner
                .as_ref()
                .and_then(|own| key.strip_prefix(own.as_str()))
            && self.old.items.contains_key(&format!("{old_owner}{rest}"))
        {
            return;
        }
        let is_exhaustive = matches!(
            owner.map(|(_, owner)| &owner.kind),
            Some(Kind::Type {
                is_exhaustive: true,
                ..
            })
        );
        let breaking = match &item.kind {
            Kind::Field | Kind::Variant => is_exhaustive,
            Kind::TraitItem { is_required } => *is_required,
            _ => false,
        };
        let what = if breaking {
            What::Changed(format!(
                "`{}` added, where others can have written or matched all that there was",
                item.name
            ))
        } else {
            What::Added(item.name.clone())
        };
        out.push(Change {
            version: version(key, self.new),
            about: about(item, self.new),
            what,
            breaking,
        });
    }

    /// A type or module of the old API, by its new key.
    fn before(&self, key: &str) -> Option<(&str, &Item)> {
        let former = self
            .renamed
            .iter()
            .find(|(_, new)| *new == key)
            .map(|(old, _)| old.as_str());
        let key = former.unwrap_or(key);
        self.old
            .items
            .get_key_value(key)
            .map(|(key, item)| (key.as_str(), item))
    }

    fn is_gone(&self, key: &str) -> bool {
        let Some(item) = self.old.items.get(key) else {
            return false;
        };
        let owner = item.owner.as_ref();
        owner.is_some_and(|owner| self.is_gone(owner)) || self.counterpart(key, item).is_none()
    }

    /// What something is in the new API, and its key there.
    fn counterpart(&self, key: &str, item: &Item) -> Option<(String, &Item)> {
        let mut new = key.to_owned();
        if let Some(target) = self.renamed.get(key) {
            new.clone_from(target);
        } else if let Some(owner) = &item.owner
            && let Some(target) = self.renamed.get(owner)
        {
            new = format!("{target}{}", &key[owner.len()..]);
        }
        self.new.items.get(&new).map(|item| (new, item))
    }

    /// The tokens of an item, with new names of types in place of their former ones.
    fn tokens(&self, key: &str, item: &Item) -> Vec<String> {
        let version = version(key, self.new);
        let last = |key: &str| key.rsplit("::").next().unwrap_or_default().to_owned();
        let names: BTreeMap<String, String> = self
            .renamed
            .iter()
            .filter(|(old, _)| self::version(old, self.new) == version)
            .map(|(old, new)| (last(old), last(new)))
            .collect();
        item.tokens
            .iter()
            .map(|token| names.get(token).unwrap_or(token).clone())
            .collect()
    }
}

/// Two signatures as short as they can be and still differ.
fn difference(was: &[String], now: &[String]) -> [String; 2] {
    let short = [text(was, true), text(now, true)];
    if short[0] == short[1] {
        [text(was, false), text(now, false)]
    } else {
        short
    }
}

fn is_reordered(was: &[String], now: &[String]) -> bool {
    let set = |names: &[String]| names.iter().cloned().collect::<BTreeSet<_>>();
    was != now && set(was) == set(now)
}

/// Which features no longer suffice.
fn lost_features(was: &BTreeSet<String>, now: &BTreeSet<String>) -> Option<String> {
    let list = |features: &mut dyn Iterator<Item = &String>| {
        let names: Vec<_> = features.map(|name| format!("`{name}`")).collect();
        names.join(" or ")
    };
    if now.is_empty() || was == now {
        None
    } else if was.is_empty() {
        Some(format!("needs the feature {} now", list(&mut now.iter())))
    } else if was.is_subset(now) {
        None
    } else {
        Some(format!(
            "needs the feature {} now: {} no longer brings it",
            list(&mut now.iter()),
            list(&mut was.difference(now))
        ))
    }
}

/// The module of the version that something is in, or is.
fn version(key: &str, surface: &Surface) -> Option<String> {
    let first = key.split("::").next()?;
    let is_module = surface.items.get(first)?.kind == Kind::Module;
    is_module.then(|| first.to_owned())
}

/// The names by which an operation or a schema is found: of the type, and of what is in it.
fn about(item: &Item, surface: &Surface) -> Vec<String> {
    let owner = item.owner.as_ref().and_then(|key| surface.items.get(key));
    let owner = owner.filter(|owner| owner.kind != Kind::Module);
    let own = item.name.rsplit("::").next().unwrap_or_default().to_owned();
    owner
        .map(|owner| owner.name.clone())
        .into_iter()
        .chain([own])
        .collect()
}

fn features(old: &Surface, new: &Surface, out: &mut Vec<Change>) {
    let mut note = |breaking: bool, what: String| {
        out.push(Change {
            version: None,
            about: Vec::new(),
            what: What::Changed(what),
            breaking,
        });
    };
    for (name, before) in &old.features {
        let Some(after) = new.features.get(name) else {
            note(true, format!("the feature `{name}` removed"));
            continue;
        };
        for other in before.difference(after) {
            note(
                true,
                format!("the feature `{name}` no longer switches `{other}` on"),
            );
        }
        for other in after.difference(before) {
            note(
                false,
                format!("the feature `{name}` switches `{other}` on, too"),
            );
        }
    }
    for name in new
        .features
        .keys()
        .filter(|name| !old.features.contains_key(*name))
    {
        note(false, format!("the feature `{name}` added"));
    }
}
