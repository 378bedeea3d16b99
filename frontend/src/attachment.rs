//! Photos and documents on their way to the server, and back.

use std::fmt::Display;

use contract::attachment::{Attachment, REMOVE, UPLOAD};
use contract::endpoint::Endpoint;
use domain::id::AttachmentId;
use domain::rule::{ATTACHMENTS_MAX, UPLOAD_BYTES_MAX};
use domain::service_request::AttachmentKind;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Failure, Parcel};
use crate::ui::photos::{Paper, Photo, PhotoState, PickerWords, Picture, Upload};
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
        cancel: words::photo::cancel(),
        uploaded: words::photo::uploaded(),
        remove: words::photo::remove(),
        again: words::common::try_again(),
        on_their_way: words::photo::on_their_way,
        arrived: words::photo::arrived(),
        accept: "image/jpeg,image/png,image/webp",
    }
}

/// The words of a picker that takes papers, too.
pub fn with_papers() -> PickerWords {
    PickerWords {
        label: words::photo::files(),
        help: words::photo::files_help(),
        add: words::photo::add_file(),
        accept: "image/jpeg,image/png,image/webp,application/pdf",
        ..optional()
    }
}

/// Uploads what was picked, each file on its own; what failed is tried again, and what is taken away forgotten.
pub fn uploader(community: String, photos: RwSignal<Vec<Photo>>) -> Upload {
    let toasts = Toasts::expect();
    let community = StoredValue::new(community);
    let under_way = UnderWay::new();
    // What failed, to be tried again.
    let files = StoredValue::new_local(Vec::<(u32, web_sys::File)>::new());
    let send = move |key: u32, file: web_sys::File| {
        let put = move |state| {
            // The form may be gone by the time the file has arrived.
            let _ = photos.try_update(|photos| {
                if let Some(photo) = photos.iter_mut().find(|photo| photo.key == key) {
                    photo.state = state;
                }
            });
        };
        if file.size() > UPLOAD_BYTES_MAX as f64 {
            return put(PhotoState::Failed(words::failure::too_large().into()));
        }
        put(PhotoState::Uploading);
        spawn_local(async move {
            let sent = under_way.send(&UPLOAD, &[&community.get_value()], key, &file).await;
            let Some(sent) = sent else { return };
            put(match sent {
                Ok(Attachment { id, name: Some(name), .. }) => PhotoState::Paper { id: id.to_string(), name },
                Ok(Attachment { id, thumbnail_url, .. }) => {
                    PhotoState::Uploaded { id: id.to_string(), thumbnail: thumbnail_url.unwrap_or_default() }
                }
                Err(failure) => {
                    let _ = files.try_update_value(|files| files.push((key, file)));
                    PhotoState::Failed(labels::failure(&failure))
                }
            });
        });
    };
    let pick = Callback::new(move |chosen: web_sys::FileList| {
        for file in (0..chosen.length()).filter_map(|index| chosen.get(index)) {
            if photos.with_untracked(Vec::len) >= ATTACHMENTS_MAX {
                toasts.failed(words::photo::too_many(&ATTACHMENTS_MAX.to_string()));
                return;
            }
            let key =
                photos.with_untracked(|photos| photos.iter().map(|photo| photo.key + 1).max().unwrap_or(0));
            photos.update(|photos| photos.push(Photo { key, state: PhotoState::Uploading }));
            send(key, file);
        }
    });
    let again = Callback::new(move |key: u32| {
        let mut found = None;
        files.update_value(|files| {
            if let Some(at) = files.iter().position(|(known, _)| *known == key) {
                found = Some(files.remove(at).1);
            }
        });
        if let Some(file) = found {
            send(key, file);
        }
    });
    let forget = Callback::new(move |id: String| {
        // What stays all the same is thrown away after a day.
        spawn_local(async move {
            let _ = api::remove(&REMOVE, &[&community.get_value(), &id], 0).await;
        });
    });
    Upload { pick, again, cancel: under_way.cancel(), forget: Some(forget), progress: under_way.progress }
}

