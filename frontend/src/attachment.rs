//! Photos on their way to the server.

use contract::attachment::UPLOAD;
use domain::id::AttachmentId;
use domain::rule::{ATTACHMENTS_MAX, UPLOAD_BYTES_MAX};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::ui::photos::{Photo, PhotoState, PickerWords};
use crate::ui::toast::Toasts;
use crate::{api, labels, words};

/// The words of a picker whose photos nobody has to give.
pub fn optional() -> PickerWords {
    PickerWords { aside: words::common::optional(), ..required() }
}

pub fn required() -> PickerWords {
    PickerWords {
        label: words::photo::label(),
        aside: "",
        help: words::photo::help(),
        add: words::photo::add(),
        uploading: words::photo::uploading(),
        uploaded: words::photo::uploaded(),
        remove: words::photo::remove(),
    }
}

/// Uploads what was picked, each photo on its own.
pub fn uploader(community: String, photos: RwSignal<Vec<Photo>>) -> Callback<web_sys::FileList> {
    let toasts = Toasts::expect();
    Callback::new(move |files: web_sys::FileList| {
        for file in (0..files.length()).filter_map(|index| files.get(index)) {
            if photos.with_untracked(Vec::len) >= ATTACHMENTS_MAX {
                toasts.failed(words::photo::too_many(&ATTACHMENTS_MAX.to_string()));
                return;
            }
            let key =
                photos.with_untracked(|photos| photos.iter().map(|photo| photo.key + 1).max().unwrap_or(0));
            let put = move |state| {
                // The form may be gone by the time the photo has arrived.
                let _ = photos.try_update(|photos| {
                    if let Some(photo) = photos.iter_mut().find(|photo| photo.key == key) {
                        photo.state = state;
                    }
                });
            };
            photos.update(|photos| photos.push(Photo { key, state: PhotoState::Uploading }));
            if file.size() > UPLOAD_BYTES_MAX as f64 {
                put(PhotoState::Failed(words::failure::too_large().into()));
                continue;
            }
            let community = community.clone();
            spawn_local(async move {
                put(match api::upload(&UPLOAD, &[&community], &file).await {
                    Ok(attachment) => PhotoState::Uploaded {
                        id: attachment.id.to_string(),
                        thumbnail: attachment.thumbnail_url,
                    },
                    Err(failure) => PhotoState::Failed(labels::failure(&failure)),
                });
            });
        }
    })
}

/// The photos that have arrived.
pub fn ids(photos: &[Photo]) -> Vec<AttachmentId> {
    photos
        .iter()
        .filter_map(|photo| match &photo.state {
            PhotoState::Uploaded { id, .. } => id.parse().ok(),
            PhotoState::Uploading | PhotoState::Failed(_) => None,
        })
        .collect()
}

pub fn uploading(photos: &[Photo]) -> bool {
    photos.iter().any(|photo| photo.state == PhotoState::Uploading)
}
