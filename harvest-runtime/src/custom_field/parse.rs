//! Texts as values of a field, by its definition: what an import has to do.

mod day;
mod money;

use std::collections::HashSet;

use super::{CustomFieldInput, Definition, FieldOption, InvalidCustomField, Setter, ValueType};

type Parsed<T> = Result<T, InvalidCustomField>;

impl Definition {
    /// The change that sets the field to what a text says, as a cell of a table does. It is [checked](CustomFieldInput::checked).
    ///
    /// | type | texts |
    /// | --- | --- |
    /// | `short_text`, `long_text` | any, as it is |
    /// | `url` | `https://example.com` |
    /// | `number` | `52000`, `-0.50` |
    /// | `currency` | `52000 EUR`, `EUR 52000.50`: the currency by its ISO 4217 code |
    /// | `number_range` | `1 - 2.5`, `1..2.5`, `1 to 2.5` |
    /// | `currency_range` | `50000 - 70000 EUR`, `50000 EUR to 70000 EUR` |
    /// | `yes_no`, `boolean` | `yes`, `no`, `true`, `false`, `y`, `n`, `1`, `0` |
    /// | `date` | `2026-01-02`, `2026/01/02`, `2 Jan 2026`, `January 2, 2026`, `2026-01-02T10:00:00Z` |
    /// | `single_select` | the name of an option, or its id |
    /// | `multi_select` | names or ids with `;`, or a vertical bar, or a line break between them; with `,` where no name has one |
    /// | `user` | the id; by e-mail address see [`parse_with`](Self::parse_with) |
    ///
    /// Names, currencies, months and yes or no can be written in any case, and white space around all but texts is left
    /// out. What can be read in two ways is not guessed: `02/01/2026`, `1,000`, `$ 5`.
    ///
    /// ```
    /// use harvest_runtime::custom_field::Definition;
    /// use serde_json::json;
    ///
    /// let pay = Definition::from_json(&json!({"name_key": "pay", "value_type": "currency"}));
    /// assert_eq!(
    ///     serde_json::to_value(pay.parse("52000 EUR")?)?,
    ///     json!({"name_key": "pay", "value": 52000, "unit": "EUR"})
    /// );
    /// assert_eq!(
    ///     pay.parse("fifty grand").unwrap_err().to_string(),
    ///     "custom field pay: it is not an amount of money; write it as 52000.50 EUR, digits with a point and the ISO \
    ///      4217 code of the currency"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Which field, what was expected, and which options there are. Never the text. A blank text is an error, too: it would
    /// change nothing; [`Setter::delete`] removes a value.
    pub fn parse(&self, text: &str) -> Result<CustomFieldInput, InvalidCustomField> {
        self.parse_with(text, |_| None)
    }

