//! Fields of forms: label above, help below it, the fault under the field and in a summary that leads to it.

use leptos::prelude::*;

use crate::ui::live::live;

use super::icon::Icon;

/// What stands around every field.
#[component]
pub fn Field(
    /// Also the id of the control inside, which must name `{id}-about` in `aria-describedby`.
    #[prop(into)]
    id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    /// "(optional)", where it is.
    #[prop(optional, into)]
    aside: Option<String>,
    #[prop(into)] fault: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <div class="field" class:field--faulty=move || fault.with(Option::is_some)>
            <label class="field__label" for=id>
                {label}
                {aside.filter(|aside| !aside.is_empty()).map(|aside| view! { <span class="field__aside">{" "}{aside}</span> })}
            </label>
            <div id=about>
                {help.filter(|help| !help.is_empty()).map(|help| view! { <p class="field__help">{help}</p> })}
                <Fault fault=fault />
            </div>
            {children()}
        </div>
    }
}

/// What is wrong with a field.
#[component]
pub fn Fault(#[prop(into)] fault: Signal<Option<String>>) -> impl IntoView {
    live(move || {
        fault.get().map(|text| {
            view! {
                <p class="field__fault">
                    <Icon name="circle-alert" size=16 />
                    {text}
                </p>
            }
        })
    })
}

/// A line of text.
#[component]
pub fn TextField(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] aside: Option<String>,
    #[prop(into, default = Signal::stored("text"))] kind: Signal<&'static str>,
    #[prop(default = "off")] autocomplete: &'static str,
    /// The keys that a phone shows, where `kind` does not say it.
    #[prop(optional)]
    keys: Option<&'static str>,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <Field id=id.clone() label=label help=help.unwrap_or_default() aside=aside.unwrap_or_default() fault=fault>
            <input
                id=id
                class="input"
                type=kind
                autocomplete=autocomplete
                inputmode=keys
                aria-describedby=about
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </Field>
    }
}

/// Some lines of text.
#[component]
pub fn TextArea(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] aside: Option<String>,
    #[prop(default = 4)] rows: u8,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <Field id=id.clone() label=label help=help.unwrap_or_default() aside=aside.unwrap_or_default() fault=fault>
            <textarea
                id=id
                class="input"
                rows=rows
                aria-describedby=about
                aria-invalid=move || fault.with(Option::is_some).then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        </Field>
    }
}

/// One of several, as the browser's own list.
#[component]
pub fn Select(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    #[prop(optional, into)] aside: Option<String>,
    /// Values with their words. An empty value means none.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<String>>,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <Field id=id.clone() label=label help=help.unwrap_or_default() aside=aside.unwrap_or_default() fault=fault>
            <span class="select">
                <select
                    id=id
                    class="input"
                    aria-describedby=about
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    on:change=move |event| value.set(event_target_value(&event))
                >
                    {live(move || {
                        options
                            .get()
                            .into_iter()
                            .map(|(key, words)| {
                                let chosen = key.clone();
                                view! {
                                    <option value=key prop:selected=move || value.get() == chosen>
                                        {words}
                                    </option>
                                }
                            })
                            .collect_view()
                    })}
                </select>
                <Icon name="chevron-down" size=16 />
            </span>
        </Field>
    }
}

/// A box to tick.
#[component]
pub fn Checkbox(
    #[prop(into)] id: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] help: Option<String>,
    value: RwSignal<bool>,
) -> impl IntoView {
    let about = format!("{id}-about");
    view! {
        <div class="checkbox">
            <input
                id=id.clone()
                type="checkbox"
                aria-describedby=about.clone()
                prop:checked=value
                on:change=move |event| value.set(event_target_checked(&event))
            />
            <label for=id>{label}</label>
            <p class="field__help" id=about>{help}</p>
        </div>
    }
}

/// Everything that is wrong with a form, each line leading to its field. Takes the focus when it appears.
#[component]
pub fn ErrorSummary(
    #[prop(into)] title: String,
    /// The ids of the fields with what is wrong.
    #[prop(into)]
    faults: Signal<Vec<(String, String)>>,
) -> impl IntoView {
    live(move || {
        let faults = faults.get();
        (!faults.is_empty()).then(|| {
            view! {
                <div class="error-summary" id="error-summary" role="alert" tabindex="-1">
                    <h2 class="error-summary__title">{title.clone()}</h2>
                    <ul>
                        {faults
                            .into_iter()
                            .map(|(id, text)| {
                                let target = id.clone();
                                view! {
                                    <li>
                                        <a
                                            href=format!("#{id}")
                                            on:click=move |event| {
                                                event.prevent_default();
                                                if let Some(field) = document().get_element_by_id(&target) {
                                                    crate::browser::focus(&field);
                                                }
                                            }
                                        >
                                            {text}
                                        </a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    })
}
