//! Texts that are ready, to be put where somebody is writing.

use contract::response_template::{FILLED, FilledTemplate};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::compose::Writing;
use super::talk::Talk;
use crate::load::{Failed, Load, load};
use crate::ui::live::live;
use crate::ui::skeleton::SkeletonRows;
use crate::{api, browser, words};

/// Those that fit the request, found by words. `id` is the field that they are written into.
#[component]
pub fn Templates(id: &'static str, talk: Talk, writing: Writing, open: RwSignal<bool>) -> impl IntoView {
    let templates =
        load(move || async move { Ok(api::get(&FILLED, &[&talk.slug(), &talk.number()]).await?.data) });
    let (sought, chosen) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let fitting = Memo::new(move |_| {
        let mut all = templates.ready().unwrap_or_default();
        sought.with(|sought| all.retain(|template| fits(template, sought)));
        all
    });
    let search = NodeRef::<html::Input>::new();
    search.on_load(|search| request_animation_frame(move || drop(search.focus())));
    let take = move |template: FilledTemplate| {
        open.set(false);
        write(id, writing, &template.text);
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let count = fitting.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if count > 0 => chosen.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if count > 0 => chosen.update(|at| *at = (*at + count - 1) % count),
            // Otherwise it would send the comment.
            "Enter" => {
                let one = fitting.with_untracked(|all| all.get(chosen.get_untracked()).cloned());
                one.into_iter().for_each(take);
            }
            "Escape" => {
                open.set(false);
                browser::focus_later(format!("#{id}"));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let option = move |at: usize| format!("{id}-template-{at}");
    // Whatever is chosen by keys is in sight.
    Effect::new(move || {
        let at = chosen.get();
        request_animation_frame(move || {
            if let Some(element) = document().get_element_by_id(&option(at)) {
                browser::bring_into_sight(&element);
            }
        });
    });
    let is_empty = move || fitting.with(Vec::is_empty);
    view! {
        <div class="templates" role="group" aria-label=words::story::templates_title() on:keydown=key>
            <input
                class="input"
                type="search"
                node_ref=search
                role="combobox"
                autocomplete="off"
                aria-label=words::story::templates_search()
                placeholder=words::story::templates_search()
                aria-expanded=move || if is_empty() { "false" } else { "true" }
                aria-autocomplete="list"
                aria-controls=move || (!is_empty()).then(|| format!("{id}-templates"))
                aria-activedescendant=move || (!is_empty()).then(|| option(chosen.get()))
                prop:value=sought
                on:input=move |event| {
                    chosen.set(0);
                    sought.set(event_target_value(&event));
                }
            />
            {live(move || match templates.state.get() {
                Load::Loading => view! { <SkeletonRows rows=2 label=words::common::loading() /> }.into_any(),
                Load::Failed(failure) => {
                    view! { <Failed failure=failure retry=Callback::new(move |()| templates.reload()) /> }.into_any()
                }
                Load::Ready(all) if all.is_empty() => {
                    view! { <p class="templates__none">{words::story::templates_empty()}</p> }.into_any()
                }
                Load::Ready(_) if is_empty() => {
                    view! { <p class="templates__none">{words::story::templates_none()}</p> }.into_any()
                }
                Load::Ready(_) => {
                    view! {
                        <ul
                            class="templates__list"
                            id=format!("{id}-templates")
                            role="listbox"
                            aria-label=words::story::templates_title()
                        >
                            {fitting
                                .get()
                                .into_iter()
                                .enumerate()
                                .map(|(at, template)| {
                                    let (title, text) = (template.title.clone(), template.text.clone());
                                    view! {
                                        <li
                                            id=option(at)
                                            class="templates__one"
                                            role="option"
                                            aria-selected=move || if chosen.get() == at { "true" } else { "false" }
                                            // Before the field loses the focus.
                                            on:mousedown=|event| event.prevent_default()
                                            on:click=move |_| take(template.clone())
                                        >
                                            <span class="templates__title">{title}</span>
                                            <span class="templates__text">{text}</span>
                                        </li>
                                    }
                                })
                                .collect_view()}
                        </ul>
                    }
                        .into_any()
                }
            })}
            <p class="visually-hidden" role="status">
                {move || fitting.with(|all| (!all.is_empty()).then(|| words::story::templates_found(all.len() as i64)))}
            </p>
        </div>
    }
}

/// Whether a template has all these words in it.
fn fits(template: &FilledTemplate, sought: &str) -> bool {
    let (title, text) = (template.title.to_lowercase(), template.text.to_lowercase());
    sought.to_lowercase().split_whitespace().all(|word| title.contains(word) || text.contains(word))
}

/// Puts a text where the caret is, apart from what stands before it.
fn write(id: &'static str, writing: Writing, text: &str) {
    let Some(area) = document().get_element_by_id(id) else { return };
    let Ok(area) = area.dyn_into::<web_sys::HtmlTextAreaElement>() else { return };
    let caret = area.selection_start().ok().flatten().unwrap_or(0) as usize;
    let before = area.value();
    let (before, _) = crate::browser::cut(&before, caret);
    let apart = before.chars().next_back().is_some_and(|last| !last.is_whitespace());
    let text = if apart { format!(" {text}") } else { text.to_owned() };
    browser::type_into(&area, &text);
    writing.text.set(area.value());
    writing.fault.set(None);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_found_by_words_of_title_and_text() {
        let id = "0197b1b0-7d5c-7cc0-a6a0-0d4bb3f6a6c1".parse().unwrap();
        let template =
            FilledTemplate { id, title: "On our way".into(), text: "Dear Ann, Tess comes.".into() };
        for (sought, found) in [("", true), ("WAY ann", true), ("tess", true), ("way bob", false)] {
            assert_eq!(fits(&template, sought), found, "{sought}");
        }
    }
}
