//! Consistency of all places that show a record: on its own, in the list of its kind, in filtered lists, and embedded in
//! other records. A record that is in no list does not exist.

use std::slice::from_ref;

use harvest_generated::v1::Client;
use harvest_generated::v1::types::{ApplicationStatus, JobStatus, OfferStatus, PresenceFlag};
use harvest_runtime::Timestamp;
use serde_json::{Value, json};

use super::read::{all, all_if_there, id, one};
use super::snapshot::{Entry, Kind, Lists};

/// Entries that are not in the lists.
type Details = Vec<(Kind, i64, Entry)>;

/// Filtered lists, compared with the whole list.
pub async fn filters(client: &Client, lists: &Lists, since: &Timestamp) {
    let with = |kind, field: &str, value: &str| {
        let all = lists.of(kind).iter().filter(|it| it[field] == value);
        all.cloned().collect::<Vec<_>>()
    };
    for status in ["active", "rejected", "hired", "converted"] {
        let list = client.list_applications();
        let list = list.status(ApplicationStatus::from_wire(status));
        let found = all(list.items()).await;
        assert_eq!(found, with("application", "status", status), "{status}");
    }
    for status in ["unresolved", "accepted", "rejected", "deprecated"] {
        let list = client.list_offers().status(OfferStatus::from_wire(status));
        let found = all(list.items()).await;
        assert_eq!(found, with("offer", "status", status), "{status}");
    }
    for status in ["open", "closed", "draft"] {
        let list = client.list_jobs().status(JobStatus::from_wire(status));
        let found = all(list.items()).await;
        assert_eq!(found, with("job", "status", status), "{status}");
    }
    lately(client, lists, since).await;
}

/// Lists of what changed since a time, compared with the times of the records.
async fn lately(client: &Client, lists: &Lists, since: &Timestamp) {
    let changed = |kind, field: &str| {
        // To the second: not all have more.
        let since = &since.as_str()[..19];
        let all = lists.of(kind).iter();
        all.filter(|it| it[field].as_str().is_some_and(|at| &at[..19] >= since))
            .map(id)
            .collect::<Vec<_>>()
    };
    let users = client.list_users().updated_after(since.clone());
    let jobs = client.list_jobs().updated_after(since.clone());
    let posts = client.list_job_posts().updated_after(since.clone());
    let candidates = client.list_candidates().updated_after(since.clone());
    let applications = client
        .list_applications()
        .last_activity_after(since.clone());
    let offers = client.list_offers().updated_after(since.clone());
    let interviews = client.list_scheduled_interviews();
    let interviews = interviews.updated_after(since.clone());
    for (kind, field, found) in [
        ("user", "updated_at", all(users.items()).await),
        ("job", "updated_at", all(jobs.items()).await),
        ("post", "updated_at", all(posts.items()).await),
        ("candidate", "updated_at", all(candidates.items()).await),
        (
            "application",
            "last_activity_at",
            all(applications.items()).await,
        ),
        ("offer", "updated_at", all(offers.items()).await),
        ("interview", "updated_at", all(interviews.items()).await),
    ] {
        let found: Vec<i64> = found.iter().map(id).collect();
        assert_eq!(found, changed(kind, field), "{kind}s since {since}");
    }
}

/// A record on its own, compared with the list. Whether it exists.
fn same(kind: Kind, id: i64, own: Option<&Value>, lists: &Lists) -> bool {
    assert_eq!(own, lists.find(kind, id), "{kind} {id}");
    own.is_some()
}

