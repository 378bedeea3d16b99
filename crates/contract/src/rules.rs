//! The domain's rules in the form that `validator` calls, and in the form that the document tells. No rule is spelled here.
//!
//! `#[wire]` writes the name of a field's rule beside it, and the document puts [`limits`] in its place: so it cannot say
//! anything else than what is checked.

use domain::place::Coordinates;
use domain::role::Role;
use domain::rule::{self, Fault, Range, Text};
use domain::service_request::RequestStatus;
use serde_json::{Value, json};
use validator::ValidationError;

fn told(result: Result<(), Fault>) -> Result<(), ValidationError> {
    result.map_err(|fault| {
        let mut error = ValidationError::new(fault.code);
        if let Some(min) = fault.min {
            error.add_param("min".into(), &min);
        }
        if let Some(max) = fault.max {
            error.add_param("max".into(), &max);
        }
        error
    })
}

/// What a field of that name in a body or a query must keep, once for the validator and once for the document.
macro_rules! rules {
    (texts { $($text:ident = $text_rule:expr;)* } numbers { $($number:ident = $range:expr;)* }) => {
        $(pub fn $text(text: &str) -> Result<(), ValidationError> {
            told($text_rule.check(text))
        })*

        $(pub fn $number(number: impl Into<i64>) -> Result<(), ValidationError> {
            told($range.check(number))
        })*

        fn simple(rule: &str) -> Option<Value> {
            match rule {
                $(stringify!($text) => Some(text($text_rule)),)*
                $(stringify!($number) => Some(range($range)),)*
                _ => None,
            }
        }
    };
}

rules! {
    texts {
        title = rule::TITLE;
        description = rule::DESCRIPTION;
        note = rule::NOTE;
        comment = rule::COMMENT;
        address_hint = rule::ADDRESS_HINT;
        search = rule::SEARCH;
        name = rule::NAME;
        password = rule::PASSWORD;
        password_given = rule::PASSWORD_GIVEN;
        second_factor = rule::SECOND_FACTOR;
        link = rule::LINK;
        reason = rule::REASON;
        language = rule::LANGUAGE;
        community = rule::HANDLE;
        request_name = rule::HANDLE;
        refresh_token = rule::REFRESH_TOKEN;
        signature = rule::SIGNATURE;
    }
    numbers {
        page_size = rule::PAGE_SIZE;
        invitation_days = rule::INVITATION_DAYS;
        invitation_uses = rule::INVITATION_USES;
        stars = rule::STARS;
        stream_seconds = rule::STREAM_SECONDS;
    }
}

/// A cursor that is no text, or too long, is one that we did not make.
pub fn cursor(text: &str) -> Result<(), ValidationError> {
    told(rule::CURSOR.check(text).map_err(|_| Fault::new("bad_cursor")))
}

/// What is no text, or too long, is no list of states.
pub fn states(text: &str) -> Result<(), ValidationError> {
    told(rule::STATES.check(text).map_err(|_| Fault::new("wrong_type")))
}

pub fn email(text: &str) -> Result<(), ValidationError> {
    told(rule::email(text))
}

pub fn login(text: &str) -> Result<(), ValidationError> {
    told(rule::login(text))
}

pub fn sign_in_name(text: &str) -> Result<(), ValidationError> {
    told(rule::sign_in_name(text))
}

fn count<T>(list: &[T], min: usize, max: usize) -> Result<(), Fault> {
    match list.len() {
        0 if min > 0 => Err(Fault { min: Some(min), ..Fault::new("required") }),
        many if many > max => Err(Fault { max: Some(max), ..Fault::new("too_many") }),
        _ => Ok(()),
    }
}

/// A list of e-mail addresses that are invited at once.
pub fn invited(emails: &[String]) -> Result<(), ValidationError> {
    told(count(emails, 1, rule::INVITATIONS_MAX))?;
    emails.iter().try_for_each(|email| told(rule::email(email)))
}

pub fn roles(roles: &[Role]) -> Result<(), ValidationError> {
    told(count(roles, 1, Role::ALL.len()))
}

pub fn attachments<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 0, rule::ATTACHMENTS_MAX))
}

pub fn mentions<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 0, rule::MENTIONS_MAX))
}

pub fn coordinates(at: &Coordinates) -> Result<(), ValidationError> {
    told(rule::coordinates(*at))
}

fn text(rule: Text) -> Value {
    // As many characters as it may have, and of control characters none, or those that make lines. What has one line has
    // nothing either that turns it around or breaks it.
    let pattern = if rule.lines {
        r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
    } else {
        r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]*$"
    };
    match rule.min {
        0 => json!({ "maxLength": rule.max, "pattern": pattern }),
        min => json!({ "minLength": min, "maxLength": rule.max, "pattern": pattern }),
    }
}

fn range(rule: Range) -> Value {
    json!({ "minimum": rule.min, "maximum": rule.max, "format": "int32" })
}

/// What a rule of this module says, as keywords of JSON Schema.
pub fn limits(rule: &str) -> Option<Value> {
    let email = json!({ "format": "email", "minLength": 1, "maxLength": rule::EMAIL_MAX });
    let limits = match rule {
        "email" => email,
        "login" => json!({ "minLength": 1, "maxLength": rule::EMAIL_MAX }),
        "sign_in_name" => {
            let (min, max) = (rule::SIGN_IN_NAME_MIN, rule::SIGN_IN_NAME_MAX);
            let pattern = format!("^[a-z0-9][a-z0-9._-]{{{},{}}}$", min - 1, max - 1);
            json!({ "minLength": min, "maxLength": max, "pattern": pattern })
        }
        "invited" => json!({ "minItems": 1, "maxItems": rule::INVITATIONS_MAX, "items": email }),
        "roles" => json!({ "minItems": 1, "maxItems": Role::ALL.len() }),
        "attachments" => json!({ "maxItems": rule::ATTACHMENTS_MAX }),
        "mentions" => json!({ "maxItems": rule::MENTIONS_MAX }),
        "cursor" => text(rule::CURSOR),
        "states" => {
            let state = RequestStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join("|");
            json!({ "maxLength": rule::STATES.max, "pattern": format!("^(({state})(,({state}))*)?$") })
        }
        // They stand beside the two coordinates themselves.
        "coordinates" => json!({}),
        other => simple(other)?,
    };
    let secret = rule.starts_with("password").then(|| json!("password"));
    Some(
        limits
            .as_object()
            .cloned()
            .into_iter()
            .flatten()
            .chain(secret.map(|it| ("format".to_owned(), it)))
            .collect(),
    )
}
