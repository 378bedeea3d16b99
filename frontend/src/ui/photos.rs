//! Photos and papers: to choose, to see small, to see large, to save.

use leptos::html;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::button::IconButton;
use super::dialog::Dialog;
use super::icon::Icon;
use super::live::live;

/// A photo that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub key: u32,
    pub state: PhotoState,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PhotoState {
    /// Here on the device; it goes out later.
    Chosen {
        preview: String,
    },
    Uploading,
    Uploaded {
        id: String,
        thumbnail: String,
    },
    /// A document, which has no picture.
    Paper {
        id: String,
        name: String,
    },
    Failed(String),
}

impl PhotoState {
    /// The id under which it has arrived.
    pub fn id(&self) -> Option<&str> {
        match self {
            PhotoState::Uploaded { id, .. } | PhotoState::Paper { id, .. } => Some(id),
            PhotoState::Chosen { .. } | PhotoState::Uploading | PhotoState::Failed(_) => None,
        }
    }
}

/// What happens to files that are chosen, tried again and taken away: the caller's business.
#[derive(Clone, Copy)]
pub struct Upload {
    pub pick: Callback<web_sys::FileList>,
    pub again: Callback<u32>,
    /// Stops one that is on its way.
    pub cancel: Callback<u32>,
    /// How far those have come that are on their way, in percent.
    pub progress: RwSignal<Vec<(u32, u8)>>,
    /// By the id under which it had arrived; without it, what has arrived stays.
    pub forget: Option<Callback<String>>,
}

/// The words of the picker.
#[derive(Debug, Clone, Copy)]
pub struct PickerWords {
    pub label: &'static str,
    pub aside: &'static str,
    pub help: &'static str,
    pub add: &'static str,
    pub uploading: &'static str,
    /// Stops one that is on its way.
    pub cancel: &'static str,
    pub uploaded: &'static str,
    pub remove: &'static str,
    pub again: &'static str,
    /// How many are on their way, and how much of them has been sent.
    pub on_their_way: fn(i64, &str) -> String,
    pub arrived: &'static str,
    /// What may be chosen.
    pub accept: &'static str,
}

/// Takes photos from the camera or the gallery, and papers where the words say so.
#[component]
pub fn PhotoPicker(
    id: &'static str,
    words: PickerWords,
    photos: RwSignal<Vec<Photo>>,
    #[prop(into)] fault: Signal<Option<String>>,
    upload: Upload,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let remove = move |key: u32| {
        photos.update(|photos| {
            photos.retain(|photo| {
                let goes = photo.key == key;
                if goes {
                    match (photo.state.id(), upload.forget) {
                        (Some(id), Some(forget)) => forget.run(id.to_owned()),
                        (Some(_), None) => {}
                        (None, _) => upload.cancel.run(key),
                    }
                }
                !goes
            });
        });
    };
    view! {
        <div class="field" class:field--faulty=move || fault.with(Option::is_some)>
            <label class="field__label" for=id>
                {words.label}
                <span class="field__aside">{" "}{words.aside}</span>
            </label>
            <div id=format!("{id}-about")>
                <p class="field__help">{words.help}</p>
                <super::field::Fault fault=fault />
            </div>
            <ul class="photos">
                <For
                    each=move || photos.get()
                    key=|photo| (photo.key, photo.state.clone())
                    children=move |Photo { key, state }| {
                        let way_out = if state == PhotoState::Uploading { words.cancel } else { words.remove };
                        let may_go = upload.forget.is_some() || state.id().is_none();
                        view! {
                            <li class="photos__photo">
                                <Shown key=key state=state words=words upload=upload />
                                {may_go
                                    .then(|| {
                                        view! {
                                            <span class="photos__remove">
                                                <IconButton
                                                    icon="x"
                                                    label=way_out.to_owned()
                                                    on_click=move || remove(key)
                                                />
                                            </span>
                                        }
                                    })}
                            </li>
                        }
                    }
                />
                <li class="photos__add">
                    <input
                        id=id
                        class="photos__input"
                        type="file"
                        accept=words.accept
                        multiple=true
                        aria-describedby=format!("{id}-about")
                        node_ref=input
                        on:change=move |_| {
                            let Some(input) = input.get_untracked() else { return };
                            if let Some(files) = input.files() {
                                upload.pick.run(files);
                            }
                            // So that the same can be chosen again.
                            input.set_value("");
                        }
                    />
                    <span class="photos__face" aria-hidden="true">
                        <Icon name="camera" size=24 />
                        {words.add}
                    </span>
                </li>
            </ul>
            <Heard words=words photos=photos progress=upload.progress />
        </div>
    }
}

