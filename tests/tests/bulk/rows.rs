//! Rows for each bulk job: some that are done, and some that are refused.

use serde_json::{Value, json};

use crate::both::Both;

/// An id that no record has.
const NONE: i64 = 9;

/// Three rows that are done one after the other, and two that are refused whenever they are sent.
pub struct Rows {
    pub good: Vec<Value>,
    pub bad: Vec<Value>,
}

impl Rows {
    /// Bodies that differ in one property only, by which they are good or bad.
    fn of(good: impl IntoIterator<Item = Value>, bad: impl Fn() -> Value) -> Self {
        let good: Vec<Value> = good.into_iter().take(3).collect();
        assert_eq!(good.len(), 3, "there are too few records");
        Self {
            good,
            bad: vec![bad(), bad()],
        }
    }

    /// Ids of records.
    fn ids(records: &[Value]) -> Self {
        Self::of(ids(records), || json!(NONE))
    }

    /// Changes of records.
    fn changes(records: &[Value], change: impl Fn(Value) -> Value) -> Self {
        Self::of(ids(records).map(&change), || change(json!(NONE)))
    }
}

fn ids(records: &[Value]) -> impl Iterator<Item = Value> {
    records.iter().map(|record| record["id"].clone())
}

/// Makes records by the operations on single ones.
async fn made(both: &Both, path: &str, bodies: impl IntoIterator<Item = Value>) -> Vec<Value> {
    let mut made = Vec::new();
    for body in bodies {
        let answer = both.send("POST", path, &body).await;
        assert_eq!(answer.status, 201, "{path}: {}", answer.text);
        made.push(answer.json());
    }
    made
}

fn source(name: &str) -> Value {
    json!({"source_type": "email_domain", "value": format!("{name}.example.org")})
}

async fn sources(both: &Both, name: &str) -> Vec<Value> {
    let bodies = ["a", "b", "c"].map(|letter| source(&format!("{name}-{letter}")));
    made(both, "/v3/blocked_spam_sources", bodies).await
}

/// A field of candidates whose values are chosen from a list.
async fn field(both: &Both) -> Value {
    let fields = both.list("/v3/custom_fields?field_type=candidate").await;
    let mut fields = fields.into_iter();
    let field = fields.find(|it| it["value_type"] == "single_select");
    field.expect("a field with options")["id"].clone()
}

async fn options(both: &Both, name: &str) -> Vec<Value> {
    let field = field(both).await;
    let bodies = (0..3).map(|at| option(&field, &format!("{name} {at}")));
    made(both, "/v3/custom_field_options", bodies).await
}

fn option(field: &Value, name: &str) -> Value {
    json!({"custom_field_id": field, "name": name, "sort_order": 7})
}

async fn open_job(both: &Both) -> Value {
    both.list("/v3/jobs?status=open").await[0]["id"].clone()
}

async fn openings(both: &Both, name: &str) -> Vec<Value> {
    let job = open_job(both).await;
    let bodies = (0..3).map(|at| json!({"job_id": job, "opening_id": format!("{name}-{at}")}));
    made(both, "/v3/openings", bodies).await
}

fn user(name: &str) -> Value {
    let mail = format!("{}@example.org", name.to_lowercase());
    json!({"first_name": name, "last_name": "Fen", "primary_email": mail})
}

async fn users(both: &Both, names: [&str; 3]) -> Vec<Value> {
    made(both, "/v3/users", names.map(user)).await
}

pub async fn rows(both: &Both, id: &str) -> Rows {
    match id {
        "bulk_create_blocked_spam_sources" => {
            sources(both, "twice").await;
            let good = ["one", "two", "three"].map(source);
            Rows::of(good, || source("twice-a"))
        }
        "bulk_update_blocked_spam_sources" => {
            let known = sources(both, "noted").await;
            Rows::changes(&known, |id| json!({"id": id, "note": "Seen again"}))
        }
        "bulk_delete_blocked_spam_sources" => Rows::ids(&sources(both, "gone").await),
        "bulk_create_candidates" => {
            let job = open_job(both).await;
            let of = |job: Value| {
                json!({"first_name": "Iris", "last_name": "Marsh",
                "application": {"job_id": job}})
            };
            Rows::of(std::iter::repeat(of(job)), || of(json!(NONE)))
        }
        "bulk_create_custom_field_options" => {
            let field = field(both).await;
            let good = ["Heron", "Bittern", "Egret"].map(|name| option(&field, name));
            Rows::of(good, || option(&json!(NONE), "Crane"))
        }
        "bulk_update_custom_field_options" => {
            let known = options(both, "Rail").await;
            Rows::changes(&known, |id| json!({"id": id, "sort_order": 3}))
        }
        "bulk_delete_custom_field_options" => Rows::ids(&options(both, "Coot").await),
        "bulk_update_departments" => {
            let known = both.list("/v3/departments").await;
            Rows::changes(
                &known,
                |id| json!({"id": id, "name": format!("Department {id}")}),
            )
        }
        "bulk_update_offices" => {
            let known = both.list("/v3/offices").await;
            Rows::changes(
                &known,
                |id| json!({"id": id, "name": format!("Office {id}")}),
            )
        }
        "bulk_create_jobs" => {
            let template = open_job(both).await;
            let of =
                |template: Value| json!({"template_job_id": template, "number_of_openings": 1});
            Rows::of(std::iter::repeat(of(template)), || of(json!(NONE)))
        }
        "bulk_create_job_openings" => {
            let job = open_job(both).await;
            let of = |job: Value| json!({"job_id": job});
            Rows::of(std::iter::repeat(of(job)), || of(json!(NONE)))
        }
        "bulk_update_job_openings" => {
            let known = openings(both, "CHANGED").await;
            Rows::changes(
                &known,
                |id| json!({"id": id, "target_start_on": "2031-03-02"}),
            )
        }
        "bulk_delete_job_openings" => {
            let known = openings(both, "GONE").await;
            let reason = both.list("/v3/close_reasons").await[0]["id"].clone();
            for id in ids(&known) {
                let body = json!({"status": "closed", "close_reason_id": reason});
                let answer = both
                    .send("PATCH", &format!("/v3/openings/{id}"), &body)
                    .await;
                assert_eq!(answer.status, 200, "{}", answer.text);
            }
            let open = openings(both, "OPEN").await[0]["id"].clone();
            Rows::of(ids(&known), || open.clone())
        }
        "bulk_create_users" => {
            users(both, ["Taken", "Tide", "Tarn"]).await;
            Rows::of(["Lea", "Mira", "Noor"].map(user), || user("Taken"))
        }
        "bulk_update_users" => {
            let known = users(both, ["Ada", "Bo", "Cleo"]).await;
            Rows::changes(&known, |id| json!({"id": id, "job_title": "Gauger"}))
        }
        "bulk_disable_users" => Rows::ids(&users(both, ["Dot", "Eve", "Fay"]).await),
        "bulk_enable_users" => {
            let known = users(both, ["Gil", "Hal", "Ike"]).await;
            for id in ids(&known) {
                let path = format!("/v3/users/{id}/deactivate");
                assert_eq!(both.send("POST", &path, &json!({})).await.status, 204);
            }
            Rows::ids(&known)
        }
        "bulk_revoke_user_permissions" => Rows::ids(&users(both, ["Jo", "Kit", "Lou"]).await),
        other => panic!("{other} has no rows"),
    }
}
