//! Files that are no photos, or photos that nobody should have to decode.

use image::ImageFormat;

use super::Tries;
use crate::support::app::TestApp;
use crate::support::calls::form;
use crate::support::photo;

#[actix_web::test]
async fn what_is_no_decent_photo_is_refused_and_leaves_no_file() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let jpeg = photo::jpeg(64, 64);
    let png = photo::encoded(64, 64, ImageFormat::Png);
    let mut tries = Tries::of(&app, &ann).await;
    for (name, file) in [
        ("text named .jpg", b"I am not a photo.".to_vec()),
        ("nothing", Vec::new()),
        ("a page", b"<html><script>alert(1)</script></html>".to_vec()),
        ("a drawing", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("a GIF", b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()),
        ("a JPEG's first bytes", jpeg[..20].to_vec()),
        ("half a JPEG's head", jpeg[..jpeg.len() / 4].to_vec()),
        ("half a PNG", png[..png.len() / 2].to_vec()),
        ("a PNG that lies about its size", photo::png_bomb(5000, 5000)),
        ("a PNG of 30,000 x 30,000", photo::png_bomb(30_000, 30_000)),
        ("a PNG of 12,000 x 12,000", photo::png_bomb(12_000, 12_000)),
        ("a PNG of 4 billion x 1", photo::png_bomb(u32::MAX / 4, 1)),
        ("20 MB", [jpeg.clone(), vec![0; 20 << 20]].concat()),
    ] {
        let call = form(contract::attachment::UPLOAD.operation, &ann.slug, "file", &file);
        tries.send(name, "POST", &call.path, &call.content_type, call.body).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    text named .jpg: 422 invalid: #/file not_a_photo
    nothing: 422 invalid: #/file not_a_photo
    a page: 422 invalid: #/file not_a_photo
    a drawing: 422 invalid: #/file not_a_photo
    a GIF: 422 invalid: #/file not_a_photo
    a JPEG's first bytes: 422 invalid: #/file not_a_photo
    half a JPEG's head: 422 invalid: #/file not_a_photo
    half a PNG: 422 invalid: #/file not_a_photo
    a PNG that lies about its size: 422 invalid: #/file not_a_photo
    a PNG of 30,000 x 30,000: 422 invalid: #/file photo_too_large
    a PNG of 12,000 x 12,000: 422 invalid: #/file photo_too_large
    a PNG of 4 billion x 1: 422 invalid: #/file not_a_photo
    20 MB: 413 too_large
    ");
}

#[actix_web::test]
async fn a_form_that_is_none_is_refused() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let good = form(contract::attachment::UPLOAD.operation, &ann.slug, "file", &photo::jpeg(8, 8));
    let other = form(contract::attachment::UPLOAD.operation, &ann.slug, "photo", &photo::jpeg(8, 8));
    let word = form(contract::attachment::UPLOAD.operation, &ann.slug, "note", b"hello").body;
    // The first without its end, and the other behind it.
    let both = |other: &[u8]| [&good.body[..good.body.len() - "--frontier--\r\n".len()], other].concat();
    let cut = &good.body[..good.body.len() - 30];
    let mut tries = Tries::of(&app, &ann).await;
    for (name, content_type, body) in [
        ("JSON", "application/json", b"{}".as_slice()),
        ("a bare photo", "image/jpeg", &photo::jpeg(8, 8)),
        ("no boundary", "multipart/form-data", &good.body),
        ("another boundary", "multipart/form-data; boundary=other", &good.body),
        ("another name", &good.content_type, &other.body),
        ("two files", &good.content_type, &both(&good.body)),
        ("a file and a word", &good.content_type, &both(&word)),
        ("cut off", &good.content_type, cut),
        ("nothing in it", &good.content_type, b"--frontier--\r\n"),
        ("no body", &good.content_type, b""),
    ] {
        tries.send(name, "POST", &good.path, content_type, body).await;
    }
    insta::assert_snapshot!(tries.lines(), @r"
    JSON: 415 unsupported_media_type
    a bare photo: 415 unsupported_media_type
    no boundary: 400 malformed
    another boundary: 400 malformed
    another name: 422 invalid: #/photo unknown_field, #/file missing_file
    two files: 422 invalid: #/file too_many
    a file and a word: 422 invalid: #/note unknown_field
    cut off: 400 malformed
    nothing in it: 422 invalid: #/file missing_file
    no body: 400 malformed
    ");
}
