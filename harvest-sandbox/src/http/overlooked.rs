//! Mistakes in a request that are overlooked, and how an answer reports that they were.
//!
//! The service takes more than is documented. A sandbox that refused all of it would fail clients that work; one that said
//! nothing would hide their mistakes. So each is named in a header of the answer and in both views of the log.

use axum::http::header::HeaderValue;

use super::notice::OVERLOOKED;
use super::reply::Reply;

/// So many mistakes are named; of the others there is the number.
const NAMED: usize = 20;
/// The longest name that is repeated, in characters.
const NAME: usize = 48;
/// The most digits of a place in a list that are repeated.
const PLACE: usize = 5;
/// The most steps to a value that are repeated.
const STEPS: usize = 8;

/// How much of what is not as described is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tolerance {
    /// Nothing.
    Strict,
    /// Parameters of a query that are not described, unless the description says that they are refused.
    Described,
    /// What the service was seen to take besides, too.
    Lenient,
}

/// A mistake of a sort that can be overlooked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mistake {
    /// A property of the body that is not described.
    Property,
    /// A parameter of the query that is not described.
    Parameter,
    /// Digits in quotes where a number belongs.
    TextForNumber,
}

impl Mistake {
    fn words(self) -> &'static str {
        match self {
            Self::Property => "unknown property",
            Self::Parameter => "unknown parameter",
            Self::TextForNumber => "text for a number",
        }
    }
}

/// What was overlooked in a request so far.
#[derive(Debug)]
pub(crate) struct Overlooked {
    tolerance: Tolerance,
    named: Vec<String>,
    /// How many others there are.
    more: usize,
}

impl Overlooked {
    pub(crate) fn within(tolerance: Tolerance) -> Self {
        Self {
            tolerance,
            named: Vec::new(),
            more: 0,
        }
    }

    pub(crate) fn tolerance(&self) -> Tolerance {
        self.tolerance
    }

    pub(crate) fn is_lenient(&self) -> bool {
        self.tolerance == Tolerance::Lenient
    }

    /// Remembers a mistake, by the names and places on the way to it.
    pub(crate) fn note<S: AsRef<str>>(&mut self, mistake: Mistake, path: &[S]) {
        if self.named.len() == NAMED {
            self.more = self.more.saturating_add(1);
            return;
        }
        let steps = path.iter().take(STEPS).map(|step| name(step.as_ref()));
        let place = steps.collect::<Vec<_>>().join(".");
        let named = format!("{} {place}", mistake.words());
        if !self.named.contains(&named) {
            self.named.push(named);
        }
    }

    /// The answer with a header that names all of it, if there is any.
    pub(crate) fn noted(&self, reply: Reply) -> Reply {
        let mut all = self.named.join(", ");
        if self.more > 0 {
            all = format!("{all}, and {} more", self.more);
        }
        match HeaderValue::from_str(&all) {
            Ok(value) if !all.is_empty() => reply.with_header(OVERLOOKED, value),
            _ => reply,
        }
    }
}

/// A name as it is repeated: one that looks like that of a property, of letters and underscores. Anything else may be what a
/// client knows about a person, or a key, and is not.
pub(crate) fn name(text: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let is_property = text.len() <= NAME && text.bytes().all(is_name);
    // The place of an item in a list is part of a way to a value.
    let is_place = text.len() <= PLACE && text.bytes().all(|it| it.is_ascii_digit());
    if !text.is_empty() && (is_property || is_place) {
        text
    } else {
        "?"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::notice::notice;
    use axum::http::StatusCode;

    fn header(overlooked: &Overlooked) -> Option<String> {
        notice(&overlooked.noted(Reply::empty(StatusCode::OK)), &OVERLOOKED)
    }

    #[test]
    fn what_is_no_name_is_not_repeated() {
        let mut overlooked = Overlooked::within(Tolerance::Lenient);
        assert_eq!(header(&overlooked), None);
        overlooked.note(Mistake::Property, &["custom_fields", "0", "vale"]);
        for odd in [
            "ada@example.com",
            "a, b",
            "a\r\nb",
            "é",
            "",
            "k3y",
            "123456",
            &"a".repeat(49),
        ] {
            overlooked.note(Mistake::Parameter, &[odd]);
        }
        overlooked.note(Mistake::TextForNumber, &["job_id"]);
        assert_eq!(
            header(&overlooked).unwrap(),
            "unknown property custom_fields.0.vale, unknown parameter ?, text for a number job_id"
        );
    }

    #[test]
    fn many_are_counted() {
        let mut overlooked = Overlooked::within(Tolerance::Lenient);
        let deep = vec!["a".repeat(48); 64];
        for number in 0..1_000 {
            // Letters in place of digits: a name that may be a key is not repeated.
            let name: String = format!("{number:03}")
                .bytes()
                .map(|digit| char::from(digit - b'0' + b'a'))
                .collect();
            overlooked.note(Mistake::Property, &[vec![name], deep.clone()].concat());
        }
        let header = header(&overlooked).unwrap();
        assert!(header.ends_with(", and 980 more"), "{header}");
        assert!(header.len() < 16 << 10);
    }
}
