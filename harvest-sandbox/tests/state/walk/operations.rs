//! The operations of the description.

use serde_json::Value;

use super::places::Places;

pub struct Operation {
    pub id: String,
    pub method: String,
    /// As described: `/v1/jobs/{id}`.
    pub path: String,
    lists: bool,
}

/// Every operation that changes or shows records.
pub fn described() -> Vec<Operation> {
    let root: Value = serde_json::from_str(harvest_spec::document("v1").unwrap().json).unwrap();
    let mut operations = Vec::new();
    for (path, item) in root["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let id = operation["operationId"].as_str();
            if let Some(id) = id.filter(|id| !crate::support::FROM_EXAMPLES.contains(id)) {
                let paging = operation["x-harvest-pagination"].as_str();
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
