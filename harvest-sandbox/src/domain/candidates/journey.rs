//! The past of an invented application: the stages that it went through, and what was done and written on the way.

use std::collections::HashMap;

use crate::clock::{Moment, moment, stamp};
use crate::domain::activity_feed::{self, About, Activity, Email, Note, STAGE_CHANGE};
use crate::domain::applications::{Application, moved_into};
use crate::domain::email_templates::{EMAIL_TEMPLATE, EmailTemplate, Letter};
use crate::domain::job_stages::{JOB_STAGE, JobStage};
use crate::domain::organization::{Dice, Seed};
use crate::domain::records::candidate::Candidate;
use crate::domain::users::{USER, User};
use crate::refusal::{Outcome, broken};

/// Of a hundred applications, so many have a note, and so many a mail; and of a hundred rejected ones, so many a letter.
const NOTES: usize = 40;
const MAILS: usize = 25;
const LETTERS: usize = 60;

/// What entries of the feed name: stages, users, and the letter of a rejection.
pub(super) struct JourneyContext {
    stages: HashMap<i64, String>,
    users: HashMap<i64, User>,
    /// Those who write notes.
    writers: Vec<i64>,
    /// The letter of a rejection.
    rejection: Option<EmailTemplate>,
}

/// An application that was just made, with its author.
pub(super) struct Journey<'a> {
    pub(super) id: i64,
    pub(super) application: &'a Application,
    pub(super) candidate_id: i64,
    pub(super) candidate: &'a Candidate,
    /// The name of the job, and its stages in order; none of a prospect.
    pub(super) job: Option<(&'a str, &'a [i64])>,
}

impl JourneyContext {
    pub(super) fn of(seed: &Seed<'_, '_>) -> Outcome<Self> {
        let stages = seed.states::<JobStage>(&JOB_STAGE, "true", [])?;
        let stages = stages.into_iter().map(|(id, stage)| (id, stage.name));
        let users = seed.states::<User>(&USER, "true ORDER BY id", [])?;
        let writers = users.iter().filter(|(_, user)| !user.disabled);
        let condition =
            "state ->> 'type' = 'candidate_rejection' AND state ->> 'user_id' IS NULL ORDER BY id";
        let rejections = seed.states::<EmailTemplate>(&EMAIL_TEMPLATE, condition, [])?;
        Ok(Self {
            rejection: rejections.into_iter().next().map(|(_, template)| template),
            stages: stages.collect(),
            writers: writers.map(|(id, _)| *id).collect(),
            users: users.into_iter().collect(),
        })
    }
}

