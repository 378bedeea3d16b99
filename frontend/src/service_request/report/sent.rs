//! After sending: the number, and a promise in words.

use contract::service_request::ServiceRequest;
use leptos::prelude::*;

use crate::routes::Route;
use crate::ui::button::{Button, ButtonLink, Look};
use crate::ui::icon::Icon;
use crate::{browser, time, words};

#[component]
pub fn Sent(request: ServiceRequest, slug: String, zone: String, again: Callback<()>) -> impl IntoView {
    let summary = request.summary;
    browser::focus_later("#page-title");
    view! {
        <div class="sent">
            <span class="sent__icon"><Icon name="check" size=24 /></span>
            <p class="sent__number">
                {words::sent::number()}
                {" "}
                <strong class="number">{summary.number.clone()}</strong>
            </p>
            <p class="sent__title">{summary.title}</p>
            <p class="sent__promise">{words::sent::promise(&time::moment(summary.due_at, &zone))}</p>
            <div class="sent__next">
                <ButtonLink href=Route::Request(slug, summary.number).href() look=Look::Primary>
                    {words::sent::see()}
                </ButtonLink>
                <Button on_click=move || again.run(())>{words::sent::another()}</Button>
            </div>
        </div>
    }
}
