//! Somebody as a small round sign with their initials, in a colour that is always theirs.

use leptos::prelude::*;

#[component]
pub fn Avatar(#[prop(into)] name: String) -> impl IntoView {
    view! {
        <span class=format!("avatar avatar--{}", hue(&name)) aria-hidden="true">
            {initials(&name)}
        </span>
    }
}

/// Somebody with their name beside the sign.
#[component]
pub fn Person(#[prop(into)] name: String) -> impl IntoView {
    view! {
        <span class="person">
            <Avatar name=name.clone() />
            <span class="person__name">{name}</span>
        </span>
    }
}

/// The first letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    let (first, last) = (words.next(), words.next_back());
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// One of eight hues.
fn hue(name: &str) -> u32 {
    name.chars().fold(7_u32, |sum, letter| sum.wrapping_mul(31).wrapping_add(letter as u32)) % 8 + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(initials("Ann Marie Example"), "AE");
        assert_eq!(initials("élodie"), "É");
        assert_eq!(initials(""), "");
    }
}
