//! A first password for somebody who will choose their own: typed, or made up here.

use domain::rule;
use leptos::prelude::*;

use crate::ui::button::Button;
use crate::ui::field::TextField;
use crate::{browser, words};

/// Letters and digits that nobody mistakes for each other, read out or written down. A power of two, so that each is
/// as likely as any other.
const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Three groups of four: 60 bits.
const LENGTH: usize = 12;

/// "k7mp-x3qt-9hwn", out of bytes that nobody can guess.
fn made_of(bytes: [u8; LENGTH]) -> String {
    let signs: Vec<u8> = bytes.iter().map(|byte| SIGNS[usize::from(byte % 32)]).collect();
    signs.chunks(4).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-")
}

#[component]
pub fn FirstPassword(value: RwSignal<String>, #[prop(into)] fault: Signal<Option<String>>) -> impl IntoView {
    let make = move || {
        if let Some(bytes) = browser::random::<LENGTH>() {
            value.set(made_of(bytes));
        }
    };
    view! {
        <div class="stack stack--tight">
            // It is here to be handed over, so it is not hidden.
            <TextField
                id="password"
                label=words::given_password::label()
                help=words::given_password::help(&rule::PASSWORD.min.to_string())
                value=value
                fault=fault
            />
            <div>
                <Button icon="key-round" on_click=make>{words::given_password::make()}</Button>
            </div>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_password_keeps_the_rule_and_has_no_signs_that_look_alike() {
        let made = made_of([0, 7, 31, 32, 64, 255, 8, 9, 10, 11, 12, 13]);
        assert_eq!(made, "ah9a-a9ij-kmnp");
        assert_eq!(rule::PASSWORD.check(&made), Ok(()));
        assert!(!SIGNS.iter().any(|sign| b"lo01".contains(sign)));
    }
}
