//! A store that speaks as much S3 as ours asks of one, and can be in trouble.

use std::collections::BTreeMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use actix_web::http::Method;
use actix_web::web::{self, Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};
use api::config::Bucket;

/// What is wrong with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trouble {
    #[default]
    None,
    /// 503 so many times, then well again.
    Busy(u32),
    /// 503 for whatever is written under this ending.
    NoRoomFor(&'static str),
    /// No answer at all.
    Silent,
    /// 403, as for keys that it does not know.
    Locked,
}

#[derive(Default)]
struct Inside {
    objects: BTreeMap<String, Vec<u8>>,
    trouble: Trouble,
}

#[derive(Clone)]
pub struct FakeBucket {
    inside: Arc<Mutex<Inside>>,
    address: String,
}

const NAME: &str = "files";

impl FakeBucket {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let inside = Arc::<Mutex<Inside>>::default();
        let data = Data::from(Arc::clone(&inside));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(web::PayloadConfig::new(32 << 20))
                .default_service(web::to(answer))
        });
        // It ends with the runtime of the test.
        actix_web::rt::spawn(server.workers(1).listen(listener).unwrap().run());
        Self { inside, address }
    }

    /// The settings of a server that uses it.
    pub fn settings(&self) -> Bucket {
        Bucket {
            name: NAME.into(),
            region: "us-east-1".into(),
            endpoint: Some(self.address.clone()),
            access_key: "the-key".into(),
            secret_key: "the-secret".into(),
            path_style: true,
            timeout: Duration::from_millis(500),
        }
    }

    pub fn suffers(&self, trouble: Trouble) {
        self.inside.lock().unwrap().trouble = trouble;
    }

    pub fn names(&self) -> Vec<String> {
        self.inside.lock().unwrap().objects.keys().cloned().collect()
    }

    pub fn put(&self, name: &str, bytes: &[u8]) {
        self.inside.lock().unwrap().objects.insert(name.into(), bytes.to_vec());
    }
}

/// Signed as AWS Signature Version 4 asks, as far as that can be seen from outside.
fn is_signed(request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let (Some(signed), Some(_), Some(_)) =
        (header("authorization"), header("x-amz-date"), header("x-amz-content-sha256"))
    else {
        return false;
    };
    let part = |name: &str| signed.split([' ', ',']).find_map(|part| part.strip_prefix(name));
    signed.starts_with("AWS4-HMAC-SHA256 ")
        && part("Credential=")
            .is_some_and(|it| it.starts_with("the-key/") && it.ends_with("/us-east-1/s3/aws4_request"))
        && part("SignedHeaders=").is_some_and(|it| it.contains("host") && it.contains("x-amz-date"))
        && part("Signature=").is_some_and(|it| it.len() == 64 && it.bytes().all(|b| b.is_ascii_hexdigit()))
}

async fn answer(request: HttpRequest, inside: Data<Mutex<Inside>>, body: Bytes) -> HttpResponse {
    let name = request.path().trim_start_matches('/').strip_prefix(NAME).unwrap_or_default();
    let name = name.trim_start_matches('/').to_owned();
    let trouble = {
        let mut inside = inside.lock().unwrap();
        let trouble = inside.trouble;
        if let Trouble::Busy(times) = trouble {
            inside.trouble = times.checked_sub(2).map_or(Trouble::None, |rest| Trouble::Busy(rest + 1));
        }
        trouble
    };
    match trouble {
        Trouble::Silent => std::future::pending().await,
        Trouble::Locked => return problem(403, "InvalidAccessKeyId"),
        Trouble::Busy(_) => return problem(503, "SlowDown"),
        Trouble::NoRoomFor(ending) if request.method() == Method::PUT && name.ends_with(ending) => {
            return problem(503, "SlowDown");
        }
        Trouble::NoRoomFor(_) | Trouble::None => {}
    }
    if !is_signed(&request) {
        return problem(403, "AccessDenied");
    }
    let mut inside = inside.lock().unwrap();
    match (request.method().as_str(), name.as_str()) {
        ("GET", "") => list(&inside, request.query_string()),
        ("PUT", _) => {
            inside.objects.insert(name, body.to_vec());
            HttpResponse::Ok().insert_header(("etag", "\"1\"")).finish()
        }
        ("GET" | "HEAD", _) => match inside.objects.get(&name) {
            None => problem(404, "NoSuchKey"),
            Some(bytes) => HttpResponse::Ok()
                .insert_header(("etag", "\"1\""))
                .insert_header(("last-modified", "Mon, 01 Jun 2026 08:00:00 GMT"))
                .body(bytes.clone()),
        },
        ("DELETE", _) => {
            inside.objects.remove(&name);
            HttpResponse::NoContent().finish()
        }
        _ => problem(405, "MethodNotAllowed"),
    }
}

/// ListObjectsV2, two at a time, so that whoever lists must ask for the next page.
fn list(inside: &Inside, query: &str) -> HttpResponse {
    let value = |name: &str| {
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    };
    if value("list-type").as_deref() != Some("2") {
        return problem(400, "InvalidRequest");
    }
    let (prefix, after) =
        (value("prefix").unwrap_or_default(), value("continuation-token").unwrap_or_default());
    let mut found: Vec<_> = inside
        .objects
        .iter()
        .filter(|(name, _)| name.starts_with(&prefix) && **name > after)
        .take(3)
        .collect();
    let more = found.len() > 2;
    found.truncate(2);
    let contents: String = found
        .iter()
        .map(|(name, bytes)| {
            format!(
                "<Contents><Key>{name}</Key><LastModified>2026-06-01T08:00:00.000Z</LastModified>\
                 <ETag>&quot;1&quot;</ETag><Size>{}</Size></Contents>",
                bytes.len()
            )
        })
        .collect();
    let next = found
        .last()
        .filter(|_| more)
        .map_or(String::new(), |(name, _)| format!("<NextContinuationToken>{name}</NextContinuationToken>"));
    HttpResponse::Ok().content_type("application/xml").body(format!(
        "<?xml version=\"1.0\"?><ListBucketResult><Name>{NAME}</Name><IsTruncated>{more}</IsTruncated>{next}{contents}\
         </ListBucketResult>"
    ))
}

fn problem(status: u16, code: &str) -> HttpResponse {
    HttpResponse::build(status.try_into().unwrap())
        .content_type("application/xml")
        .body(format!("<?xml version=\"1.0\"?><Error><Code>{code}</Code></Error>"))
}
