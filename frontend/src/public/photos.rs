//! Photos of somebody without an account: held on the device until the report is made, then uploaded by its secret, each
//! on its own, so that one that fails can be tried again.

use contract::attachment::Attachment;
use contract::public::UPLOAD;
use domain::rule::{ATTACHMENTS_MAX, UPLOAD_BYTES_MAX};
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::attachment::UnderWay;
use crate::ui::photos::{Photo, PhotoState, Upload};
use crate::ui::toast::Toasts;
use crate::{labels, words};

#[derive(Clone, Copy)]
pub struct Photos {
    pub shown: RwSignal<Vec<Photo>>,
    files: StoredValue<Vec<(u32, web_sys::File)>, LocalStorage>,
    under_way: UnderWay,
    community: StoredValue<String>,
    /// Of the report, once there is one.
    secret: StoredValue<Option<String>>,
    /// Told of each photo that has arrived.
    arrived: Callback<()>,
}

impl Photos {
    pub fn new(community: String, secret: Option<String>, arrived: Callback<()>) -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            files: StoredValue::new_local(Vec::new()),
            under_way: UnderWay::new(),
            community: StoredValue::new(community),
            secret: StoredValue::new(secret),
            arrived,
        }
    }

    /// There is a report now: everything that was chosen goes out.
    pub fn begin(self, secret: String) {
        self.secret.set_value(Some(secret));
        let chosen: Vec<u32> =
            self.shown.with_untracked(|photos| photos.iter().map(|photo| photo.key).collect());
        for (key, file) in self.files.get_value() {
            if chosen.contains(&key) {
                self.send(key, file);
            }
        }
    }

    /// Whether some are still on their way, or have failed.
    pub fn outstanding(self) -> bool {
        self.shown.with(|photos| photos.iter().any(|photo| photo.state.id().is_none()))
    }

    pub fn clear(self) {
        self.shown.set(Vec::new());
        self.files.set_value(Vec::new());
        self.secret.set_value(None);
    }

    fn put(self, key: u32, state: PhotoState) {
        let _ = self.shown.try_update(|photos| {
            if let Some(photo) = photos.iter_mut().find(|photo| photo.key == key) {
                photo.state = state;
            }
        });
    }

    fn send(self, key: u32, file: web_sys::File) {
        if file.size() > UPLOAD_BYTES_MAX as f64 {
            return self.put(key, PhotoState::Failed(words::failure::too_large().into()));
        }
        let Some(secret) = self.secret.get_value() else {
            let preview = web_sys::Url::create_object_url_with_blob(&file).unwrap_or_default();
            return self.put(key, PhotoState::Chosen { preview });
        };
        self.put(key, PhotoState::Uploading);
        spawn_local(async move {
            match self.under_way.send(&UPLOAD, &[&self.community.get_value(), &secret], key, &file).await {
                None => {}
                Some(Ok(Attachment { id, thumbnail_url, .. })) => {
                    let thumbnail = thumbnail_url.unwrap_or_default();
                    self.put(key, PhotoState::Uploaded { id: id.to_string(), thumbnail });
                    self.arrived.run(());
                }
                Some(Err(failure)) => self.put(key, PhotoState::Failed(labels::failure(&failure))),
            }
        });
    }

    /// What the picker does.
    pub fn upload(self) -> Upload {
        let toasts = Toasts::expect();
        let pick = Callback::new(move |chosen: web_sys::FileList| {
            for file in (0..chosen.length()).filter_map(|index| chosen.get(index)) {
                if self.shown.with_untracked(Vec::len) >= ATTACHMENTS_MAX {
                    return toasts.failed(words::photo::too_many(&ATTACHMENTS_MAX.to_string()));
                }
                let key = self
                    .shown
                    .with_untracked(|photos| photos.iter().map(|photo| photo.key + 1).max().unwrap_or(0));
                self.shown.update(|photos| photos.push(Photo { key, state: PhotoState::Uploading }));
                self.files.update_value(|files| files.push((key, file.clone())));
                self.send(key, file);
            }
        });
        let again = Callback::new(move |key: u32| {
            let file = self.files.with_value(|files| {
                files.iter().find(|(known, _)| *known == key).map(|(_, file)| file.clone())
            });
            if let Some(file) = file {
                self.send(key, file);
            }
        });
        // What has gone out is part of the report; what has not is nowhere else.
        Upload {
            pick,
            again,
            cancel: self.under_way.cancel(),
            forget: None,
            progress: self.under_way.progress,
        }
    }
}
