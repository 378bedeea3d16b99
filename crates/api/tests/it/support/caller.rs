//! Whoever calls the server: by the same typed endpoints that the browser uses, or with whatever bytes they like.

use std::fmt::Display;
use std::marker::PhantomData;

use contract::attachment::{Attachment, UPLOAD};
use contract::endpoint::Endpoint;
use contract::problem::Problem;
use contract::service_request::{ACT, ActOnServiceRequest, CREATE, NewServiceRequest, SHOW, ServiceRequest};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, IF_MATCH};
use reqwest::{Client, Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::given::Person;

#[derive(Clone)]
pub struct Caller {
    /// The community that they speak of.
    pub slug: String,
    http: Client,
    base: String,
    token: Option<String>,
    person: Option<Person>,
}

impl Caller {
    pub fn anonymous(http: &Client, base: &str, slug: &str) -> Self {
        Self { slug: slug.into(), http: http.clone(), base: base.into(), token: None, person: None }
    }

    pub fn with_person(self, person: Person, token: String) -> Self {
        Self { person: Some(person), token: Some(token), ..self }
    }

    /// The same caller with another token.
    pub fn with_token(&self, token: impl Into<String>) -> Self {
        Self { token: Some(token.into()), ..self.clone() }
    }

    /// The same caller with connections of their own.
    pub fn on_another_device(&self) -> Self {
        Self { http: Client::new(), ..self.clone() }
    }

    /// The same caller about another community.
    pub fn speaking_of(&self, slug: &str) -> Self {
        Self { slug: slug.into(), ..self.clone() }
    }

    pub fn token(&self) -> &str {
        self.token.as_deref().expect("signed in")
    }

    /// Where the server listens.
    pub fn address(&self) -> &str {
        self.base.trim_start_matches("http://")
    }

    pub fn slug(&self) -> &str {
        &self.slug
    }

    pub fn known_token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// Whose token it is, if it is one of ours.
    pub fn known_user(&self) -> Option<String> {
        self.person.as_ref().map(|person| person.user_id.to_string())
    }

    pub fn person(&self) -> &Person {
        self.person.as_ref().expect("a person")
    }

    pub async fn call<B: Serialize, R: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<B, R>,
        path: &[&dyn Display],
        body: &B,
    ) -> Answer<R> {
        let method = endpoint.operation.method.as_str().parse().unwrap();
        let request = self.request(method, &endpoint.path(path));
        let body = serde_json::to_value(body).unwrap();
        let request = if body.is_null() { request } else { request.json(&body) };
        Answer { raw: Raw::of(request).await, reply: PhantomData }
    }

    /// A change of what has been seen in this version.
    pub async fn change<B: Serialize, R: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<B, R>,
        path: &[&dyn Display],
        seen: i32,
        body: &B,
    ) -> Answer<R> {
        let method = endpoint.operation.method.as_str().parse().unwrap();
        let request = self.request(method, &endpoint.path(path)).header(IF_MATCH, format!("\"{seen}\""));
        let body = serde_json::to_value(body).unwrap();
        let request = if body.is_null() { request } else { request.json(&body) };
        Answer { raw: Raw::of(request).await, reply: PhantomData }
    }

    /// A `GET` with a query.
    pub async fn find<R: DeserializeOwned>(
        &self,
        endpoint: &Endpoint<(), R>,
        path: &[&dyn Display],
        query: &impl Serialize,
    ) -> Answer<R> {
        let request = self.request(Method::GET, &endpoint.path_with(path, query));
        Answer { raw: Raw::of(request).await, reply: PhantomData }
    }

    pub async fn report(&self, new: &NewServiceRequest) -> Answer<ServiceRequest> {
        self.call(&CREATE, &[&self.slug], new).await
    }

    pub async fn act(&self, request: &ServiceRequest, act: ActOnServiceRequest) -> Answer<ServiceRequest> {
        self.call(&ACT, &[&self.slug, &request.summary.id], &act).await
    }

    pub async fn show(&self, request: &ServiceRequest) -> Answer<ServiceRequest> {
        self.call(&SHOW, &[&self.slug, &request.summary.id], &()).await
    }

    pub async fn upload(&self, photo: Vec<u8>) -> Answer<Attachment> {
        let part =
            reqwest::multipart::Part::bytes(photo).file_name("photo.jpg").mime_str("image/jpeg").unwrap();
        let form = reqwest::multipart::Form::new().part("file", part);
        let request = self.request(Method::POST, &UPLOAD.path(&[&self.slug])).multipart(form);
        Answer { raw: Raw::of(request).await, reply: PhantomData }
    }

    /// Any bytes to any address.
    pub async fn send_raw(
        &self,
        method: &str,
        path: &str,
        content_type: &str,
        body: impl Into<Vec<u8>>,
    ) -> Raw {
        let mut request = self.request(method.parse().unwrap(), path);
        if !content_type.is_empty() {
            request = request.header(CONTENT_TYPE, content_type).body(body.into());
        }
        Raw::of(request).await
    }

    /// For what the other functions do not do.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.base));
        match &self.token {
            Some(token) => request.header(AUTHORIZATION, format!("Bearer {token}")),
            None => request,
        }
    }
}

