//! Writing: words in which people can be called by name, photos and papers, and who shall read it.

use contract::comment::{PEOPLE, PeopleQuery};
use contract::service_request::PersonBrief;
use domain::id::{AttachmentId, MemberId};
use domain::rule;
use domain::service_request::Audience;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;

use super::mention;
use super::talk::{About, Talk};
use super::templates::Templates;
use crate::ui::button::{Button, IconButton, Look, Submit};
use crate::ui::field::{Checkbox, Field};
use crate::ui::live::live;
use crate::ui::photos::{Photo, PhotoPicker, PhotoState};
use crate::{api, attachment, browser, labels, words};

/// What is being written.
#[derive(Clone, Copy)]
pub struct Writing {
    pub text: RwSignal<String>,
    pub photos: RwSignal<Vec<Photo>>,
    pub staff_only: RwSignal<bool>,
    /// Who was chosen to be called; who is, the text says in the end.
    people: RwSignal<Vec<PersonBrief>>,
    pub fault: RwSignal<Option<String>>,
    pub pending: RwSignal<bool>,
    /// Where the caret was when the page was drawn anew around it.
    caret: StoredValue<Option<u32>>,
}

/// As much of it as survives a reload.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Draft {
    text: String,
    staff_only: bool,
    people: Vec<PersonBrief>,
    photos: Vec<PhotoState>,
}

/// What came of it.
pub struct Said {
    pub text: String,
    pub audience: Option<Audience>,
    pub mention_ids: Vec<MemberId>,
    pub attachment_ids: Vec<AttachmentId>,
}

impl Writing {
    pub fn new(text: String, people: Vec<PersonBrief>) -> Self {
        Self {
            text: RwSignal::new(text),
            photos: RwSignal::new(Vec::new()),
            staff_only: RwSignal::new(false),
            people: RwSignal::new(people),
            fault: RwSignal::new(None),
            pending: RwSignal::new(false),
            caret: StoredValue::new(None),
        }
    }

    /// What was kept under this name, and will be.
    pub fn kept(name: String) -> Self {
        let draft: Draft = browser::recall(&name).unwrap_or_default();
        let writing = Self::new(draft.text, draft.people);
        writing.staff_only.set(draft.staff_only);
        let photos = draft.photos.into_iter().zip(0..).map(|(state, key)| Photo { key, state });
        writing.photos.set(photos.collect());
        Effect::new(move || {
            let is_kept = |photo: &Photo| photo.state.id().is_some();
            let photos = writing.photos.get().into_iter().filter(is_kept).map(|photo| photo.state).collect();
            let draft = Draft {
                text: writing.text.get(),
                staff_only: writing.staff_only.get(),
                people: writing.people.get(),
                photos,
            };
            if draft.text.is_empty() && draft.photos.is_empty() {
                browser::forget(&name);
            } else {
                browser::keep(&name, &draft);
            }
        });
        writing
    }

    /// Starts over from a text.
    pub fn begin(self, text: String, people: Vec<PersonBrief>) {
        self.clear();
        self.text.set(text);
        self.people.set(people);
    }

    pub fn clear(self) {
        let _ = self.text.try_set(String::new());
        let _ = self.photos.try_set(Vec::new());
        let _ = self.people.try_set(Vec::new());
        let _ = self.fault.try_set(None);
    }

    /// What has been written, or what is wrong with it.
    pub fn said(self, limit: rule::Text) -> Result<Said, String> {
        let text = rule::trimmed(&self.text.get_untracked()).to_owned();
        if self.photos.with_untracked(|photos| attachment::uploading(photos)) {
            return Err(words::photo::wait().to_owned());
        }
        let attachment_ids = self.photos.with_untracked(|photos| attachment::ids(photos));
        if text.is_empty() && attachment_ids.is_empty() {
            return Err(words::story::comment_missing().to_owned());
        }
        limit.check(&text).map_err(|fault| labels::fault(&fault))?;
        let mut mention_ids: Vec<MemberId> = self.people.with_untracked(|people| {
            let called = people.iter().filter(|person| mention::calls(&text, &person.display_name));
            called.map(|person| person.member_id).collect()
        });
        mention_ids.sort_unstable();
        mention_ids.dedup();
        let audience = self.staff_only.get_untracked().then_some(Audience::Staff);
        Ok(Said { text, audience, mention_ids, attachment_ids })
    }
}

