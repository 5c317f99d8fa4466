//! `harvest doctor`: what an export with this credential could read, and what it lacks.

use std::collections::BTreeSet;
use std::io::{self, Write};

use harvest_export::catalog::Catalog;
use harvest_export::{Access, Privacy, Probe, Stream, choose, streams};
use harvest_generated::runtime::RateLimit;
use harvest_generated::runtime::chrono::Utc;
use serde::Serialize;

use crate::arguments::{Doctor, Global};
use crate::connection::Connection;
use crate::counted::counted;
use crate::failure::{Exit, Failure};
use crate::output::{self, is_for_person, json as json_text, progress, wrapped};
use crate::words;

/// How far apart two clocks are before it is worth a word, in seconds.
const MOST_SKEW: i64 = 30;

/// What was found.
#[derive(Serialize)]
struct Findings {
    program: &'static str,
    api_version: &'static str,
    base_url: String,
    /// SHA-256 of the description.
    description: String,
    acting_user: Option<i64>,
    /// Seconds by which this computer's clock is ahead of the service's.
    clock_ahead_s: Option<i64>,
    limit: Option<Limit>,
    streams: Vec<Finding>,
    /// The smallest set for an export of these streams.
    needed: BTreeSet<&'static str>,
    missing: BTreeSet<&'static str>,
    /// Streams that an export leaves out unless they are asked for.
    left_out: Vec<String>,
    /// Lists of one record each, which an export does not read.
    not_covered: Vec<&'static str>,
}

#[derive(Serialize)]
struct Limit {
    requests: u32,
    left: Option<u32>,
    resets_at: Option<String>,
}

#[derive(Serialize)]
struct Finding {
    stream: String,
    permission: &'static str,
    access: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(crate) async fn run(global: &Global, catalog: &Catalog, doctor: Doctor) -> Result<(), Failure> {
    let (all, not_covered) = streams(catalog);
    let mut chosen = choose(&all, &doctor.streams)?;
    let mut left_out = Vec::new();
    if doctor.streams.is_empty() {
        let usual = Privacy::default();
        let is_left_out = |stream: &&Stream| usual.leaves_out(stream.fields(&catalog.shapes));
        (left_out, chosen) = chosen.into_iter().partition(is_left_out);
    }
    let connection = Connection::open(global).await?;
    let core = &connection.core;
    let mut findings = Findings {
        program: env!("CARGO_PKG_VERSION"),
        api_version: catalog.version,
        base_url: core.base_url().to_string(),
        description: catalog.hash.clone(),
        acting_user: core.acting_user(),
        clock_ahead_s: None,
        limit: None,
        streams: Vec::new(),
        needed: BTreeSet::new(),
        missing: BTreeSet::new(),
        left_out: left_out.iter().map(|it| it.name.clone()).collect(),
        not_covered: not_covered.iter().map(|it| it.path).collect(),
    };
    for (at, stream) in chosen.iter().enumerate() {
        if !global.quiet {
            progress::show(&format!("{} of {}: {}", at + 1, chosen.len(), stream.name));
        }
        let probed = stream.probe(core).await;
        if let Err(error) = &probed
            && (error.is_unauthorized()
                || error.is_token()
                || error.is_configuration()
                || error.is_paused())
        {
            progress::clear();
            return Err(Failure::from(error));
        }
        findings.add(stream, probed.map_err(|error| words::of_error(&error)));
    }
    progress::clear();
    let mut out = output::standard();
    if doctor.json {
        let text = serde_json::to_string(&findings).map_err(io::Error::from)?;
        json_text::write(text.as_bytes(), is_for_person(), &mut out)?;
    } else {
        findings.print(&mut out, connection.version.conventions.permission_name)?;
    }
    out.flush()?;
    findings.verdict(connection.version.conventions.permission_name)
}

impl Findings {
    fn add(&mut self, stream: &Stream, probed: Result<Probe, String>) {
        let permission = stream.operation.permission;
        let (access, problem) = match &probed {
            Ok(probe) => match probe.access {
                Access::Missing => ("missing", None),
                Access::NotOffered => ("not offered", None),
                Access::Readable => ("readable", None),
            },
            Err(problem) => ("failed", Some(problem.clone())),
        };
        if access != "not offered" && !permission.is_empty() {
            self.needed.insert(permission);
        }
        if access == "missing" {
            self.missing.insert(permission);
        }
        if let Ok(probe) = probed {
            let ahead = probe.date.map(|date| (Utc::now() - date).num_seconds());
            self.clock_ahead_s = ahead.or(self.clock_ahead_s);
            self.limit = probe.limit.and_then(limit).or(self.limit.take());
        }
        self.streams.push(Finding {
            stream: stream.name.clone(),
            permission,
            access,
            problem,
        });
    }

