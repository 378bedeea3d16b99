//! Everything that can go wrong in a handler, and the one way in which it is told.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use contract::problem::{Code, FieldError, Problem};
use domain::community::MemberStatus;
use domain::member::MemberAction;
use domain::service_request::decide::Refusal;
use domain::service_request::{RequestAction, RequestStatus};
use serde_json::{Map, Value};

use crate::messages::Messages;

pub type Result<T> = std::result::Result<T, Error>;

/// Where in the input a fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A JSON pointer into the body, without its `#`.
    Body(String),
    /// A parameter of the address.
    Parameter(String),
    /// A header, by its name.
    Header(String),
}

/// One fault of an input.
#[derive(Debug, Clone)]
pub struct Fault {
    pub place: Place,
    pub code: &'static str,
    pub params: Map<String, Value>,
}

impl Fault {
    /// A fault of a top-level field of the body.
    pub fn field(name: &str, code: &'static str) -> Self {
        Self { place: Place::Body(format!("/{name}")), code, params: Map::new() }
    }

    /// A fault against one of the domain's rules, somewhere in the body: `questions/0/label`.
    pub fn rule(at: &str, fault: &domain::rule::Fault) -> Self {
        let figures = [("min", fault.min), ("max", fault.max)];
        figures.into_iter().fold(Self::field(at, fault.code), |told, (name, figure)| match figure {
            Some(figure) => told.with(name, figure),
            None => told,
        })
    }

    pub fn parameter(name: &str, code: &'static str) -> Self {
        Self { place: Place::Parameter(name.to_owned()), code, params: Map::new() }
    }

    pub fn header(name: &str, code: &'static str) -> Self {
        Self { place: Place::Header(name.to_owned()), code, params: Map::new() }
    }

    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }
}

/// Where something stands that an action does not fit, and what the caller could do instead.
#[derive(Debug, Clone)]
pub enum Conflict {
    Request(RequestStatus, Vec<RequestAction>),
    Member(MemberStatus, Vec<MemberAction>),
}

/// The most faults that one answer tells of.
pub const FAULTS_MAX: usize = 100;

/// A problem before it has been put into words.
#[derive(Debug, Clone)]
pub struct Error {
    pub code: Code,
    pub faults: Vec<Fault>,
    /// Figures for the sentence of the problem itself.
    pub params: Map<String, Value>,
    pub conflict: Option<Box<Conflict>>,
    /// Methods that the address takes, for 405.
    pub allow: Option<Box<str>>,
    /// Seconds after which trying again may help.
    pub retry_after: Option<u32>,
    /// The rate limits that were passed, for 429.
    pub violated: Box<[&'static str]>,
}

impl From<Code> for Error {
    fn from(code: Code) -> Self {
        Self {
            code,
            faults: Vec::new(),
            params: Map::new(),
            conflict: None,
            allow: None,
            retry_after: None,
            violated: Box::default(),
        }
    }
}

impl Error {
    /// The same with where it stands.
    pub fn standing(self, conflict: Conflict) -> Self {
        Self { conflict: Some(Box::new(conflict)), ..self }
    }

    /// Invalid input with its faults: all that anybody could mend at once, or an answer could be far longer than what
    /// was sent.
    pub fn invalid(mut faults: Vec<Fault>) -> Self {
        faults.truncate(FAULTS_MAX);
        Self { faults, ..Code::Invalid.into() }
    }

    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// Something of ours broke. The caller learns nothing, the log everything.
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Code::Internal.into()
    }

    /// In words, for one request.
    pub fn problem(&self, messages: &Messages, language: &str, request_id: uuid::Uuid) -> Problem {
        let code = self.code.as_str();
        let words = |part: &str| messages.get(language, &format!("problem.{code}.{part}"), &self.params);
        let errors = self
            .faults
            .iter()
            .map(|fault| {
                let (pointer, parameter, header) = match &fault.place {
                    Place::Body(pointer) => (Some(format!("#{pointer}")), None, None),
                    Place::Parameter(name) => (None, Some(name.clone()), None),
                    Place::Header(name) => (None, None, Some(name.clone())),
                };
                FieldError {
                    pointer,
                    parameter,
                    header,
                    code: fault.code.to_owned(),
                    params: fault.params.clone(),
                    detail: messages.get(language, &format!("fault.{}", fault.code), &fault.params),
                }
            })
            .collect();
        let (current_status, allowed_actions, member_status, member_actions) = match self.conflict.as_deref()
        {
            None => (None, None, None, None),
            Some(Conflict::Request(status, actions)) => (Some(*status), Some(actions.clone()), None, None),
            Some(Conflict::Member(status, actions)) => (None, None, Some(*status), Some(actions.clone())),
        };
        Problem {
            kind: self.code.kind(),
            title: words("title"),
            status: self.code.status(),
            detail: Some(words("detail")),
            instance: format!("urn:uuid:{request_id}"),
            code: self.code,
            errors,
            violated_policies: self.violated.iter().map(|name| (*name).to_owned()).collect(),
            current_status,
            allowed_actions,
            member_status,
            member_actions,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

impl std::error::Error for Error {}

impl ResponseError for Error {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Carries the error to [`super::finish`], which knows the request and puts it into words.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::NotFound => Code::NotFound.into(),
            db::Error::Stale => Code::Stale.into(),
            db::Error::Conflict(_) => Code::Duplicate.into(),
            db::Error::Unavailable(cause) => {
                tracing::warn!(cause, "database unavailable");
                Code::Unavailable.into()
            }
            fault @ (db::Error::Held | db::Error::Other(_)) => Error::internal(fault),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        let faults = |fields: Vec<domain::service_request::workflow::Field>, code| {
            Error::invalid(fields.iter().map(|field| Fault::field(field.as_str(), code)).collect())
        };
        match refusal {
            Refusal::NotAllowed => Code::NotAllowed.into(),
            Refusal::WrongState { status, .. } => {
                Error::from(Code::WrongState).standing(Conflict::Request(status, Vec::new()))
            }
            Refusal::Missing(fields) => faults(fields, "required"),
            Refusal::MissingOneOf(fields) => faults(fields, "one_of"),
            Refusal::Superfluous(fields) => faults(fields, "superfluous"),
            Refusal::AssigneeUnavailable => Code::AssigneeUnavailable.into(),
            Refusal::OutsideZone => Error::invalid(vec![Fault::field("note", "outside_zone")]),
            Refusal::ChecklistUnfinished => Code::ChecklistUnfinished.into(),
            Refusal::MasterUnfit => Code::MasterUnfit.into(),
            Refusal::TooLate => Code::TooLate.into(),
        }
    }
}
