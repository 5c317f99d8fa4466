//! All substrings of a text, so that many words are looked for in it at once.
//!
//! To search for each takes the time of the text for each. This is the smallest automaton that takes every substring (a suffix
//! automaton), made in one pass over the text; a word is then looked up in the time that it is long, and most end at their
//! first bytes.

/// The substrings of a text, as ways from the first state.
pub(crate) struct Substrings(Vec<State>);

struct State {
    /// Of the longest substring that ends here.
    length: usize,
    /// The state of the longest end of it that is found at other places, too.
    link: Option<usize>,
    next: Vec<(u8, usize)>,
}

impl Substrings {
    pub(crate) fn of(text: &[u8]) -> Self {
        let mut made = Self(vec![State {
            length: 0,
            link: None,
            next: Vec::new(),
        }]);
        let mut last = 0;
        for byte in text {
            last = made.extend(last, *byte);
        }
        made
    }

    /// Whether this is a part of the text.
    pub(crate) fn contain(&self, word: impl IntoIterator<Item = u8>) -> bool {
        let mut word = word.into_iter();
        word.try_fold(0, |state, byte| self.after(state, byte))
            .is_some()
    }

    fn after(&self, state: usize, byte: u8) -> Option<usize> {
        let mut next = self.0[state].next.iter();
        next.find(|(known, _)| *known == byte).map(|(_, to)| *to)
    }

    fn add(&mut self, state: State) -> usize {
        self.0.push(state);
        self.0.len() - 1
    }

    /// Goes on by one byte behind the state of the whole text so far.
    fn extend(&mut self, last: usize, byte: u8) -> usize {
        let whole = self.add(State {
            length: self.0[last].length + 1,
            link: Some(0),
            next: Vec::new(),
        });
        let mut end = Some(last);
        while let Some(state) = end {
            let Some(known) = self.after(state, byte) else {
                self.0[state].next.push((byte, whole));
                end = self.0[state].link;
                continue;
            };
            let length = self.0[state].length + 1;
            let link = if self.0[known].length == length {
                known
            } else {
                self.split(state, byte, known, length)
            };
            self.0[whole].link = Some(link);
            break;
        }
        whole
    }

    /// Of what ends in one state, gives the shorter ones a state of their own: they are found at one place more.
    fn split(&mut self, from: usize, byte: u8, known: usize, length: usize) -> usize {
        let shorter = self.add(State {
            length,
            link: self.0[known].link,
            next: self.0[known].next.clone(),
        });
        self.0[known].link = Some(shorter);
        let mut end = Some(from);
        while let Some(state) = end {
            let way = self.0[state].next.iter_mut();
            let Some((_, to)) = way.into_iter().find(|way| **way == (byte, known)) else {
                break;
            };
            *to = shorter;
            end = self.0[state].link;
        }
        shorter
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_a_text_and_nothing_else() {
        for text in ["", "a", "abcbc", "aabbabab", "mississippi", "aaaaaaab"] {
            let substrings = Substrings::of(text.as_bytes());
            assert!(substrings.0.len() <= 2 * text.len() + 1);
            // All words of up to five of its letters and another one.
            let mut letters: Vec<u8> = text.bytes().chain(*b"z").collect();
            letters.sort_unstable();
            letters.dedup();
            let mut words = vec![Vec::new()];
            for _ in 0..5 {
                let longer = |word: &Vec<u8>| {
                    let word = word.clone();
                    letters
                        .iter()
                        .map(move |letter| [&word[..], &[*letter]].concat())
                        .collect::<Vec<_>>()
                };
                words = words.iter().flat_map(longer).collect();
                for word in &words {
                    let is_in = text.contains(str::from_utf8(word).unwrap());
                    assert_eq!(substrings.contain(word.iter().copied()), is_in, "{text}");
                }
            }
            assert!(substrings.contain(text.bytes()));
        }
    }
}
