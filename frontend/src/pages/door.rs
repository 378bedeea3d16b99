//! In front of the door: for those who want in.

use leptos::prelude::*;

use crate::community::join::JoinPage;
use crate::notification::unsubscribe::UnsubscribePage;
use crate::routes::Route;
use crate::session::ask::{ForgotPage, RegisterPage};
use crate::session::choose::{ResetPage, VerifyPage};
use crate::session::email::ConfirmEmailPage;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Register => view! { <RegisterPage /> }.into_any(),
        Route::Verify => view! { <VerifyPage /> }.into_any(),
        Route::Forgot => view! { <ForgotPage /> }.into_any(),
        Route::Reset => view! { <ResetPage /> }.into_any(),
        Route::ConfirmEmail => view! { <ConfirmEmailPage /> }.into_any(),
        Route::Join(community) => view! { <JoinPage community=community /> }.into_any(),
        Route::Unsubscribe(link) => view! { <UnsubscribePage link=link /> }.into_any(),
        _ => ().into_any(),
    }
}
