//! The domain's rules in the form that `validator` calls. No rule is spelled here.

use domain::place::Coordinates;
use domain::rule::{self, Fault};
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

macro_rules! texts {
    ($($name:ident = $rule:expr;)*) => {$(
        pub fn $name(text: &str) -> Result<(), ValidationError> {
            told($rule(text))
        }
    )*};
}

texts! {
    title = |text| rule::TITLE.check(text);
    description = |text| rule::DESCRIPTION.check(text);
    note = |text| rule::NOTE.check(text);
    address_hint = |text| rule::ADDRESS_HINT.check(text);
    search = |text| rule::SEARCH.check(text);
    email = rule::email;
    login = rule::login;
    sign_in_name = rule::sign_in_name;
    name = |text| rule::NAME.check(text);
    password = |text| rule::PASSWORD.check(text);
    second_factor = |text| rule::SECOND_FACTOR.check(text);
    link = |text| rule::LINK.check(text);
    reason = |text| rule::REASON.check(text);
}

/// For a sign-in: any password that could be one. Whether it is long enough is asked when it is set.
pub fn password_given(text: &str) -> Result<(), ValidationError> {
    told(rule::Text { min: 1, ..rule::PASSWORD }.check(text))
}

/// A list of e-mail addresses that are invited at once.
pub fn invited(emails: &[String]) -> Result<(), ValidationError> {
    let count = emails.len();
    let (min, max) = (Some(1), Some(rule::INVITATIONS_MAX));
    if count == 0 {
        return told(Err(Fault { min, ..Fault::new("required") }));
    }
    if count > rule::INVITATIONS_MAX {
        return told(Err(Fault { max, ..Fault::new("too_many") }));
    }
    emails.iter().try_for_each(|email| told(rule::email(email)))
}

pub fn coordinates(at: &Coordinates) -> Result<(), ValidationError> {
    told(rule::coordinates(*at))
}

pub fn attachments<T>(ids: &[T]) -> Result<(), ValidationError> {
    if ids.len() <= rule::ATTACHMENTS_MAX {
        return Ok(());
    }
    told(Err(Fault { max: Some(rule::ATTACHMENTS_MAX), ..Fault::new("too_many") }))
}
