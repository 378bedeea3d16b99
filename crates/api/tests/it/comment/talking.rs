//! Saying something, and who reads it.

use chrono::TimeDelta;
use contract::comment::{CREATE, CommentQuery, LIST, NewComment};
use domain::service_request::Audience;
use domain::service_request::RequestStatus::{Assigned, Closed, New, Triaged};
use serde_json::json;

use crate::support::app::TestApp;
use crate::support::cast::Cast;
use crate::support::talk::{reply, whisper, words};

#[actix_web::test]
async fn resident_and_staff_talk_in_threads_of_one_level() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let question = cast.ann.say(&request, words("When will you come?")).await.ok();
    let answer = cast.tess.say(&request, reply(&question, "Tomorrow at nine.")).await.ok();
    let thanks = cast.ann.say(&request, reply(&answer, "Thank you.")).await.ok();
    cast.dora.say(&request, words("Please leave the key.")).await.ok();
    assert_eq!((question.parent_id, answer.parent_id), (None, Some(question.id)));
    assert_eq!(thanks.parent_id, Some(question.id), "a reply to a reply belongs to the same thread");
    let said: Vec<_> = cast.ann.hears(&request).await.into_iter().filter_map(|one| one.body).collect();
    assert_eq!(said, ["When will you come?", "Tomorrow at nine.", "Thank you.", "Please leave the key."]);
    assert_eq!(cast.ann.hears(&request).await[1].author.as_ref().unwrap().display_name, "Tess");
}

#[actix_web::test]
async fn every_end_of_a_request_can_still_be_talked_about() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for status in [New, Closed] {
        let request = cast.request(status).await;
        cast.ann.say(&request, words("One more thing.")).await.ok();
    }
}

#[actix_web::test]
async fn what_staff_say_among_themselves_stays_there_with_all_that_is_answered() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let note = cast.dora.say(&request, whisper("Bring the big spanner.")).await.ok();
    let answer = cast.tess.say(&request, reply(&note, "I have it.")).await.ok();
    assert_eq!((note.audience, answer.audience), (Audience::Staff, Audience::Staff));
    assert_eq!(cast.ann.say(&request, whisper("Psst.")).await.refusal(), "403 not_allowed");
    assert_eq!(
        cast.ann.say(&request, reply(&note, "I heard that.")).await.refusal(),
        "422 invalid: #/parent_id unknown"
    );
    assert_eq!(cast.ann.hears(&request).await, []);
    assert_eq!((cast.tess.hears(&request).await.len(), cast.sue.hears(&request).await.len()), (2, 2));
    assert_eq!(cast.tess.show(&request).await.ok().comment_audiences, Audience::ALL);
    assert_eq!(cast.ann.show(&request).await.ok().comment_audiences, [Audience::Everyone]);
}

#[actix_web::test]
async fn the_first_word_of_staff_to_the_reporter_is_the_first_response() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    cast.ann.say(&request, words("Anybody there?")).await.ok();
    cast.dora.say(&request, whisper("Who knows this flat?")).await.ok();
    assert_eq!(cast.ann.show(&request).await.ok().first_response_at, None);
    app.advance(TimeDelta::minutes(5));
    cast.dora.say(&request, words("We are looking into it.")).await.ok();
    let responded = Some(app.now());
    app.advance(TimeDelta::minutes(5));
    let dora = app.again(&cast.dora).await;
    dora.say(&request, words("Still looking.")).await.ok();
    let seen = dora.show(&request).await.ok();
    assert_eq!((seen.first_response_at, seen.summary.updated_at), (responded, app.now()));
    assert_eq!(seen.version, request.version + 4, "each changes the request, for those who keep copies");
}

#[actix_web::test]
async fn a_conversation_is_read_in_pages_from_either_end() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    for nth in 1..=7 {
        cast.ann.say(&request, words(&format!("{nth}"))).await.ok();
    }
    for (newest_first, expected) in [(None, "1 2 3|4 5 6|7"), (Some(true), "7 6 5|4 3 2|1")] {
        let (mut cursor, mut pages) = (None, Vec::new());
        loop {
            let query = CommentQuery { newest_first, cursor, limit: Some(3) };
            let page = cast.dora.find(&LIST, &[&cast.dora.slug, &request.summary.number], &query).await.ok();
            let said: Vec<String> = page.data.into_iter().filter_map(|one| one.body).collect();
            pages.push(said.join(" "));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pages.join("|"), expected);
    }
}

#[actix_web::test]
async fn hostile_words_are_refused_or_kept_as_they_are_and_never_as_more() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    let before = app.holdings().await;
    for (body, refusal) in [
        (json!({}), "422 invalid: #/body required"),
        (json!({ "body": " \u{200b}\n " }), "422 invalid: #/body required"),
        (json!({ "body": "x".repeat(4001) }), "422 invalid: #/body too_long"),
        (json!({ "body": "a\u{0}b" }), "422 invalid: #/body not_text"),
        (json!({ "body": "a\u{1b}[31mb" }), "422 invalid: #/body not_text"),
        (json!({ "body": "x", "audience": "nobody" }), "422 invalid: #/audience wrong_type"),
        (json!({ "body": "x", "parent_id": request.summary.id }), "422 invalid: #/parent_id unknown"),
        (
            json!({ "body": "x", "attachment_ids": [request.summary.id, request.summary.id] }),
            "422 invalid: #/attachment_ids not_yours",
        ),
        (json!({ "body": "x", "author_id": request.summary.id }), "422 invalid: #/author_id unknown_field"),
    ] {
        let path = CREATE.path(&[&app.place.slug, &request.summary.id]);
        let answer = cast.ann.send_raw("POST", &path, "application/json", body.to_string()).await;
        assert_eq!(crate::support::caller::brief(&answer.problem()), refusal, "{body}");
    }
    assert_eq!(app.holdings().await, before);
    let odd = "<script>alert(1)</script> \u{202e}drowkcab\u{202c} '; drop table comments; -- {title} @nobody";
    let said = cast.ann.say(&request, NewComment { body: odd.into(), ..NewComment::default() }).await.ok();
    assert_eq!(said.body.as_deref(), Some(odd));
}
