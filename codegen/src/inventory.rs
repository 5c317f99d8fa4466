//! Inventory of a stage: its operations, their parameters, and models. Each stage is held against the one before, so
//! that nothing is lost without a word, whatever the linter does not foresee.

mod code;
mod described;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use openapiv3::{OpenAPI, ReferenceOr};

use crate::lower::{Facts, Method, OperationFacts};
use crate::names;
use crate::refine::Refined;

pub(crate) use code::{check_files, check_tree};

/// Everything that a stage has, as each stage can name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// The operations by their ids, with the names of their parameters as names of Rust.
    operations: BTreeMap<String, BTreeSet<String>>,
    /// The models by their names.
    models: BTreeSet<String>,
}

/// A stage does not have what the stage before had.
#[derive(Debug, thiserror::Error)]
#[error("{}", .lost.join("\n"))]
pub struct Error {
    /// A line for each thing that differs.
    lost: Vec<String>,
}

/// A stage, as messages name it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Stage {
    Lower,
    Generate,
    Refine,
    Emit,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lower => "lower",
            Self::Generate => "generate",
            Self::Refine => "refine",
            Self::Emit => "emit",
        })
    }
}

impl Inventory {
    /// What progenitor is given.
    pub(crate) fn of_lowered(document: &OpenAPI) -> Self {
        let mut inventory = Self::default();
        for item in document
            .paths
            .paths
            .values()
            .filter_map(ReferenceOr::as_item)
        {
            let mut item = item.clone();
            for operation in Method::ALL.iter().filter_map(|m| m.slot(&mut item).take()) {
                let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
                let parameters = parameters.map(|p| names::field(&p.parameter_data_ref().name));
                let id = operation.operation_id.clone().unwrap_or_default();
                inventory.operations.insert(id, parameters.collect());
            }
        }
        let schemas = document.components.iter().flat_map(|c| c.schemas.keys());
        inventory.models = schemas.cloned().collect();
        inventory
    }

    /// What is kept beside that.
    pub(crate) fn of_facts(facts: &Facts) -> Self {
        Self {
            operations: facts.operations.iter().map(of_operation).collect(),
            models: facts.models.keys().cloned().collect(),
        }
    }

    /// The code of the operations and of the models.
    pub(crate) fn of_refined(refined: &Refined) -> Self {
        Self {
            operations: refined
                .operations
                .iter()
                .filter(|operation| {
                    let id = &operation.facts.id;
                    operation
                        .methods
                        .iter()
                        .any(|method| method.sig.ident == id)
                })
                .map(|operation| of_operation(&operation.facts))
                .collect(),
            models: refined.models.iter().map(|m| m.name.clone()).collect(),
        }
    }

    /// Compares what a stage has with what there was before. It may have made more models of its own.
    ///
    /// # Errors
    ///
    /// If anything is missing, or operations and parameters came from nowhere.
    pub(crate) fn check_against(&self, before: &Self, stage: Stage) -> Result<(), Error> {
        let mut lost = Vec::new();
        let mut note = |what: String, is_lost: bool| {
            let verb = if is_lost { "lost" } else { "made up" };
            lost.push(format!(
                "the stage `{stage}` {verb} {what}; a lint rule should have caught this: please \
                 report it"
            ));
        };
        for (id, parameters) in &before.operations {
            let Some(after) = self.operations.get(id) else {
                note(format!("the operation {id}"), true);
                continue;
            };
            for name in parameters.difference(after) {
                note(format!("the parameter {name} of {id}"), true);
            }
            for name in after.difference(parameters) {
                note(format!("the parameter {name} of {id}"), false);
            }
        }
        for id in self
            .operations
            .keys()
            .filter(|id| !before.operations.contains_key(*id))
        {
            note(format!("the operation {id}"), false);
        }
        for name in before.models.difference(&self.models) {
            note(format!("the model {name}"), true);
        }
        if lost.is_empty() {
            Ok(())
        } else {
            Err(Error { lost })
        }
    }

    /// How many operations there are.
    pub fn operations(&self) -> usize {
        self.operations.len()
    }
}

fn of_operation(facts: &OperationFacts) -> (String, BTreeSet<String>) {
    let parameters = facts.parameters.iter().map(|p| names::field(&p.name));
    (facts.id.clone(), parameters.collect())
}

#[cfg(test)]
mod tests;