/// A file in the state that it is in.
#[component]
fn Shown(key: u32, state: PhotoState, words: PickerWords, upload: Upload) -> impl IntoView {
    match state {
        PhotoState::Uploading => {
            view! { <OnItsWay of=key words=words progress=upload.progress /> }.into_any()
        }
        PhotoState::Uploaded { thumbnail, .. } | PhotoState::Chosen { preview: thumbnail } => {
            view! { <img src=thumbnail alt=words.uploaded /> }.into_any()
        }
        PhotoState::Paper { name, .. } => view! {
            <span class="photos__paper">
                <Icon name="file-text" />
                <span>{name}</span>
            </span>
        }
        .into_any(),
        PhotoState::Failed(why) => view! {
            <span class="photos__failed" role="alert">
                <span>{why}</span>
                <button type="button" class="photos__again" on:click=move |_| upload.again.run(key)>
                    <Icon name="refresh-cw" size=14 />
                    {words.again}
                </button>
            </span>
        }
        .into_any(),
    }
}

/// A file that is being sent, and how much of it has been.
#[component]
fn OnItsWay(of: u32, words: PickerWords, progress: RwSignal<Vec<(u32, u8)>>) -> impl IntoView {
    let percent = Memo::new(move |_| {
        progress.with(|all| all.iter().find(|(key, _)| *key == of).map_or(0, |(_, at)| *at))
    });
    view! {
        <span class="photos__wait">
            <span class="photos__percent" aria-hidden="true">{percent}" %"</span>
            <progress class="photos__bar" max="100" prop:value=percent aria-label=words.uploading></progress>
        </span>
    }
}

/// Says now and then how far it has come to those who do not see it: at the quarters, and when everything has arrived.
#[component]
fn Heard(
    words: PickerWords,
    photos: RwSignal<Vec<Photo>>,
    progress: RwSignal<Vec<(u32, u8)>>,
) -> impl IntoView {
    let said = Memo::new(move |before: Option<&Option<String>>| {
        let known = before.is_some_and(Option::is_some);
        let on_their_way =
            photos.with(|all| all.iter().filter(|it| it.state == PhotoState::Uploading).count());
        match on_their_way {
            0 if known && photos.with(|all| all.iter().any(|it| it.state.id().is_some())) => {
                Some(words.arrived.to_owned())
            }
            0 => None,
            some => {
                let sum: usize = progress.with(|all| all.iter().map(|(_, at)| usize::from(*at)).sum());
                let quarters = sum / some / 25 * 25;
                Some((words.on_their_way)(some as i64, &quarters.to_string()))
            }
        }
    });
    view! { <p class="visually-hidden" role="status">{said}</p> }
}

/// A photo to show: the small one leads to the large one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub thumbnail: String,
    pub url: String,
    pub label: String,
    pub width: i32,
    pub height: i32,
}

/// The photo that was chosen, as large as it goes.
#[component]
pub fn LargePhoto(shown: RwSignal<Option<Picture>>, close_label: &'static str) -> impl IntoView {
    live(move || {
        let picture = shown.get()?;
        let dialog = view! {
            <Dialog
                title=picture.label.clone()
                close_label=close_label
                on_close=Callback::new(move |()| shown.set(None))
                wide=true
            >
                <img
                    class="large-photo"
                    src=picture.url
                    alt=picture.label
                    width=picture.width
                    height=picture.height
                />
            </Dialog>
        };
        Some(dialog)
    })
}

#[component]
pub fn Gallery(pictures: Vec<Picture>, on_open: Callback<Picture>) -> impl IntoView {
    view! {
        <ul class="photos">
            {pictures
                .into_iter()
                .map(|picture| {
                    // Its address is good for some minutes only.
                    let missing = RwSignal::new(false);
                    let (thumbnail, label) = (picture.thumbnail.clone(), picture.label.clone());
                    view! {
                        <li class="photos__photo">
                            <button
                                type="button"
                                class="photos__open"
                                aria-label=label
                                on:click=move |_| on_open.run(picture.clone())
                            >
                                <img
                                    src=thumbnail
                                    alt=""
                                    loading="lazy"
                                    on:error=move |_| missing.set(true)
                                    class:visually-hidden=missing
                                />
                                <Show when=move || missing.get()>
                                    <span class="photos__missing"><Icon name="image-off" /></span>
                                </Show>
                            </button>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}

/// A document to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub name: String,
    pub url: String,
    /// How large it is, in words.
    pub size: String,
}

#[component]
pub fn Papers(papers: Vec<Paper>) -> impl IntoView {
    view! {
        <ul class="papers">
            {papers
                .into_iter()
                .map(|paper| {
                    let saved_as = paper.name.clone();
                    view! {
                        <li>
                            <a class="papers__paper" href=paper.url download=saved_as rel="external">
                                <Icon name="file-text" size=18 />
                                <span class="papers__name">{paper.name}</span>
                                <span class="papers__size">{paper.size}</span>
                            </a>
                        </li>
                    }
                })
                .collect_view()}
        </ul>
    }
}
