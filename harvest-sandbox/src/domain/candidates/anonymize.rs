//! Erasing what would tell who a candidate is.

use super::seen;
use crate::clock::stamp;
use crate::domain::access::{Actor, ClientId};
use crate::domain::activity_feed::{About, Activity, Entry as _, Reader, STAGE_CHANGE};
use crate::domain::applications::{APPLICATION, Application, forget_past_stages};
use crate::domain::attachments::Attachment;
use crate::domain::custom_fields::{Values, erased};
use crate::domain::eeoc::EEOC;
use crate::domain::events::Event;
use crate::domain::records::candidate::Candidate;
use crate::domain::unique::unique;
use crate::domain::{
    activity_feed, attachments, demographics, offers, scheduled_interviews, scorecards,
};
use crate::refusal::{Outcome, Refusal, Rule};
use crate::store::{Edit, View};

use Erase::{
    ApplicationValues, Applications, Both, CandidateValues, Feed, Files, Name, NotShown, Records,
    SeenRecords, StageChanges,
};

/// Where a kind of data is, and how it goes from there.
enum Erase {
    Candidate(fn(&mut Candidate)),
    Applications(fn(&mut Application)),
    Both(fn(&mut Candidate), fn(&mut Application)),
    /// Attachments that the user sees, with the files.
    Files,
    /// A section of the activity feed.
    Feed(&'static str),
    /// Values of custom fields of a type.
    CandidateValues,
    ApplicationValues(&'static str, fn(&mut Application) -> &mut Values),
    /// What the feed says of moves from stage to stage.
    StageChanges,
    /// Records of an application, of which this is given the id.
    Records(fn(&mut Edit<'_>, i64) -> Outcome<()>),
    /// The same, where some may be of a job that the application has left, and hidden from the user.
    SeenRecords(fn(&mut Edit<'_>, &Actor, i64) -> Outcome<()>),
    /// The name, which becomes the id.
    Name,
    /// The service keeps some of it, but no operation shows any, so that there is none here.
    NotShown,
}

/// The 44 kinds of data. What each stands for is documented by nothing but its name: so each is taken for what no other
/// names, and where one is wider than another, as `all_offer_versions` than `offers`, for all of it.
const KINDS: &[(&str, Erase)] = &[
    ("full_name", Name),
    ("current_company", Erase::Candidate(|it| it.company = None)),
    ("current_title", Erase::Candidate(|it| it.title = None)),
    ("tags", Erase::Candidate(|it| it.tag_ids.clear())),
    (
        "phone_numbers",
        Erase::Candidate(|it| it.phone_numbers.clear()),
    ),
    // The mails; their addresses have a name of their own.
    ("emails", Feed("emails")),
    (
        "social_media_links",
        Erase::Candidate(|it| it.social_media_addresses.clear()),
    ),
    (
        "websites",
        Erase::Candidate(|it| it.website_addresses.clear()),
    ),
    ("addresses", Erase::Candidate(|it| it.addresses.clear())),
    ("location", Applications(|it| it.location = None)),
    ("custom_candidate_fields", CandidateValues),
    ("source", Applications(|it| it.source_id = None)),
    (
        "recruiter",
        Both(|it| it.recruiter_id = None, |it| it.recruiter_id = None),
    ),
    (
        "coordinator",
        Both(|it| it.coordinator_id = None, |it| it.coordinator_id = None),
    ),
    ("attachments", Files),
    (
        "application_questions",
        Applications(|it| it.answers.clear()),
    ),
    ("referral_questions", NotShown),
    ("notes", Feed("notes")),
    ("rejection_notes", Feed("rejection_notes")),
    (
        "email_addresses",
        Erase::Candidate(|it| it.email_addresses.clear()),
    ),
    ("activity_items", Feed("activities")),
    ("innotes", NotShown),
    ("inmails", NotShown),
    (
        "rejection_reason",
        Applications(|it| it.rejection_reason_id = None),
    ),
    (
        "scorecards_and_interviews",
        SeenRecords(|edit, actor, id| {
            scorecards::erase_of(edit, actor, id)?;
            scheduled_interviews::erase_of(edit, actor, id)
        }),
    ),
    // The version that counts. Those before it have a name of their own.
    ("offers", Records(offers::remove_current)),
    ("credited_to", Applications(|it| it.credited_to_id = None)),
    ("headline", NotShown),
    ("all_offer_versions", Records(offers::erase)),
    ("follow_up_reminders", NotShown),
    (
        "custom_application_fields",
        ApplicationValues("application", |it| &mut it.custom_fields),
    ),
    ("education", Erase::Candidate(|it| it.educations.clear())),
    ("employment", Erase::Candidate(|it| it.employments.clear())),
    // How the candidate came where the application stands, and when. It still stands somewhere.
    ("candidate_stage_data", StageChanges),
    (
        "prospect_owner",
        Applications(|it| it.prospect_owner_id = None),
    ),
    (
        "custom_rejection_question_fields",
        ApplicationValues("rejection_question", |it| &mut it.rejection_details),
    ),
    ("touchpoints", NotShown),
    (
        "prospect_pool_and_stage",
        Applications(|it| {
            it.prospect_pool_id = None;
            it.prospect_stage_id = None;
        }),
    ),
    (
        "prospect_jobs",
        Applications(|it| {
            if it.prospect {
                it.job_ids.clear();
            }
        }),
    ),
    (
        "prospect_offices",
        Applications(|it| it.prospective_office_id = None),
    ),
    (
        "prospect_offices_and_departments",
        Applications(|it| {
            it.prospective_office_id = None;
            it.prospective_department_id = None;
        }),
    ),
    ("match_score_reasoning", NotShown),
    ("identity_verification", NotShown),
    ("third_party_integrations", NotShown),
];

/// Erases data of a candidate, by the names of [`KINDS`] and [`LATER_KINDS`]. What is hidden from the actor stays as it is: erasing the jobs of a
/// hidden application would show it, and erasing the rest would say that there is one. Problems are at `fields`.
pub(crate) fn anonymize(
    edit: &mut Edit<'_>,
    actor: &Actor,
    id: ClientId,
    names: &[&str],
) -> Outcome<i64> {
    let (id, mut candidate) = seen(edit, actor, id)?;
    let condition = "candidate_id = ?1 ORDER BY id";
    let mut applications = edit.states::<Application>(&APPLICATION, condition, [id])?;
    let reader = Reader::of(edit, Some(actor), id)?;
    applications.retain(|(id, _)| !reader.hidden_applications.contains(id));
    let reader = (actor, &reader);
    let names = unique(names.iter().copied());
    for name in names.iter().copied() {
        let mut kinds = KINDS.iter().chain(LATER_KINDS);
        let known = kinds.find(|(known, _)| *known == name);
        let (_, erase) = known.ok_or_else(|| Refusal::field("fields", Rule::NotErasable))?;
        erase.apply(edit, reader, id, &mut candidate, &mut applications)?;
    }
    for (application_id, application) in &applications {
        application.save(edit, *application_id)?;
    }
    let entry = Activity {
        created_at: stamp(edit.now()),
        subject: Some("Candidate Anonymized".to_owned()),
        body: "Data was erased through the API".to_owned(),
        user_id: Some(actor.id),
    };
    activity_feed::record(edit, id, &About::candidate(), &entry)?;
    candidate.save_changed(edit, id)?;
    Event::CandidateAnonymized {
        id,
        fields: names.into_iter().map(str::to_owned).collect(),
    }
    .record(edit);
    Ok(id)
}

/// Kinds that were added later, and that one version alone names.
const LATER_KINDS: &[(&str, Erase)] = &[
    (
        "demographic_question_responses",
        Records(demographics::remove),
    ),
    ("eeoc_responses", Records(|edit, id| edit.delete(&EEOC, id))),
    ("fraud_report", NotShown),
    ("pronouns", NotShown),
    ("sourcing_automation", NotShown),
    ("form_submissions", NotShown),
    ("agency_questions", NotShown),
    ("device_info", NotShown),
    ("ai_opt_out", NotShown),
    ("notetaking_opt_out", NotShown),
    ("notetaking_recording", NotShown),
    ("notetaking_transcript", NotShown),
    ("notetaking_ai_notes", NotShown),
    ("candidate_agent_chats", NotShown),
];

impl Erase {
    fn apply(
        &self,
        edit: &mut Edit<'_>,
        (actor, reader): (&Actor, &Reader),
        id: i64,
        candidate: &mut Candidate,
        applications: &mut [(i64, Application)],
    ) -> Outcome<()> {
        let view: &View<'_> = edit;
        match self {
            Self::Candidate(erase) => erase(candidate),
            Applications(erase) => {
                for (_, application) in applications {
                    erase(application);
                }
            }
            Both(erase, erase_each) => {
                erase(candidate);
                for (_, application) in applications {
                    erase_each(application);
                }
            }
            Files => {
                let seen = |it: &mut Attachment| it.is_for(reader.audience);
                let mut gone: Vec<_> = candidate.attachments.extract_if(.., seen).collect();
                for (_, application) in &mut *applications {
                    gone.extend(application.attachments.extract_if(.., seen));
                }
                let condition = "candidate_id = ?1";
                let mut hidden = edit.states::<Application>(&APPLICATION, condition, [id])?;
                hidden.retain(|(id, _)| reader.hidden_applications.contains(id));
                let kept = applications.iter().chain(&hidden);
                let kept = kept.flat_map(|(_, application)| &application.attachments);
                attachments::discard(edit, &gone, kept.chain(&candidate.attachments))?;
            }
            Feed(section) => activity_feed::erase(edit, reader, id, section, None)?,
            CandidateValues => candidate.custom_fields = erased(view, "candidate")?,
            ApplicationValues(field_type, values) => {
                let nothing = erased(view, field_type)?;
                for (_, application) in applications {
                    values(application).clone_from(&nothing);
                }
            }
            StageChanges => {
                let section = Activity::SECTION;
                activity_feed::erase(edit, reader, id, section, Some(STAGE_CHANGE))?;
                for (application_id, _) in applications {
                    forget_past_stages(edit, actor, *application_id)?;
                }
            }
            Records(remove) => {
                for (application_id, _) in applications {
                    remove(edit, *application_id)?;
                }
            }
            SeenRecords(remove) => {
                for (application_id, _) in applications {
                    remove(edit, actor, *application_id)?;
                }
            }
            Name => {
                "Anonymized".clone_into(&mut candidate.first_name);
                candidate.last_name = id.to_string();
            }
            NotShown => {}
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::json::Value;

    use std::collections::BTreeSet;

    use super::{Application, Erase, KINDS, LATER_KINDS};

    /// What is left of an application.
    fn without(name: &str, mut application: Application) -> Application {
        let (_, erase) = KINDS.iter().find(|(known, _)| *known == name).unwrap();
        let Erase::Applications(erase) = erase else {
            panic!("{name} is not in applications");
        };
        erase(&mut application);
        application
    }

    #[test]
    fn what_prospects_have_goes_piece_by_piece() {
        let prospect = Application {
            prospect: true,
            prospect_pool_id: Some(1),
            prospect_stage_id: Some(2),
            prospect_owner_id: Some(3),
            prospective_department_id: Some(4),
            prospective_office_id: Some(5),
            ..Application::default()
        };
        let pieces = |it: &Application| {
            [
                it.prospect_pool_id,
                it.prospect_stage_id,
                it.prospect_owner_id,
                it.prospective_department_id,
                it.prospective_office_id,
            ]
        };
        let all = [Some(1), Some(2), Some(3), Some(4), Some(5)];
        for (name, gone) in [
            ("prospect_pool_and_stage", vec![0, 1]),
            ("prospect_owner", vec![2]),
            ("prospect_offices", vec![4]),
            ("prospect_offices_and_departments", vec![3, 4]),
        ] {
            let mut left = all;
            for place in gone {
                left[place] = None;
            }
            assert_eq!(pieces(&without(name, prospect.clone())), left, "{name}");
        }
    }

    #[test]
    fn all_that_is_described_can_be_erased() {
        let json = harvest_spec::document("v1").unwrap().json;
        let root: Value = serde_json::from_str(json).unwrap();
        let described = &root["components"]["schemas"]["AnonymizableField"]["enum"];
        let known: Vec<&str> = KINDS.iter().map(|(name, _)| *name).collect();
        assert_eq!(*described, crate::json::json!(known));
        assert_eq!(known.len(), 44);
    }

    #[test]
    fn all_that_the_next_version_describes_can_be_erased() {
        let json = harvest_spec::document("v3").unwrap().json;
        let root: Value = serde_json::from_str(json).unwrap();
        let described = &root["components"]["schemas"]["AnonymizableField"]["enum"];
        let described = described.as_array().unwrap().iter();
        let described: BTreeSet<&str> = described.map(|name| name.as_str().unwrap()).collect();
        let known = KINDS.iter().chain(LATER_KINDS).map(|(name, _)| *name);
        assert_eq!(known.collect::<BTreeSet<_>>(), described);
    }
}
