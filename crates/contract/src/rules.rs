//! The domain's rules in the form that `validator` calls, and in the form that the document tells. No rule is spelled here.
//!
//! `#[wire]` writes the name of a field's rule beside it, and the document puts [`limits`] in its place: so it cannot say
//! anything else than what is checked.

use domain::audience::{self, AudienceTie, MemberFilter};
use domain::place::{self, Coordinates};
use domain::question::{self, Answers, Question};
use domain::role::Role;
use domain::rule::{self, Fault, Range, Text};
use domain::service_request::{Priority, RequestStatus};
use domain::{announcement, category, checklist, response_template, saved_filter};
use serde_json::{Value, json};
use validator::ValidationError;

use crate::zone::Polygon;

/// Lower-case words joined by hyphens.
const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";

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
        category_description = category::DESCRIPTION;
        zone_name = place::ZONE_NAME;
        unit_number = place::UNIT_NUMBER;
        template_title = response_template::TITLE;
        filter_name = saved_filter::NAME;
        filter_query = saved_filter::QUERY;
        announcement_title = announcement::TITLE;
        announcement_body = announcement::BODY;
        announcement_category_name = announcement::CATEGORY_NAME;
    }
    numbers {
        page_size = rule::PAGE_SIZE;
        auto_close_days = rule::AUTO_CLOSE_DAYS;
        reopen_days = rule::REOPEN_DAYS;
        invitation_days = rule::INVITATION_DAYS;
        invitation_uses = rule::INVITATION_USES;
        stars = rule::STARS;
        target_hours = category::TARGET_HOURS;
        radius_m = category::RADIUS_M;
        window_days = category::WINDOW_DAYS;
        stream_seconds = rule::STREAM_SECONDS;
        figure_days = announcement::FIGURE_DAYS;
    }
}

/// Of an address, nothing counts as none.
pub fn address(text: &str) -> Result<(), ValidationError> {
    told(place::ADDRESS.check(text))
}

pub fn postal_code(text: &str) -> Result<(), ValidationError> {
    told(place::POSTAL_CODE.check(text))
}

pub fn code(text: &str) -> Result<(), ValidationError> {
    told(rule::slug(text))
}

pub fn icon(text: &str) -> Result<(), ValidationError> {
    told(if category::ICONS.contains(&text) { Ok(()) } else { Err(Fault::new("unknown")) })
}

pub fn template_body(text: &str) -> Result<(), ValidationError> {
    told(response_template::check(text))
}

/// How many questions; what is wrong with one of them is told with where it is.
pub fn questions(questions: &[Question]) -> Result<(), ValidationError> {
    told(count(questions, 0, question::QUESTIONS_MAX))
}

/// How many items; what is wrong with one of them is told with where it is.
pub fn checklist(items: &[String]) -> Result<(), ValidationError> {
    told(count(items, 0, checklist::ITEMS_MAX))
}

pub fn skill_codes(codes: &[String]) -> Result<(), ValidationError> {
    told(count(codes, 0, category::SKILLS_MAX))
}

pub fn category_ids<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 1, category::CATEGORIES_MAX))
}

pub fn zone_ids<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 1, place::ZONES_MAX))
}

/// How many answers there are and how much they say; whether they answer what is asked, only the category tells.
pub fn answers(answers: &Answers) -> Result<(), ValidationError> {
    let values: Vec<&Vec<String>> = answers.values().collect();
    told(count(&values, 0, question::QUESTIONS_MAX))?;
    values.iter().try_for_each(|values| told(count(values, 0, question::OPTIONS_MAX)))
}

pub fn area(area: &Polygon) -> Result<(), ValidationError> {
    told(count(&area.coordinates, 1, 1))?;
    area.coordinates.iter().try_for_each(|ring| told(place::ring(ring)))
}

/// A cursor that is no text, or too long, is one that we did not make.
pub fn cursor(text: &str) -> Result<(), ValidationError> {
    told(rule::CURSOR.check(text).map_err(|_| Fault::new("bad_cursor")))
}

/// What is no text, or too long, is no list of states.
pub fn states(text: &str) -> Result<(), ValidationError> {
    told(rule::STATES.check(text).map_err(|_| Fault::new("wrong_type")))
}

/// The same of a list of priorities.
pub fn priorities(text: &str) -> Result<(), ValidationError> {
    states(text)
}

