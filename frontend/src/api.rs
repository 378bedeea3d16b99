//! Calls to the API: the contract's constants in, typed replies or a [`Failure`] out.

mod access;
pub mod turn;
mod upload;

use std::fmt::Display;
use std::pin::Pin;

use contract::endpoint::{Endpoint, Method};
use contract::problem::{Code, Problem};
use gloo_net::http::{RequestBuilder, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use access::{adopt, drop_access, refresh, token};
pub use upload::{Parcel, upload};

/// Replies are JSON, but for what is exported.
const ACCEPT: &str = "application/json, text/csv";

/// Why there is no reply.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// The server said what is wrong.
    Problem(Box<Problem>),
    /// Too often: so many seconds until another try is worth it.
    Wait(u32),
    /// The session is over.
    SignedOut,
    /// The server cannot be reached.
    Offline,
    /// The reply makes no sense, which is our fault.
    Unexpected,
}

impl Failure {
    pub fn code(&self) -> Option<Code> {
        match self {
            Failure::Problem(problem) => Some(problem.code),
            Failure::Wait(_) => Some(Code::TooManyRequests),
            Failure::SignedOut | Failure::Offline | Failure::Unexpected => None,
        }
    }

    /// Not to be told from an address that never was.
    pub fn is_nowhere(&self) -> bool {
        matches!(self.code(), Some(Code::NotFound | Code::Gone | Code::Invalid))
    }
}

/// What goes along with a call.
enum Payload<'a> {
    Nothing,
    Json(String),
    File(&'a Parcel<'a>),
}

/// A call, before it is made.
struct Call<'a> {
    method: Method,
    path: String,
    payload: Payload<'a>,
    /// The version that the caller has seen, where the operation wants to know.
    seen: Option<i32>,
    /// By what the server knows that it is the same call, made again.
    key: Option<&'a str>,
}

impl Call<'_> {
    fn of<B, R>(endpoint: &Endpoint<B, R>, path: String) -> Self {
        Self { method: endpoint.operation.method, path, payload: Payload::Nothing, seen: None, key: None }
    }

    fn with(mut self, body: &impl Serialize) -> Result<Self, Failure> {
        self.payload = Payload::Json(serde_json::to_string(body).map_err(|_| Failure::Unexpected)?);
        Ok(self)
    }
}

pub async fn get<R: DeserializeOwned>(
    endpoint: &Endpoint<(), R>,
    values: &[&dyn Display],
) -> Result<R, Failure> {
    read(&exchange(Call::of(endpoint, endpoint.path(values))).await?)
}

pub async fn get_with<R: DeserializeOwned>(
    endpoint: &Endpoint<(), R>,
    values: &[&dyn Display],
    query: &impl Serialize,
) -> Result<R, Failure> {
    read(&text_with(endpoint, values, query).await?)
}

/// The reply as it came, for what is no JSON.
pub async fn text_with<R>(
    endpoint: &Endpoint<(), R>,
    values: &[&dyn Display],
    query: &impl Serialize,
) -> Result<String, Failure> {
    exchange(Call::of(endpoint, endpoint.path_with(values, query))).await
}

pub async fn send<B: Serialize, R: DeserializeOwned>(
    endpoint: &Endpoint<B, R>,
    values: &[&dyn Display],
    body: &B,
) -> Result<R, Failure> {
    read(&exchange(Call::of(endpoint, endpoint.path(values)).with(body)?).await?)
}

/// Sends something that must not happen twice, however often it is sent under this key.
pub async fn send_once<B: Serialize, R: DeserializeOwned>(
    endpoint: &Endpoint<B, R>,
    values: &[&dyn Display],
    key: &str,
    body: &B,
) -> Result<R, Failure> {
    let call = Call { key: Some(key), ..Call::of(endpoint, endpoint.path(values)).with(body)? };
    read(&exchange(call).await?)
}

/// Changes a resource of which `seen` is the version that was looked at.
pub async fn change<B: Serialize, R: DeserializeOwned>(
    endpoint: &Endpoint<B, R>,
    values: &[&dyn Display],
    seen: i32,
    body: &B,
) -> Result<R, Failure> {
    let call = Call { seen: Some(seen), ..Call::of(endpoint, endpoint.path(values)).with(body)? };
    read(&exchange(call).await?)
}

