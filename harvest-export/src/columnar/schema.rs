//! Schema of a table: nested columns, by the properties of records.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::errors::Result;
use parquet::schema::types::{Type, TypePtr};

use super::column::{Column, Leaf};
use super::numbers::Numbers;
use crate::catalog::{Field, Form, Kind};

/// Columns of a table of records that are no properties. The last two are of [`Leaf::Json`].
pub(super) const OWN: [(&str, Leaf); 5] = [
    ("_run", Leaf::Place),
    ("_row", Leaf::Place),
    ("_deleted", Leaf::Mark),
    ("_extra", Leaf::Json),
    ("_conflict", Leaf::Json),
];

/// What items of a list are called.
const ELEMENT: &str = "element";
/// The repeated group between a list and its items.
const LIST: &str = "list";

/// A table, before it is written.
pub(super) struct Schema {
    /// The properties.
    pub members: Members,
    /// The columns in the order of the file: those of properties, and then the other ones.
    pub leaves: Vec<(Leaf, Node)>,
    pub types: TypePtr,
    /// The paths of all columns and groups, in their order.
    pub paths: Vec<String>,
}

/// Properties of an object.
#[derive(Default)]
pub(super) struct Members {
    pub all: Vec<(&'static str, Shape)>,
    pub by_name: HashMap<&'static str, usize>,
}

/// A property, and the columns that it takes.
pub(super) struct Shape {
    pub node: Node,
    pub form: ShapeForm,
}

pub(super) enum ShapeForm {
    Leaf,
    Object(Members),
    List(Box<Shape>),
}

/// The levels of something that is there, and the columns within it.
#[derive(Clone)]
pub(super) struct Node {
    pub definition: i16,
    pub repetition: i16,
    pub columns: Range<usize>,
}

impl Schema {
    /// The table of a stream.
    pub(super) fn of_records(fields: &[Field], numbers: &Numbers<'_>) -> Result<Self> {
        let mut making = Making::new(numbers);
        let mut types = Vec::new();
        let members = making.members(fields, "", (0, 0), &mut types)?;
        making.finish(members, &OWN, types)
    }

    /// A table of plain columns.
    pub(super) fn of_columns(columns: &[(&str, Leaf)], numbers: &Numbers<'_>) -> Result<Self> {
        Making::new(numbers).finish(Members::default(), columns, Vec::new())
    }

    /// Columns without an entry.
    pub(super) fn columns(&self) -> Vec<Column> {
        let leaves = self.leaves.iter();
        let columns =
            leaves.map(|(leaf, node)| Column::new(*leaf, node.definition, node.repetition > 0));
        columns.collect()
    }

    /// The place of a column that is no property.
    pub(super) fn own(&self) -> usize {
        self.members
            .all
            .last()
            .map_or(0, |(_, shape)| shape.node.columns.end)
    }
}

struct Making<'a> {
    numbers: &'a Numbers<'a>,
    leaves: Vec<(Leaf, Node)>,
    paths: Vec<String>,
}

impl<'a> Making<'a> {
    fn new(numbers: &'a Numbers<'a>) -> Self {
        Self {
            numbers,
            leaves: Vec::new(),
            paths: Vec::new(),
        }
    }

    fn finish(
        mut self,
        members: Members,
        own: &[(&str, Leaf)],
        mut types: Vec<TypePtr>,
    ) -> Result<Schema> {
        for (name, leaf) in own {
            let is_in_each = matches!(leaf, Leaf::Place | Leaf::Mark);
            let levels = (i16::from(!is_in_each), 0);
            let (_, made) = self.leaf(name, name, *leaf, levels)?;
            types.push(made);
        }
        let types = Type::group_type_builder("record").with_fields(types);
        Ok(Schema {
            members,
            leaves: self.leaves,
            types: Arc::new(types.build()?),
            paths: self.paths,
        })
    }

    /// Properties of an object that is at these levels.
    fn members(
        &mut self,
        fields: &[Field],
        path: &str,
        (definition, repetition): (i16, i16),
        types: &mut Vec<TypePtr>,
    ) -> Result<Members> {
        let mut members = Members::default();
        for field in fields {
            if members.by_name.contains_key(field.name) {
                // Parts of a schema can describe the same property.
                continue;
            }
            let path = if path.is_empty() {
                field.name.to_owned()
            } else {
                format!("{path}.{}", field.name)
            };
            let levels = (definition + 1, repetition);
            let (shape, made) = self.shape(field.name, &path, &field.kind, field, levels)?;
            types.push(made);
            members.by_name.insert(field.name, members.all.len());
            members.all.push((field.name, shape));
        }
        Ok(members)
    }

