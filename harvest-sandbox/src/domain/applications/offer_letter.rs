//! Letters among the files of an application: they belong to its offer.

use crate::domain::attachments::Attachment;
use crate::domain::records::application::Application;
use crate::domain::{approvals, offers};
use crate::refusal::{Outcome, Problems, Rule};
use crate::store::{Edit, View};

const LETTER: &str = "offer_letter";

const SIGNED: &str = "signed_offer_letter";

/// A letter needs an offer, and a signed one a letter that was approved and sent.
pub(super) fn check(
    view: &View<'_>,
    (id, application): (i64, &Application),
    attachment: &Attachment,
    problems: &mut Problems,
) -> Outcome<()> {
    let of = attachment.r#type.as_str();
    if of != LETTER && of != SIGNED {
        return Ok(());
    }
    let Some(offer_id) = offers::find_current(view, id)? else {
        problems.add("type", Rule::NoOffer);
        return Ok(());
    };
    if of == SIGNED {
        let mut files = application.attachments.iter();
        let is_written = files.any(|file| file.r#type == LETTER);
        if !is_written
            || !offers::is_sent(view, offer_id)?
            || !approvals::is_offer_approved(view, offer_id)?
        {
            problems.add("type", Rule::NoLetter);
        }
    }
    Ok(())
}

/// A user who approved the offer has to see a new letter.
pub(super) fn attached(edit: &mut Edit<'_>, id: i64, attachment: &Attachment) -> Outcome<()> {
    match offers::find_current(edit, id)? {
        Some(offer_id) if attachment.r#type == LETTER => approvals::reset_offer(edit, offer_id),
        _ => Ok(()),
    }
}
