//! What staff say among themselves is nowhere to be found for those who may not read it.

use contract::comment::NewComment;
use domain::role::Role;
use domain::service_request::RequestStatus::Assigned;

use crate::support::app::TestApp;
use crate::support::cast::Cast;
use crate::support::photo;
use crate::support::talk::{reply, whisper};

const SECRET: &str = "zanzibar";

#[actix_web::test]
async fn an_internal_word_or_photo_is_in_no_answer_and_no_mail_for_those_outside() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    app.query("with it as (update service_requests set visibility = 'community' returning id) select id::text as text from it").await;
    let photo = cast.dora.upload(photo::jpeg(9, 9)).await.ok();
    let note = NewComment {
        attachment_ids: vec![photo.id],
        mention_ids: vec![cast.tess.person().member_id],
        ..whisper(&format!("@Tess: {SECRET}"))
    };
    let note = cast.dora.say(&request, note).await.ok();
    cast.tess.say(&request, reply(&note, &format!("Why {SECRET}?"))).await.ok();
    app.run_outbox().await;

    let slug = &app.place.slug;
    let number = &request.summary.number;
    let base = format!("/api/v1/communities/{slug}/service-requests");
    let paths = [
        base.clone(),
        format!("{base}?q={SECRET}"),
        format!("{base}?updated_since=2020-01-01T00:00:00Z"),
        format!("{base}/{number}"),
        format!("{base}/{number}/comments"),
        format!("{base}/{number}/comments?newest_first=true"),
        format!("{base}/{number}/people"),
        format!("{base}/{number}/people?audience=staff"),
        format!("{base}/{number}/comments/{}/versions", note.id),
        "/api/v1/account/notifications".to_owned(),
        "/api/v1/account".to_owned(),
    ];
    let bob = app.resident("bob").await;
    let guard = app.member("gus", &[Role::Guard]).await;
    for who in [&cast.ann, &bob, &guard] {
        let who = app.again(who).await;
        for path in &paths {
            let answer = who.send_raw("GET", path, "", "").await;
            let text = answer.text();
            assert!(!text.contains(SECRET), "{path}: {text}");
            assert!(!text.contains(&photo.id.to_string()), "the photo's id in {path}: {text}");
            assert!(!text.contains(&note.id.to_string()), "the comment's id in {path}: {text}");
        }
        let shown = who.show(&request).await.ok();
        assert_eq!((shown.summary.photos, shown.attachments.len()), (0, 0));
        assert!(shown.timeline.iter().all(|line| line.kind != "comment"));
    }
    let letters = app.letters().join("\n").replace("=\r\n", "");
    assert!(!letters.contains(SECRET), "mail tells that there is a note, never what");
    assert_eq!(cast.tess.hears(&request).await.len(), 2);
}