    /// A value that is at these levels, with its type.
    fn shape(
        &mut self,
        name: &str,
        path: &str,
        kind: &Kind,
        field: &Field,
        levels: (i16, i16),
    ) -> Result<(Shape, TypePtr)> {
        let leaf = match kind {
            Kind::List(items) => return self.list(name, path, items, field, levels),
            Kind::Json if field.form == Form::Object && !field.fields.is_empty() => {
                return self.object(name, path, field, levels);
            }
            Kind::Text | Kind::Choice(_) => Leaf::Text,
            Kind::Integer => Leaf::Integer,
            Kind::Number => Leaf::Number,
            Kind::Boolean => Leaf::Flag,
            Kind::Time => Leaf::Moment,
            Kind::Date => Leaf::Day,
            Kind::Json | Kind::TimeRange | Kind::DateRange => Leaf::Json,
        };
        self.leaf(name, path, leaf, levels)
    }

    fn leaf(
        &mut self,
        name: &str,
        path: &str,
        leaf: Leaf,
        (definition, repetition): (i16, i16),
    ) -> Result<(Shape, TypePtr)> {
        let (at, next) = (self.leaves.len(), self.leaves.len() + 1);
        let node = Node {
            definition,
            repetition,
            columns: at..next,
        };
        self.leaves.push((leaf, node.clone()));
        let (physical, logical) = types(leaf);
        let repetition = match leaf {
            Leaf::Place | Leaf::Mark => Repetition::REQUIRED,
            _ => Repetition::OPTIONAL,
        };
        let made = Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical)
            .with_id(self.number(path))
            .build()?;
        let form = ShapeForm::Leaf;
        Ok((Shape { node, form }, Arc::new(made)))
    }

    fn object(
        &mut self,
        name: &str,
        path: &str,
        field: &Field,
        levels: (i16, i16),
    ) -> Result<(Shape, TypePtr)> {
        let begin = self.leaves.len();
        let number = self.number(path);
        let mut types = Vec::new();
        let members = self.members(&field.fields, path, levels, &mut types)?;
        let made = Type::group_type_builder(name)
            .with_repetition(Repetition::OPTIONAL)
            .with_fields(types)
            .with_id(number)
            .build()?;
        let node = self.node(levels, begin);
        let form = ShapeForm::Object(members);
        Ok((Shape { node, form }, Arc::new(made)))
    }

    fn list(
        &mut self,
        name: &str,
        path: &str,
        items: &Kind,
        field: &Field,
        levels: (i16, i16),
    ) -> Result<(Shape, TypePtr)> {
        let begin = self.leaves.len();
        let number = self.number(path);
        // One level for a place in the list, and one for what is in it.
        let within = (levels.0 + 2, levels.1 + 1);
        let path = format!("{path}.{ELEMENT}");
        let (item, made) = self.shape(ELEMENT, &path, items, field, within)?;
        let repeated = Type::group_type_builder(LIST)
            .with_repetition(Repetition::REPEATED)
            .with_fields(vec![made])
            .build()?;
        let made = Type::group_type_builder(name)
            .with_repetition(Repetition::OPTIONAL)
            .with_logical_type(Some(LogicalType::List))
            .with_fields(vec![Arc::new(repeated)])
            .with_id(number)
            .build()?;
        let node = self.node(levels, begin);
        let form = ShapeForm::List(Box::new(item));
        Ok((Shape { node, form }, Arc::new(made)))
    }

    fn node(&self, (definition, repetition): (i16, i16), begin: usize) -> Node {
        Node {
            definition,
            repetition,
            columns: begin..self.leaves.len(),
        }
    }

    /// The number of a column. What the list does not have has none.
    fn number(&mut self, path: &str) -> Option<i32> {
        self.paths.push(path.to_owned());
        self.numbers.of(path)
    }
}

fn types(leaf: Leaf) -> (Physical, Option<LogicalType>) {
    match leaf {
        Leaf::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Leaf::Json => (Physical::BYTE_ARRAY, Some(LogicalType::Json)),
        Leaf::Integer | Leaf::Place => (Physical::INT64, None),
        Leaf::Number => (Physical::DOUBLE, None),
        Leaf::Flag | Leaf::Mark => (Physical::BOOLEAN, None),
        Leaf::Moment => (
            Physical::INT64,
            Some(LogicalType::timestamp(true, TimeUnit::MICROS)),
        ),
        Leaf::Day => (Physical::INT32, Some(LogicalType::Date)),
    }
}
