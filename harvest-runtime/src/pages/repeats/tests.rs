use super::*;

#[test]
fn the_last_ten_thousand_are_known() {
    let mut recent = Recent::default();
    for id in 0..200_000 {
        assert!(recent.is_new(id));
    }
    assert!((190_000..200_000).all(|id| !recent.is_new(id)));
    assert!(recent.is_new(189_999));
    assert_eq!(
        (recent.ids.len(), recent.order.len()),
        (REMEMBERED, REMEMBERED)
    );
}

/// Whether these records of a page are new.
fn has_new(seen: &mut Seen, body: &str, places: &[usize]) -> bool {
    seen.texts(body.as_bytes(), places);
    seen.end_page() == News::New
}

#[test]
fn records_without_ids_are_told_by_their_own_text() {
    let mut seen = Seen::default();
    for (body, places, expected) in [
        (r#"[{"id":1},{"a":"x y"}]"#, &[1][..], true),
        (r#"[ {"id":2} , null,{ "a" : "x y" } ]"#, &[2], false),
        (r#"[{"a":"x y"},{"a":"x  y"}]"#, &[0, 1], true),
        (r#"[{"a":"x \" y"}]"#, &[0], true),
        (r#"[{"a": "x \" y"}, {"a":"x  y"}]"#, &[0, 1], false),
        ("[null]", &[0], true),
        (r#"[null, {"a":1}, null]"#, &[0, 2], false),
        (r#"[{"id":"5","n":1}]"#, &[0], true),
        (r#"[null,{"id":"5","n":2}]"#, &[0, 1], false),
        (r#"[{"id":5.0,"n":2}]"#, &[0], true),
        // These are no lists.
        ("{}", &[0], false),
        ("<html>", &[0], false),
    ] {
        assert_eq!(has_new(&mut seen, body, places), expected, "{body}");
    }
    seen.id(5);
    assert_eq!(seen.end_page(), News::Nothing, "it came as 5.0");
}

/// Pages of so many records, by the number of the record.
fn pages(seen: &mut Seen, records: impl Iterator<Item = i64>, size: usize) -> Option<usize> {
    let records: Vec<_> = records.collect();
    let mut barren = 0;
    for (at, page) in records.chunks(size).enumerate() {
        for id in page {
            seen.id(*id);
        }
        barren = match seen.end_page() {
            News::New => 0,
            _ => barren + 1,
        };
        assert!(seen.sample.len() <= KEPT);
        // As `PageFetcher` ends a list.
        if barren == 100 || seen.repeats_itself() {
            return Some(at + 1);
        }
    }
    None
}

/// However the records of a list are repeated, it ends a short while after the last new one.
#[test]
fn a_list_of_known_records_ends() {
    for (length, size, most) in [
        (100, 5, 100),
        (10_001, 500, 100),
        (11_001, 5_000, 100),
        (32_768, 500, 100),
        (100_000, 500, 50 * 8),
        (1_000_000, 500, 50 * 64),
    ] {
        type Order = fn(i64, i64) -> i64;
        let orders: [Order; 3] = [
            // A circle, back and forth, and one that has no order.
            |at, length| at % length,
            |at, length| (at % (2 * length) - length).abs() % length,
            |at, length| {
                let mixed = at.cast_unsigned().wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
                mixed.cast_signed() % length
            },
        ];
        for order in orders {
            let mut seen = Seen::default();
            let whole = pages(&mut seen, 0..length, size);
            assert_eq!(whole, None, "{length}: all were new");
            let more = i64::try_from(size * (most + 2)).unwrap();
            let again = (0..more).map(|at| order(at, length));
            let ended = pages(&mut seen, again, size);
            assert!(
                ended.is_some_and(|page| page <= most),
                "{length}: {ended:?}"
            );
        }
    }
}

#[test]
fn empty_pages_between_known_records_count() {
    for long in [35_000, 70_000, 140_000] {
        let mut seen = Seen::default();
        assert_eq!(pages(&mut seen, 0..long, 500), None);
        let wanted = SURE << seen.sparsity;
        let mut old = (0..long).cycle();
        let ended = (1..=2 * wanted).find(|number| {
            if number % 100 == 1 {
                for id in old.by_ref().take(20) {
                    seen.id(id);
                }
            }
            seen.end_page();
            seen.repeats_itself()
        });
        assert!(
            ended.is_some_and(|pages| pages <= wanted),
            "{ended:?} of {long}"
        );
    }
}

/// One new record a page is enough, however long the list is.
#[test]
fn a_list_with_something_new_goes_on() {
    let mut seen = Seen::default();
    assert_eq!(pages(&mut seen, 0..400_000, 500), None);
    // All others came before, longer ago than what is left out.
    let records = (0..200_000).map(|at| if at % 50 == 0 { 400_000 + at } else { at });
    assert_eq!(pages(&mut seen, records, 50), None);
}

#[test]
fn records_that_move_end_no_list() {
    // One comes on every page.
    let mut seen = Seen::default();
    let records = (0..300_000).map(|id| if id % 500 == 0 { 0 } else { id });
    assert_eq!(pages(&mut seen, records, 500), None);
    // 99 pages come again, and then new ones.
    let mut seen = Seen::default();
    let records = (0..49_500).chain(0..49_500).chain(49_500..200_000);
    assert_eq!(pages(&mut seen, records, 500), None);
}
