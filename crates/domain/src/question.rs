//! What a category asks besides the usual: how a question is put, and whether an answer answers it. The browser draws its
//! fields from the same questions that the server checks with.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::rule::{self, Fault, Text};
use crate::text_enum::text_enum;

text_enum! {
    /// How a question is answered.
    pub enum QuestionKind {
        /// One line.
        String = "string",
        /// Several lines.
        Text = "text",
        Number = "number",
        /// A day and a time of it, as clocks in the community show it.
        Datetime = "datetime",
        /// One of the options.
        Single = "single",
        /// Any of the options.
        Multi = "multi",
    }
}

impl QuestionKind {
    /// Whether it is answered by choosing.
    pub const fn has_options(self) -> bool {
        matches!(self, QuestionKind::Single | QuestionKind::Multi)
    }
}

/// How many questions a category may ask, and how many options one may have.
pub const QUESTIONS_MAX: usize = 20;
pub const OPTIONS_MAX: usize = 30;
pub const LABEL: Text = Text { min: 2, max: 120, lines: false };
pub const HELP: Text = Text { min: 0, max: 300, lines: false };
pub const OPTION: Text = Text { min: 1, max: 80, lines: false };
const LINE: Text = Text { min: 0, max: 200, lines: false };
const LINES: Text = Text { min: 0, max: 2000, lines: true };
/// The longest value of an answer, whatever its kind.
pub const VALUE_MAX: usize = LINES.max;
/// A number longer than that is none that anybody reads off a meter.
const NUMBER_MAX: usize = 20;

/// A question. The order in the list is the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(example = json!({ "code": "floor", "kind": "string", "label": "Which floor?" })))]
pub struct Question {
    /// Stable within its category, lower-case words joined by hyphens; answers go by it.
    #[cfg_attr(
        feature = "openapi",
        schema(min_length = 2, max_length = 60, pattern = "^[a-z0-9]+(-[a-z0-9]+)*$")
    )]
    pub code: String,
    pub kind: QuestionKind,
    #[cfg_attr(feature = "openapi", schema(min_length = 2, max_length = 120))]
    pub label: String,
    #[cfg_attr(feature = "openapi", schema(max_length = 300))]
    #[serde(default)]
    pub help: String,
    #[serde(default)]
    pub required: bool,
    /// What there is to choose from; for `single` and `multi` only.
    #[cfg_attr(feature = "openapi", schema(max_items = 30))]
    #[serde(default)]
    pub options: Vec<String>,
}

/// Values by the code of their question. What is chosen are options; a number is written with a point; an instant as
/// `2026-06-15T08:00`.
pub type Answers = BTreeMap<String, Vec<String>>;

/// A question as it was asked, with what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Answered {
    pub question: Question,
    pub values: Vec<String>,
}

/// What is wrong with the questions of a category, each fault with where it is: `0/label`.
pub fn faults(questions: &[Question]) -> Vec<(String, Fault)> {
    let mut faults = Vec::new();
    for (index, question) in questions.iter().enumerate() {
        let mut note = |field: &str, checked: Result<(), Fault>| {
            faults.extend(checked.err().map(|fault| (format!("{index}/{field}"), fault)));
        };
        note("code", rule::slug(&question.code));
        note("code", unique(questions[..index].iter().all(|other| other.code != question.code)));
        note("label", LABEL.check(&question.label));
        note("help", HELP.check(&question.help));
        note("options", options(question));
    }
    faults
}

fn unique(is: bool) -> Result<(), Fault> {
    if is { Ok(()) } else { Err(Fault::new("taken")) }
}