/// A candidate with tags, applications and feed.
pub async fn candidate(client: &Client, lists: &Lists, id: i64) -> Details {
    let own = one(client.get_candidate(id).send().await);
    let is_there = same("candidate", id, own.as_ref(), lists);
    let feed = one(client.get_activity_feed(id).send().await);
    let tags = all_if_there(client.list_tags_of_candidate(id).items()).await;
    assert_eq!(feed.is_some(), is_there, "feed of {id}");
    assert_eq!(tags.is_some(), is_there, "tags of {id}");
    let by_id = client.list_candidates().candidate_ids([id]);
    let by_id = all(by_id.items()).await;
    assert_eq!(by_id.first(), own.as_ref());
    let (Some(own), Some(feed), Some(tags)) = (own, feed, tags) else {
        assert_eq!(
            lists.within("application", "candidate_id", id),
            [] as [Value; 0]
        );
        return Vec::new();
    };
    let sorted = |values: &[Value], name: fn(&Value) -> &Value| {
        let mut names: Vec<_> = values.iter().filter_map(|it| name(it).as_str()).collect();
        names.sort_unstable();
        names.join(", ")
    };
    let shown = own["tags"].as_array().unwrap();
    assert_eq!(sorted(&tags, |it| &it["name"]), sorted(shown, |it| it));
    let mut applications = lists.within("application", "candidate_id", id);
    for application in &mut applications {
        // Left out inside of a candidate.
        let fields = application.as_object_mut().unwrap();
        fields.shift_remove("custom_fields");
        fields.shift_remove("keyed_custom_fields");
    }
    assert_eq!(own["applications"], json!(applications), "of {id}");
    let ids: Vec<i64> = applications.iter().map(super::read::id).collect();
    assert_eq!(own["application_ids"], json!(ids));
    for email in own["email_addresses"].as_array().unwrap() {
        let list = client.list_candidates();
        let list = list.email(email["value"].as_str().unwrap());
        let found = all(list.items()).await;
        assert!(found.contains(&own), "{email}");
    }
    vec![("feed", id, Entry::Lines(feed_lines(&feed)))]
}

/// A line for each entry, with who wrote it.
fn feed_lines(feed: &Value) -> Vec<String> {
    let of = |section: &str, line: fn(&Value) -> String| {
        let entries = feed[section].as_array().unwrap();
        entries.iter().map(line).collect::<Vec<_>>()
    };
    [
        of("notes", |it| {
            format!(
                "{} note by {}: {}",
                plain(&it["visibility"]),
                it["user"]["id"],
                plain(&it["body"])
            )
        }),
        of("emails", |it| {
            format!("email by {}: {}", it["user"]["id"], plain(&it["subject"]))
        }),
        of("activities", |it| {
            format!("{} by {}", plain(&it["subject"]), it["user"]["id"])
        }),
    ]
    .concat()
}

