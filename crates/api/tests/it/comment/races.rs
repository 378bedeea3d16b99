//! Many hands on one comment: one wins, nothing is lost, nothing is counted twice.

use contract::comment::{Comment, NewComment};
use domain::service_request::RequestStatus::Assigned;
use futures_util::future::{join, join_all};

use super::changing::{edit, remove};
use crate::support::app::TestApp;
use crate::support::cast::Cast;
use crate::support::photo;
use crate::support::talk::words;

#[actix_web::test]
async fn of_ten_edits_of_one_version_one_wins_and_every_text_is_kept() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let said = cast.ann.say(&request, words("At first.")).await.ok();
    let devices: Vec<_> = (0..10).map(|_| cast.ann.on_another_device()).collect();
    let answers = join_all(devices.iter().map(|ann| edit(ann, &request, &said, "Then."))).await;
    let won = answers.iter().filter(|answer| answer.raw.status == 200).count();
    assert_eq!(won, 1);
    for lost in answers.iter().filter(|answer| answer.raw.status != 200) {
        assert_eq!(lost.refusal(), "412 precondition_failed");
    }
    assert_eq!(app.count("comment_versions").await, 1);
}

#[actix_web::test]
async fn an_edit_against_a_removal_leaves_either_the_new_words_or_none() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    for _ in 0..8 {
        let said = cast.ann.say(&request, words("Better not said.")).await.ok();
        let other = cast.ann.on_another_device();
        let (edited, removed) =
            join(edit(&cast.ann, &request, &said, "Well said."), remove(&other, &request, &said, None)).await;
        let after: Comment =
            cast.ann.hears(&request).await.into_iter().find(|one| one.id == said.id).unwrap();
        let outcome = (edited.raw.status, removed.status, after.body.as_deref());
        assert!(
            [(200, 412, Some("Well said.")), (412, 204, None)].contains(&outcome),
            "{outcome:?}: {after:?}"
        );
        assert_eq!(after.version, 2);
    }
}

#[actix_web::test]
async fn an_upload_that_two_comments_claim_at_once_belongs_to_one() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let photo = cast.ann.upload(photo::jpeg(9, 9)).await.ok();
    let said = NewComment { attachment_ids: vec![photo.id], ..words("Look.") };
    let devices: Vec<_> = (0..8).map(|_| cast.ann.on_another_device()).collect();
    let answers = join_all(devices.iter().map(|ann| ann.say(&request, said.clone()))).await;
    assert_eq!(answers.iter().filter(|answer| answer.raw.status == 201).count(), 1);
    assert_eq!((app.count("comments").await, cast.ann.hears(&request).await.len()), (1, 1));
    assert_eq!(cast.ann.show(&request).await.ok().summary.photos, 1);
}

#[actix_web::test]
async fn twenty_who_talk_at_once_are_all_heard() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let before = cast.ann.show(&request).await.ok().version;
    let said = words("Me too.");
    let devices: Vec<_> = (0..20).map(|_| cast.ann.on_another_device()).collect();
    let answers = join_all(devices.iter().map(|ann| ann.say(&request, said.clone()))).await;
    assert!(answers.iter().all(|answer| answer.raw.status == 201));
    assert_eq!(cast.ann.hears(&request).await.len(), 20);
    assert_eq!(cast.ann.show(&request).await.ok().version, before + 20);
}