/// Takes a resource away of which `seen` is the version that was looked at.
pub async fn remove<R: DeserializeOwned>(
    endpoint: &Endpoint<(), R>,
    values: &[&dyn Display],
    seen: i32,
) -> Result<R, Failure> {
    read(&exchange(Call { seen: Some(seen), ..Call::of(endpoint, endpoint.path(values)) }).await?)
}

/// The same, with a query.
pub async fn remove_with<R: DeserializeOwned>(
    endpoint: &Endpoint<(), R>,
    values: &[&dyn Display],
    seen: i32,
    query: &impl Serialize,
) -> Result<R, Failure> {
    let call = Call { seen: Some(seen), ..Call::of(endpoint, endpoint.path_with(values, query)) };
    read(&exchange(call).await?)
}

/// Calls an operation that is about the session itself: no access token, no second try.
pub async fn send_bare<B: Serialize, R: DeserializeOwned>(
    endpoint: &Endpoint<B, R>,
    body: &B,
) -> Result<R, Failure> {
    read(&carry(&Call::of(endpoint, endpoint.path(&[])).with(body)?, None).await?)
}

/// A call on its way. Boxed, because each kind of reply has code of its own around it, which shall stay small.
type Exchange<'a> = Pin<Box<dyn Future<Output = Result<String, Failure>> + 'a>>;

/// Sends with the access token; when it has run out, fetches a new one and sends once more.
fn exchange(call: Call<'_>) -> Exchange<'_> {
    Box::pin(async move {
        match carry(&call, access::token()).await {
            Err(Failure::Problem(problem)) if problem.code == Code::NotSignedIn => {
                access::refresh().await?;
                carry(&call, access::token()).await.map_err(|failure| match failure {
                    Failure::Problem(problem) if problem.code == Code::NotSignedIn => Failure::SignedOut,
                    other => other,
                })
            }
            other => other,
        }
    })
}

fn carry<'a>(call: &'a Call<'_>, token: Option<String>) -> Exchange<'a> {
    Box::pin(async move {
        if let Payload::File(parcel) = &call.payload {
            return upload::carry(&call.path, parcel, token).await;
        }
        let method = match call.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Patch => gloo_net::http::Method::PATCH,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        };
        let mut request = RequestBuilder::new(&call.path).method(method).header("accept", ACCEPT);
        if let Some(token) = token {
            request = request.header("authorization", &format!("Bearer {token}"));
        }
        if let Some(seen) = call.seen {
            request = request.header("if-match", &format!("\"{seen}\""));
        }
        if let Some(key) = call.key {
            request = request.header("idempotency-key", key);
        }
        let request = match &call.payload {
            Payload::Nothing | Payload::File(_) => request.build(),
            Payload::Json(body) => request.header("content-type", "application/json").body(body.as_str()),
        };
        let response =
            request.map_err(|_| Failure::Unexpected)?.send().await.map_err(|_| Failure::Offline)?;
        told(response).await
    })
}

/// The text of a good reply, or the problem of another.
async fn told(response: Response) -> Result<String, Failure> {
    let wait = response.headers().get("retry-after");
    let text = response.text().await.map_err(|_| Failure::Offline)?;
    meant(response.status(), wait, text)
}

/// What a reply of this status means.
fn meant(status: u16, wait: Option<String>, text: String) -> Result<String, Failure> {
    if (200..300).contains(&status) {
        return Ok(text);
    }
    if let (429, Some(seconds)) = (status, wait.and_then(|seconds| seconds.parse().ok())) {
        return Err(Failure::Wait(seconds));
    }
    match read::<Problem>(&text) {
        Ok(problem) => Err(Failure::Problem(Box::new(problem))),
        // A proxy answers while the server behind it is away.
        Err(_) if matches!(status, 502..=504) => Err(Failure::Offline),
        Err(_) => Err(Failure::Unexpected),
    }
}

fn read<R: DeserializeOwned>(text: &str) -> Result<R, Failure> {
    serde_json::from_str(if text.is_empty() { "null" } else { text }).map_err(|_| Failure::Unexpected)
}