/// An answer as it came.
#[derive(Debug)]
pub struct Raw {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Raw {
    pub async fn of(request: RequestBuilder) -> Self {
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, body: response.bytes().await.unwrap().to_vec() }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The problem that this is, with everything that is true of every problem.
    pub fn problem(&self) -> Problem {
        let text = self.text();
        assert!(self.status >= 400, "{} is no problem: {text}", self.status);
        assert_eq!(self.header("content-type"), "application/problem+json", "{text}");
        let problem: Problem = serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(problem.status, self.status, "{text}");
        assert_eq!(problem.code.status(), self.status, "{text}");
        assert_eq!(problem.kind, problem.code.kind());
        let id = problem.instance.strip_prefix("urn:uuid:").expect("a URN");
        assert!(id.parse::<uuid::Uuid>().is_ok() && id == self.header("x-request-id"), "{text}");
        assert!(!problem.title.starts_with("problem."), "no words for it: {text}");
        for error in &problem.errors {
            assert!(!error.detail.starts_with("fault.") && !error.detail.contains('{'), "no words: {text}");
            let places = [&error.pointer, &error.parameter, &error.header];
            assert_eq!(places.iter().filter(|place| place.is_some()).count(), 1, "where is it: {text}");
        }
        problem
    }
}

/// An answer that should be a `Reply` or a problem.
#[derive(Debug)]
pub struct Answer<Reply> {
    pub raw: Raw,
    reply: PhantomData<Reply>,
}

impl<Reply: DeserializeOwned> Answer<Reply> {
    #[track_caller]
    pub fn ok(&self) -> Reply {
        let text = self.raw.text();
        assert!((200..300).contains(&self.raw.status), "{} {text}", self.raw.status);
        let json = if text.is_empty() { "null" } else { &text };
        serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[track_caller]
    pub fn problem(&self) -> Problem {
        self.raw.problem()
    }

    /// The problem in a line: `409 wrong_state (now closed; could comment)`, `422 invalid: #/title too_long`.
    #[track_caller]
    pub fn refusal(&self) -> String {
        brief(&self.problem())
    }
}

/// A problem in a line.
pub fn brief(problem: &Problem) -> String {
    let mut line = format!("{} {}", problem.status, problem.code.as_str());
    if let Some(status) = problem.current_status {
        let could: Vec<&str> =
            problem.allowed_actions.iter().flatten().map(|action| action.as_str()).collect();
        line += &format!(" (now {status}; could {})", could.join(", "));
    }
    if let Some(status) = problem.member_status {
        let could: Vec<&str> =
            problem.member_actions.iter().flatten().map(|action| action.as_str()).collect();
        line += &format!(" (now {status}; could {})", could.join(", "));
    }
    let faults = problem.errors.iter().map(|error| {
        let place = [&error.pointer, &error.parameter, &error.header].into_iter().flatten().next();
        let place = place.map_or("", String::as_str);
        format!("{place} {}", error.code)
    });
    let faults: Vec<String> = faults.collect();
    if !faults.is_empty() {
        line += &format!(": {}", faults.join(", "));
    }
    line
}
