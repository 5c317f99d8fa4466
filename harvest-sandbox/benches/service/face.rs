//! The versions of the API, as they are measured.

use crate::connection::{Connection, basic};
use crate::process::{KEY, Program};
use crate::{Outcome, PER_PAGE};

/// The user in every seed who may do everything.
const USER: &str = "1049756";

/// A version, and a credential for it.
pub(crate) struct Face {
    pub(crate) name: &'static str,
    /// The value of the `Authorization` header.
    pub(crate) authorization: String,
    /// The path that reads one user.
    pub(crate) small: String,
}

impl Face {
    /// v1, with the key.
    pub(crate) fn v1() -> Self {
        Self {
            name: "v1",
            authorization: basic(KEY, ""),
            small: format!("/v1/users/{USER}"),
        }
    }

    /// v3, with a token that the program issues.
    pub(crate) fn v3(program: &Program) -> Outcome<Self> {
        let credential = program.credential.as_ref();
        let (id, secret) = credential.ok_or("a build without v3")?;
        let client = basic(id, secret);
        let form = format!("grant_type=client_credentials&sub={USER}");
        let mut connection = Connection::open(&program.address, &client)?;
        connection.post("/token", &form)?;
        let answer = connection.json()?;
        let token = answer["access_token"].as_str().ok_or("no token")?;
        Ok(Self::v3_with(token))
    }

    /// v3, with a token.
    pub(crate) fn v3_with(token: &str) -> Self {
        Self {
            name: "v3",
            authorization: format!("Bearer {token}"),
            small: format!("/v3/users?ids={USER}"),
        }
    }
}

/// Pages of candidates that both versions have.
pub(crate) struct Page {
    pub(crate) name: &'static str,
    pub(crate) v1: String,
    pub(crate) v3: String,
}

/// The pages that are measured: one of v1 and what v3 has in its place.
pub(crate) fn pages(program: &Program, faces: [&Face; 2], candidates: usize) -> Outcome<Vec<Page>> {
    let [v1, v3] = faces;
    let of_v1 = candidates_of_v1();
    let of_v3 = format!("/v3/candidates?per_page={PER_PAGE}");
    let middle = moment(program, v1, candidates / 2)?;
    let fields = "&fields=id,first_name,last_name,email_addresses,updated_at";
    let page = |name, v1: &str, v3: &str| Page {
        name,
        v1: format!("{of_v1}{v1}"),
        v3: format!("{of_v3}{v3}"),
    };
    Ok(vec![
        page("first page", "&page=1", ""),
        Page {
            name: "last page",
            v1: page_of_v1(last_page_of_v1(candidates)),
            v3: last_page(program, v3, &of_v3)?,
        },
        page(
            "page with a filter",
            &format!("&created_after={middle}"),
            &format!("&created_at=gte%7C{middle}"),
        ),
        // v1 has nothing like it.
        page("page with `fields`", "&page=1", fields),
    ])
}

fn candidates_of_v1() -> String {
    format!("/v1/candidates?per_page={PER_PAGE}")
}

/// The path of a page of candidates by its number.
pub(crate) fn page_of_v1(number: usize) -> String {
    format!("{}&page={number}", candidates_of_v1())
}

/// The path of the first page of those candidates that were added in the second half.
pub(crate) fn filtered_page_of_v1(
    program: &Program,
    v1: &Face,
    candidates: usize,
) -> Outcome<String> {
    let middle = moment(program, v1, candidates / 2)?;
    Ok(format!("{}&created_after={middle}", candidates_of_v1()))
}

/// The number of the last one.
pub(crate) fn last_page_of_v1(candidates: usize) -> usize {
    candidates.div_ceil(PER_PAGE).max(1)
}

/// When a candidate was added. About as many were added before as after it if it is one in the middle.
fn moment(program: &Program, v1: &Face, place: usize) -> Outcome<String> {
    let mut connection = Connection::open(&program.address, &v1.authorization)?;
    let place = place.max(1);
    connection.get(&format!("/v1/candidates?per_page=1&page={place}"))?;
    let candidates = connection.json()?;
    let moment = candidates[0]["created_at"].as_str();
    Ok(moment.ok_or("no candidate in the middle")?.to_owned())
}

/// The path of the last page, which links alone lead to.
fn last_page(program: &Program, face: &Face, first: &str) -> Outcome<String> {
    let mut connection = Connection::open(&program.address, &face.authorization)?;
    let mut path = first.to_owned();
    loop {
        connection.get(&path)?;
        match connection.next() {
            Some(next) => next.clone_into(&mut path),
            None => return Ok(path),
        }
    }
}
