//! The offer, in its versions, and the hire.

use harvest_generated::v1::types::*;
use harvest_runtime::Date;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::super::steps::{advance, move_to};
use super::applicant::Nora;
use super::requisition::Vacancy;

impl Nora {
    /// The last stage is that of the offer.
    pub async fn is_offered_a_contract(&self, scenario: &mut Scenario, vacancy: &Vacancy) {
        let stages = &vacancy.stages;
        advance(&self.admin, self.application, stages[3].id)
            .await
            .unwrap();
        let offer = self
            .admin
            .get_current_offer(self.application)
            .send()
            .await
            .unwrap();
        scenario.name(offer.id, "the offer");
        assert_changes! { scenario:
            "+ offer the offer",
            "application Nora: current_stage Face to Face → Offer",
            "application Nora: last_activity_at",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Stage Change by the admin",
        }
        assert_eq!(offer.version, Some(1));
        assert_eq!(offer.job_id, Some(vacancy.job));
        assert_eq!(offer.candidate_id, Some(self.id));
        let beyond = advance(&self.admin, self.application, stages[4].id).await;
        assert_eq!(refused(beyond), ["from_stage_id"]);
        scenario.assert_no_changes().await;
    }

    /// A day is changed in the offer. A salary makes a new version, and the one before counts no more.
    pub async fn negotiates(&self, scenario: &mut Scenario) {
        let update = OfferUpdate::default()
            .start_date(day("2026-11-02"))
            .sent_at(day("2026-09-03"));
        self.change_offer(&update).await;
        assert_changes! { scenario:
            "offer the offer: sent_at none → 2026-09-03",
            "offer the offer: starts_at none → 2026-11-02",
            "offer the offer: updated_at",
        }

        let salary = CustomFieldInput::by_key("salary").currency(52_000, "EUR");
        let update = OfferUpdate::default().custom_fields([salary]);
        self.change_offer(&update).await;
        let offer = self
            .admin
            .get_current_offer(self.application)
            .send()
            .await
            .unwrap();
        scenario.name(offer.id, "the second offer");
        assert_changes! { scenario:
            "+ offer the second offer",
            "offer the offer: status unresolved → deprecated",
            "offer the offer: updated_at",
        }
        let versions = self.admin.list_application_offers(self.application);
        let versions = versions.send().await.unwrap();
        let versions: Vec<_> = versions.iter().filter_map(|it| it.version).collect();
        assert_eq!(versions, [1, 2]);

        let update = OfferUpdate::default().sent_at(day("2026-09-05"));
        self.change_offer(&update).await;
        assert_changes! { scenario:
            "offer the second offer: sent_at none → 2026-09-05",
            "offer the second offer: updated_at",
        }
    }

    async fn change_offer(&self, update: &OfferUpdate) {
        let update = self.admin.update_current_offer(self.application, update);
        update.send().await.unwrap();
    }

    /// The opening is filled, the offer accepted, and nothing can be undone.
    pub async fn is_hired(&self, scenario: &mut Scenario, vacancy: &Vacancy) {
        let reasons = self.admin.list_close_reasons().send().await.unwrap();
        let hire = ApplicationHire::default().start_date(day("2026-11-16"));
        let wrong = hire.clone().opening_id(1).close_reason_id(1);
        assert_eq!(
            refused(self.hire(&wrong).await),
            ["opening_id", "close_reason_id"]
        );
        scenario.assert_no_changes().await;
        let hire = hire
            .opening_id(vacancy.openings[1])
            .close_reason_id(reasons[0].id);
        self.hire(&hire).await.unwrap();
        assert_changes! { scenario:
            "application Nora: current_stage Offer → none",
            "application Nora: last_activity_at",
            "application Nora: status active → hired",
            "candidate Nora: last_activity, updated_at",
            "feed Nora + Candidate Hired by the admin",
            "offer the second offer: opening none → R-2",
            "offer the second offer: resolved_at, updated_at",
            "offer the second offer: starts_at 2026-11-02 → 2026-11-16",
            "offer the second offer: status unresolved → accepted",
            "opening R-2: application_id none → Nora",
            "opening R-2: close_reason none → Hired for a new position",
            "opening R-2: closed_at",
            "opening R-2: status open → closed",
        }

        let (by, id, stages) = (&self.admin, self.application, &vacancy.stages);
        assert!(refused(self.hire(&hire).await).is_empty());
        let reject = ApplicationReject::default();
        let rejected = by.reject_application(id, &reject).send().await;
        assert!(refused(rejected).is_empty());
        assert!(refused(advance(by, id, stages[4].id).await).is_empty());
        let moved = move_to(by, id, (stages[4].id, stages[0].id)).await;
        assert!(refused(moved).is_empty());
        let update = OfferUpdate::default().start_date(day("2026-12-01"));
        let update = by.update_current_offer(id, &update).send().await;
        assert!(refused(update).is_empty());
        scenario.assert_no_changes().await;
    }

    async fn hire(&self, hire: &ApplicationHire) -> Result<(), harvest_runtime::Error> {
        let hired = self.admin.hire_application(self.application, hire);
        hired.send().await.map(drop)
    }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}
