//! Migrations: the steps from one layout of a database to the next, numbered.
//!
//! A folder of `--data` may have been made by any released version. So a file in `migrations/` that was released is never
//! changed, and what is to change goes into a new one with the next number.

mod attachments;
mod parts;
mod scorecards;

use attachments::name_files_by_id;
use parts::{list_attachments, list_parts, list_parts_of_jobs, list_parts_of_people};
use scorecards::list_parts_of_scorecards;

use crate::store::Migration;

/// A file in `migrations/`, and what it is called.
macro_rules! file {
    ($name:literal) => {
        Migration::of_tables(
            $name,
            include_str!(concat!("../../migrations/", $name, ".sql")),
        )
    };
}

/// All of them, in order.
pub(crate) static MIGRATIONS: &[Migration] = &[
    file!("0001_first_release"),
    Migration {
        rewrite: Some(name_files_by_id),
        ..file!("0002_files_by_id")
    },
    file!("0003_permission_names"),
    file!("0004_oauth"),
    file!("0005_times"),
    Migration {
        rewrite: Some(list_parts),
        ..file!("0006_parts")
    },
    Migration {
        rewrite: Some(list_parts_of_people),
        ..file!("0007_people")
    },
    Migration {
        rewrite: Some(list_parts),
        ..file!("0008_v3_records")
    },
    file!("0009_bulk"),
    Migration {
        rewrite: Some(list_parts_of_jobs),
        ..file!("0010_interview_kits")
    },
    file!("0011_webhooks"),
    Migration {
        rewrite: Some(list_attachments),
        ..file!("0012_attachments")
    },
    Migration {
        rewrite: Some(list_parts_of_scorecards),
        ..file!("0013_scorecards")
    },
    file!("0014_callbacks"),
    file!("0015_queue"),
    file!("0016_confidential_jobs"),
    file!("0017_text_of_v3"),
    file!("0018_steps"),
    file!("0019_heights"),
    file!("0020_lookups"),
    file!("0021_whole_names"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use data_encoding::HEXLOWER;
    use sha2::{Digest, Sha256};

    use super::MIGRATIONS;

    /// Each migration with the SHA-256 of its words without comments. Lines are only ever added: where this test fails for
    /// one that was released, take the change back and write a migration with the next number.
    const RELEASED: &[(&str, &str)] = &[
        (
            "0001_first_release",
            "7b3e5b1623e44328bb16c4e03727dc48f1ce49f0e69b8537f32b3e5af9deeb48",
        ),
        (
            "0002_files_by_id",
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ),
        (
            "0003_permission_names",
            "990d913d71e5a02b179b359d1280149db4f49a457cab59ac48019bf023a5104f",
        ),
        (
            "0004_oauth",
            "61a2809606081ba7b0d8086786aecda36d173e84fa3f1f06056de703ece55de2",
        ),
        (
            "0005_times",
            "e012e61141464b628ec669b500270e619030b602380e7227e1599c42a5d464f8",
        ),
        (
            "0006_parts",
            "32f8c63bdfb49baa59fcab1c0ff10cfed06833798fd855c6e1a214c3292772aa",
        ),
        (
            "0007_people",
            "07822c7c3bb068b0ec02a33cd644d94dfa7ecf86b0850556b5626e941c5b944e",
        ),
        (
            "0008_v3_records",
            "35b3153e41be820a20a8336419efeebd6d9ddd83ee172f9d4664dc21d72ac45e",
        ),
        (
            "0009_bulk",
            "4eb6cb7054278699272adaafa599b152496f57022555c76d042116fb15db804d",
        ),
        (
            "0010_interview_kits",
            "1773fd4dd962161077db17ab9c811273ec66c68f6b27f85e8303626ec30862d4",
        ),
        (
            "0011_webhooks",
            "55d3937b35838b3370e9ce5ea4f7e1777ac74d385f54cdd08d6daae7205f0b10",
        ),
        (
            "0012_attachments",
            "ef0ebc218e28676407641ce82e858451e7b7b68298809344f2fd33692ad6c4a3",
        ),
        (
            "0013_scorecards",
            "3077b0a04f4e39d1c84dd014c34ac2894025b66d189ddb85b4076ac689fb7f76",
        ),
        (
            "0014_callbacks",
            "27dda79d9cdc4cac390bd163d954b13a60da14e496c478b0129d18f9aa053321",
        ),
        (
            "0015_queue",
            "cf1a2319721fe1a2a74f87e9c5b96d4224b6ba7af6f99667e3fc8d80dcd20709",
        ),
        (
            "0016_confidential_jobs",
            "0a3f3783681977523c503f0ba82fe1160b2c4aa29988de35039f3de7511aff83",
        ),
        (
            "0017_text_of_v3",
            "9ade034833cac800e0f3cb4b770dfdcb9babea86215f357fa056ca8137174de2",
        ),
        (
            "0018_steps",
            "a15db3c3490df64aeb2c4bf13e89865d2329dbdece924386a5ac44bcb1862c08",
        ),
        (
            "0019_heights",
            "5d2da4778ac7ec9670e021edfd7d701fa11144ff49d39de2c4cc1a5f533f71c8",
        ),
        (
            "0020_lookups",
            "66bc78876d90b4b9df67b77855431e00c3baf0031900c02ae884cd707947aac3",
        ),
        (
            "0021_whole_names",
            "cc00019e800d073feff37dc61cdfb4841658e3b15cc3bdee8f22532610f083cd",
        ),
    ];

    fn hash(sql: &str) -> String {
        let words = sql
            .lines()
            .flat_map(|line| line.split("--").next().unwrap().split_whitespace());
        let words: Vec<&str> = words.collect();
        HEXLOWER.encode(&Sha256::digest(words.join(" ")))
    }

    #[test]
    fn released_migrations_are_as_they_were_released() {
        let known = MIGRATIONS.iter().map(|it| (it.name, hash(it.sql)));
        let known: Vec<(&str, String)> = known.collect();
        let released: Vec<(&str, String)> = RELEASED
            .iter()
            .map(|(name, hash)| (*name, (*hash).to_owned()))
            .collect();
        assert_eq!(known, released);
    }

    #[test]
    fn each_file_is_a_migration_with_the_next_number() {
        let folder = Path::new("migrations");
        let files: BTreeSet<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let listed: Vec<String> = MIGRATIONS
            .iter()
            .map(|it| format!("{}.sql", it.name))
            .collect();
        assert_eq!(files.into_iter().collect::<Vec<_>>(), listed);
        for (place, migration) in MIGRATIONS.iter().enumerate() {
            let number = format!("{:04}_", place + 1);
            assert!(migration.name.starts_with(&number), "{}", migration.name);
        }
    }
}
