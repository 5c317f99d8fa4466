//! Invented people.

use super::Dice;

const FIRST_NAMES: [&str; 60] = [
    "Adaeze", "Aiko", "Alma", "Amira", "Anders", "Anouk", "Arjun", "Aylin", "Bastian", "Bea",
    "Bram", "Camila", "Cem", "Clara", "Dara", "Davi", "Edda", "Elif", "Emeka", "Enzo", "Esme",
    "Farah", "Fergus", "Freya", "Gael", "Hana", "Hugo", "Ilse", "Imani", "Inês", "Ivo", "Jalil",
    "Jasper", "Joana", "Kaito", "Kamila", "Kofi", "Lea", "Leif", "Lina", "Malik", "Maren", "Milo",
    "Nadia", "Noor", "Odile", "Oskar", "Pia", "Priya", "Quentin", "Rafael", "Rhea", "Saskia",
    "Selim", "Tamsin", "Tomas", "Uma", "Viktor", "Yara", "Zoë",
];

const LAST_NAMES: [&str; 60] = [
    "Abara",
    "Alvarsen",
    "Amadi",
    "Barroso",
    "Bellweather",
    "Brandvold",
    "Castellan",
    "Cisneros",
    "Dahlgren",
    "Delacourt",
    "Demirel",
    "Ekwueme",
    "Elsworth",
    "Farrow",
    "Fennimore",
    "Galdos",
    "Grünwald",
    "Haldane",
    "Hargreave",
    "Hoshino",
    "Ibarra",
    "Ilves",
    "Jankovic",
    "Jorgensen",
    "Kalinski",
    "Kestrel",
    "Kobayakawa",
    "Lachance",
    "Lindqvist",
    "Lorimer",
    "Maddox",
    "Marchetti",
    "Mbeki-Ross",
    "Nakagawa",
    "Nordahl",
    "Okafor",
    "Oyelaran",
    "Pemberton",
    "Petrosyan",
    "Quill",
    "Rasmussen",
    "Reinholt",
    "Sandoval",
    "Sethi",
    "Silvestri",
    "Solberg",
    "Szabo",
    "Takahara",
    "Thackeray",
    "Thorne",
    "Uddin",
    "Vantongeren",
    "Varga",
    "Vellacott",
    "Whitcombe",
    "Winterbourne",
    "Yilmaz",
    "Zamora",
    "Zetterlund",
    "Zielinski",
];

/// Someone who doesn't exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Person {
    pub(crate) first_name: &'static str,
    pub(crate) last_name: &'static str,
}

impl Person {
    pub(crate) fn invent(dice: &mut Dice) -> Self {
        Self {
            first_name: dice.pick(&FIRST_NAMES),
            last_name: dice.pick(&LAST_NAMES),
        }
    }

    /// An address at example.com that no other person has, if none has the number.
    pub(crate) fn email(self, number: usize) -> String {
        format!(
            "{}.{}{number}@example.com",
            plain(self.first_name),
            plain(self.last_name)
        )
    }
}

/// In small letters without accents, as far as the names above have any.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .filter_map(|letter| match letter {
            'ê' | 'ë' => Some('e'),
            'ü' => Some('u'),
            letter if letter.is_ascii_alphanumeric() => Some(letter),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_plain() {
        for last_name in LAST_NAMES {
            for first_name in ["Zoë", "Inês"] {
                let address = Person {
                    first_name,
                    last_name,
                }
                .email(7);
                assert!(address.is_ascii(), "{address}");
                assert!(address.ends_with("7@example.com"), "{address}");
            }
        }
    }
}
