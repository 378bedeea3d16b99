//! Names of people from many places, and the addresses that go with them.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use db::user::User;
use domain::id::UserId;

use super::dice::Dice;

/// First and last names that go together.
const ORIGINS: &[(&[&str], &[&str])] = &[
    (
        &[
            "Ana", "Beatriz", "Catarina", "Diogo", "Filipa", "Gonçalo", "Inês", "João", "Leonor", "Luís",
            "Mariana", "Miguel", "Pedro", "Rita", "Rui", "Sofia", "Teresa", "Tiago",
        ],
        &[
            "Almeida", "Araújo", "Baptista", "Carvalho", "Correia", "Costa", "Cunha", "Ferreira", "Fonseca",
            "Gomes", "Lopes", "Marques", "Matos", "Moreira", "Nogueira", "Pinto", "Ramos", "Ribeiro",
            "Rocha", "Simões", "Teixeira", "Vieira",
        ],
    ),
    (
        &[
            "Amelia",
            "Charlotte",
            "Daniel",
            "Edward",
            "Grace",
            "Hannah",
            "Harry",
            "Isobel",
            "Oliver",
            "Rory",
            "Sean",
            "Thomas",
        ],
        &[
            "Bennett", "Byrne", "Campbell", "Clarke", "Doyle", "Fraser", "Hughes", "Kelly", "Murray",
            "Palmer", "Turner", "Walsh",
        ],
    ),
    (
        &["Alejandro", "Carmen", "Elena", "Javier", "Lucía", "Manuel", "Pilar", "Sergio"],
        &["Aguilar", "Blanco", "Castro", "Delgado", "Herrera", "Navarro", "Ortega", "Romero"],
    ),
    (
        &["Antoine", "Camille", "Élodie", "Hugo", "Juliette", "Mathieu", "Océane", "Pierre"],
        &["Bernard", "Chevalier", "Dubois", "Fontaine", "Garnier", "Lambert", "Moreau", "Rousseau"],
    ),
    (
        &["Anke", "Felix", "Greta", "Jonas", "Katrin", "Lukas", "Sabine", "Stefan"],
        &["Becker", "Brandt", "Hoffmann", "Keller", "Lorenz", "Schäfer", "Vogel", "Winter"],
    ),
    (
        &["Aarav", "Anjali", "Deepa", "Kiran", "Meera", "Priya", "Rohan", "Sanjay", "Vikram"],
        &["Bhat", "Desai", "Iyer", "Joshi", "Kapoor", "Menon", "Nair", "Patel", "Rao", "Shah"],
    ),
    (
        &["Adaeze", "Chidi", "Emeka", "Folake", "Kwame", "Naledi", "Ngozi", "Sipho", "Thandi", "Yaw"],
        &["Adeyemi", "Asante", "Dlamini", "Eze", "Mensah", "Mokoena", "Nkosi", "Okafor", "Owusu", "Zulu"],
    ),
    (
        &["Bruno", "Camila", "Fernanda", "Gustavo", "Larissa", "Rafael", "Thiago", "Vitória"],
        &["Azevedo", "Barros", "Cardoso", "Freitas", "Melo", "Monteiro", "Pereira", "Souza"],
    ),
    (
        &["Chiara", "Davide", "Francesca", "Giulia", "Lorenzo", "Matteo"],
        &["Bianchi", "Conti", "Esposito", "Greco", "Ricci", "Romano"],
    ),
    (
        &["Amira", "Fatima", "Hassan", "Karim", "Layla", "Omar", "Samir", "Yasmin"],
        &["Benali", "Farouk", "Haddad", "Khalil", "Mansour", "Nasser", "Rahman", "Saleh"],
    ),
    (
        &["Agnieszka", "Andrei", "Irina", "Jakub", "Katarzyna", "Mihai", "Oksana", "Piotr"],
        &["Dumitru", "Kowalski", "Kravets", "Lewandowski", "Nowak", "Popescu", "Shevchenko", "Wójcik"],
    ),
    (
        &["Hana", "Hiroshi", "Jing", "Kenji", "Li", "Mei", "Minh", "Wei"],
        &["Chen", "Ito", "Lin", "Nakamura", "Nguyen", "Sato", "Wang", "Zhang"],
    ),
    (
        &["Astrid", "Erik", "Freja", "Ingrid", "Lars", "Nora"],
        &["Andersen", "Berg", "Holm", "Lindqvist", "Nilsson", "Solberg"],
    ),
];

/// How often each of [`ORIGINS`] comes up.
const WEIGHTS: [u32; 13] = [34, 10, 6, 6, 6, 8, 7, 8, 4, 6, 6, 5, 3];

/// Makes people up, no two with the same name.
pub struct Registry {
    domain: &'static str,
    taken: HashSet<String>,
}

impl Registry {
    pub fn new(domain: &'static str) -> Self {
        Self { domain, taken: HashSet::new() }
    }

    /// A new person with a user that cannot sign in; of the family `surname` if there is one.
    pub fn person(&mut self, dice: &mut Dice, surname: Option<&str>, at: DateTime<Utc>) -> (User, String) {
        let mut tries = 0;
        loop {
            let origin = match surname {
                Some(surname) if tries < 40 => {
                    ORIGINS.iter().position(|(_, last)| last.contains(&surname)).unwrap_or(0)
                }
                _ => dice.weighted(WEIGHTS.iter().copied()),
            };
            tries += 1;
            let (first, last) = ORIGINS[origin];
            let last = match surname {
                Some(surname) if tries < 40 => surname,
                _ => dice.pick(last),
            };
            let name = format!("{} {last}", dice.pick(first));
            if self.taken.insert(name.clone()) {
                let email = format!("{}@{}", ascii(&name), self.domain);
                return (user(dice, email, None, false, at), name);
            }
        }
    }

    /// Nobody else gets this name.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(name.to_owned());
    }
}

pub fn user(
    dice: &mut Dice,
    email: String,
    password_hash: Option<&str>,
    is_operator: bool,
    at: DateTime<Utc>,
) -> User {
    let password_hash = password_hash.map(str::to_owned);
    User { is_operator, ..User::with_email(UserId(dice.id(at)), email, password_hash, at) }
}

/// A name as it stands in an address: `ines.simoes`.
fn ascii(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ã' | 'ä' => 'a',
            'é' | 'è' | 'ê' => 'e',
            'í' => 'i',
            'ó' | 'ô' | 'õ' | 'ö' => 'o',
            'ú' | 'ü' => 'u',
            'ç' => 'c',
            ' ' => '.',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_plain_and_nobody_exists_twice() {
        let (mut dice, mut registry) = (Dice::new(1), Registry::new("willow.test"));
        let mut emails = HashSet::new();
        for _ in 0..700 {
            let (user, _) = registry.person(&mut dice, None, DateTime::UNIX_EPOCH);
            let email = user.email.unwrap();
            assert!(email.is_ascii(), "{email}");
            assert_eq!(domain::rule::email(&email), Ok(()));
            assert!(emails.insert(email));
        }
    }
}
