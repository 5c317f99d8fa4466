//! Filters of jq, by jaq.

use std::io::Write;

use jaq_core::load::{Arena, File, Loader};
use jaq_core::{Compiler, Ctx, Vars, data, unwrap_valr};
use jaq_json::{Val, read, write};

use super::json::check_for_filter;
use crate::failure::{Exit, Failure};
use crate::memory::{VALUES_PER_BYTE, of_decoded};

/// A filter, compiled.
pub(crate) struct Filter {
    compiled: jaq_core::Filter<data::JustLut<Val>>,
    /// The most bytes of a text.
    pub(crate) most: u64,
}

impl Filter {
    /// Compiles a filter of texts of so many bytes at the most.
    pub(crate) fn new(code: &str, most: u64) -> Result<Self, Failure> {
        let refused = |what: &str| Failure::usage(format!("the filter {code:?} {what}"));
        let definitions = jaq_core::defs()
            .chain(jaq_std::defs())
            .chain(jaq_json::defs());
        let functions = jaq_core::funs()
            .chain(jaq_std::funs())
            .chain(jaq_json::funs());
        let arena = Arena::default();
        let modules = Loader::new(definitions)
            .load(&arena, File { code, path: () })
            .map_err(|_| refused("is not in the language of jq"))?;
        Compiler::default()
            .with_funs(functions)
            .compile(modules)
            .map(|compiled| Self { compiled, most })
            .map_err(|_| refused("uses a name that jq does not define"))
    }

    /// The most memory of what is decoded.
    pub(crate) fn most_values(&self) -> u64 {
        self.most.saturating_mul(VALUES_PER_BYTE)
    }

    /// Writes what the filter makes of a JSON text, one value a line: texts as they are, everything else as
    /// JSON.
    pub(crate) fn write(&self, json: &[u8], mut out: impl Write) -> Result<(), Failure> {
        if of_decoded(json) > self.most_values() {
            let message = "the answer has more values than a filter holds in the memory that it \
                           may take; raise --max-response-size (with --paginate --max-list-size), \
                           or leave --jq out";
            return Err(Failure::new(Exit::Failed, message));
        }
        check_for_filter(json)?;
        let input = read::parse_single(json)
            .map_err(|_| Failure::new(Exit::Failed, "the answer is not JSON"))?;
        let context = Ctx::<data::JustLut<Val>>::new(&self.compiled.lut, Vars::new([]));
        for value in self.compiled.id.run((context, input)).map(unwrap_valr) {
            // An error holds the value that it is about.
            let value = value.map_err(|_| {
                Failure::usage(
                    "the filter does not fit the answer; try it on one record, with -q '.[0]'",
                )
            })?;
            match &value {
                Val::TStr(text) | Val::BStr(text) => out.write_all(text)?,
                other => write::write(&mut out, &write::Pp::default(), 0, other)?,
            }
            out.write_all(b"\n")?;
        }
        Ok(())
    }
}
