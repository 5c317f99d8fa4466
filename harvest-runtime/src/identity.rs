//! The identity of a record in a list: its id.

/// The identity of a record in a list: its id.
///
/// A list that changes while it is read can show a record twice. [`Items`](crate::Items) hands it out once, and knows it
/// by this. Models and ids have it. For a type of your own an empty implementation does: its records are then all taken
/// for different ones.
///
/// ```
/// use harvest_runtime::Identity;
///
/// #[derive(serde::Deserialize)]
/// struct Candidate {
///     id: i64,
/// }
///
/// impl Identity for Candidate {
///     fn identity(&self) -> Option<i64> {
///         Some(self.id)
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "a `{Self}` has no known identity in a list",
    note = "an empty `impl harvest_runtime::Identity for {Self} {{}}` takes them all for different \
            ones"
)]
pub trait Identity {
    /// The id, if the record has one. Two records of one list with the same id are the same record.
    fn identity(&self) -> Option<i64> {
        None
    }
}

impl<T: crate::model::Model> Identity for T {
    fn identity(&self) -> Option<i64> {
        crate::model::Model::identity(self)
    }
}

/// The id of an object whose `id` is a number.
impl Identity for serde_json::Value {
    fn identity(&self) -> Option<i64> {
        self.get("id")?.as_i64()
    }
}

// Bare numbers and texts may well repeat.
impl Identity for i64 {}
impl Identity for String {}

/// The `id` of a model, whatever its type is: by three traits of which the compiler takes the one that fits with the most
/// references. A macro calls `(&&&IdProbe(&id)).number()`.
#[doc(hidden)]
pub struct IdProbe<'a, T>(pub &'a T);

/// An id that is a number.
#[doc(hidden)]
pub trait ProbeNumber {
    fn number(&self) -> Option<i64>;
}

impl<T: Copy + Into<i64>> ProbeNumber for &&IdProbe<'_, T> {
    fn number(&self) -> Option<i64> {
        known((*self.0).into())
    }
}

/// An id that is a number and may be left out. In v3 all are.
#[doc(hidden)]
pub trait ProbeOptionalNumber {
    fn number(&self) -> Option<i64>;
}

impl<T: Copy + Into<i64>> ProbeOptionalNumber for &IdProbe<'_, Option<T>> {
    fn number(&self) -> Option<i64> {
        self.0.and_then(|id| known(id.into()))
    }
}

/// Any other id.
#[doc(hidden)]
pub trait ProbeOther {
    fn number(&self) -> Option<i64>;
}

impl<T> ProbeOther for IdProbe<'_, T> {
    fn number(&self) -> Option<i64> {
        None
    }
}

/// 0 is what a model has where the service left the id out.
fn known(id: i64) -> Option<i64> {
    Some(id).filter(|id| *id != 0)
}

/// The id of an object whose `id` is a number.
impl Identity for crate::Json {
    fn identity(&self) -> Option<i64> {
        self.value().identity()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Clone, Copy, Debug, Default, PartialEq)]
    struct TagId(i64);

    crate::id!(TagId);

    #[derive(Default)]
    struct Typed {
        id: TagId,
    }

    crate::model!(Typed[] { 0 "id" => id: plain, });

    #[derive(Default)]
    struct Numbered {
        id: TagId,
    }

    crate::model!(Numbered[id] { 0 "id" => id: plain, });

    #[derive(Default)]
    struct LeftOut {
        id: Option<TagId>,
    }

    crate::model!(LeftOut[id] { 0 "id" => id: optional, });

    #[derive(Default)]
    struct TextLeftOut {
        id: Option<String>,
    }

    crate::model!(TextLeftOut[id] { 0 "id" => id: optional, });

    #[derive(Default)]
    struct Text {
        id: String,
    }

    crate::model!(Text[id] { 0 "id" => id: plain, });

    #[test]
    fn ids() {
        for (identity, id) in [
            (Numbered { id: TagId(7) }.identity(), Some(7)),
            (Numbered::default().identity(), None),
            (Typed { id: TagId(7) }.identity(), None),
            (Text { id: "7".into() }.identity(), None),
            (LeftOut { id: Some(TagId(7)) }.identity(), Some(7)),
            (LeftOut { id: Some(TagId(0)) }.identity(), None),
            (LeftOut::default().identity(), None),
            (
                TextLeftOut {
                    id: Some("7".into()),
                }
                .identity(),
                None,
            ),
            (TagId(7).identity(), Some(7)),
            (json!({"id": 7}).identity(), Some(7)),
            (json!({"id": null}).identity(), None),
            (json!([7]).identity(), None),
            (7_i64.identity(), None),
        ] {
            assert_eq!(identity, id);
        }
    }
}
