//! Errors that name the property alone, and not the way to it, as v1 was seen to: `job_id` of `applications.0.job_id`. The
//! way is in a header of the sandbox's own.

use axum::http::StatusCode;
use axum::http::header::HeaderValue;

use super::notice::PLACES;
use super::overlooked::name;
use super::reply::Reply;
use crate::json::Value;

/// So many places are listed.
const LISTED: usize = 20;

/// A refusal whose errors name properties by their last name.
pub(crate) fn shortened(mut reply: Reply) -> Reply {
    if reply.status != StatusCode::UNPROCESSABLE_ENTITY {
        return reply;
    }
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    let errors = body.get_mut("errors").and_then(Value::as_array_mut);
    let mut places = Vec::new();
    let mut is_nested = false;
    for error in errors.into_iter().flatten() {
        let Some(Value::String(field)) = error.get_mut("field") else {
            places.push("-".to_owned());
            continue;
        };
        let steps: Vec<&str> = field.split('.').map(name).collect();
        places.push(steps.join("."));
        if let Some(last) = last_name(field) {
            is_nested = true;
            *field = last.to_owned();
        }
    }
    if !is_nested {
        return reply;
    }
    reply.body = body.to_string().into();
    let more = places.len() > LISTED;
    places.truncate(LISTED);
    let mut listed = places.join(", ");
    if more {
        listed.push_str(", ...");
    }
    match HeaderValue::from_str(&listed) {
        Ok(listed) => reply.with_header(PLACES, listed),
        Err(_) => reply,
    }
}

/// The last step of a way that is a name and no place in a list; none if there is no way.
fn last_name(field: &str) -> Option<&str> {
    let is_place = |step: &&str| !step.is_empty() && step.bytes().all(|it| it.is_ascii_digit());
    let is_way = field.contains('.');
    let mut steps = field.rsplit('.').filter(|_| is_way);
    steps.find(|step| !is_place(step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::reply::FieldError;
    use crate::json::json;

    fn fields(reply: &Reply) -> Vec<Option<String>> {
        reply.errors().into_iter().map(|it| it.field).collect()
    }

    #[test]
    fn the_last_name_is_the_field() {
        let errors = [
            FieldError::new(
                "applications.0.job_id",
                "A job with this id does not exist.",
            ),
            FieldError::new("office_ids.3", "Unknown"),
            FieldError::new("name", "No"),
            FieldError::whole("No"),
        ];
        let reply = shortened(Reply::invalid_body(&errors));
        let named = ["job_id", "office_ids", "name"];
        let mut expected: Vec<_> = named.iter().map(|it| Some((*it).to_owned())).collect();
        expected.push(None);
        assert_eq!(fields(&reply), expected);
        assert_eq!(
            reply.headers[PLACES],
            "applications.0.job_id, office_ids.3, name, -"
        );
    }

    #[test]
    fn other_replies_stay_as_they_are() {
        let flat = Reply::invalid_body(&[FieldError::new("job_id", "No")]);
        let found = Reply::value(&json!({"errors": [{"message": "", "field": "a.b"}]}));
        for reply in [flat, found, Reply::not_found()] {
            let body = reply.body.clone();
            let same = shortened(reply);
            assert_eq!(same.body, body);
            assert!(!same.headers.contains_key(PLACES));
        }
    }

    #[test]
    fn a_way_that_a_client_made_up_is_not_repeated() {
        let long = format!("a.{}.ada@example.com", "b".repeat(500));
        let reply = shortened(Reply::invalid_body(&[FieldError::new(long, "No")]));
        assert_eq!(reply.headers[PLACES], "a.?.?.com");
    }
}
