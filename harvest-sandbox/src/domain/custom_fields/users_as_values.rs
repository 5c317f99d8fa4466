//! Records that have a user as the value of a custom field.

/// SQL that selects the ids of the records of a table that have user `?1` as the value of a custom field of this type, which
/// they keep under this property. They are gone through only where there is such a field.
macro_rules! users_as_values {
    ($table:literal, $field_type:literal) => {
        users_as_values!($table, $field_type, "custom_fields")
    };
    ($table:literal, $field_type:literal, $kept:literal) => {
        concat!(
            "SELECT DISTINCT ",
            $table,
            ".id FROM custom_field CROSS JOIN ",
            $table,
            " CROSS JOIN json_each(",
            $table,
            ".state, '$.",
            $kept,
            "') AS kept WHERE custom_field.field_type = '",
            $field_type,
            "' AND custom_field.state ->> 'value_type' = 'user' AND kept.value = ?1"
        )
    };
}
pub(crate) use users_as_values;