impl Journey<'_> {
    /// Writes down all of it. It begins with the application, and ends with what happened to it last.
    pub(super) fn record(
        &self,
        seed: &mut Seed<'_, '_>,
        context: &JourneyContext,
        dice: &mut Dice,
    ) -> Outcome<()> {
        let (start, end) = (
            at(&self.application.applied_at)?,
            at(&self.application.last_activity_at)?,
        );
        let way = self.way(start, end);
        let entered: Vec<(i64, String)> = way.iter().map(|(id, at)| (*id, stamp(*at))).collect();
        self.application.add_stages(seed, self.id, &entered)?;
        for (stage_id, at) in way.iter().skip(1) {
            self.record_move(seed, context, *stage_id, *at)?;
        }
        if self.application.status == "rejected" {
            if dice.percent(LETTERS) {
                self.record_letter(seed, context, end)?;
            }
            self.record_activity(seed, end, "Candidate Rejected", "was rejected")?;
        }
        // Where no other event is the last activity, it is a note.
        let is_still = self.application.status == "active" && way.len() < 2;
        if is_still || dice.percent(NOTES) {
            let at = if is_still {
                end
            } else {
                dice.between(start, end)
            };
            self.record_note(seed, context, at, dice)?;
        }
        if dice.percent(MAILS) {
            self.record_mail(seed, context, dice.between(start, end))?;
        }
        Ok(())
    }

    /// The stages that it was in, and when it came there: in equal steps, the last of them when it was changed last, unless
    /// that was a rejection.
    fn way(&self, start: Moment, end: Moment) -> Vec<(i64, Moment)> {
        let stages = self.job.map(|(_, stages)| stages).unwrap_or_default();
        let is = |id: &i64| Some(*id) == self.application.stage_id;
        let Some(last) = stages.iter().position(is) else {
            return Vec::new();
        };
        let steps = if self.application.status == "active" {
            last.max(1)
        } else {
            last + 1
        };
        let step = i32::try_from(steps).map_or(end - start, |steps| (end - start) / steps);
        let mut way = Vec::with_capacity(last + 1);
        let mut at = start;
        for stage in &stages[..=last] {
            way.push((*stage, at));
            at += step;
        }
        if last > 0
            && last == steps
            && let Some((_, at)) = way.last_mut()
        {
            // Whatever was lost by division.
            *at = end;
        }
        way
    }

    fn record_move(
        &self,
        seed: &Seed<'_, '_>,
        context: &JourneyContext,
        stage_id: i64,
        at: Moment,
    ) -> Outcome<()> {
        let stage = context.stages.get(&stage_id).map_or("", String::as_str);
        let job = self.job.map_or("", |(name, _)| name);
        let who = self
            .application
            .recruiter_id
            .and_then(|id| context.users.get(&id));
        let who = who.map(User::name);
        let what = moved_into(stage, job, at, who.as_deref());
        self.record_activity(seed, at, STAGE_CHANGE, &what)
    }

    fn record_activity(
        &self,
        seed: &Seed<'_, '_>,
        at: Moment,
        subject: &str,
        what: &str,
    ) -> Outcome<()> {
        let entry = Activity {
            created_at: stamp(at),
            subject: Some(subject.to_owned()),
            body: format!("{} {what}", self.candidate.name()),
            user_id: self.application.recruiter_id,
        };
        activity_feed::record(seed, self.candidate_id, &self.about(), &entry)?;
        Ok(())
    }

    fn record_note(
        &self,
        seed: &Seed<'_, '_>,
        context: &JourneyContext,
        at: Moment,
        dice: &mut Dice,
    ) -> Outcome<()> {
        let entry = Note {
            created_at: stamp(at),
            body: dice.pick(&REMARKS).to_owned(),
            user_id: dice.maybe(&context.writers).copied(),
            visibility: dice
                .pick(&["public", "public", "public", "private"])
                .to_owned(),
        };
        activity_feed::record(seed, self.candidate_id, &self.about(), &entry)?;
        Ok(())
    }

    /// A mail of the recruiter, if there is one.
    fn record_mail(
        &self,
        seed: &Seed<'_, '_>,
        context: &JourneyContext,
        at: Moment,
    ) -> Outcome<()> {
        let recruiter_id = self.application.recruiter_id;
        let recruiter = recruiter_id.and_then(|id| context.users.get(&id));
        let from = recruiter.and_then(User::primary_email);
        let to = self.candidate.email_addresses.first();
        let (Some(from), Some(to)) = (from, to) else {
            return Ok(());
        };
        let entry = Email {
            created_at: stamp(at),
            subject: "Your application".to_owned(),
            body: format!(
                "Hello {},\n\nthank you for your application. When could we talk?\n",
                self.candidate.first_name
            ),
            to: to.value.clone(),
            from: from.to_owned(),
            cc: Vec::new(),
            user_id: recruiter_id,
        };
        activity_feed::record(seed, self.candidate_id, &self.about(), &entry)?;
        Ok(())
    }

    /// The letter of the recruiter, if there is one, that says no.
    fn record_letter(
        &self,
        seed: &Seed<'_, '_>,
        context: &JourneyContext,
        at: Moment,
    ) -> Outcome<()> {
        let recruiter_id = self.application.recruiter_id;
        let recruiter = recruiter_id.and_then(|id| context.users.get(&id));
        let to = self.candidate.email_addresses.first();
        let (Some(template), Some(sender), Some(to)) = (&context.rejection, recruiter, to) else {
            return Ok(());
        };
        let letter = Letter {
            sender,
            candidate: self.candidate,
            job_name: self.job.map_or("", |(name, _)| name),
        };
        let entry = Email {
            created_at: stamp(at),
            subject: template.name.clone(),
            body: letter.body(template),
            to: to.value.clone(),
            from: letter.from(template),
            cc: template.cc.clone(),
            user_id: recruiter_id,
        };
        activity_feed::record(seed, self.candidate_id, &self.about(), &entry)?;
        Ok(())
    }

    fn about(&self) -> About {
        About::application(self.id).naming(&self.application.job_ids)
    }
}

/// Writes into the feed of a candidate when they came.
pub(super) fn record_arrival(
    seed: &Seed<'_, '_>,
    id: i64,
    candidate: &Candidate,
    created_at: String,
) -> Outcome<()> {
    let entry = Activity {
        created_at,
        subject: Some("Candidate Added".to_owned()),
        body: format!("{} applied", candidate.name()),
        user_id: None,
    };
    activity_feed::record(seed, id, &About::candidate(), &entry)?;
    Ok(())
}

/// A time of the seed.
pub(super) fn at(stamp: &str) -> Outcome<Moment> {
    moment(stamp).ok_or_else(|| broken("a time of the seed is none"))
}

const REMARKS: [&str; 5] = [
    "Knows the upper river well.",
    "Would rather start in spring.",
    "Asked about the field season, and about the boats.",
    "A colleague of ours has worked with them and would again.",
    "No answer to two calls so far.",
];