    /// The same, with users by e-mail address: the function knows the id of the user who has it.
    ///
    /// ```
    /// use std::collections::HashMap;
    /// use harvest_runtime::custom_field::Definition;
    /// use serde_json::json;
    ///
    /// // From the list of users.
    /// let users = HashMap::from([("mira@example.com", 1_049_756)]);
    /// let buddy = Definition::from_json(&json!({"name_key": "buddy", "value_type": "user"}));
    /// let change = buddy.parse_with("mira@example.com", |email| users.get(email).copied())?;
    /// assert_eq!(serde_json::to_value(change)?, json!({"name_key": "buddy", "value": 1_049_756}));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`parse`](Self::parse).
    pub fn parse_with(
        &self,
        text: &str,
        user: impl Fn(&str) -> Option<i64>,
    ) -> Result<CustomFieldInput, InvalidCustomField> {
        let field = CustomFieldInput::for_field(self);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return self.fail(
                "a blank text changes nothing",
                "delete the value to remove it",
            );
        }
        let input = match &self.value_type {
            ValueType::ShortText | ValueType::LongText => field.text(text),
            ValueType::Url => field.url(trimmed),
            ValueType::Number => field.number(self.number(trimmed)?),
            ValueType::Currency => self.currency(field, trimmed)?,
            ValueType::NumberRange => self.number_range(field, trimmed)?,
            ValueType::CurrencyRange => self.currency_range(field, trimmed)?,
            ValueType::YesNo | ValueType::Boolean => field.yes_no(self.yes_no(trimmed)?),
            ValueType::Date => field.date(self.day(trimmed)?),
            ValueType::SingleSelect => field.option(self.choice(trimmed)?),
            ValueType::MultiSelect => field.options(self.chosen(trimmed)?),
            ValueType::User => field.user(self.user(trimmed, user)?),
            ValueType::Unknown(_) => {
                return self.fail(
                    "this version does not know its type",
                    "set it by Setter::json",
                );
            }
        };
        input.checked(self)
    }

    fn fail<T>(&self, problem: impl Into<String>, remedy: impl Into<String>) -> Parsed<T> {
        let (problem, remedy) = (problem.into(), remedy.into());
        Err(InvalidCustomField::new(self.to_string(), problem, remedy))
    }

    fn yes_no(&self, text: &str) -> Parsed<bool> {
        let is = |names: [&str; 4]| names.iter().any(|name| name.eq_ignore_ascii_case(text));
        if is(["yes", "true", "y", "1"]) {
            return Ok(true);
        }
        if is(["no", "false", "n", "0"]) {
            return Ok(false);
        }
        self.fail("it is not yes or no", "write yes, no, true or false")
    }

    fn user(&self, text: &str, by_email: impl Fn(&str) -> Option<i64>) -> Parsed<i64> {
        if let Ok(id) = text.parse() {
            return Ok(id);
        }
        if !text.contains('@') {
            return self.fail(
                "it is not a user",
                "write the id or the e-mail address of a user",
            );
        }
        match by_email(text) {
            Some(id) => Ok(id),
            None => self.fail(
                "no user with this e-mail address is known",
                "write the id of a user, or give Definition::parse_with all users",
            ),
        }
    }

    /// The id of the option that is named, or whose id it is.
    fn choice(&self, text: &str) -> Parsed<i64> {
        match option_like(text, self.known_options()?) {
            Ok(option) => self.usable(option),
            Err(problem) => self.fail(problem, self.choices()),
        }
    }

    /// The ids of several options. A name may hold what otherwise stands between names.
    fn chosen(&self, text: &str) -> Parsed<Vec<i64>> {
        let options = self.known_options()?;
        if let Ok(option) = option_like(text, options) {
            return Ok(vec![self.usable(option)?]);
        }
        let plain: &[char] = &[';', '|', '\n', '\r'];
        let between = if text.contains(plain) { plain } else { &[','] };
        let mut ids = Vec::new();
        let mut seen = HashSet::new();
        let names = text.split(between).map(str::trim);
        for (place, name) in names.filter(|name| !name.is_empty()).enumerate() {
            // Many times the same costs no look into the options.
            if !seen.insert(name) {
                continue;
            }
            match option_like(name, options) {
                Ok(option) => {
                    let id = self.usable(option)?;
                    if !ids.contains(&id) {
                        ids.push(id);
                    }
                }
                Err(problem) => {
                    return self.fail(format!("choice {}: {problem}", place + 1), self.choices());
                }
            }
        }
        if ids.is_empty() {
            return self.fail("it names no option", self.choices());
        }
        Ok(ids)
    }

    fn known_options(&self) -> Parsed<&[FieldOption]> {
        match &self.options {
            Some(options) => Ok(options),
            None => self.fail(
                "its options are not known",
                "add them to the definition by Definition::with_options",
            ),
        }
    }

    fn usable(&self, option: &FieldOption) -> Parsed<i64> {
        if option.active {
            Ok(option.id)
        } else {
            Err(self.retired(option.id))
        }
    }

    fn currency(&self, field: Setter, text: &str) -> Parsed<CustomFieldInput> {
        match money::amount(text) {
            Some((amount, Some(unit))) => Ok(field.currency(amount, unit)),
            Some((_, None)) => self.fail(
                "it has no currency",
                "write its ISO 4217 code beside the amount, as in 52000.50 EUR",
            ),
            None => self.fail(
                "it is not an amount of money",
                "write it as 52000.50 EUR, digits with a point and the ISO 4217 code of the \
                 currency",
            ),
        }
    }

    fn number(&self, text: &str) -> Parsed<super::Amount<'static>> {
        match money::amount(text) {
            Some((amount, None)) => Ok(amount),
            Some((_, Some(_))) | None => self.fail(
                "it is not a number",
                "write digits with a point, such as 70000.50, and nothing between thousands",
            ),
        }
    }

    fn number_range(&self, field: Setter, text: &str) -> Parsed<CustomFieldInput> {
        match money::range(text) {
            Some((min, max, None)) => Ok(field.number_range(min, max)),
            Some((_, _, Some(_))) | None => self.fail(
                "it is not a range of numbers",
                "write both ends, the lower one first, as in 1 - 2.5",
            ),
        }
    }

    fn currency_range(&self, field: Setter, text: &str) -> Parsed<CustomFieldInput> {
        match money::range(text) {
            Some((min, max, Some(unit))) => Ok(field.currency_range(min, max, unit)),
            Some((_, _, None)) => self.fail(
                "it has no currency",
                "write its ISO 4217 code after the range, as in 50000 - 70000 EUR",
            ),
            None => self.fail(
                "it is not a range of money",
                "write both ends, the lower one first, and one currency, as in 50000 - 70000 EUR",
            ),
        }
    }

    fn day(&self, text: &str) -> Parsed<chrono::NaiveDate> {
        match day::day(text) {
            Some(day) => Ok(day),
            None => self.fail(
                "it is not a day that can be read in one way only",
                "write it as 2026-01-02 or 2 Jan 2026",
            ),
        }
    }
}

/// By the exact name, by the id, or by the name in another case if no two differ by that alone.
fn option_like<'a>(
    text: &str,
    options: &'a [FieldOption],
) -> Result<&'a FieldOption, &'static str> {
    let exact = |option: &&FieldOption| option.name.as_deref() == Some(text);
    let in_use = options.iter().filter(|option| option.active);
    if let Some(option) = in_use.clone().find(exact) {
        return Ok(option);
    }
    let id: Option<i64> = text.parse().ok();
    let by_id = |option: &&FieldOption| id == Some(option.id);
    if let Some(option) = options.iter().find(by_id) {
        return Ok(option);
    }
    let mut alike = in_use.filter(|option| {
        let name = option.name.as_deref().unwrap_or_default();
        is_same_in_any_case(name.trim(), text)
    });
    match (alike.next(), alike.next()) {
        (Some(option), None) => Ok(option),
        (Some(_), Some(_)) => Err("several options have this name in another case"),
        (None, _) => match options.iter().find(exact) {
            Some(retired) => Ok(retired),
            None => Err("no option has this name or id"),
        },
    }
}

fn is_same_in_any_case(one: &str, other: &str) -> bool {
    let one = one.chars().flat_map(char::to_lowercase);
    one.eq(other.chars().flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests;
