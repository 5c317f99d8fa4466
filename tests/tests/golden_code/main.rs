//! The code in `golden/`, compiled and used: what models read and write, and what operations send.
//!
//! The test `golden` sees to it that it is what the generator writes today.

mod calls;
mod extensions;
mod lookups;
mod odd_words;
mod other_client;
mod selectors;
mod server;
mod values;

/// The code that is committed, compiled.
macro_rules! golden {
    ($($case:ident)*) => {
        $(
            // A golden file is linted like a crate of its own, whose manifest allows large unions; names are the description's.
            #[allow(dead_code, unused_imports, clippy::pedantic, clippy::large_enum_variant,
                clippy::upper_case_acronyms)]
            mod $case {
                include!(concat!("../../golden/", stringify!($case), "/generated.rs"));
            }
        )*

        /// The cases whose code is compiled.
        const COMPILED: &[&str] = &[$(stringify!($case)),*];
    };
}

golden! {
    bearer
    deprecated
    empty_body
    files
    ids
    many_nullables
    map_and_any
    object_answer
    object_request
    odd_names
    open_enum
    other
    paging
    path_names
    query
    ranges_and_jobs
    ready
    recursion
    roles
    selector
    split
    statuses
    times
    union
}

#[test]
fn every_case_is_compiled() {
    // cargo runs a test in the folder of its package.
    let mut names: Vec<String> = std::fs::read_dir("golden")
        .expect("golden/ is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .filter_map(|path| path.file_name().map(|n| n.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    assert_eq!(names, COMPILED);
}
