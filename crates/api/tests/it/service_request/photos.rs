//! Photos: taken in, made harmless, handed out by signed addresses.

use chrono::TimeDelta;
use contract::service_request::NewServiceRequest;
use contract::session::SIGN_OUT;
use image::{GenericImageView, ImageFormat};

use crate::support::app::TestApp;
use crate::support::caller::{Raw, brief};
use crate::support::cast::{Cast, about};
use crate::support::photo;

/// Fetched like an `<img>` does: without a token.
async fn fetch(app: &TestApp, address: &str) -> Raw {
    app.anonymous().send_raw("GET", address, "", "").await
}

#[actix_web::test]
async fn a_photo_comes_back_in_two_sizes_for_whoever_has_its_address() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let photo = ann.upload(photo::jpeg(2000, 1000)).await.ok();
    assert_eq!((photo.width, photo.height), (1600, 800));
    for (address, size) in [(&photo.url, (1600, 800)), (photo.thumbnail_url.as_ref().unwrap(), (320, 160))] {
        let answer = fetch(&app, address).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, "image/jpeg"));
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("content-security-policy"), "default-src 'none'; sandbox");
        assert!(answer.header("content-disposition").starts_with("inline; filename="));
        assert!(answer.header("cache-control").starts_with("private"));
        assert_eq!(image::load_from_memory(&answer.body).unwrap().dimensions(), size);
    }
}

#[actix_web::test]
async fn small_photos_stay_small_and_every_format_becomes_the_same() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let photo = ann.upload(photo::encoded(100, 60, format)).await.ok();
        assert_eq!((photo.width, photo.height), (100, 60), "{format:?}");
        let bytes = fetch(&app, photo.thumbnail_url.as_ref().unwrap()).await.body;
        assert_eq!(image::guess_format(&bytes).unwrap(), ImageFormat::Jpeg);
    }
}

#[actix_web::test]
async fn a_photo_is_turned_upright_and_forgets_where_it_was_taken() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let taken = photo::jpeg_from_a_phone(80, 40);
    assert!(contains(&taken, b"SECRETCAM"));
    let photo = ann.upload(taken).await.ok();
    assert_eq!((photo.width, photo.height), (40, 80));
    let bytes = fetch(&app, &photo.url).await.body;
    assert!(!contains(&bytes, b"SECRETCAM") && !contains(&bytes, b"Exif"));
    let picture = image::load_from_memory(&bytes).unwrap().to_rgb8();
    let (top, bottom) = (picture.get_pixel(20, 10), picture.get_pixel(20, 70));
    assert!(top[0] > top[2] && bottom[2] > bottom[0], "{top:?} above {bottom:?}");
}

#[actix_web::test]
async fn nothing_hides_behind_a_photo() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let page = b"<html><script>alert(1)</script>PK\x03\x04".as_slice();
    let photo = ann.upload([&photo::jpeg(20, 20)[..], page].concat()).await.ok();
    assert!(!contains(&fetch(&app, &photo.url).await.body, b"script"));
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[actix_web::test]
async fn an_address_is_good_for_its_photo_its_size_its_session_and_its_time_only() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let (photo, other) = (ann.upload(photo::jpeg(9, 9)).await.ok(), ann.upload(photo::jpeg(9, 9)).await.ok());
    let good = &photo.url;
    assert_eq!(fetch(&app, good).await.status, 200);
    let (address, signature) = good.rsplit_once("sig=").unwrap();
    let exp = good.split("exp=").nth(1).unwrap().split('&').next().unwrap();
    let later = (exp.parse::<i64>().unwrap() + 600).to_string();
    for bad in [
        good.replace(&photo.id.to_string(), &other.id.to_string()),
        good.replace("/screen?", "/thumbnail?"),
        good.replace("/screen?", "/original?"),
        good.replace(exp, &later),
        format!("{address}sig={}", signature.to_lowercase()),
        format!("{address}sig={}", &signature[1..]),
    ] {
        assert_eq!(brief(&fetch(&app, &bad).await.problem()), "404 not_found", "{bad}");
    }
    let unsigned = fetch(&app, &format!("{address}sig=")).await;
    assert_eq!(brief(&unsigned.problem()), "422 invalid: sig required");

    app.advance(TimeDelta::seconds(599));
    assert_eq!(fetch(&app, good).await.status, 200);
    app.advance(TimeDelta::seconds(601));
    assert_eq!(fetch(&app, good).await.status, 404);
}

#[actix_web::test]
async fn an_address_dies_with_the_session_that_it_was_made_for() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let photo = ann.upload(photo::jpeg(9, 9)).await.ok();
    ann.call(&SIGN_OUT, &[], &()).await.ok();
    assert_eq!(fetch(&app, &photo.url).await.status, 404);
}

#[actix_web::test]
async fn nobody_shows_off_with_somebody_elses_photo() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let photo = cast.ann.upload(photo::jpeg(9, 9)).await.ok();
    let report = NewServiceRequest { attachment_ids: vec![photo.id], ..about(app.place.heating, "Not mine") };
    assert_eq!(cast.dora.report(&report).await.refusal(), "422 invalid: #/attachment_ids not_yours");
    cast.ann.report(&report).await.ok();
    assert_eq!(cast.ann.report(&report).await.refusal(), "422 invalid: #/attachment_ids not_yours");
}

#[actix_web::test]
async fn an_upload_that_nobody_names_within_a_day_is_thrown_away() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let (kept, _lost) =
        (cast.ann.upload(photo::jpeg(9, 9)).await.ok(), cast.ann.upload(photo::jpeg(9, 9)).await.ok());
    let report = NewServiceRequest { attachment_ids: vec![kept.id], ..cast.cold_radiator() };
    let request = cast.ann.report(&report).await.ok();
    app.advance(TimeDelta::hours(25));
    app.run_outbox().await;
    assert_eq!(app.query("select id::text as text from attachments").await, [kept.id.to_string()]);
    assert!(app.holdings().await.ends_with("files 2"), "{}", app.holdings().await);
    let seen = app.again(&cast.ann).await.show(&request).await.ok();
    assert_eq!(fetch(&app, &seen.attachments[0].url).await.status, 200);
}
