//! Photos and documents that come with words, or instead of them.

use contract::attachment::{REMOVE, UPLOAD};
use contract::comment::NewComment;
use domain::service_request::AttachmentKind;
use domain::service_request::RequestStatus::{Assigned, Triaged};

use crate::support::app::TestApp;
use crate::support::caller::{Caller, Raw, brief};
use crate::support::calls::form;
use crate::support::cast::Cast;
use crate::support::photo;
use crate::support::talk::words;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

async fn send_named(who: &Caller, name: &str, bytes: &[u8]) -> Raw {
    let part = reqwest::multipart::Part::bytes(bytes.to_vec()).file_name(name.to_owned());
    let form = reqwest::multipart::Form::new().part("file", part);
    Raw::of(who.request(reqwest::Method::POST, &UPLOAD.path(&[&who.slug])).multipart(form)).await
}

async fn hand_in(who: &Caller, name: &str, bytes: &[u8]) -> contract::attachment::Attachment {
    let answer = send_named(who, name, bytes).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

#[actix_web::test]
async fn ten_photos_speak_for_themselves_and_the_eleventh_is_refused() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let mut ids = Vec::new();
    for _ in 0..11 {
        ids.push(cast.tess.upload(photo::jpeg(9, 9)).await.ok().id);
    }
    let with = |ids: &[_]| NewComment { attachment_ids: ids.to_vec(), ..NewComment::default() };
    assert_eq!(cast.tess.say(&request, with(&ids)).await.refusal(), "422 invalid: #/attachment_ids too_many");
    let said = cast.tess.say(&request, with(&ids[..10])).await.ok();
    assert_eq!((said.attachments.len(), said.body.as_deref()), (10, Some("")));
    assert_eq!(cast.ann.hears(&request).await[0].attachments.len(), 10);
    assert_eq!(cast.ann.show(&request).await.ok().summary.photos, 10);
    // Named once is named for good.
    assert_eq!(
        cast.tess.say(&request, with(&ids[9..])).await.refusal(),
        "422 invalid: #/attachment_ids not_yours"
    );
}

#[actix_web::test]
async fn a_document_is_handed_out_to_be_saved_and_never_to_be_shown() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let paper = hand_in(&cast.tess, "../Angebot für \"Ann\".PDF", PDF).await;
    assert_eq!((paper.kind, paper.name.as_deref()), (AttachmentKind::Document, Some("Angebot für Ann.pdf")));
    assert_eq!((paper.thumbnail_url, paper.size), (None, PDF.len() as i64));
    let said = NewComment { attachment_ids: vec![paper.id], ..words("The offer.") };
    cast.tess.say(&request, said).await.ok();
    let seen = cast.ann.hears(&request).await.remove(0).attachments.remove(0);
    assert_eq!(seen.kind, AttachmentKind::Document);
    assert_eq!(cast.ann.show(&request).await.ok().summary.photos, 0, "papers are no photos");
    let file = app.anonymous().send_raw("GET", &seen.url, "", "").await;
    assert_eq!((file.status, file.body.as_slice()), (200, PDF));
    for (header, value) in [
        ("content-type", "application/pdf"),
        ("x-content-type-options", "nosniff"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        (
            "content-disposition",
            "attachment; filename=\"Angebot f_r Ann.pdf\"; filename*=UTF-8''Angebot%20f%C3%BCr%20Ann.pdf",
        ),
        ("content-length", &PDF.len().to_string()),
    ] {
        assert_eq!(file.header(header), value);
    }
    let as_photo = app.anonymous().send_raw("GET", &seen.url.replace("/document?", "/screen?"), "", "").await;
    assert_eq!(as_photo.status, 404);
}

#[actix_web::test]
async fn what_pretends_to_be_a_document_or_a_photo_is_refused_with_words_that_help() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec();
    let page = b"<html>%PDF-1.4 %%EOF</html>".to_vec();
    for (name, bytes, refusal) in [
        ("offer.pdf", b"%PDF-1.4 without an end".to_vec(), "422 invalid: #/file not_a_photo"),
        ("offer.pdf", page, "422 invalid: #/file not_a_photo"),
        ("offer.docx", b"PK\x03\x04word/document.xml".to_vec(), "422 invalid: #/file not_a_photo"),
        ("photo.jpg", heic, "422 invalid: #/file heic_photo"),
    ] {
        let problem = send_named(&ann, name, &bytes).await.problem();
        assert_eq!(brief(&problem), refusal, "{name}");
    }
    // What is a photo first and a document behind becomes a photo, and nothing of the document stays.
    let both = [&photo::jpeg(20, 20)[..], PDF].concat();
    let photo = hand_in(&ann, "both.pdf", &both).await;
    assert_eq!((photo.kind, photo.name), (AttachmentKind::Problem, None));
    let bytes = app.anonymous().send_raw("GET", &photo.url, "", "").await.body;
    assert!(!bytes.windows(5).any(|part| part == b"%PDF-"));
}

#[actix_web::test]
async fn papers_are_for_those_whom_it_concerns() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let bob = app.resident("bob").await;
    let request = cast.request(Triaged).await;
    app.query("with it as (update service_requests set visibility = 'community' returning id) select id::text as text from it").await;
    let paper = hand_in(&bob, "flyer.pdf", PDF).await;
    let said = NewComment { attachment_ids: vec![paper.id], ..words("Read this!") };
    assert_eq!(bob.say(&request, said).await.refusal(), "403 not_allowed");
    assert_eq!(app.count("comments").await, 0);
}

#[actix_web::test]
async fn ones_own_upload_can_be_taken_back_until_something_names_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let (wrong, right) =
        (cast.ann.upload(photo::jpeg(9, 9)).await.ok(), cast.ann.upload(photo::jpeg(9, 9)).await.ok());
    let path = |id| REMOVE.path(&[&app.place.slug, &id]);
    assert_eq!(cast.dora.send_raw("DELETE", &path(wrong.id), "", "").await.status, 404);
    assert_eq!(cast.ann.send_raw("DELETE", &path(wrong.id), "", "").await.status, 204);
    assert_eq!(cast.ann.send_raw("DELETE", &path(wrong.id), "", "").await.status, 404);
    let with = |id| NewComment { attachment_ids: vec![id], ..words("Look.") };
    assert_eq!(
        cast.ann.say(&request, with(wrong.id)).await.refusal(),
        "422 invalid: #/attachment_ids not_yours"
    );
    cast.ann.say(&request, with(right.id)).await.ok();
    assert_eq!(cast.ann.send_raw("DELETE", &path(right.id), "", "").await.status, 404);
    app.run_outbox().await;
    assert!(app.holdings().await.ends_with("files 2"), "{}", app.holdings().await);
}

#[actix_web::test]
async fn an_upload_that_is_sent_again_is_stored_once() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let call = form(UPLOAD.operation, &ann.slug, "file", &photo::jpeg(9, 9));
    let mut ids = Vec::new();
    for _ in 0..3 {
        let request = ann.request(reqwest::Method::POST, &call.path);
        let request =
            request.header("content-type", &call.content_type).header("idempotency-key", "photo-0001");
        let answer = Raw::of(request.body(call.body.clone())).await;
        assert_eq!(answer.status, 201);
        ids.push(serde_json::from_slice::<contract::attachment::Attachment>(&answer.body).unwrap().id);
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    assert!(app.holdings().await.ends_with("files 2"), "{}", app.holdings().await);
}
