//! Files on their way to the server. `fetch` does not tell how far it has come; `XMLHttpRequest` does.

use std::fmt::Display;

use contract::attachment::Attachment;
use contract::endpoint::Endpoint;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, FormData, ProgressEvent, XmlHttpRequest};

use super::{ACCEPT, Call, Failure, Payload, exchange, meant, read};

/// A file to be sent, by somebody who may change their mind.
pub struct Parcel<'a> {
    pub file: &'a web_sys::File,
    pub signal: &'a AbortSignal,
    /// Hears how much of the whole has been sent, from 0 to 1.
    pub on_progress: Closure<dyn FnMut(ProgressEvent)>,
}

impl<'a> Parcel<'a> {
    pub fn new(
        file: &'a web_sys::File,
        signal: &'a AbortSignal,
        mut on_progress: impl FnMut(f64) + 'static,
    ) -> Self {
        let heard = move |event: ProgressEvent| {
            if event.length_computable() && event.total() > 0.0 {
                on_progress(event.loaded() / event.total());
            }
        };
        Self { file, signal, on_progress: Closure::new(heard) }
    }
}

pub async fn upload(
    endpoint: &Endpoint<(), Attachment>,
    values: &[&dyn Display],
    parcel: &Parcel<'_>,
) -> Result<Attachment, Failure> {
    let call = Call { payload: Payload::File(parcel), ..Call::of(endpoint, endpoint.path(values)) };
    read(&exchange(call).await?)
}

/// Sends the file as a form. Whoever gives it up is told what they would be told if the server were away.
pub async fn carry(path: &str, parcel: &Parcel<'_>, token: Option<String>) -> Result<String, Failure> {
    if parcel.signal.aborted() {
        return Err(Failure::Offline);
    }
    let request = prepared(path, parcel, token).map_err(|_| Failure::Unexpected)?;
    let form = form(parcel.file).map_err(|_| Failure::Unexpected)?;
    let ended = js_sys::Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
    let abort = {
        let request = request.clone();
        Closure::<dyn FnMut()>::new(move || {
            let _ = request.abort();
        })
    };
    parcel.signal.set_onabort(Some(abort.as_ref().unchecked_ref()));
    let sent = request.send_with_opt_form_data(Some(&form));
    if sent.is_ok() {
        let _ = JsFuture::from(ended).await;
    }
    parcel.signal.set_onabort(None);
    match request.status() {
        Ok(status) if status > 0 => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            meant(status, request.get_response_header("retry-after").ok().flatten(), text)
        }
        _ => Err(Failure::Offline),
    }
}

fn prepared(
    path: &str,
    parcel: &Parcel<'_>,
    token: Option<String>,
) -> Result<XmlHttpRequest, wasm_bindgen::JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", path)?;
    request.set_request_header("accept", ACCEPT)?;
    if let Some(token) = token {
        request.set_request_header("authorization", &format!("Bearer {token}"))?;
    }
    request.upload()?.set_onprogress(Some(parcel.on_progress.as_ref().unchecked_ref()));
    Ok(request)
}

fn form(file: &web_sys::File) -> Result<FormData, wasm_bindgen::JsValue> {
    let form = FormData::new()?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    Ok(form)
}
