//! Order of names and addresses, in which capital and small letters are the same.
//!
//! SQLite's own `NOCASE` ends at the first U+0000, and takes texts of one length that agree so far for each other: two names
//! would be one. The indexes name this collation, so each connection that compares what is in them has it under that name.

use std::cmp::Ordering;

use rusqlite::Connection;

/// Gives a connection the order, in the place of SQLite's own.
pub(super) fn define(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_collation("NOCASE", compare)
}

/// Letters are those of ASCII, as in SQLite's own, which has the same order for texts without U+0000.
fn compare(one: &str, other: &str) -> Ordering {
    folded(one).cmp(folded(other))
}

fn folded(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(connection: &Connection, one: &str, other: &str) -> Ordering {
        let sql = "SELECT (?1 > ?2 COLLATE NOCASE) - (?1 < ?2 COLLATE NOCASE)";
        let order: i8 = connection
            .query_row(sql, [one, other], |row| row.get(0))
            .unwrap();
        order.cmp(&0)
    }

    #[test]
    fn texts_without_a_nul_are_in_the_order_of_sqlite() {
        let [sqlite, own] = [(); 2].map(|()| Connection::open_in_memory().unwrap());
        define(&own).unwrap();
        let texts = [
            "", "a", "A", "ab", "aB", "b", "Z", "[", "_", "`", "{", "\u{1}", "a b", "É", "é",
            "日本",
        ];
        for one in texts {
            for other in texts {
                let expected = order(&sqlite, one, other);
                assert_eq!(order(&own, one, other), expected, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn texts_that_agree_up_to_a_nul_are_apart() {
        let connection = Connection::open_in_memory().unwrap();
        let [one, other] = ["tag\0one", "TAG\0two"];
        assert_eq!(order(&connection, one, other), Ordering::Equal, "it ends");
        define(&connection).unwrap();
        assert_eq!(order(&connection, one, other), Ordering::Less);
        assert_eq!(order(&connection, one, "TAG\0ONE"), Ordering::Equal);
        assert_eq!(order(&connection, "tag", "tag\0"), Ordering::Less);
    }
}
