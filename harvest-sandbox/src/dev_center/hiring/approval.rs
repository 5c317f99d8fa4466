//! One approval flow, where approvals are given.

use askama::Template;

use super::approvals::what;
use super::call::calls;
use super::frame::{self, Hiring};
use super::looking;
use super::names::{name, user};
use crate::dev_center::layout::{Frame, Section};
use crate::dev_center::visit::Visit;
use crate::domain::access::ClientId;
use crate::domain::applications::{APPLICATION, Application};
use crate::domain::approvals::{self, APPROVAL, APPROVAL_FLOW, Approval, Decision, Flow};
use crate::domain::candidates::{CANDIDATE, Candidate};
use crate::domain::jobs::JOB;
use crate::domain::offers::{OFFER, Offer};
use crate::http::refusal::Outcome;
use crate::refusal::Refusal;
use crate::store::View;

#[derive(Template)]
#[template(path = "hiring/approval.html")]
struct Page {
    frame: Frame,
    hiring: Hiring,
    id: i64,
    flow: Flow,
    what: &'static str,
    job: String,
    requested_by: Option<String>,
    /// Of a flow of one offer: whose it is.
    candidate: Option<(i64, String)>,
    groups: Vec<Group>,
    /// The approval that the viewer can give now.
    own: Option<i64>,
}

struct Group {
    required: i64,
    is_done: bool,
    is_due: bool,
    /// Names, and when they gave theirs.
    approvers: Vec<(String, Option<String>)>,
}

pub(in crate::dev_center) fn show(visit: &Visit<'_>, id: i64) -> Outcome {
    frame::show(
        visit,
        "Approval flow",
        Section::Approvals,
        |view, frame, mut hiring| {
            let row = hiring.viewer.row(view, &APPROVAL_FLOW, id)?;
            let flow: Flow = row.ok_or_else(Refusal::not_found)?.state()?;
            let all = view.states::<Approval>(&APPROVAL, "flow_id = ?1 ORDER BY id", [id])?;
            let own = all.iter().find(|(_, it)| {
                it.user_id == hiring.viewer.id
                    && it.resolved_at.is_none()
                    && flow.is_due(it.group_id)
            });
            let own = own.map(|(id, _)| *id);
            let groups = flow.groups.iter().map(|group| {
                let theirs = all.iter().filter(|(_, it)| it.group_id == group.id);
                let approvers = theirs.map(|(_, it)| {
                    let name = user(view, Some(it.user_id))?.unwrap_or_default();
                    Ok((name, it.resolved_at.clone()))
                });
                Ok(Group {
                    required: group.approvals_required,
                    is_done: group.resolved_at.is_some(),
                    is_due: group.resolved_at.is_none() && flow.is_due(group.id),
                    approvers: approvers.collect::<Outcome<_>>()?,
                })
            });
            let groups = groups.collect::<Outcome<_>>()?;
            hiring.calls = calls(
                visit,
                [
                    format!("/v1/approval_flows/{id}"),
                    format!("/v3/approval_flows?ids={id}"),
                ],
            );
            Ok(Page {
                frame,
                hiring,
                id,
                what: what(&flow),
                job: name(view, &JOB, Some(flow.job_id))?.unwrap_or_default(),
                requested_by: user(view, flow.requested_by_user_id)?,
                candidate: candidate(view, flow.offer_id)?,
                groups,
                own,
                flow,
            })
        },
    )
}

fn candidate(view: &View<'_>, offer_id: Option<i64>) -> Outcome<Option<(i64, String)>> {
    let Some(offer_id) = offer_id else {
        return Ok(None);
    };
    let offer: Offer = view.get(&OFFER, offer_id)?;
    let application: Application = view.get(&APPLICATION, offer.application_id)?;
    let candidate: Candidate = view.get(&CANDIDATE, application.candidate_id)?;
    Ok(Some((application.candidate_id, candidate.name())))
}

/// Takes a decision: the viewer's own, one for all who are asked, or that they are to be asked.
pub(in crate::dev_center) fn decide(visit: &Visit<'_>, id: i64) -> Outcome {
    let decision = visit.field("decision");
    let done = visit.write(|edit| {
        let actor = looking::actor(visit, edit)?;
        if !actor.sees_record(edit, &APPROVAL_FLOW, id)? {
            return Err(Refusal::not_found());
        }
        let own = match visit.field("approval_id").parse() {
            Ok(id) => edit.find::<Approval>(&APPROVAL, id)?.map(|it| (id, it)),
            Err(_) => None,
        };
        let own = own.filter(|(_, it)| it.flow_id == id).map(|(id, _)| id);
        match (decision, own) {
            ("approve", Some(own)) => approvals::answer(edit, &actor, own, Decision::Approve),
            ("reject", Some(own)) => approvals::answer(edit, &actor, own, Decision::Reject),
            ("approve_for_all", _) => approvals::decide(edit, id, Decision::Approve),
            ("reject_for_all", _) => approvals::decide(edit, id, Decision::Reject),
            ("request", _) => approvals::request(edit, &actor, ClientId::new(id)).map(|()| true),
            _ => Ok(false),
        }
    })?;
    let notice = match decision {
        _ if !done => {
            "Nothing was changed: it was decided meanwhile, or it is someone else's turn."
        }
        "request" => "The approvers were asked.",
        "approve" => "You approved.",
        "approve_for_all" => "All have approved.",
        _ => "It is rejected.",
    };
    visit.done(&format!("/configure/approvals/{id}"), notice)
}