fn options(question: &Question) -> Result<(), Fault> {
    let options = &question.options;
    match (question.kind.has_options(), options.len()) {
        (false, 0) => Ok(()),
        (false, _) => Err(Fault::new("superfluous")),
        (true, 0 | 1) => Err(Fault { min: Some(2), ..Fault::new("too_few") }),
        (true, many) if many > OPTIONS_MAX => Err(Fault { max: Some(OPTIONS_MAX), ..Fault::new("too_many") }),
        (true, _) => {
            options.iter().try_for_each(|option| OPTION.check(option))?;
            let same = |at: usize| {
                options[..at].iter().any(|other| rule::trimmed(other) == rule::trimmed(&options[at]))
            };
            unique(!(0..options.len()).any(same))
        }
    }
}

/// The answers in the order of the questions, tidied; or everything that is wrong with them, by the code of the question.
pub fn check(questions: &[Question], answers: &Answers) -> Result<Vec<Answered>, BTreeMap<String, Fault>> {
    let asked = |code: &String| questions.iter().any(|question| question.code == *code);
    let mut faults: BTreeMap<String, Fault> = answers
        .keys()
        .filter(|code| !asked(code))
        .map(|code| (code.clone(), Fault::new("unknown")))
        .collect();
    let mut answered = Vec::new();
    for question in questions {
        let values = answers.get(&question.code).map_or(&[][..], Vec::as_slice);
        let values: Vec<String> = values
            .iter()
            .map(|value| rule::trimmed(value).to_owned())
            .filter(|value| !value.is_empty())
            .collect();
        match answer(question, &values) {
            Err(fault) => drop(faults.insert(question.code.clone(), fault)),
            Ok(()) if values.is_empty() => {}
            Ok(()) => answered.push(Answered { question: question.clone(), values }),
        }
    }
    if faults.is_empty() { Ok(answered) } else { Err(faults) }
}

/// Whether some values answer a question.
pub fn answer(question: &Question, values: &[String]) -> Result<(), Fault> {
    if values.is_empty() {
        return if question.required { Err(Fault::new("required")) } else { Ok(()) };
    }
    let most = if question.kind == QuestionKind::Multi { question.options.len() } else { 1 };
    if values.len() > most {
        return Err(Fault { max: Some(most), ..Fault::new("too_many") });
    }
    let known = |good: bool, code| if good { Ok(()) } else { Err(Fault::new(code)) };
    values.iter().enumerate().try_for_each(|(at, value)| match question.kind {
        QuestionKind::String => LINE.check(value),
        QuestionKind::Text => LINES.check(value),
        QuestionKind::Number => known(is_number(value), "not_a_number"),
        QuestionKind::Datetime => known(is_datetime(value), "not_a_time"),
        QuestionKind::Single => known(question.options.contains(value), "not_an_option"),
        QuestionKind::Multi => {
            known(question.options.contains(value), "not_an_option")?;
            unique(!values[..at].contains(value))
        }
    })
}

/// Digits with a sign and a point, if need be: nothing that reads differently in another country.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.len() <= NUMBER_MAX && all(whole) && all(part)
}

