//! The operations of the description.

use super::places::Places;
use crate::support::ordered::Ordered;

pub struct Operation {
    pub id: String,
    pub method: String,
    /// As described: `/v1/jobs/{id}`.
    pub path: String,
    lists: bool,
}

/// Every operation that changes or shows records, in the order of the description.
pub fn described() -> Vec<Operation> {
    let root: Ordered = serde_json::from_str(harvest_spec::document("v1").unwrap().json).unwrap();
    let mut operations = Vec::new();
    for (path, item) in root.at(&["paths"]).unwrap().fields() {
        for (method, operation) in item.fields() {
            let id = operation.text("operationId");
            if let Some(id) = id.filter(|id| !crate::support::FROM_EXAMPLES.contains(id)) {
                let paging = operation.text("x-harvest-pagination");
                operations.push(Operation {
                    id: id.to_owned(),
                    method: method.to_uppercase(),
                    path: path.clone(),
                    lists: paging.is_some_and(|paging| paging != "none"),
                });
            }
        }
    }
    operations
}

impl Operation {
    pub fn reads(&self) -> bool {
        self.method == "GET"
    }

    /// The path with the ids of these records. Lists are asked for in one page.
    pub fn url(&self, places: &Places) -> String {
        let url = places.fill(&self.path, self.reads());
        if self.lists {
            format!("{url}?per_page=500")
        } else {
            url
        }
    }
}
