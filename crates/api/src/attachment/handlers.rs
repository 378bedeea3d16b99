//! `POST …/attachments`, `DELETE …/attachments/{id}`, `GET /files/{id}/{variant}`.

use actix_multipart::{Multipart, MultipartError};
use actix_web::body::SizedStream;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY};
use actix_web::web::{self, Data, Path};
use actix_web::{HttpRequest, HttpResponse, delete, get, post};
use chrono::{DateTime, Utc};
use contract::attachment::{Attachment, SignedQuery};
use contract::problem::Code;
use domain::id::{AttachmentId, CommunityId};
use domain::rule::{PHOTO_PIXELS_MAX, PHOTO_SIDE_MAX, UPLOAD_BYTES_MAX};
use domain::service_request::AttachmentKind;
use futures_util::TryStreamExt;
use uuid::Uuid;

use super::document;
use super::photo::{self, Photo, Unusable};
use crate::app::App;
use crate::files::{self, Variant};
use crate::http::body;
use crate::http::caller::{Caller, CurrentActor};
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Query;
use crate::http::json::escaped;

/// What is read of a body that is too large, so that the answer still reaches whoever is sending it.
const DRAINED_MAX: usize = 8 * UPLOAD_BYTES_MAX;

/// After so many parts that do not belong there, nobody reads on.
const FAULTS_MAX: usize = 20;

/// The form of an upload.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes the form in the document; the parts are read as a stream")]
struct UploadForm {
    /// A JPEG, PNG or WebP photo, or a PDF, of at most 10 MiB.
    #[schema(format = Binary, content_media_type = "application/octet-stream")]
    file: String,
}

/// Upload a photo or a document
///
/// Takes one file; a request, an action or a comment names its id later. A photo is turned upright, made smaller and
/// encoded anew, so nothing of it remains but the picture. A PDF is kept as it is, and only ever handed out to be saved.
/// What a file is, its bytes say, not its name.
#[utoipa::path(tag = "attachments", params(("community" = String, Path, description = "Slug or id")),
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = CREATED, body = Attachment)))]
#[post("/communities/{community}/attachments")]
pub async fn upload_attachment(
    app: Data<App>,
    actor: CurrentActor,
    caller: Caller,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse> {
    let now = app.now();
    let mut row = blank(actor.community_id(), now);
    row.uploader_id = Some(actor.member_id);
    let row = store(&app, &request, payload, row, Takes::Everything).await?;
    db::attachment::insert_all(&mut *app.db.conn().await?, std::slice::from_ref(&row)).await?;
    Ok(HttpResponse::Created().json(super::view(&row, &app.files, caller.session_id, now)))
}

/// An upload of which nothing is known yet.
pub fn blank(community: CommunityId, now: DateTime<Utc>) -> db::attachment::Attachment {
    db::attachment::Attachment {
        id: AttachmentId(Uuid::now_v7()),
        community_id: community,
        uploader_id: None,
        request_id: None,
        announcement_id: None,
        comment_id: None,
        kind: AttachmentKind::Problem,
        name: None,
        stored_name: files::random_name(),
        width: 0,
        height: 0,
        size: 0,
        created_at: now,
        removed_at: None,
    }
}

/// What may be uploaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    Everything,
    Photos,
}

/// Reads the one file of a form, makes it harmless and stores its bytes; answers what is to be known of it.
pub async fn store(
    app: &App,
    request: &HttpRequest,
    payload: web::Payload,
    blank: db::attachment::Attachment,
    takes: Takes,
) -> Result<db::attachment::Attachment> {
    let multipart = request
        .headers()
        .get(actix_web::http::header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("multipart/form-data"));
    if !multipart {
        return Err(Code::UnsupportedMediaType.into());
    }
    let file = read_file(Multipart::new(request.headers(), payload)).await?;
    let (row, variants) = if takes == Takes::Everything && document::is_pdf(&file.bytes) {
        let name = Some(document::safe_name(file.name.as_deref()));
        (
            db::attachment::Attachment { kind: AttachmentKind::Document, name, ..blank },
            vec![(Variant::Document, file.bytes)],
        )
    } else {
        let photo = upright(app, file.bytes).await?;
        let (width, height) = (i32::try_from(photo.width), i32::try_from(photo.height));
        let (width, height) = (width.map_err(Error::internal)?, height.map_err(Error::internal)?);
        (db::attachment::Attachment { width, height, ..blank }, photo.variants)
    };
    let size = variants.iter().map(|(_, bytes)| bytes.len()).max().unwrap_or(0);
    let row = db::attachment::Attachment { size: i64::try_from(size).map_err(Error::internal)?, ..row };
    app.files.put_all(&row.stored_name, variants).await?;
    Ok(row)
}

