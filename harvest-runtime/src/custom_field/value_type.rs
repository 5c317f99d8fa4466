//! Types of the values of custom fields.

/// What a custom field holds, as its definition and `keyed_custom_fields` name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ValueType {
    /// A line of text.
    ShortText,
    /// A text of any length.
    LongText,
    /// Yes or no.
    YesNo,
    /// One of the field's options.
    SingleSelect,
    /// Some of the field's options.
    MultiSelect,
    /// An amount of money.
    Currency,
    /// Two amounts of money.
    CurrencyRange,
    /// A number.
    Number,
    /// Two numbers.
    NumberRange,
    /// A day.
    Date,
    /// An address of a page.
    Url,
    /// A user of the organization.
    User,
    /// What keyed values of yes/no fields mostly say. No field is defined with it.
    Boolean,
    /// A type that this version does not know. Its values are read by their shape.
    Unknown(crate::UnknownValue),
}

crate::open_enum!(ValueType {
    ShortText = "short_text",
    LongText = "long_text",
    YesNo = "yes_no",
    SingleSelect = "single_select",
    MultiSelect = "multi_select",
    Currency = "currency",
    CurrencyRange = "currency_range",
    Number = "number",
    NumberRange = "number_range",
    Date = "date",
    Url = "url",
    User = "user",
    Boolean = "boolean",
});
