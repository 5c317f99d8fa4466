//! Rust in messages: tokens as people space them, without the modules that names are in.

/// Tokens as a text. Where `is_short`, names stand without the modules before them.
pub(super) fn text(tokens: &[String], is_short: bool) -> String {
    let tokens = if is_short {
        without_modules(tokens)
    } else {
        tokens.iter().map(String::as_str).collect()
    };
    let mut out = String::new();
    let mut last = "";
    for token in tokens {
        if needs_space(last, token) {
            out.push(' ');
        }
        out.push_str(token);
        last = token;
    }
    out
}

fn without_modules(tokens: &[String]) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    let mut rest = tokens.iter().map(String::as_str).peekable();
    while let Some(token) = rest.next() {
        if token.starts_with(|c: char| c.is_ascii_lowercase()) && rest.peek() == Some(&"::") {
            rest.next();
            continue;
        }
        // The `::` of a path from the root.
        if token == "::" && !out.last().is_some_and(|last| is_word(last) || *last == ">") {
            continue;
        }
        out.push(token);
    }
    out
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '\'')
}

fn needs_space(last: &str, token: &str) -> bool {
    if last.is_empty() {
        return false;
    }
    let around = |t: &str| matches!(t, "->" | "=" | "+" | "{" | "}" | "=>");
    if around(last) || around(token) {
        return true;
    }
    let is_before_type = last.starts_with('\'') || matches!(last, "mut" | "dyn" | "impl");
    if is_before_type && matches!(token, "[" | "(" | "&") {
        return true;
    }
    matches!(last, "," | ":" | ";")
        || (is_word(last) && is_word(token))
        || (last == ")" && is_word(token))
}

#[cfg(test)]
mod tests {
    use super::super::signature::tokens;
    use super::*;

    #[test]
    fn as_people_write_it() {
        for (code, long, short) in [
            (
                "Option < harvest_runtime :: List < types :: Thing > >",
                "Option<harvest_runtime::List<types::Thing>>",
                "Option<List<Thing>>",
            ),
            (
                "fn a (& 'a mut self , x : impl Into < i64 > + 'a) -> :: std :: string :: String",
                "fn a(&'a mut self, x: impl Into<i64> + 'a) -> ::std::string::String",
                "fn a(&'a mut self, x: impl Into<i64> + 'a) -> String",
            ),
            (
                "& 'static [ & 'static str ]",
                "&'static [&'static str]",
                "&'static [&'static str]",
            ),
        ] {
            let tokens = tokens(&code.parse::<proc_macro2::TokenStream>().unwrap());
            assert_eq!(text(&tokens, false), long);
            assert_eq!(text(&tokens, true), short);
        }
    }
}
