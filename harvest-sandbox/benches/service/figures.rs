//! Figures: what was measured, and what was promised about it.

/// A number, and the most that it may be.
struct Figure {
    what: String,
    is: f64,
    at_most: f64,
    unit: &'static str,
}

/// The same of both versions.
struct Comparison {
    what: String,
    of_v1: f64,
    of_v3: f64,
}

/// All of them, in order.
#[derive(Default)]
pub(crate) struct Figures {
    figures: Vec<Figure>,
    comparisons: Vec<Comparison>,
}

impl Figures {
    pub(crate) fn promise(
        &mut self,
        what: impl Into<String>,
        is: f64,
        at_most: f64,
        unit: &'static str,
    ) {
        self.figures.push(Figure {
            what: what.into(),
            is,
            at_most,
            unit,
        });
    }

    /// Times of both versions, of which v3's is at most so many times v1's.
    pub(crate) fn compare(&mut self, what: &str, of_v1: f64, of_v3: f64, at_most: f64) {
        self.note(format!("{what}, ms"), of_v1, of_v3);
        let what = format!("{what}, v3 as times v1's");
        self.promise(what, of_v3 / of_v1, at_most, "");
    }

    /// The same without a promise.
    pub(crate) fn note(&mut self, what: impl Into<String>, of_v1: f64, of_v3: f64) {
        self.comparisons.push(Comparison {
            what: what.into(),
            of_v1,
            of_v3,
        });
    }

    pub(crate) fn is_any_broken(&self) -> bool {
        self.figures.iter().any(|figure| figure.is > figure.at_most)
    }

    pub(crate) fn print(&self) {
        println!();
        println!("{:<50} {:>12} {:>12} {:>8}", "", "v1", "v3", "v3 / v1");
        for Comparison { what, of_v1, of_v3 } in &self.comparisons {
            let times = of_v3 / of_v1;
            println!("{what:<50} {of_v1:>12.2} {of_v3:>12.2} {times:>8.2}");
        }
        println!();
        for Figure {
            what,
            is,
            at_most,
            unit,
        } in &self.figures
        {
            let verdict = if is <= at_most { "holds" } else { "BROKEN" };
            println!("{what:<64} {is:>9.2} {unit:<3} at most {at_most:>7.2} {unit:<3} {verdict}");
        }
    }
}
