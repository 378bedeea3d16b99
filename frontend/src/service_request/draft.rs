//! What a reporter has told so far, before it is sent, held against the rules of the server, without the server.

use contract::service_request::NewServiceRequest;
use domain::place::Coordinates;
use domain::question::{self, Answers, Question as Asked};
use domain::rule::{self, Fault};
use serde::{Deserialize, Serialize};

use crate::form::Faults;
use crate::{labels, words};

/// Chosen instead of a unit when it is about another place.
pub const ELSEWHERE: &str = "elsewhere";

/// A report in the making. Survives a reload.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    pub category: Option<String>,
    pub title: String,
    pub description: String,
    pub photos: Vec<KeptPhoto>,
    /// A unit, or [`ELSEWHERE`].
    pub place: Option<String>,
    /// The unit that was searched for: its id and its name.
    pub other_unit: Option<(String, String)>,
    pub at: Option<Coordinates>,
    pub hint: String,
    pub urgency: Option<String>,
    pub personal: bool,
    /// What the category asks.
    pub answers: Answers,
    /// What was typed to find a unit, as long as none is chosen.
    pub unit_typed: String,
    pub name_hidden: bool,
    /// By staff: the member whom it is reported for, with their name, and how they told.
    pub behalf: Option<(String, String)>,
    pub channel: Option<String>,
}

/// A photo that is on the server already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptPhoto {
    pub id: String,
    pub thumbnail: String,
}

/// The questions, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    Category,
    What,
    Where,
    Urgency,
}

impl Question {
    pub const ALL: [Question; 4] = [Question::Category, Question::What, Question::Where, Question::Urgency];

    /// The question that a field belongs to.
    pub fn of(field: &str) -> Question {
        match field {
            "category_id" => Question::Category,
            "unit_id" | "address_hint" | "at" => Question::Where,
            "urgency" | "personal" | "name_hidden" | "on_behalf_of" | "channel" => Question::Urgency,
            _ => Question::What,
        }
    }

    pub fn number(self) -> usize {
        self as usize + 1
    }

    pub fn next(self) -> Option<Question> {
        Question::ALL.get(self as usize + 1).copied()
    }

    pub fn before(self) -> Option<Question> {
        (self as usize).checked_sub(1).and_then(|index| Question::ALL.get(index).copied())
    }
}

impl Draft {
    /// What is wrong with the answers, as far as can be known here.
    pub fn faults(&self, asked: &[Asked]) -> Faults {
        let mut faults = Faults::new();
        let mut note = |field: &str, checked: Result<(), Fault>, missing: &str| {
            if let Err(fault) = checked {
                let text = if fault.code == "required" { missing.to_owned() } else { labels::fault(&fault) };
                faults.insert(field.to_owned(), text);
            }
        };
        let chosen = |value: bool| if value { Ok(()) } else { Err(Fault::new("required")) };
        note("category_id", chosen(self.category.is_some()), words::report::category_missing());
        note("title", rule::TITLE.check(&self.title), words::report::title_missing());
        note("description", rule::DESCRIPTION.check(&self.description), "");
        note("address_hint", rule::ADDRESS_HINT.check(&self.hint), "");
        note("unit_id", chosen(self.has_place()), words::report::place_missing());
        if self.is_elsewhere() && self.other_unit.is_none() && !self.unit_typed.trim().is_empty() {
            note("unit_id", Err(Fault::new("required")), words::report::unit_not_chosen());
        }
        if let Some(at) = self.at {
            note("at", rule::coordinates(at), "");
        }
        for (code, fault) in question::check(asked, &self.answers_to(asked)).err().unwrap_or_default() {
            note(&format!("answers/{code}"), Err(fault), words::fault::required());
        }
        faults
    }

    /// What another category asked is kept, but not told.
    fn answers_to(&self, asked: &[Asked]) -> Answers {
        let told = |code: &String| asked.iter().any(|question| question.code == *code);
        self.answers
            .iter()
            .filter(|(code, _)| told(code))
            .map(|(code, all)| (code.clone(), all.clone()))
            .collect()
    }

    fn is_elsewhere(&self) -> bool {
        self.place.as_deref().is_none_or(|place| place == ELSEWHERE)
    }

    fn has_place(&self) -> bool {
        match self.place.as_deref() {
            Some(ELSEWHERE) | None => {
                self.other_unit.is_some() || self.at.is_some() || !self.hint.trim().is_empty()
            }
            Some(_) => true,
        }
    }

