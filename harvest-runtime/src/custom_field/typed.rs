//! Typed values of custom fields.

use std::fmt;

use chrono::NaiveDate;
use serde_json::Value;

use super::Amount;

/// What the value of a custom field is.
///
/// It borrows from the value that was asked. `Debug` prints the variant, and nothing of the value.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum TypedValue<'a> {
    /// The record has no value.
    Empty,
    /// A text, short or long.
    Text(&'a str),
    /// A number.
    Number(Amount<'a>),
    /// A day.
    Date(NaiveDate),
    /// Yes or no.
    YesNo(bool),
    /// The name of the chosen option.
    SingleSelect(&'a str),
    /// The names of the chosen options.
    MultiSelect(Vec<&'a str>),
    /// An amount of money.
    Currency(Money<'a>),
    /// Two amounts of money.
    CurrencyRange(Range<'a>),
    /// Two numbers.
    NumberRange(Range<'a>),
    /// A user of the organization.
    User(User<'a>),
    /// The address of a page.
    Url(&'a str),
    /// JSON that does not fit the type of the field, or no type at all.
    Unknown(&'a Value),
}

impl<'a> TypedValue<'a> {
    /// Whether the record has no value.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Empty)
    }

    /// The text of a text, a URL or a chosen option. `None` for everything that is not one text in the end.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) | Self::SingleSelect(text) | Self::Url(text) => Some(text),
            _ => None,
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::Empty => "Empty",
            Self::Text(_) => "Text",
            Self::Number(_) => "Number",
            Self::Date(_) => "Date",
            Self::YesNo(_) => "YesNo",
            Self::SingleSelect(_) => "SingleSelect",
            Self::MultiSelect(_) => "MultiSelect",
            Self::Currency(_) => "Currency",
            Self::CurrencyRange(_) => "CurrencyRange",
            Self::NumberRange(_) => "NumberRange",
            Self::User(_) => "User",
            Self::Url(_) => "Url",
            Self::Unknown(_) => "Unknown",
        }
    }
}

impl fmt::Debug for TypedValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        if self.is_empty() {
            return Ok(());
        }
        f.write_str("(..)")
    }
}

/// An amount of money.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Money<'a> {
    /// How much. The service also writes texts such as `$123,000`, which are given as they are, without a
    /// [`currency`](Self::currency).
    pub amount: Amount<'a>,
    /// The currency as an ISO 4217 code, such as `EUR`.
    pub currency: Option<&'a str>,
}

/// Two numbers or amounts of money, of which either may be missing.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Range<'a> {
    /// The lower end.
    pub min: Option<Amount<'a>>,
    /// The upper end.
    pub max: Option<Amount<'a>>,
    /// The currency as an ISO 4217 code; nothing for numbers.
    pub currency: Option<&'a str>,
}

/// A user of the organization, as the value of a custom field.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct User<'a> {
    /// The user's id.
    pub id: Option<i64>,
    /// The user's name.
    pub name: Option<&'a str>,
    /// The user's e-mail address.
    pub email: Option<&'a str>,
}

macro_rules! redacted {
    ($($name:ident)+) => {$(
        impl fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

redacted!(Money Range User);
