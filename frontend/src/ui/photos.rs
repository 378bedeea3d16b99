//! Photos: to choose, to see small, to see large.

use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use super::icon::Icon;

/// A photo that was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    pub key: u32,
    pub state: PhotoState,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PhotoState {
    Uploading,
    Uploaded { id: String, thumbnail: String },
    Failed(String),
}

/// The words of the picker.
#[derive(Debug, Clone, Copy)]
pub struct PickerWords {
    pub label: &'static str,
    pub aside: &'static str,
    pub help: &'static str,
    pub add: &'static str,
    pub uploading: &'static str,
    pub uploaded: &'static str,
    pub remove: &'static str,
}

/// Takes photos from the camera or the gallery; what happens to the files is the caller's business.
#[component]
pub fn PhotoPicker(
    id: &'static str,
    words: PickerWords,
    photos: RwSignal<Vec<Photo>>,
    #[prop(into)] fault: Signal<Option<String>>,
    on_pick: Callback<web_sys::FileList>,
) -> impl IntoView {
    let input = NodeRef::<html::Input>::new();
    let remove = move |key: u32| photos.update(|photos| photos.retain(|photo| photo.key != key));
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
                <For each=move || photos.get() key=|photo| (photo.key, photo.state.clone()) let:photo>
                    <li class="photos__photo">
                        {match photo.state {
                            PhotoState::Uploading => {
                                view! {
                                    <span class="photos__wait skeleton" role="status">
                                        <span class="visually-hidden">{words.uploading}</span>
                                    </span>
                                }
                                    .into_any()
                            }
                            PhotoState::Uploaded { thumbnail, .. } => {
                                view! { <img src=thumbnail alt=words.uploaded /> }.into_any()
                            }
                            PhotoState::Failed(why) => {
                                view! {
                                    <span class="photos__failed" role="alert">
                                        <Icon name="image-off" />
                                        <span>{why}</span>
                                    </span>
                                }
                                    .into_any()
                            }
                        }} <span class="photos__remove">
                            <IconButton
                                icon="x"
                                label=words.remove.to_owned()
                                on_click=move || remove(photo.key)
                            />
                        </span>
                    </li>
                </For>
                <li class="photos__add">
                    <input
                        id=id
                        class="photos__input"
                        type="file"
                        accept="image/jpeg,image/png,image/webp"
                        multiple=true
                        aria-describedby=format!("{id}-about")
                        node_ref=input
                        on:change=move |_| {
                            let Some(input) = input.get_untracked() else { return };
                            if let Some(files) = input.files() {
                                on_pick.run(files);
                            }
                        }
                    />
                    <span class="photos__face" aria-hidden="true">
                        <Icon name="camera" size=24 />
                        {words.add}
                    </span>
                </li>
            </ul>
        </div>
    }
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
