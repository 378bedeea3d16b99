//! `Idempotency-Key`: calls that are made again.

use chrono::TimeDelta;
use contract::endpoint::Method;
use contract::service_request::CREATE;
use futures_util::future::join_all;
use serde_json::json;

use super::Stage;
use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw, brief};
use crate::support::cast::{Cast, about};

const KEY: &str = "8e03978e-40d5-43e8-bc93-6894a57f9324";

async fn create(caller: &Caller, key: &str, body: &serde_json::Value) -> Raw {
    let request = caller.request(reqwest::Method::POST, &CREATE.path(&[&caller.slug]));
    Raw::of(request.header("idempotency-key", key).json(body)).await
}

#[actix_web::test]
async fn every_post_that_may_be_made_again_answers_as_the_first_time_and_does_nothing_twice() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.idempotent).await {
        let id = call.operation.id;
        let send = || Raw::of(stage.request(&call).header("idempotency-key", format!("\"{KEY}-{id}\"")));
        let first = send().await;
        assert!((200..300).contains(&first.status), "{id}: {} {}", first.status, first.text());
        assert_eq!(first.header("idempotent-replayed"), "", "{id}");
        let before = stage.app.holdings().await;
        let again = send().await;
        assert_eq!(again.header("idempotent-replayed"), "true", "{id}: {} {}", again.status, again.text());
        assert_eq!((again.status, again.text()), (first.status, first.text()), "{id}");
        for name in ["content-type", "location", "etag"] {
            assert_eq!(again.header(name), first.header(name), "{id}: {name}");
        }
        assert_eq!(stage.app.holdings().await, before, "{id}");
    }
}

#[actix_web::test]
async fn what_signs_in_or_makes_a_secret_takes_no_key() {
    let stage = Stage::new().await;
    for call in stage.calls(|operation| operation.method == Method::Post && !operation.idempotent).await {
        for _ in 0..2 {
            let answer = Raw::of(stage.request(&call).header("idempotency-key", KEY)).await;
            assert_eq!(answer.header("idempotent-replayed"), "", "{}", call.operation.id);
        }
    }
    assert_eq!(stage.app.count("idempotency_keys").await, 0);
}

#[actix_web::test]
async fn twenty_calls_at_once_with_one_key_make_one_thing() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let body = json!(cast.cold_radiator());
    let devices: Vec<_> = (0..20).map(|_| cast.ann.on_another_device()).collect();
    let answers = join_all(devices.iter().map(|device| create(device, KEY, &body))).await;
    let new = answers.iter().filter(|it| it.status == 201 && it.header("idempotent-replayed").is_empty());
    let [first] = new.collect::<Vec<_>>()[..] else { panic!("not one: {answers:#?}") };
    for answer in &answers {
        match answer.status {
            201 => assert_eq!(answer.text(), first.text()),
            _ => {
                assert_eq!(brief(&answer.problem()), "409 still_running");
                assert_eq!(answer.header("retry-after"), "1");
            }
        }
    }
    for device in &devices {
        let again = create(device, KEY, &body).await;
        assert_eq!((again.status, again.text()), (201, first.text()));
    }
    assert_eq!(app.count("service_requests").await, 1);
}

#[actix_web::test]
async fn a_key_stands_for_one_payload_of_one_caller_for_a_day() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let body = json!(cast.cold_radiator());
    let first = create(&cast.ann, KEY, &body).await;
    let other = create(&cast.ann, KEY, &json!(about(app.place.heating, "Something else"))).await;
    assert_eq!(brief(&other.problem()), "422 key_reused");
    // The same text from somebody else is another key.
    assert_eq!(create(&cast.dora, KEY, &json!(about(app.place.heating, "Cold"))).await.status, 201);
    assert_eq!(app.count("service_requests").await, 2);

    app.advance(TimeDelta::hours(23));
    let ann = app.again(&cast.ann).await;
    assert_eq!(create(&ann, KEY, &body).await.text(), first.text());
    app.advance(TimeDelta::hours(2));
    let ann = app.again(&cast.ann).await;
    assert_ne!(create(&ann, KEY, &body).await.text(), first.text());
    assert_eq!(app.count("service_requests").await, 3);
    app.advance(TimeDelta::hours(25));
    app.run_outbox().await;
    assert_eq!(app.count("idempotency_keys").await, 0);
}

#[actix_web::test]
async fn nothing_is_kept_of_what_was_refused() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let mut body = json!(cast.cold_radiator());
    let good = body["unit_id"].take();
    body["unit_id"] = json!(app.place.flat_2);
    // Found out by the database, in the middle of the work.
    assert_eq!(brief(&create(&cast.ann, KEY, &body).await.problem()), "422 invalid: #/unit_id not_yours");
    assert_eq!(app.count("idempotency_keys").await, 0);
    body["unit_id"] = good;
    assert_eq!(create(&cast.ann, KEY, &body).await.status, 201);
    assert_eq!(app.count("service_requests").await, 1);
}

#[actix_web::test]
async fn a_reply_that_is_kept_cannot_be_read_in_the_database() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    create(&cast.ann, KEY, &json!(cast.cold_radiator())).await;
    let kept = app.query("select encode(hash, 'hex') || reply as text from idempotency_keys").await;
    assert!(!kept[0].contains("Radiator") && !kept[0].contains(KEY), "{kept:?}");
}

#[actix_web::test]
async fn what_happens_after_a_change_happens_after_a_keyed_one_too() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    create(&cast.ann, KEY, &json!(cast.cold_radiator())).await;
    assert_eq!(app.mailbox().await.len(), 1, "the dispatcher is told");
}

#[actix_web::test]
async fn what_is_no_key_is_refused_by_name() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let body = json!(cast.cold_radiator());
    for key in ["short", "\"no end", "with a blank", "\"a\"b\"c12345\"", &"x".repeat(129), ""] {
        let answer = create(&cast.ann, key, &body).await;
        assert_eq!(brief(&answer.problem()), "422 invalid: idempotency-key not_a_key", "{key}");
    }
    assert_eq!(app.count("service_requests").await, 0);
}

#[actix_web::test]
async fn a_photo_that_is_sent_again_is_stored_once() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let path = contract::attachment::UPLOAD.path(&[&app.place.slug]);
    let upload = async || {
        // Every try has a boundary of its own.
        let part = reqwest::multipart::Part::bytes(crate::support::photo::jpeg(8, 8)).file_name("photo.jpg");
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = cast.ann.request(reqwest::Method::POST, &path).header("idempotency-key", KEY);
        Raw::of(request.multipart(form)).await
    };
    let (first, again) = (upload().await, upload().await);
    assert_eq!((first.status, first.text()), (again.status, again.text()));
    assert_eq!(app.count("attachments").await, 1);
}