/// A photo made harmless, on a thread that may block, so many at a time.
async fn upright(app: &App, bytes: Vec<u8>) -> Result<Photo> {
    let photo = {
        let _turn = app.photos.acquire().await.map_err(Error::internal)?;
        web::block(move || photo::process(&bytes)).await.map_err(Error::internal)?
    };
    photo.map_err(|unusable| {
        let fault = match unusable {
            Unusable::NotAPhoto => Fault::field("file", "not_a_photo"),
            Unusable::Heic => Fault::field("file", "heic_photo"),
            Unusable::TooLarge => Fault::field("file", "photo_too_large")
                .with("max_side", PHOTO_SIDE_MAX)
                .with("max_megapixels", PHOTO_PIXELS_MAX / 1_000_000),
        };
        Error::invalid(vec![fault])
    })
}

/// A file as it came.
struct Sent {
    /// What its sender calls it.
    name: Option<String>,
    bytes: Vec<u8>,
}

/// The bytes of the part named `file`, and no more than may be.
async fn read_file(mut form: Multipart) -> Result<Sent> {
    let mut file: Option<Sent> = None;
    let mut faults = Vec::new();
    let mut total = 0;
    while let Some(mut field) = form.try_next().await.map_err(unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        let wanted = name == "file" && file.is_none();
        let file_name = field.content_disposition().and_then(|it| it.get_filename()).map(ToOwned::to_owned);
        if !wanted {
            faults.push(match name.as_str() {
                "file" => Fault::field("file", "too_many").with("max", 1),
                other => Fault::field(&escaped(other), "unknown_field"),
            });
        }
        if faults.len() > FAULTS_MAX {
            break;
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = field.try_next().await.map_err(unreadable)? {
            total += chunk.len();
            if total > DRAINED_MAX {
                break;
            }
            if wanted && bytes.len() <= UPLOAD_BYTES_MAX {
                bytes.extend_from_slice(&chunk);
            }
        }
        if total > DRAINED_MAX || bytes.len() > UPLOAD_BYTES_MAX {
            return Err(Error::from(Code::TooLarge).with("max_mib", UPLOAD_BYTES_MAX / 1024 / 1024));
        }
        if wanted {
            file = Some(Sent { name: file_name, bytes });
        }
    }
    if file.is_none() {
        faults.push(Fault::field("file", "missing_file"));
    }
    match file {
        Some(file) if faults.is_empty() => Ok(file),
        _ => Err(Error::invalid(faults)),
    }
}

/// Why a form broke off.
fn unreadable(broken: MultipartError) -> Error {
    match broken {
        MultipartError::Payload(broken) => body::unreadable(&broken),
        _ => Code::Malformed.into(),
    }
}

/// Download a file
///
/// By the signed address that a resource handed out: good for ten to twenty minutes, for one file, one size and one
/// session, because an `<img>` cannot send a token.
#[utoipa::path(tag = "attachments",
    params(("id" = AttachmentId, Path), ("variant" = String, Path, description = "`thumbnail` or `screen` of a photo, or `document`"), SignedQuery),
    responses((status = OK, content_type = "image/jpeg", body = String, description = "The photo, or the document to be saved")))]
#[get("/files/{id}/{variant}")]
pub async fn download_file(
    app: Data<App>,
    path: Path<(String, String)>,
    query: Query<SignedQuery>,
) -> Result<HttpResponse> {
    let (id, variant) = path.into_inner();
    let id: AttachmentId = id.parse().map_err(|_| Code::NotFound)?;
    let variant = Variant::parse(&variant).ok_or(Code::NotFound)?;
    let signed = app.files.verify(id, variant, &query.0, app.now());
    // What anybody may see is signed for anybody.
    if !signed || (query.0.sid != files::ANYBODY && app.holder(query.0.sid).await?.is_none()) {
        return Err(Code::NotFound.into());
    }
    let row = db::attachment::find_signed(&mut *app.db.conn().await?, id).await?.ok_or(Code::NotFound)?;
    if (row.kind == AttachmentKind::Document) != (variant == Variant::Document) {
        return Err(Code::NotFound.into());
    }
    let file = app.files.get(&row.stored_name, variant).await?;
    let disposition = match &row.name {
        Some(name) => document::disposition(name),
        None => format!("inline; filename=\"{id}.jpg\""),
    };
    Ok(HttpResponse::Ok()
        .content_type(variant.content_type())
        .insert_header((CACHE_CONTROL, "private, max-age=600, immutable"))
        .insert_header((CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header((CONTENT_DISPOSITION, disposition))
        .body(SizedStream::new(file.meta.size, file.into_stream())))
}

/// Take back an upload
///
/// One's own, as long as nothing names it. Its bytes go with the next sweep.
#[utoipa::path(tag = "attachments",
    params(("community" = String, Path, description = "Slug or id"), ("id" = AttachmentId, Path)),
    responses((status = NO_CONTENT, description = "Taken back")))]
#[delete("/communities/{community}/attachments/{id}")]
pub async fn remove_attachment(
    app: Data<App>,
    actor: CurrentActor,
    path: Path<(String, String)>,
) -> Result<HttpResponse> {
    let id: AttachmentId = path.1.parse().map_err(|_| Code::NotFound)?;
    let (conn, now) = (&mut *app.db.conn().await?, app.now());
    match db::attachment::remove_unnamed(conn, actor.community_id(), actor.member_id, id, now).await? {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Code::NotFound.into()),
    }
}