    /// The report as the server takes it.
    pub fn to_request(&self, asked: &[Asked]) -> Result<NewServiceRequest, Faults> {
        let faults = self.faults(asked);
        let category = self.category.as_deref().and_then(|id| id.parse().ok());
        let (true, Some(category_id)) = (faults.is_empty(), category) else { return Err(faults) };
        let elsewhere = self.is_elsewhere();
        let unit = if elsewhere { self.other_unit.as_ref().map(|(id, _)| id) } else { self.place.as_ref() };
        Ok(NewServiceRequest {
            title: self.title.trim().to_owned(),
            description: self.description.trim().to_owned(),
            category_id,
            urgency: self.urgency.as_deref().and_then(|urgency| urgency.parse().ok()),
            unit_id: unit.and_then(|id| id.parse().ok()),
            at: if elsewhere { self.at } else { None },
            address_hint: self.hint.trim().to_owned(),
            answers: self.answers_to(asked),
            personal: self.personal,
            attachment_ids: self.photos.iter().filter_map(|photo| photo.id.parse().ok()).collect(),
            name_hidden: self.name_hidden,
            on_behalf_of: self.behalf.as_ref().and_then(|(id, _)| id.parse().ok()),
            channel: self
                .behalf
                .as_ref()
                .and(self.channel.as_deref())
                .and_then(|channel| channel.parse().ok()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::question::QuestionKind;

    const UNIT: &str = "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1";

    fn complete() -> Draft {
        Draft {
            category: Some(UNIT.into()),
            title: " Kitchen tap drips ".into(),
            place: Some(UNIT.into()),
            urgency: Some("soon".into()),
            ..Draft::default()
        }
    }

    #[test]
    fn an_empty_draft_names_every_question_that_is_open() {
        let faults = Draft::default().faults(&[]);
        assert_eq!(faults.keys().collect::<Vec<_>>(), ["category_id", "title", "unit_id"]);
    }

    #[test]
    fn a_complete_draft_becomes_a_request() {
        let request = complete().to_request(&[]).unwrap();
        assert_eq!(request.title, "Kitchen tap drips");
        assert_eq!(request.unit_id.map(|id| id.to_string()).as_deref(), Some(UNIT));
        assert_eq!(request.urgency, Some(domain::service_request::Urgency::Soon));
    }

    #[test]
    fn another_place_can_be_a_unit_a_point_or_words() {
        let elsewhere = Draft { place: Some(ELSEWHERE.into()), ..complete() };
        assert!(elsewhere.to_request(&[]).is_err());
        let told = Draft { hint: "Behind the gate".into(), ..elsewhere.clone() };
        assert_eq!(told.to_request(&[]).unwrap().unit_id, None);
        let at = Some(Coordinates { lng: -9.1, lat: 38.7 });
        assert_eq!(Draft { at, ..elsewhere }.to_request(&[]).unwrap().at, at);
    }

    #[test]
    fn what_is_typed_for_a_unit_is_never_dropped_silently() {
        let typed = Draft {
            place: Some(ELSEWHERE.into()),
            unit_typed: "B-1".into(),
            hint: "Door".into(),
            ..complete()
        };
        assert!(typed.to_request(&[]).unwrap_err().contains_key("unit_id"));
    }

    #[test]
    fn an_answer_is_held_against_its_question() {
        let floor = Asked {
            code: "floor".into(),
            kind: QuestionKind::Number,
            label: "Which floor?".into(),
            help: String::new(),
            required: true,
            options: Vec::new(),
        };
        let asked = [floor];
        let answered = |text: &str| Draft {
            answers: Answers::from([
                ("floor".to_owned(), vec![text.to_owned()]),
                ("old".to_owned(), vec!["x".to_owned()]),
            ]),
            ..complete()
        };
        assert_eq!(complete().faults(&asked).keys().collect::<Vec<_>>(), ["answers/floor"]);
        assert_eq!(answered("first").faults(&asked).keys().collect::<Vec<_>>(), ["answers/floor"]);
        assert_eq!(answered("1").to_request(&asked).unwrap().answers.len(), 1);
    }

    #[test]
    fn a_draft_survives_being_kept() {
        let draft = complete();
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
        assert_eq!(serde_json::from_str::<Draft>("{}").unwrap(), Draft::default());
    }

    #[test]
    fn every_field_leads_to_its_question() {
        assert_eq!(Question::of("title"), Question::What);
        assert_eq!(Question::of("address_hint"), Question::Where);
        assert_eq!(Question::Category.next(), Some(Question::What));
        assert_eq!(Question::Category.before(), None);
        assert_eq!(Question::Urgency.next(), None);
    }
}
