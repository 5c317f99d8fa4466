//! Delta log of a table: a commit for each file of it, so that Spark, Trino and others know which files they read and what
//! columns these have.
//!
//! A commit is made of the receipt of a file, the columns and the run, and of nothing else: made again, it is the same to the
//! byte. So one that is made twice does no harm, and another one of the same number is that of another program. It names the
//! table and the run as those of its application, by which readers of the protocol recognize a repeated transaction.
//!
//! The crate `delta_kernel` would write this by way of Arrow; here it is five kinds of objects in JSON.

use harvest_runtime::chrono::DateTime;
use parquet::basic::{LogicalType, Type as Physical};
use parquet::schema::types::Type;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::TableReceipt;
use crate::hash::hexadecimal;

/// The versions of the protocol: nothing that a reader of the first version would not know.
const READER: u32 = 1;
const WRITER: u32 = 2;
const APPLICATION: &str = "harvest-export";

/// The log of a table.
pub(super) struct Log<'a> {
    pub table: &'a str,
    /// What distinguishes this table from one of the same name: the export, and the form of its files.
    pub export: &'a str,
    pub columns: &'a Type,
}

/// What a line of a commit has.
#[derive(Serialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
enum Action<'a> {
    CommitInfo {
        timestamp: i64,
        operation: &'static str,
        operation_parameters: Parameters,
        is_blind_append: bool,
        engine_info: &'static str,
    },
    Protocol {
        min_reader_version: u32,
        min_writer_version: u32,
    },
    MetaData {
        id: String,
        name: &'a str,
        format: Format,
        schema_string: String,
        partition_columns: [&'static str; 0],
        created_time: i64,
        configuration: Configuration,
    },
    Add {
        path: String,
        partition_values: Nothing,
        size: u64,
        modification_time: i64,
        data_change: bool,
        stats: String,
    },
    Txn {
        app_id: String,
        version: u32,
        last_updated: i64,
    },
}

#[derive(Serialize)]
struct Parameters {
    mode: &'static str,
}

#[derive(Serialize)]
struct Format {
    provider: &'static str,
    options: Nothing,
}

#[derive(Serialize)]
struct Configuration {
    #[serde(rename = "delta.appendOnly")]
    append_only: &'static str,
}

#[derive(Serialize)]
struct Nothing {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Statistics {
    num_records: u64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Kind {
    Plain(&'static str),
    Struct {
        r#type: &'static str,
        fields: Vec<Field>,
    },
    #[serde(rename_all = "camelCase")]
    List {
        r#type: &'static str,
        element_type: Box<Kind>,
        contains_null: bool,
    },
}

#[derive(Serialize)]
struct Field {
    name: String,
    r#type: Kind,
    nullable: bool,
    /// Without the number that the column has in the files: readers that see `parquet.field.id` here look for columns by
    /// numbers, though the protocol has names for tables without a mapping of columns, and find none (extension `delta` 1.5.5
    /// of `DuckDB`).
    metadata: Nothing,
}

impl Log<'_> {
    /// The commit of a file. The first one says what the table is.
    pub(super) fn commit(&self, version: u32, receipt: &TableReceipt, until: &str) -> String {
        let moment = DateTime::parse_from_rfc3339(until).map_or(0, |it| it.timestamp_millis());
        let mut actions = vec![Action::CommitInfo {
            timestamp: moment,
            operation: if version == 0 {
                "CREATE TABLE AS SELECT"
            } else {
                "WRITE"
            },
            operation_parameters: Parameters { mode: "Append" },
            is_blind_append: true,
            engine_info: APPLICATION,
        }];
        if version == 0 {
            actions.push(Action::Protocol {
                min_reader_version: READER,
                min_writer_version: WRITER,
            });
            actions.push(Action::MetaData {
                id: self.id(),
                name: self.table,
                format: Format {
                    provider: "parquet",
                    options: Nothing {},
                },
                schema_string: json(&structure(self.columns)),
                partition_columns: [],
                created_time: moment,
                configuration: Configuration {
                    append_only: "true",
                },
            });
        }
        let name = receipt.file.rsplit('/').next().unwrap_or_default();
        actions.push(Action::Add {
            path: name.to_owned(),
            partition_values: Nothing {},
            size: receipt.bytes,
            modification_time: moment,
            data_change: true,
            stats: json(&Statistics {
                num_records: receipt.rows,
            }),
        });
        actions.push(Action::Txn {
            app_id: format!("{APPLICATION}/{}", self.table),
            version: receipt.run,
            last_updated: moment,
        });
        let lines = actions.iter().map(|action| json(action) + "\n");
        lines.collect()
    }

    /// A UUID of its own kind (version 8) that is the same each time.
    fn id(&self) -> String {
        let mut bytes: [u8; 32] = Sha256::digest(format!("{}\0{}", self.export, self.table)).into();
        bytes[6] = (bytes[6] & 0x0f) | 0x80;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        let digits = hexadecimal(&bytes);
        let part = |from, to| digits.get(from..to).unwrap_or_default();
        format!(
            "{}-{}-{}-{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 16),
            part(16, 20),
            part(20, 32)
        )
    }
}

/// A text as JSON. What is serialized here has no maps and no keys that are not texts, so that it does not fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn structure(columns: &Type) -> Kind {
    let members = match columns {
        Type::GroupType { fields, .. } => fields.as_slice(),
        Type::PrimitiveType { .. } => &[],
    };
    let fields = members.iter().map(|member| {
        let about = member.get_basic_info();
        Field {
            name: about.name().to_owned(),
            r#type: kind(member),
            nullable: member.is_optional(),
            metadata: Nothing {},
        }
    });
    Kind::Struct {
        r#type: "struct",
        fields: fields.collect(),
    }
}

fn kind(column: &Type) -> Kind {
    let logical = column.get_basic_info().logical_type_ref();
    match column {
        Type::GroupType { fields, .. } if matches!(logical, Some(LogicalType::List)) => {
            // A repeated group is between a list and its items.
            let item = fields.first().and_then(|repeated| match repeated.as_ref() {
                Type::GroupType { fields, .. } => fields.first(),
                Type::PrimitiveType { .. } => None,
            });
            Kind::List {
                r#type: "array",
                element_type: Box::new(item.map_or(Kind::Plain("string"), |it| kind(it))),
                contains_null: true,
            }
        }
        Type::GroupType { .. } => structure(column),
        Type::PrimitiveType { physical_type, .. } => Kind::Plain(match (physical_type, logical) {
            (Physical::INT64, Some(LogicalType::Timestamp { .. })) => "timestamp",
            (Physical::INT64, _) => "long",
            (Physical::INT32, Some(LogicalType::Date)) => "date",
            (Physical::INT32, _) => "integer",
            (Physical::DOUBLE, _) => "double",
            (Physical::BOOLEAN, _) => "boolean",
            _ => "string",
        }),
    }
}