/// The form. `on_send` gets what was written and checked.
#[component]
pub fn Compose(
    id: &'static str,
    talk: Talk,
    writing: Writing,
    label: &'static str,
    send: &'static str,
    /// Who will read it, where that is settled already.
    #[prop(optional_no_strip)]
    audience: Option<Audience>,
    /// Whether it is this person's to say who reads it.
    #[prop(optional)]
    asks_audience: bool,
    #[prop(optional)] takes_files: bool,
    /// Whether those who work here find texts that are ready.
    #[prop(optional)]
    takes_templates: bool,
    #[prop(optional_no_strip)] on_cancel: Option<Callback<()>>,
    on_send: Callback<Said>,
) -> impl IntoView {
    let with_files = RwSignal::new(writing.photos.with_untracked(|photos| !photos.is_empty()));
    let with_templates = RwSignal::new(false);
    let internal = Signal::derive(move || audience == Some(Audience::Staff) || writing.staff_only.get());
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if writing.pending.get_untracked() {
            return;
        }
        match writing.said(talk.limit()) {
            Ok(said) => {
                writing.fault.set(None);
                on_send.run(said);
            }
            Err(wrong) => {
                writing.fault.set(Some(wrong));
                browser::focus_later(format!("#{id}"));
            }
        }
    };
    view! {
        <form class="comment" class:comment--internal=internal novalidate=true on:submit=submit>
            <Words id=id talk=talk writing=writing label=label internal=internal />
            <Show when=move || with_templates.get()>
                <Templates id=id talk=talk writing=writing open=with_templates />
            </Show>
            <Show when=move || takes_files && with_files.get()>
                <PhotoPicker
                    id="comment-photos"
                    words=attachment::with_papers()
                    photos=writing.photos
                    fault=Signal::stored(None::<String>)
                    upload=attachment::uploader(talk.slug(), writing.photos)
                />
            </Show>
            <div class="comment__foot">
                {asks_audience
                    .then(|| {
                        view! {
                            <Checkbox
                                id="comment-internal"
                                label=words::story::internal_label()
                                value=writing.staff_only
                            />
                        }
                    })}
                <span class="comment__buttons">
                    {(takes_templates && talk.is_staff)
                        .then(|| {
                            view! {
                                <IconButton
                                    icon="file-text"
                                    label=words::story::templates().to_owned()
                                    on_click=move || with_templates.update(|with| *with = !*with)
                                />
                            }
                        })}
                    <Show when=move || takes_files && !with_files.get()>
                        <IconButton
                            icon="paperclip"
                            label=words::story::attach().to_owned()
                            on_click=move || {
                                with_files.set(true);
                                browser::focus_later("#comment-photos");
                            }
                        />
                    </Show>
                    {on_cancel
                        .map(|cancel| {
                            view! {
                                <Button look=Look::Quiet on_click=move || cancel.run(())>
                                    {words::common::cancel()}
                                </Button>
                            }
                        })}
                    <Submit pending=writing.pending look=Look::Secondary>{send}</Submit>
                </span>
            </div>
        </form>
    }
}

