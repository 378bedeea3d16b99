//! What is known of a member.

use contract::member::Member;
use leptos::prelude::*;

use crate::member::unit_line;
use crate::time::At;
use crate::ui::fact::Fact;
use crate::words;

#[component]
pub fn Facts(member: Member, zone: String) -> impl IntoView {
    let Member { summary, reason, has_login, .. } = member;
    let units = summary.units.iter().map(unit_line).collect::<Vec<_>>();
    let sign_in_name = summary.sign_in_name;
    let email = match (summary.email, &sign_in_name) {
        (Some(email), _) => Some(view! { <a href=format!("mailto:{email}")>{email.clone()}</a> }.into_any()),
        (None, Some(_)) => None,
        (None, None) if has_login => {
            Some(view! { <span class="quiet">{words::member::not_shown()}</span> }.into_any())
        }
        (None, None) => Some(view! { <span class="quiet">{words::member::no_login()}</span> }.into_any()),
    };
    view! {
        <aside class="facts" aria-label=words::member::details()>
            <div class="facts__fold">
                <dl class="facts__list">
                    {email.map(|email| view! { <Fact icon="mail" label=words::member::email()>{email}</Fact> })}
                    {sign_in_name
                        .map(|name| {
                            view! { <Fact icon="key-round" label=words::member::sign_in_name()>{name}</Fact> }
                        })}
                    <Fact icon="house" label=words::member::units()>
                        {if units.is_empty() {
                            view! { <span class="quiet">{words::member::no_units()}</span> }.into_any()
                        } else {
                            units.into_iter().map(|unit| view! { <span>{unit}</span> }).collect_view().into_any()
                        }}
                    </Fact>
                    {(!summary.tags.is_empty())
                        .then(|| {
                            let tags = summary.tags.into_iter().map(|tag| view! { <li class="tag">{tag}</li> });
                            view! {
                                <Fact icon="bookmark" label=words::member::tags()>
                                    <ul class="tags">{tags.collect_view()}</ul>
                                </Fact>
                            }
                        })}
                    <Fact icon="calendar" label=words::member::since()>
                        <At at=summary.created_at zone=zone />
                    </Fact>
                    {reason
                        .map(|reason| {
                            view! { <Fact icon="message-square" label=words::member::reason()>{reason}</Fact> }
                        })}
                </dl>
            </div>
        </aside>
    }
}
