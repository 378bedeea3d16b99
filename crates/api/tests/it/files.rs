//! Where files lie: a folder, or a bucket that may be slow, busy, locked or gone.

use api::files::{Store, StoreError, Variant};
use chrono::TimeDelta;
use contract::comment::NewComment;
use domain::service_request::RequestStatus::Assigned;
use futures_util::TryStreamExt;

use crate::comment::take_back;
use crate::support::app::TestApp;
use crate::support::bucket::{FakeBucket, Trouble};
use crate::support::cast::Cast;
use crate::support::photo;
use crate::support::talk::words;

async fn with(bucket: &FakeBucket) -> TestApp {
    TestApp::configured(domain::community::Settings::default(), |config| {
        config.bucket = Some(bucket.settings());
    })
    .await
}

async fn read(store: &Store, name: &str) -> Result<Vec<u8>, StoreError> {
    let file = store.get(name, Variant::Screen).await?;
    Ok(file.bytes().await?.to_vec())
}

#[actix_web::test]
async fn every_call_of_the_store_works_on_a_bucket_and_is_signed() {
    let bucket = FakeBucket::start();
    let app = with(&bucket).await;
    let store = &app.shared.files;
    store.put("one", Variant::Screen, b"pixels".to_vec()).await.unwrap();
    store.put("two", Variant::Document, b"paper".to_vec()).await.unwrap();
    store.put("two", Variant::Screen, b"more".to_vec()).await.unwrap();
    assert_eq!(bucket.names(), ["one/screen.jpg", "two/document.pdf", "two/screen.jpg"]);
    assert_eq!(read(store, "one").await.unwrap(), b"pixels");
    assert!(matches!(read(store, "none").await, Err(StoreError::Missing(_))));
    let names: Vec<String> = store.names_before(app.now()).try_collect().await.unwrap();
    assert_eq!(names, ["one", "two", "two"], "over several pages");
    let young: Vec<String> =
        store.names_before(app.now() - TimeDelta::days(300)).try_collect().await.unwrap();
    assert_eq!(young, [] as [&str; 0]);
    store.remove("two").await.unwrap();
    store.remove("two").await.unwrap();
    assert_eq!(bucket.names(), ["one/screen.jpg"]);
    store.is_reachable().await.unwrap();
}

#[actix_web::test]
async fn a_store_that_is_busy_is_asked_again_and_one_that_is_silent_is_not_waited_for() {
    let bucket = FakeBucket::start();
    let app = with(&bucket).await;
    let store = &app.shared.files;
    for trouble in [Trouble::Busy(1), Trouble::Busy(2)] {
        bucket.suffers(trouble);
        store.put("one", Variant::Screen, b"pixels".to_vec()).await.unwrap();
        bucket.suffers(trouble);
        assert_eq!(read(store, "one").await.unwrap(), b"pixels");
        bucket.suffers(trouble);
        store.remove("one").await.unwrap();
    }
    for trouble in [Trouble::Silent, Trouble::Locked] {
        bucket.suffers(trouble);
        assert!(matches!(read(store, "one").await, Err(StoreError::Away(_))), "{trouble:?}");
        assert!(store.put("one", Variant::Screen, Vec::new()).await.is_err(), "{trouble:?}");
        assert!(store.is_reachable().await.is_err(), "{trouble:?}");
    }
}

#[actix_web::test]
async fn a_photo_goes_through_a_bucket_and_comes_back() {
    let bucket = FakeBucket::start();
    let app = with(&bucket).await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let photo = cast.ann.upload(photo::jpeg(2000, 1000)).await.ok();
    assert_eq!(bucket.names().len(), 2);
    let said = NewComment { attachment_ids: vec![photo.id], ..words("Look.") };
    let said = cast.ann.say(&request, said).await.ok();
    let file = app.anonymous().send_raw("GET", &said.attachments[0].url, "", "").await;
    assert_eq!((file.status, file.header("content-type")), (200, "image/jpeg"));
    assert!(image::load_from_memory(&file.body).is_ok());
    take_back(&cast.ann, &request, &said).await;
    app.run_outbox().await;
    assert_eq!(bucket.names(), [] as [&str; 0], "what is taken back leaves the bucket");
}

#[actix_web::test]
async fn while_the_store_is_in_trouble_uploads_say_when_to_come_back_and_leave_nothing_behind() {
    let bucket = FakeBucket::start();
    let app = with(&bucket).await;
    let ann = app.resident("ann").await;
    let kept = ann.upload(photo::jpeg(9, 9)).await.ok();
    let before = bucket.names();
    let ready = async || app.anonymous().send_raw("GET", "/health/ready", "", "").await;
    assert_eq!(ready().await.status, 200);
    for trouble in [Trouble::Locked, Trouble::NoRoomFor("thumbnail.jpg"), Trouble::NoRoomFor("screen.jpg")] {
        bucket.suffers(trouble);
        let refused = ann.upload(photo::jpeg(9, 9)).await;
        assert_eq!(refused.refusal(), "503 unavailable", "{trouble:?}");
        assert_eq!(refused.raw.header("retry-after"), "10");
        assert_eq!(app.count("attachments").await, 1, "{trouble:?}");
        assert_eq!(bucket.names(), before, "{trouble:?}");
    }
    bucket.suffers(Trouble::Locked);
    let gone = app.anonymous().send_raw("GET", &kept.url, "", "").await;
    assert_eq!(gone.status, 503);
    let not_ready = ready().await;
    assert_eq!(not_ready.status, 503);
    assert!(not_ready.text().contains("file store unavailable"), "{}", not_ready.text());
    bucket.suffers(Trouble::None);
    ann.upload(photo::jpeg(9, 9)).await.ok();
    assert_eq!(ready().await.status, 200);
}

#[actix_web::test]
async fn a_folder_that_cannot_be_written_refuses_uploads_in_the_same_way() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let folder = app.shared.config.data_dir.join("files");
    std::fs::remove_dir_all(&folder).unwrap();
    std::fs::write(&folder, "not a folder").unwrap();
    let refused = ann.upload(photo::jpeg(9, 9)).await;
    assert_eq!(refused.refusal(), "503 unavailable");
    assert_eq!(app.count("attachments").await, 0);
    let not_ready = app.anonymous().send_raw("GET", "/health/ready", "", "").await;
    assert!(not_ready.text().contains("file store unavailable"), "{}", not_ready.text());
}

#[actix_web::test]
async fn a_file_that_belongs_to_nothing_goes_when_it_is_old_and_no_other_does() {
    let bucket = FakeBucket::start();
    let app = with(&bucket).await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let photo = cast.ann.upload(photo::jpeg(9, 9)).await.ok();
    cast.ann.say(&request, NewComment { attachment_ids: vec![photo.id], ..words("Look.") }).await.ok();
    let known = bucket.names();
    bucket.put("orphan/screen.jpg", b"x");
    bucket.put("orphan/thumbnail.jpg", b"x");
    app.run_outbox().await;
    assert_eq!(bucket.names(), known);
}