/// Ids or numbers of requests that one call acts on.
pub fn bulk(requests: &[String]) -> Result<(), ValidationError> {
    told(count(requests, 1, rule::BULK_MAX))?;
    requests.iter().try_for_each(|request| told(rule::HANDLE.check(request)))
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

pub fn tags(tags: &[String]) -> Result<(), ValidationError> {
    told(count(tags, 0, rule::TAGS_MAX))?;
    tags.iter().try_for_each(|tag| told(rule::TAG.check(tag)))
}

pub fn skills(codes: &[String]) -> Result<(), ValidationError> {
    told(count(codes, 0, rule::TEAM_MAX))?;
    codes.iter().try_for_each(|code| told(rule::HANDLE.check(code)))
}

pub fn team_members<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 0, rule::TEAM_MAX))
}

pub fn team_zones<T>(ids: &[T]) -> Result<(), ValidationError> {
    told(count(ids, 0, rule::TEAM_MAX))
}

/// How much of each a filter names, and how its tags are written; what it names, only the community knows.
pub fn audience(filter: &MemberFilter) -> Result<(), ValidationError> {
    let MemberFilter { roles, ties, zone_ids, unit_ids, tags } = filter;
    told(count(roles, 0, Role::ALL.len()))?;
    told(count(ties, 0, AudienceTie::ALL.len()))?;
    told(count(zone_ids, 0, audience::NAMED_MAX))?;
    told(count(unit_ids, 0, audience::NAMED_MAX))?;
    told(count(tags, 0, audience::NAMED_MAX))?;
    tags.iter().try_for_each(|tag| told(rule::TAG.check(tag)))
}

/// Null, which empties it, is checked by nobody.
pub fn cost(amount: i64) -> Result<(), ValidationError> {
    told(rule::cost(amount))
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
        "tags" => json!({ "maxItems": rule::TAGS_MAX, "items": text(rule::TAG) }),
        "skills" => json!({ "maxItems": rule::TEAM_MAX, "items": text(rule::HANDLE) }),
        "team_members" | "team_zones" => json!({ "maxItems": rule::TEAM_MAX }),
        "cost" => json!({ "minimum": 0, "maximum": rule::COST_MAX, "format": "int64" }),
        "mentions" => json!({ "maxItems": rule::MENTIONS_MAX }),
        "cursor" => text(rule::CURSOR),
        "states" => {
            let state = RequestStatus::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>().join("|");
            json!({ "maxLength": rule::STATES.max, "pattern": format!("^(({state})(,({state}))*)?$") })
        }
        "priorities" => {
            let priority =
                Priority::ALL.iter().map(|priority| priority.as_str()).collect::<Vec<_>>().join("|");
            json!({ "maxLength": rule::STATES.max, "pattern": format!("^(({priority})(,({priority}))*)?$") })
        }
        "bulk" => json!({ "minItems": 1, "maxItems": rule::BULK_MAX, "items": text(rule::HANDLE) }),
        // They stand beside the two coordinates themselves, as those of a polygon and of the lists of an audience do.
        "coordinates" | "area" | "audience" => json!({}),
        "address" => text(place::ADDRESS),
        "postal_code" => text(place::POSTAL_CODE),
        "template_body" => text(response_template::BODY),
        "code" => json!({ "minLength": rule::SLUG_MIN, "maxLength": rule::SLUG_MAX, "pattern": SLUG }),
        "icon" => json!({ "enum": category::ICONS }),
        "questions" => json!({ "maxItems": question::QUESTIONS_MAX }),
        "checklist" => {
            json!({ "maxItems": checklist::ITEMS_MAX, "items": text(checklist::ITEM) })
        }
        "skill_codes" => json!({
            "maxItems": category::SKILLS_MAX,
            "items": { "minLength": rule::SLUG_MIN, "maxLength": rule::SLUG_MAX, "pattern": SLUG },
        }),
        "category_ids" => json!({ "minItems": 1, "maxItems": category::CATEGORIES_MAX }),
        "zone_ids" => json!({ "minItems": 1, "maxItems": place::ZONES_MAX }),
        "answers" => json!({
            "maxProperties": question::QUESTIONS_MAX,
            "additionalProperties": {
                "maxItems": question::OPTIONS_MAX,
                "items": { "maxLength": question::VALUE_MAX },
            },
        }),
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