/// Files on their way: how far each has come, and what stops it.
#[derive(Clone, Copy)]
pub struct UnderWay {
    /// In percent.
    pub progress: RwSignal<Vec<(u32, u8)>>,
    stops: StoredValue<Vec<(u32, web_sys::AbortController)>, LocalStorage>,
}

impl UnderWay {
    pub fn new() -> Self {
        Self { progress: RwSignal::new(Vec::new()), stops: StoredValue::new_local(Vec::new()) }
    }

    /// What stops one of them.
    pub fn cancel(self) -> Callback<u32> {
        Callback::new(move |key: u32| {
            self.stops.update_value(|stops| {
                stops.iter().filter(|(known, _)| *known == key).for_each(|(_, stop)| stop.abort());
            });
        })
    }

    /// Sends a file; answers none where it was stopped.
    pub async fn send(
        self,
        endpoint: &Endpoint<(), Attachment>,
        values: &[&dyn Display],
        key: u32,
        file: &web_sys::File,
    ) -> Option<Result<Attachment, Failure>> {
        let Ok(stop) = web_sys::AbortController::new() else { return Some(Err(Failure::Unexpected)) };
        let signal = stop.signal();
        let _ = self.stops.try_update_value(|stops| stops.push((key, stop)));
        self.advance(key, Some(0));
        // A fraction of one, so that it fits.
        let heard = move |part: f64| self.advance(key, Some((part * 100.0) as u8));
        let sent = api::upload(endpoint, values, &Parcel::new(file, &signal, heard)).await;
        let _ = self.stops.try_update_value(|stops| stops.retain(|(known, _)| *known != key));
        self.advance(key, None);
        (!signal.aborted()).then_some(sent)
    }

    /// Notes how far a file has come, in percent; nothing once it is no longer on its way.
    fn advance(self, key: u32, percent: Option<u8>) {
        // The form may be gone by now.
        let at = |all: &Vec<(u32, u8)>| all.iter().find(|(of, _)| *of == key).map(|(_, at)| *at);
        if self.progress.try_with_untracked(at).is_none_or(|known| known == percent) {
            return;
        }
        let _ = self.progress.try_update(|all| {
            all.retain(|(of, _)| *of != key);
            all.extend(percent.map(|percent| (key, percent)));
        });
    }
}

/// The photos among these files.
pub fn pictures<'a>(files: impl Iterator<Item = &'a Attachment>) -> Vec<Picture> {
    files
        .filter(|file| file.kind != AttachmentKind::Document)
        .zip(1_u32..)
        .map(|(photo, number)| Picture {
            thumbnail: photo.thumbnail_url.clone().unwrap_or_default(),
            url: photo.url.clone(),
            label: match photo.kind {
                AttachmentKind::Evidence => words::photo::evidence(&number.to_string()),
                AttachmentKind::Problem | AttachmentKind::Document => {
                    words::photo::problem(&number.to_string())
                }
            },
            width: photo.width,
            height: photo.height,
        })
        .collect()
}

/// The documents among these files.
pub fn papers(files: &[Attachment]) -> Vec<Paper> {
    files
        .iter()
        .filter_map(|file| {
            let name = file.name.clone()?;
            let kib = (file.size / 1024).max(1);
            let size = match kib / 1024 {
                0 => words::photo::kilobytes(&kib.to_string()),
                mib => words::photo::megabytes(&mib.to_string()),
            };
            Some(Paper { name, url: file.url.clone(), size })
        })
        .collect()
}

/// The photos that have arrived.
pub fn ids(photos: &[Photo]) -> Vec<AttachmentId> {
    photos.iter().filter_map(|photo| photo.state.id()?.parse().ok()).collect()
}

pub fn uploading(photos: &[Photo]) -> bool {
    photos.iter().any(|photo| photo.state == PhotoState::Uploading)
}
