//! Editing and removing what was said.

use chrono::TimeDelta;
use contract::comment::{ChangeComment, CommentVersion, HISTORY, HistoryQuery, REMOVE, RemovalQuery, UPDATE};
use contract::comment::{Comment, NewComment};
use contract::service_request::ServiceRequest;
use domain::role::Role;
use domain::service_request::RequestStatus::Assigned;

use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller, Raw, brief};
use crate::support::cast::Cast;
use crate::support::photo;
use crate::support::talk::{reply, whisper, words};

pub async fn edit(who: &Caller, request: &ServiceRequest, comment: &Comment, body: &str) -> Answer<Comment> {
    let change = ChangeComment { body: Some(body.into()), ..ChangeComment::default() };
    who.change(&UPDATE, &[&who.slug, &request.summary.id, &comment.id], comment.version, &change).await
}

pub async fn remove(who: &Caller, request: &ServiceRequest, comment: &Comment, reason: Option<&str>) -> Raw {
    let query = RemovalQuery { reason: reason.map(ToOwned::to_owned) };
    let path = REMOVE.path_with(&[&who.slug, &request.summary.id, &comment.id], &query);
    let seen = format!("\"{}\"", comment.version);
    Raw::of(who.request(reqwest::Method::DELETE, &path).header("if-match", seen)).await
}

async fn history(
    who: &Caller,
    request: &ServiceRequest,
    comment: &Comment,
) -> Answer<contract::page::Page<CommentVersion>> {
    who.find(&HISTORY, &[&who.slug, &request.summary.id, &comment.id], &HistoryQuery::default()).await
}

#[actix_web::test]
async fn an_author_mends_their_words_for_a_quarter_of_an_hour() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let said = cast.ann.say(&request, words("The key is with Bib.")).await.ok();
    assert!(said.may_edit && said.may_remove && !said.may_read_versions);
    for other in [&cast.tess, &cast.dora] {
        assert_eq!(edit(other, &request, &said, "Mine.").await.refusal(), "403 not_allowed");
    }
    app.advance(TimeDelta::minutes(14));
    let ann = app.again(&cast.ann).await;
    let mended = edit(&ann, &request, &said, "The key is with Bob.").await.ok();
    assert_eq!((mended.version, mended.edited_at), (2, Some(app.now())));
    assert_eq!(edit(&ann, &request, &said, "Too old.").await.refusal(), "412 precondition_failed");
    assert_eq!(edit(&ann, &request, &mended, "  ").await.refusal(), "422 invalid: #/body required");
    app.advance(TimeDelta::minutes(1));
    assert_eq!(edit(&ann, &request, &mended, "Too late.").await.refusal(), "409 too_late");
    assert!(!ann.hears(&request).await[0].may_edit);
}

#[actix_web::test]
async fn what_it_said_before_is_for_those_who_read_the_audit_trail() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let admin = app.member("alma", &[Role::Admin]).await;
    let request = cast.request(Assigned).await;
    let first = cast.ann.say(&request, words("first words")).await.ok();
    let second = edit(&cast.ann, &request, &first, "second words").await.ok();
    assert_eq!(remove(&cast.ann, &request, &second, None).await.status, 204);
    for who in [&cast.ann, &cast.dora, &cast.sue] {
        assert_eq!(history(who, &request, &first).await.refusal(), "403 not_allowed");
    }
    let before: Vec<String> =
        history(&admin, &request, &first).await.ok().data.into_iter().map(|one| one.body).collect();
    assert_eq!(before, ["second words", "first words"]);
    assert!(admin.hears(&request).await[0].may_read_versions);
}

#[actix_web::test]
async fn a_removed_comment_leaves_a_stone_and_its_answers() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let photo = cast.ann.upload(photo::jpeg(9, 9)).await.ok();
    let said =
        NewComment { attachment_ids: vec![photo.id], ..words("My number is 555 0100, and I am at home.") };
    let said = cast.ann.say(&request, said).await.ok();
    cast.tess.say(&request, reply(&said, "I will call you.")).await.ok();
    assert_eq!(cast.ann.show(&request).await.ok().summary.photos, 1);
    assert_eq!(remove(&cast.ann, &request, &said, None).await.status, 204);

    let [stone, answer] = &cast.dora.hears(&request).await[..] else { panic!() };
    assert_eq!((&stone.body, stone.removed_at, stone.moderated), (&None, Some(app.now()), false));
    assert!(stone.attachments.is_empty() && !stone.may_edit && !stone.may_remove);
    assert_eq!(answer.parent_id, Some(stone.id));
    assert_eq!(cast.ann.show(&request).await.ok().summary.photos, 0);
    // Neither the words nor the photo are to be had any more, not even by an address that is still good.
    let gone = app.anonymous().send_raw("GET", &said.attachments[0].url, "", "").await;
    assert_eq!(brief(&gone.problem()), "404 not_found");
    for who in [&cast.ann, &cast.tess, &cast.dora] {
        let all = who.show(&request).await.raw.text() + &format!("{:?}", who.hears(&request).await);
        assert!(!all.contains("555"), "{all}");
    }
    app.run_outbox().await;
    assert!(app.holdings().await.ends_with("files 0"), "{}", app.holdings().await);
    assert_eq!(brief(&remove(&cast.ann, &request, stone, None).await.problem()), "409 too_late");
}

#[actix_web::test]
async fn moderators_remove_what_others_say_with_a_reason_that_is_kept_and_audited() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let said = cast.ann.say(&request, words("You are all useless.")).await.ok();
    assert_eq!(brief(&remove(&cast.tess, &request, &said, Some("Rude.")).await.problem()), "403 not_allowed");
    for none in [None, Some("  ")] {
        let refused = remove(&cast.dora, &request, &said, none).await.problem();
        assert_eq!(brief(&refused), "422 invalid: reason required");
    }
    assert_eq!(remove(&cast.dora, &request, &said, Some("Rude.")).await.status, 204);
    let stone = cast.ann.hears(&request).await.remove(0);
    assert!(stone.moderated);
    assert_eq!(stone.removal_reason.as_deref(), Some("Rude."), "its author may know why");
    let audited = "select action || ' ' || (entity_id is not null) as text from audit_events where action like 'comment%'";
    assert_eq!(app.query(audited).await, ["comment.removed true"]);
}

#[actix_web::test]
async fn what_one_may_not_read_one_can_neither_change_nor_find() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let (other, note) = (cast.report().await, cast.dora.say(&request, whisper("Quietly.")).await.ok());
    assert_eq!(edit(&cast.ann, &request, &note, "Loudly.").await.refusal(), "404 not_found");
    assert_eq!(brief(&remove(&cast.ann, &request, &note, None).await.problem()), "404 not_found");
    assert_eq!(edit(&cast.theo, &request, &note, "Loudly.").await.refusal(), "404 not_found");
    // Nor does another request lead to it.
    assert_eq!(edit(&cast.dora, &other, &note, "Elsewhere.").await.refusal(), "404 not_found");
}
