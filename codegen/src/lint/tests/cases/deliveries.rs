//! Ways to break a description of deliveries.

use serde_json::json;

use super::{Base, Case, Remove, Set, case};

const EVENT: &str = "/paths/~1returned/post";
const BODY: &str = "/paths/~1returned/post/requestBody";
const DELIVERIES: &str = "/x-harvest-conventions/deliveries";

pub(super) fn delivery_cases() -> Vec<Case> {
    let key =
        |pointer: &'static str, value| case("conventions", None, DELIVERIES, [Set(pointer, value)]);
    let event = |pointer: &'static str, change| case("delivery", "returned", pointer, [change]);
    let responses = "/paths/~1returned/post/responses";
    let cases = vec![
        key("/x-harvest-conventions/deliveries", json!(true)),
        key(
            "/x-harvest-conventions/deliveries/feature",
            json!("Events!"),
        ),
        key("/x-harvest-conventions/deliveries/signature", json!("")),
        key("/x-harvest-conventions/deliveries/event-id", json!("a: b")),
        key("/x-harvest-conventions/deliveries/algorithm", json!("sha1")),
        key("/x-harvest-conventions/deliveries/success", json!(500)),
        key("/x-harvest-conventions/deliveries/waits", json!("long")),
        case(
            "conventions",
            None,
            DELIVERIES,
            [Set("/x-harvest-conventions/client", json!(true))],
        ),
        case(
            "delivery",
            "came_back",
            EVENT,
            [Set(
                "/paths/~1returned/post/operationId",
                json!("came_back"),
            )],
        ),
        event(EVENT, Remove("/paths/~1returned/post/parameters/0")),
        event(EVENT, Remove("/paths/~1returned/post/parameters/1")),
        event(
            BODY,
            Set(
                "/components/schemas/LibraryAction/enum",
                json!(["book_lent"]),
            ),
        ),
        event(BODY, Remove("/components/schemas/LoanDelivery/required")),
        event(
            BODY,
            Set(
                "/paths/~1returned/post/requestBody/content/application~1json/example/action",
                json!("book_lent"),
            ),
        ),
        event(
            responses,
            Set(
                "/paths/~1returned/post/responses/202",
                json!({"description": "Later."}),
            ),
        ),
        case(
            "pagination",
            "returned",
            EVENT,
            [Set(
                "/paths/~1returned/post/x-harvest-pagination",
                json!("none"),
            )],
        ),
        // What is delivered is read, as an answer is.
        case(
            "nullable",
            None,
            "/components/schemas/Loan/properties/shelf",
            [Remove("/components/schemas/Loan/properties/shelf/nullable")],
        ),
        case(
            "personal",
            None,
            "/components/schemas/Loan/properties/shelf/x-harvest-personal",
            [Set(
                "/components/schemas/Loan/properties/shelf/x-harvest-personal",
                json!("shelf"),
            )],
        ),
    ];
    let of_deliveries = |case| Case {
        base: Base::Deliveries,
        ..case
    };
    cases.into_iter().map(of_deliveries).collect()
}
