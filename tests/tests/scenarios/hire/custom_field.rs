//! A custom field that offers have for a while.

use harvest_generated::v1::types::*;
use harvest_runtime::custom_field::CustomFieldInput;

use super::super::scenario::{Scenario, assert_changes, refused};
use super::applicant::Nora;

impl Nora {
    /// What is chosen shows the option as it is called now. It stays if the option goes, and goes with the field.
    pub async fn is_relocated(&self, scenario: &mut Scenario) {
        let (by, application) = (&self.admin, self.application);
        let (offers, select) = (
            CustomFieldFieldType::Offer,
            CustomFieldDefinitionType::SingleSelect,
        );
        let options = [("Flat", 0), ("House", 1)];
        let options = options.map(|(name, place)| CustomFieldOptionCreate::new(name, place));
        let new =
            CustomFieldCreate::new("Relocation", offers, select).custom_field_options(options);
        by.create_custom_field(&new).send().await.unwrap();
        let fields = by.list_custom_fields(CustomFieldFieldType::Offer);
        let fields = fields.send().await.unwrap();
        let field = fields
            .iter()
            .find(|it| it.name.as_deref() == Some("Relocation"));
        let field = field.unwrap().id;
        assert_changes! { scenario:
            "3 offer: keyed_custom_fields.relocation",
            "offer the offer: keyed_custom_fields.relocation",
            "offer the second offer: keyed_custom_fields.relocation",
        }

        let update = CustomFieldUpdate::default().description("Where to live");
        by.update_custom_field(field, &update).send().await.unwrap();
        let boat = CustomFieldOptionsCreate::new([CustomFieldOptionCreate::new("Boat", 2)]);
        by.create_custom_field_options(field, &boat)
            .send()
            .await
            .unwrap();
        // No offer shows more than the value.
        scenario.assert_no_changes().await;

        let chosen = CustomFieldInput::by_key("relocation").option_named("Boat");
        let chosen = OfferUpdate::default().custom_fields([chosen]);
        by.update_current_offer(application, &chosen)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "offer the second offer: keyed_custom_fields.relocation none → Boat",
            "offer the second offer: updated_at",
        }
        let wrong = CustomFieldInput::by_key("relocation").option_named("Castle");
        let wrong = OfferUpdate::default().custom_fields([wrong]);
        let wrong = by.update_current_offer(application, &wrong).send().await;
        assert_eq!(refused(wrong).len(), 1);
        scenario.assert_no_changes().await;

        let options = by.list_custom_field_options(field).send().await.unwrap();
        let boat = options.iter().find(|it| it.name.as_deref() == Some("Boat"));
        let boat = boat.unwrap().id;
        let renamed = CustomFieldOptionUpdate::new(boat).name("Houseboat");
        let renamed = CustomFieldOptionsUpdate::new([renamed]);
        by.update_custom_field_options(field, &renamed)
            .send()
            .await
            .unwrap();
        assert_changes! { scenario:
            "offer the second offer: keyed_custom_fields.relocation Boat → Houseboat",
        }
        let delete = CustomFieldOptionsDelete::new([boat]);
        by.delete_custom_field_options(field, &delete)
            .send()
            .await
            .unwrap();
        scenario.assert_no_changes().await;
        by.delete_custom_field(field).send().await.unwrap();
        assert_changes! { scenario:
            "3 offer: keyed_custom_fields.relocation",
            "offer the offer: keyed_custom_fields.relocation",
            "offer the second offer: keyed_custom_fields.relocation Houseboat → none",
        }
    }
}