    fn count(&self, access: &str) -> usize {
        let all = self.streams.iter();
        all.filter(|it| it.access == access).count()
    }

    fn print(&self, out: &mut impl Write, permission_name: &str) -> io::Result<()> {
        let description = self.description.get(..12).unwrap_or_default();
        writeln!(out, "program      harvest {}", self.program)?;
        writeln!(
            out,
            "API          {} at {}, described by {description}",
            self.api_version, self.base_url
        )?;
        if let Some(user) = self.acting_user {
            writeln!(out, "acting user  {user}")?;
        }
        match self.clock_ahead_s {
            Some(ahead) if ahead.abs() > MOST_SKEW => writeln!(
                out,
                "clock        {} s {} that of the service; set it, or tokens and --since can be \
                 wrong",
                ahead.abs(),
                if ahead > 0 { "ahead of" } else { "behind" }
            )?,
            Some(_) => writeln!(out, "clock        agrees with the service")?,
            None => writeln!(out, "clock        unknown: the service did not say")?,
        }
        match &self.limit {
            Some(Limit { requests, left, .. }) => {
                let left = left.map(|it| format!(", {it} left")).unwrap_or_default();
                writeln!(out, "limit        {requests} requests in each period{left}")?;
            }
            None => writeln!(out, "limit        unknown: the service did not say")?,
        }
        writeln!(
            out,
            "streams      {} of {} can be read\n",
            self.count("readable"),
            self.streams.len()
        )?;
        let of = |access: &str| {
            let all = self.streams.iter().filter(move |it| it.access == access);
            all.collect::<Vec<_>>()
        };
        for access in ["missing", "failed", "not offered", "readable"] {
            let all = of(access);
            if all.is_empty() {
                continue;
            }
            writeln!(out, "{access}:")?;
            let names: Vec<_> = all.iter().map(|it| it.stream.as_str()).collect();
            match access {
                "missing" | "failed" => {
                    let width = names.iter().map(|it| it.len()).max().unwrap_or(0);
                    for it in all {
                        let more = it.problem.as_deref().unwrap_or(it.permission);
                        let line = format!("  {:width$}  {more}", it.stream);
                        writeln!(out, "{}", crate::failure::printable(&line))?;
                    }
                }
                _ => writeln!(out, "{}", wrapped(&names))?,
            }
        }
        if !self.missing.is_empty() {
            writeln!(out, "\nAn export of these streams takes these, too:")?;
            for name in &self.missing {
                writeln!(out, "  {name}")?;
            }
        }
        writeln!(
            out,
            "\nThe smallest set for it: {} (--json lists them).",
            counted(self.needed.len(), permission_name)
        )?;
        if !self.left_out.is_empty() {
            let streams = self.left_out.join(", ");
            writeln!(
                out,
                "Left out unless asked for, and not looked at: {streams}."
            )?;
        }
        if !self.not_covered.is_empty() {
            let count = self.not_covered.len();
            writeln!(
                out,
                "Not read by an export: {} of one record each.",
                counted(count, "list")
            )?;
        }
        writeln!(
            out,
            "What the service hides from the user of this credential, such as confidential jobs,\n\
             is in no list, and nothing tells how much it is."
        )
    }

    fn verdict(&self, permission_name: &str) -> Result<(), Failure> {
        if !self.missing.is_empty() {
            return Err(Failure::new(
                Exit::Permission,
                format!("missing: {}", counted(self.missing.len(), permission_name)),
            ));
        }
        match self.count("failed") {
            0 => Ok(()),
            failed => Err(Failure::new(
                Exit::Failed,
                format!(
                    "{} could not be asked for; try again",
                    counted(failed, "stream")
                ),
            )),
        }
    }
}

fn limit(figures: RateLimit) -> Option<Limit> {
    Some(Limit {
        requests: figures.limit()?,
        left: figures.remaining(),
        resets_at: figures.reset().map(|it| it.to_rfc3339()),
    })
}
