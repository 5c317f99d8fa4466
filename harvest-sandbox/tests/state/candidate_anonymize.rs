//! Each of the 44 kinds of data is erased, and nothing else with it.

mod known;

use serde_json::{Value, json};

use known::Known;

/// Whether something is shown of a kind of data.
type IsShown = fn(&Value) -> bool;

/// The kinds of data that the API shows, and where. A wider one comes after the narrower ones that it takes along.
const SHOWN: [(&str, IsShown); 35] = [
    ("full_name", |it| {
        it["candidate"]["first_name"] != "Anonymized"
    }),
    ("current_company", |it| {
        is_there(&it["candidate"]["company"])
    }),
    ("current_title", |it| is_there(&it["candidate"]["title"])),
    ("tags", |it| is_there(&it["candidate"]["tags"])),
    ("phone_numbers", |it| {
        is_there(&it["candidate"]["phone_numbers"])
    }),
    ("emails", |it| is_there(&it["feed"]["emails"])),
    ("social_media_links", |it| {
        is_there(&it["candidate"]["social_media_addresses"])
    }),
    ("websites", |it| {
        is_there(&it["candidate"]["website_addresses"])
    }),
    ("addresses", |it| is_there(&it["candidate"]["addresses"])),
    ("location", |it| of_any(it, "/location")),
    ("custom_candidate_fields", |it| {
        is_there(&it["candidate"]["keyed_custom_fields"]["driving_licence"])
    }),
    ("source", |it| of_any(it, "/source")),
    ("recruiter", |it| {
        is_there(&it["candidate"]["recruiter"]) || of_any(it, "/recruiter")
    }),
    ("coordinator", |it| {
        is_there(&it["candidate"]["coordinator"]) || of_any(it, "/coordinator")
    }),
    ("attachments", |it| {
        is_there(&it["candidate"]["attachments"]) || of_any(it, "/attachments")
    }),
    ("application_questions", |it| of_any(it, "/answers")),
    ("notes", |it| in_feed(it, "notes", "body", "Met at a fair")),
    ("rejection_notes", |it| {
        in_feed(it, "notes", "body", "Not this time")
    }),
    ("email_addresses", |it| {
        is_there(&it["candidate"]["email_addresses"])
    }),
    ("candidate_stage_data", |it| {
        in_feed(it, "activities", "subject", "Candidate Stage Change")
    }),
    ("activity_items", |it| {
        in_feed(it, "activities", "subject", "Candidate Added")
    }),
    ("rejection_reason", |it| of_any(it, "/rejection_reason")),
    ("scorecards_and_interviews", |it| {
        is_there(&it["scorecards"]) || is_there(&it["scheduled_interviews"])
    }),
    ("offers", |it| {
        let mut offers = it["offers"].as_array().unwrap().iter();
        offers.any(|offer| offer["status"] != "deprecated")
    }),
    ("all_offer_versions", |it| is_there(&it["offers"])),
    ("credited_to", |it| of_any(it, "/credited_to")),
    ("custom_application_fields", |it| {
        of_any(it, "/keyed_custom_fields/available_from/value")
    }),
    ("education", |it| is_there(&it["candidate"]["educations"])),
    ("employment", |it| is_there(&it["candidate"]["employments"])),
    ("prospect_owner", |it| {
        of_any(it, "/prospect_detail/prospect_owner")
    }),
    ("custom_rejection_question_fields", |it| {
        of_any(
            it,
            "/rejection_details/keyed_custom_fields/stay_in_touch/value",
        )
    }),
    ("prospect_pool_and_stage", |it| {
        of_any(it, "/prospect_detail/prospect_pool")
            || of_any(it, "/prospect_detail/prospect_stage")
    }),
    ("prospect_jobs", |it| {
        let mut applications = it["applications"].as_array().unwrap().iter();
        applications.any(|one| one["prospect"] == true && is_there(&one["jobs"]))
    }),
    ("prospect_offices", |it| of_any(it, "/prospective_office")),
    ("prospect_offices_and_departments", |it| {
        of_any(it, "/prospective_office") || of_any(it, "/prospective_department")
    }),
];

/// The kinds of data of which no operation shows anything, and why there is nothing to see.
const NOT_SHOWN: [(&str, &str); 9] = [
    (
        "referral_questions",
        "the questions are custom fields that can be listed, the answers are in no record",
    ),
    ("innotes", "notes in LinkedIn are not in the activity feed"),
    ("inmails", "mails in LinkedIn are not in the activity feed"),
    ("headline", "candidates are shown with a title only"),
    (
        "follow_up_reminders",
        "there is no operation for reminders, and the feed has none",
    ),
    (
        "touchpoints",
        "there is no operation for campaigns, and the feed has none",
    ),
    (
        "match_score_reasoning",
        "applications are shown without scores",
    ),
    (
        "identity_verification",
        "candidates are shown without any mark of it",
    ),
    (
        "third_party_integrations",
        "what partners know of a candidate is not shown",
    ),
];

fn is_there(value: &Value) -> bool {
    !value.is_null() && *value != json!([])
}

