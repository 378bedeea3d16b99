//! The built web app, served from the same address as the API.

use std::path::{Path, PathBuf};

use actix_files::{Files, NamedFile};
use actix_web::dev::{ServiceRequest, ServiceResponse, fn_service};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::app::App;
use crate::config::TileServer;
use crate::http::{is_below, routed_path};

/// Hashes of the inline scripts and styles of `index.html`, as the build wrote them.
#[derive(Debug, Clone, Default, Deserialize)]
struct Inline {
    #[serde(default)]
    script: Vec<String>,
    #[serde(default)]
    style: Vec<String>,
}

/// The content security policy of the app's pages.
#[derive(Debug, Clone)]
pub struct Policy(HeaderValue);

impl Policy {
    /// No foreign code at all, and no inline code but what the build itself wrote.
    ///
    /// Pictures may also come from the server that maps get theirs from.
    pub fn of(folder: Option<&Path>, tiles: Option<&TileServer>) -> Self {
        let inline: Inline = folder
            .and_then(|folder| std::fs::read(folder.join("csp.json")).ok())
            .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            .unwrap_or_default();
        let policy = format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' {}; style-src 'self' {}; img-src 'self' blob: data: {}; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            inline.script.join(" "),
            inline.style.join(" "),
            tiles.map_or("", |tiles| &tiles.origin)
        );
        Self(HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'")))
    }
}

/// Files under `/`, and `index.html` for every address that the app itself knows.
pub fn files(folder: PathBuf) -> Files {
    let index = folder.join("index.html");
    Files::new("/", folder).index_file("index.html").try_compressed().default_handler(fn_service(
        move |request: ServiceRequest| {
            let index = index.clone();
            async move {
                let (request, _) = request.into_parts();
                // A file that is gone (an older build's, say) is not a page of the app.
                let page =
                    (!is_below(request.match_info().as_str(), "/assets")).then(|| NamedFile::open(&index));
                let response = match page.unwrap_or_else(|| Err(std::io::ErrorKind::NotFound.into())) {
                    Ok(file) => file.into_response(&request),
                    Err(_) => HttpResponse::NotFound().finish(),
                };
                Ok(ServiceResponse::new(request, response))
            }
        },
    ))
}

/// Says in plain words that there is no web app here.
pub async fn not_built(app: web::Data<App>) -> HttpResponse {
    let words = app.messages.get("en", "web.not_built", &serde_json::Map::new());
    HttpResponse::NotFound().content_type("text/plain; charset=utf-8").body(words)
}

/// Headers of everything that is not the API: hashed files never change, pages are asked for anew.
pub async fn headers(
    request: ServiceRequest,
    next: Next<impl actix_web::body::MessageBody>,
) -> Result<ServiceResponse<impl actix_web::body::MessageBody>, actix_web::Error> {
    let path = routed_path(&request).to_owned();
    let policy = request.app_data::<web::Data<Policy>>().map(|policy| policy.0.clone());
    let mut response = next.call(request).await?;
    let is_ours = !["/api", "/docs", "/openapi.json", "/problems", "/health"]
        .iter()
        .any(|folder| is_below(&path, folder));
    // Whatever way an address takes to the page: it is asked for anew.
    let kind = response.headers().get(header::CONTENT_TYPE).map_or(&[][..], HeaderValue::as_bytes);
    let is_page = kind.starts_with(b"text/html");
    let is_hashed = is_below(&path, "/assets") && response.status().is_success() && !is_page;
    let headers = response.headers_mut();
    if is_ours && let Some(policy) = policy {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
        let cache = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        headers.insert(
            HeaderName::from_static("cross-origin-opener-policy"),
            HeaderValue::from_static("same-origin"),
        );
        headers.insert(
            HeaderName::from_static("permissions-policy"),
            HeaderValue::from_static("geolocation=(self), camera=(self), microphone=()"),
        );
    }
    Ok(response)
}