/// The words, with the people who can be called while a name is being written.
#[component]
fn Words(
    id: &'static str,
    talk: Talk,
    writing: Writing,
    label: &'static str,
    #[prop(into)] internal: Signal<bool>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let offered = RwSignal::new(Vec::<PersonBrief>::new());
    let chosen = RwSignal::new(0_usize);
    let asked = StoredValue::new(0_u32);
    let fold = move || {
        asked.update_value(|count| *count += 1);
        offered.set(Vec::new());
    };
    let look = move || {
        if talk.about == About::Announcement {
            return;
        }
        let caret = area.get_untracked().and_then(|area| area.selection_end().ok().flatten());
        let text = writing.text.get_untracked();
        let before = browser::cut(&text, caret.unwrap_or(0) as usize).0;
        let Some(beginning) = mention::asked(before).map(ToOwned::to_owned) else { return fold() };
        asked.update_value(|count| *count += 1);
        let turn = asked.get_value();
        let audience = internal.get_untracked().then_some(Audience::Staff);
        spawn_local(async move {
            let query = PeopleQuery { audience, q: Some(beginning).filter(|it| !it.is_empty()) };
            let found = api::get_with(&PEOPLE, &[&talk.slug(), &talk.number()], &query).await;
            // Somebody has gone on writing, or left.
            if asked.try_get_value() != Some(turn) {
                return;
            }
            chosen.set(0);
            offered.set(found.map(|page| page.data.into_iter().take(6).collect()).unwrap_or_default());
        });
    };
    let take = move |person: PersonBrief| {
        let Some(area) = area.get_untracked() else { return };
        let caret = area.selection_end().ok().flatten().unwrap_or(0) as usize;
        let text = writing.text.get_untracked();
        let (before, after) = browser::cut(&text, caret);
        let (text, caret) = mention::filled(before, after, &person.display_name);
        writing.text.set(text);
        writing.people.update(|people| people.push(person));
        fold();
        let caret = u32::try_from(caret).unwrap_or(u32::MAX);
        request_animation_frame(move || {
            let _ = area.focus();
            let _ = area.set_selection_range(caret, caret);
        });
    };
    let key = move |event: web_sys::KeyboardEvent| {
        let count = offered.with_untracked(Vec::len);
        if count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => chosen.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" => {
                let person = offered.with_untracked(|all| all.get(chosen.get_untracked()).cloned());
                person.into_iter().for_each(take);
            }
            "Escape" => fold(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    // The page is drawn anew when something happens; whoever writes goes on where they were.
    on_cleanup(move || {
        let area = document().active_element().filter(|element| element.id() == id);
        let area = area.and_then(|element| element.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
        let caret = area.and_then(|area| area.selection_end().ok().flatten());
        let _ = writing.caret.try_update_value(|kept| *kept = caret);
    });
    area.on_load(move |area| {
        if let Some(caret) = writing.caret.try_update_value(Option::take).flatten() {
            request_animation_frame(move || {
                let _ = area.focus();
                let _ = area.set_selection_range(caret, caret);
            });
        }
    });
    let (list, about) = (format!("{id}-people"), format!("{id}-about"));
    let list_id = StoredValue::new(list.clone());
    view! {
        <div class="mention">
            <Field id=id label=label fault=writing.fault>
                <textarea
                    id=id
                    class="input"
                    rows=2
                    node_ref=area
                    aria-describedby=about
                    aria-invalid=move || writing.fault.with(Option::is_some).then_some("true")
                    aria-autocomplete="list"
                    aria-controls=move || offered.with(|all| !all.is_empty()).then(|| list.clone())
                    aria-activedescendant=move || {
                        offered
                            .with(|all| !all.is_empty())
                            .then(|| format!("{}-{}", list_id.get_value(), chosen.get()))
                    }
                    prop:value=writing.text
                    on:input=move |event| {
                        writing.text.set(event_target_value(&event));
                        writing.fault.set(None);
                        look();
                    }
                    on:keydown=key
                    on:blur=move |_| fold()
                ></textarea>
            </Field>
            {live(move || {
                let all = offered.get();
                (!all.is_empty())
                    .then(|| {
                        view! {
                            <ul
                                class="mention__people"
                                id=list_id.get_value()
                                role="listbox"
                                aria-label=words::story::people()
                            >
                                {all
                                    .into_iter()
                                    .enumerate()
                                    .map(|(at, person)| {
                                        let name = person.display_name.clone();
                                        view! {
                                            <li
                                                id=format!("{}-{at}", list_id.get_value())
                                                class="mention__person"
                                                role="option"
                                                aria-selected=move || {
                                                    if chosen.get() == at { "true" } else { "false" }
                                                }
                                                // Before the field loses the focus.
                                                on:mousedown=move |event| {
                                                    event.prevent_default();
                                                    take(person.clone());
                                                }
                                            >
                                                <crate::ui::avatar::Avatar name=name.clone() />
                                                {name}
                                            </li>
                                        }
                                    })
                                    .collect_view()}
                            </ul>
                        }
                    })
            })}
            <p class="visually-hidden" role="status">
                {move || {
                    let count = offered.with(Vec::len);
                    (count > 0).then(|| words::story::people_found(count as i64))
                }}
            </p>
        </div>
    }
}