fn of_any(it: &Value, pointer: &str) -> bool {
    let mut applications = it["applications"].as_array().unwrap().iter();
    applications.any(|one| one.pointer(pointer).is_some_and(is_there))
}

fn in_feed(it: &Value, section: &str, key: &str, text: &str) -> bool {
    let mut entries = it["feed"][section].as_array().unwrap().iter();
    entries.any(|entry| entry[key] == text)
}

fn all_shown(it: &Value) -> Vec<&'static str> {
    let shown = SHOWN.iter().filter(|(_, is_shown)| is_shown(it));
    shown.map(|(name, _)| *name).collect()
}

#[test]
fn each_described_kind_is_shown_or_known_not_to_be() {
    let json = harvest_spec::document("v1").unwrap().json;
    let root: Value = serde_json::from_str(json).unwrap();
    let described = &root["components"]["schemas"]["AnonymizableField"]["enum"];
    let described = described.as_array().unwrap().iter();
    let mut described: Vec<_> = described.map(|name| name.as_str().unwrap()).collect();
    let shown = SHOWN.iter().map(|(name, _)| *name);
    let mut known: Vec<_> = shown
        .chain(NOT_SHOWN.iter().map(|(name, _)| *name))
        .collect();
    described.sort_unstable();
    known.sort_unstable();
    assert_eq!(known, described);
    assert!(NOT_SHOWN.iter().all(|(_, reason)| !reason.is_empty()));
}

#[tokio::test]
async fn each_kind_of_data_goes_alone() {
    let known = Known::start().await;
    let before = known.shown().await;
    let mut left = all_shown(&before);
    assert_eq!(left, SHOWN.map(|(name, _)| name), "all of them are shown");
    for both in ["scorecards", "scheduled_interviews"] {
        assert!(is_there(&before[both]), "{both}");
    }
    for (name, _) in SHOWN {
        known.anonymize(name).await;
        left.retain(|other| *other != name);
        assert_eq!(all_shown(&known.shown().await), left, "after {name}");
    }
    let after = known.shown().await;
    for (name, _) in NOT_SHOWN {
        known.anonymize(name).await;
        assert_eq!(
            without_acts(known.shown().await),
            without_acts(after.clone()),
            "{name}"
        );
    }

    let mut applications = after["applications"].as_array().unwrap().iter();
    let candidates = applications.any(|one| one["prospect"] == false && is_there(&one["jobs"]));
    assert!(candidates, "only prospects lose their jobs");
    let candidate = &after["candidate"];
    assert_eq!(candidate["last_name"], candidate["id"].to_string());
    assert_eq!(candidate["custom_fields"]["driving_licence"], Value::Null);
    assert_eq!(
        candidate["keyed_custom_fields"]["driving_licence"],
        Value::Null
    );
    let url = before["candidate"]["attachments"][0]["url"]
        .as_str()
        .unwrap();
    let fetched = crate::support::send(reqwest::Client::new().get(url)).await;
    assert_eq!(fetched.status, 404, "the file is gone, too");
}

/// Without what each change leaves behind: who did it, and when.
fn without_acts(mut shown: Value) -> Value {
    shown["feed"]["activities"] = Value::Null;
    for key in ["updated_at", "last_activity"] {
        shown["candidate"][key] = Value::Null;
    }
    shown
}

#[tokio::test]
async fn what_is_wider_takes_the_narrower_along() {
    let known = Known::start().await;
    for (wide, narrow) in [
        ("activity_items", "candidate_stage_data"),
        ("all_offer_versions", "offers"),
        ("prospect_offices_and_departments", "prospect_offices"),
    ] {
        known.anonymize(wide).await;
        let left = all_shown(&known.shown().await);
        assert!(!left.contains(&wide) && !left.contains(&narrow), "{wide}");
    }
    let feed = known.shown().await["feed"].clone();
    assert_eq!(feed["activities"][0]["subject"], "Candidate Anonymized");
}

#[tokio::test]
async fn several_go_at_once() {
    let known = Known::start().await;
    known.anonymize("full_name,offers,notes").await;
    let left = all_shown(&known.shown().await);
    assert_eq!(left.len(), SHOWN.len() - 3);
    for gone in ["full_name", "offers", "notes"] {
        assert!(!left.contains(&gone), "{gone}");
    }
}

#[tokio::test]
async fn who_may_not_erases_nothing() {
    let Known {
        organization, path, ..
    } = Known::start().await;
    let before = organization.read(&path).await;
    for query in ["?fields=full_name,shoe_size", ""] {
        let problems = organization
            .problems("PUT", &format!("{path}/anonymize{query}"), Value::Null)
            .await;
        assert_eq!(problems, ["fields"]);
    }
    let basic = organization.basic_user().await;
    let by_name = format!("{path}/anonymize?fields=full_name");
    let answer = organization
        .send_as(basic, "PUT", &by_name, Value::Null)
        .await;
    assert_eq!(answer.status, 404);
    let unknown = "/v1/candidates/1/anonymize?fields=full_name";
    assert_eq!(
        organization.send("PUT", unknown, Value::Null).await.status,
        404
    );
    assert_eq!(
        organization.read(&path).await["first_name"],
        before["first_name"]
    );
}