/// `2026-06-15T08:00`, as browsers write it.
fn is_datetime(text: &str) -> bool {
    let figures = |text: &str, lengths: &[usize], between: char| -> Option<Vec<u32>> {
        let parts: Vec<&str> = text.split(between).collect();
        let fits = parts.len() == lengths.len()
            && parts.iter().zip(lengths).all(|(part, length)| {
                part.len() == *length && part.bytes().all(|byte| byte.is_ascii_digit())
            });
        fits.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
    };
    let Some((day, time)) = text.split_once('T') else { return false };
    let (Some(day), Some(time)) = (figures(day, &[4, 2, 2], '-'), figures(time, &[2, 2], ':')) else {
        return false;
    };
    let year = i32::try_from(day[0]).unwrap_or_default();
    NaiveDate::from_ymd_opt(year, day[1], day[2]).is_some()
        && NaiveTime::from_hms_opt(time[0], time[1], 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn question(kind: QuestionKind) -> Question {
        let options = if kind.has_options() { vec!["Kitchen".into(), "Bath".into()] } else { Vec::new() };
        Question {
            code: "where".into(),
            kind,
            label: "Where?".into(),
            help: String::new(),
            required: false,
            options,
        }
    }

    fn verdict(kind: QuestionKind, values: &[&str]) -> Option<&'static str> {
        let values: Vec<String> = values.iter().map(|value| (*value).to_owned()).collect();
        answer(&question(kind), &values).err().map(|fault| fault.code)
    }

    #[test]
    fn every_kind_takes_its_own_and_nothing_else() {
        use QuestionKind::{Datetime, Multi, Number, Single, String, Text};
        for (kind, values, expected) in [
            (String, &["left of the door"][..], None),
            (String, &["two\nlines"], Some("not_text")),
            (String, &["one", "two"], Some("too_many")),
            (Text, &["two\nlines"], None),
            (Number, &["-12.50"], None),
            (Number, &["12,5"], Some("not_a_number")),
            (Number, &["1e9"], Some("not_a_number")),
            (Number, &["123456789012345678901"], Some("not_a_number")),
            (Datetime, &["2026-06-15T08:00"], None),
            (Datetime, &["2026-02-30T08:00"], Some("not_a_time")),
            (Datetime, &["tomorrow"], Some("not_a_time")),
            (Single, &["Bath"], None),
            (Single, &["Garden"], Some("not_an_option")),
            (Single, &["Bath", "Kitchen"], Some("too_many")),
            (Multi, &["Bath", "Kitchen"], None),
            (Multi, &["Bath", "Bath"], Some("taken")),
        ] {
            assert_eq!(verdict(kind, values), expected, "{kind} {values:?}");
        }
    }

    #[test]
    fn all_faults_of_the_answers_are_told_at_once() {
        let must = Question { code: "floor".into(), required: true, ..question(QuestionKind::String) };
        let answers = Answers::from([
            ("where".to_owned(), vec!["Garden".to_owned()]),
            ("strange".to_owned(), vec!["x".to_owned()]),
        ]);
        let faults = check(&[question(QuestionKind::Single), must], &answers).unwrap_err();
        let codes: Vec<_> = faults.iter().map(|(code, fault)| (code.as_str(), fault.code)).collect();
        assert_eq!(codes, [("floor", "required"), ("strange", "unknown"), ("where", "not_an_option")]);
    }

    #[test]
    fn blank_values_answer_nothing() {
        let must = Question { required: true, ..question(QuestionKind::Text) };
        let blank = Answers::from([("where".to_owned(), vec!["  ".to_owned()])]);
        assert_eq!(check(&[must], &blank).unwrap_err()["where"].code, "required");
        assert_eq!(check(&[question(QuestionKind::Text)], &blank), Ok(Vec::new()));
    }

    #[test]
    fn questions_that_nobody_could_answer_are_refused() {
        let single = question(QuestionKind::Single);
        let all = [
            Question { options: vec!["One".into()], ..single.clone() },
            Question { code: "Not a code".into(), label: "?".into(), ..single.clone() },
            Question { options: vec!["A".into(), " A ".into()], ..single.clone() },
            Question { kind: QuestionKind::Text, ..single },
        ];
        let faults = faults(&all);
        let told: Vec<_> = faults.iter().map(|(at, fault)| (at.as_str(), fault.code)).collect();
        assert_eq!(
            told,
            [
                ("0/options", "too_few"),
                ("1/code", "not_a_slug"),
                ("1/label", "too_short"),
                ("2/code", "taken"),
                ("2/options", "taken"),
                ("3/code", "taken"),
                ("3/options", "superfluous"),
            ]
        );
    }

    proptest! {
        #[test]
        fn no_value_whatever_upsets_a_question(value in ".{0,40}", kind in 0..QuestionKind::ALL.len()) {
            let _ = answer(&question(QuestionKind::ALL[kind]), &[value]);
        }

        #[test]
        fn every_decimal_number_is_a_number(whole in -1_000_000_i64..1_000_000, part in 0_u32..1000) {
            let text = format!("{whole}.{part}");
            prop_assert!(is_number(&text));
        }
    }
}