fn plain(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// An application with its offers, interviews, scorecards and answers.
pub async fn application(client: &Client, lists: &Lists, id: i64) -> Details {
    let own = one(client.get_application(id).send().await);
    let is_there = same("application", id, own.as_ref(), lists);
    let offers = all_if_there(client.list_application_offers(id).items()).await;
    let interviews = client.list_application_scheduled_interviews(id);
    let scorecards = client.list_application_scorecards(id);
    let answers = client.list_application_demographic_answers(id);
    for (kind, found) in [
        ("offer", offers),
        ("interview", all_if_there(interviews.items()).await),
        ("scorecard", all_if_there(scorecards.items()).await),
        ("answer", all_if_there(answers.items()).await),
    ] {
        let listed = lists.within(kind, "application_id", id);
        assert_eq!(found.is_some(), is_there, "{kind}s of {id}");
        assert_eq!(found.unwrap_or_default(), listed, "{kind}s of {id}");
    }
    let offers = lists.within("offer", "application_id", id);
    let current = offers.iter().rfind(|offer| offer["status"] != "deprecated");
    let found = one(client.get_current_offer(id).send().await);
    assert_eq!(found.as_ref(), current, "current offer of {id}");
    let found = one(client.get_application_eeoc(id).send().await);
    assert_eq!(found.as_ref(), lists.find("eeoc", id), "EEOC of {id}");
    Vec::new()
}

/// A job with its openings, team, stages, posts and approval flows.
pub async fn job(client: &Client, lists: &Lists, id: i64) -> Details {
    let own = one(client.get_job(id).send().await);
    assert!(
        same("job", id, own.as_ref(), lists),
        "jobs can't be deleted"
    );
    let own = own.unwrap();
    let mut more = Vec::new();

    let openings = all(client.list_job_openings(id).items()).await;
    let brief = |opening: &Value| {
        let mut brief = opening.clone();
        let fields = brief.as_object_mut().unwrap();
        fields.shift_remove("custom_fields");
        fields.shift_remove("keyed_custom_fields");
        brief
    };
    let shown: Vec<Value> = openings.iter().map(brief).collect();
    assert_eq!(own["openings"], json!(shown), "openings of {id}");
    for opening in openings {
        let opening_id = super::read::id(&opening);
        let found = client.get_job_opening(id, opening_id).send().await;
        assert_eq!(one(found).as_ref(), Some(&opening));
        more.push(("opening", opening_id, Entry::Record(opening)));
    }

    let team = one(client.get_hiring_team(id).send().await).unwrap();
    for group in ["hiring_managers", "recruiters", "coordinators", "sourcers"] {
        let ids = |members: &Value, key: &str| {
            let members = members[group].as_array().unwrap();
            let member = |it: &Value| json!([it[key], it["responsible"]]);
            members.iter().map(member).collect::<Vec<_>>()
        };
        assert_eq!(
            ids(&team, "user_id"),
            ids(&own["hiring_team"], "id"),
            "{group}"
        );
    }

    let stages = all(client.list_job_stages_for_job(id).items()).await;
    assert_eq!(stages, lists.within("stage", "job_id", id));
    let posts = all(client.list_job_posts_for_job(id).items()).await;
    assert_eq!(posts, lists.within("post", "job_id", id));
    let post = client
        .get_job_post_for_job(id)
        .content(PresenceFlag::True)
        .questions(PresenceFlag::True);
    let first = posts.iter().find(|post| post["active"] == true);
    assert_eq!(one(post.send().await).as_ref(), first, "post of {id}");

    let applications = lists.of("application").iter();
    let applied = applications.filter(|it| {
        let jobs = it["jobs"].as_array().unwrap();
        jobs.iter().any(|job| job["id"] == id)
    });
    let applied: Vec<_> = applied.cloned().collect();
    let found = all(client.list_applications().job_id(id).items()).await;
    assert_eq!(found, applied, "applications for {id}");
    let found = all(client.list_candidates().job_id(id).items()).await;
    let candidates = lists.of("candidate").iter();
    let candidates = candidates.filter(|it| applied.iter().any(|a| a["candidate_id"] == it["id"]));
    assert_eq!(found, candidates.cloned().collect::<Vec<_>>(), "for {id}");

    for flow in all(client.list_approval_flows(id).items()).await {
        let flow_id = super::read::id(&flow);
        let found = one(client.get_approval_flow(flow_id).send().await);
        assert_eq!(found.as_ref(), Some(&flow));
        more.push(("flow", flow_id, Entry::Record(flow)));
    }
    more
}

/// A user with permissions, and with what waits for an approval.
pub async fn user(client: &Client, lists: &Lists, id: i64) -> Details {
    let own = one(client.get_user(id).send().await);
    assert!(
        same("user", id, own.as_ref(), lists),
        "users can't be deleted"
    );
    let own = own.unwrap();
    for email in own["emails"].as_array().unwrap() {
        let list = client.list_users().user_attributes(true);
        let found = all(list.email(email.as_str().unwrap()).items()).await;
        assert_eq!(found, from_ref(&own), "{email}");
    }
    if let Some(employee_id) = own["employee_id"].as_str() {
        let list = client.list_users().user_attributes(true);
        let found = all(list.employee_id(employee_id).items()).await;
        assert_eq!(found, from_ref(&own), "{employee_id}");
    }
    let mut lines = Vec::new();
    for it in all(client.list_job_permissions(id).items()).await {
        lines.push(format!("{} on {}", it["user_role_id"], it["job_id"]));
    }
    for it in all(client.list_future_job_permissions(id).items()).await {
        let (office, department) = (&it["office_id"], &it["department_id"]);
        let role = &it["user_role_id"];
        lines.push(format!(
            "{role} on jobs to come of {office} and {department}"
        ));
    }
    for it in all(client.list_pending_approvals(id).items()).await {
        let (status, flow) = (plain(&it["status"]), &it["approval_flow_id"]);
        lines.push(format!("approval of {flow} is {status}"));
    }
    vec![("access", id, Entry::Lines(lines))]
}

/// A record that is shown in full by its list, and in which nothing stands.
pub async fn other(client: &Client, lists: &Lists, kind: Kind, id: i64) -> Details {
    let own = match kind {
        "post" => one(client.get_job_post(id).send().await),
        "stage" => one(client.get_job_stage(id).send().await),
        "offer" => one(client.get_offer(id).send().await),
        "interview" => one(client.get_scheduled_interview(id).send().await),
        "scorecard" => one(client.get_scorecard(id).send().await),
        "department" => one(client.get_department(id).send().await),
        "office" => one(client.get_office(id).send().await),
        // Read with the job, or not on their own at all.
        _ => return Vec::new(),
    };
    if matches!(kind, "department" | "office") {
        // The external ids of parents and children have other names in lists.
        let brief = |it: &Value| json!([it["name"], it["parent_id"], it["child_ids"]]);
        let listed = lists.find(kind, id).map(brief);
        assert_eq!(own.as_ref().map(brief), listed, "{kind} {id}");
    } else {
        same(kind, id, own.as_ref(), lists);
    }
    Vec::new()
}
