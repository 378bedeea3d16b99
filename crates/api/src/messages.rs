//! Every word that the server says to people, by language.

use std::collections::HashMap;

use anyhow::Context;
use serde_json::{Map, Value};

/// Language tag and file. A new language is a new line.
const FILES: &[(&str, &str)] = &[("en", include_str!("../messages/en.json"))];

pub struct Messages {
    languages: Vec<(&'static str, HashMap<String, String>)>,
}

impl Messages {
    pub fn load() -> anyhow::Result<Self> {
        let languages = FILES
            .iter()
            .map(|(tag, file)| {
                let words = serde_json::from_str(file).with_context(|| format!("messages in {tag}"))?;
                Ok((*tag, words))
            })
            .collect::<anyhow::Result<_>>()?;
        Ok(Self { languages })
    }

    /// The language that fits an `Accept-Language` header best; the first of ours where none does.
    pub fn negotiate(&self, accepted: Option<&str>) -> &'static str {
        let mut wishes: Vec<(f32, &str)> = accepted
            .unwrap_or_default()
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.trim().split(';');
                let tag = pieces.next()?.trim();
                let weight = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q="))
                    .map_or(1.0, |weight| weight.parse().unwrap_or(0.0));
                Some((weight, tag))
            })
            .collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes
            .iter()
            .find_map(|(_, wish)| {
                let primary = wish.split('-').next().unwrap_or_default();
                self.languages.iter().find(|(tag, _)| tag.eq_ignore_ascii_case(primary))
            })
            .map_or(FILES[0].0, |(tag, _)| tag)
    }

    /// A sentence with its figures in place; the key itself where nobody wrote one (a test keeps that from happening).
    pub fn get(&self, language: &str, key: &str, params: &Map<String, Value>) -> String {
        let sentence = self
            .languages
            .iter()
            .find(|(tag, _)| *tag == language)
            .or_else(|| self.languages.first())
            .and_then(|(_, words)| words.get(key));
        let mut sentence = match sentence {
            Some(sentence) => sentence.clone(),
            None => return key.to_owned(),
        };
        for (name, value) in params {
            let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            sentence = sentence.replace(&format!("{{{name}}}"), &value);
        }
        sentence
    }

    pub fn speaks(&self, language: &str) -> bool {
        self.languages.iter().any(|(tag, _)| *tag == language)
    }

    /// What stands below a prefix, by the rest of the key, in order.
    pub fn below(&self, language: &str, prefix: &str) -> Vec<(&str, &str)> {
        let words = self.languages.iter().filter(|(tag, _)| *tag == language).flat_map(|(_, words)| words);
        let mut found: Vec<_> =
            words.filter_map(|(key, text)| Some((key.strip_prefix(prefix)?, text.as_str()))).collect();
        found.sort_unstable();
        found
    }

    pub fn has(&self, language: &str, key: &str) -> bool {
        self.languages.iter().any(|(tag, words)| *tag == language && words.contains_key(key))
    }
}

#[cfg(test)]
mod tests {
    use contract::problem::Code;
    use domain::audit::{ActorKind, AuditAction};
    use domain::event::{Event, EventGroup};

    use super::*;

    #[test]
    fn every_problem_event_and_audited_act_has_words_in_every_language() {
        let messages = Messages::load().unwrap();
        for (language, _) in FILES {
            for code in Code::ALL {
                for part in ["title", "detail", "mend"] {
                    let key = format!("problem.{}.{part}", code.as_str());
                    assert!(messages.has(language, &key), "{language}: {key}");
                }
            }
            for action in AuditAction::ALL {
                assert!(messages.has(language, &format!("audit.{action}")), "{language}: audit.{action}");
            }
            for kind in ActorKind::ALL.iter().filter(|kind| **kind != ActorKind::User) {
                assert!(messages.has(language, &format!("audit.by.{kind}")), "{language}: audit.by.{kind}");
            }
            for event in Event::ALL.iter().filter(|event| event.row().group != EventGroup::Account) {
                assert!(messages.has(language, &format!("event.{event}")), "{language}: event.{event}");
            }
        }
    }

    #[test]
    fn every_mail_about_an_account_has_words_in_every_language() {
        let messages = Messages::load().unwrap();
        for (language, _) in FILES {
            for template in domain::account::AccountMail::ALL {
                for part in ["subject", "line", "action"] {
                    let key = format!("account_mail.{template}.{part}");
                    assert!(messages.has(language, &key), "{language}: {key}");
                }
            }
        }
    }

    #[test]
    fn a_language_is_chosen_by_wish_and_weight() {
        let messages = Messages::load().unwrap();
        assert_eq!(messages.negotiate(Some("fr;q=0.9, en-GB;q=0.8")), "en");
        assert_eq!(messages.negotiate(Some("xx")), "en");
        assert_eq!(messages.negotiate(None), "en");
    }
}
