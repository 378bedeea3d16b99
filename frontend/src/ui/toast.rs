//! Short notices of what just worked, or did not. Read out by screen readers, gone by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    good: bool,
    /// What can be done about it, and its name.
    offer: Option<(&'static str, Callback<()>)>,
}

/// Hands out notices; get it from the context.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<Toast>>,
    count: StoredValue<u32>,
}

impl Toasts {
    pub fn provide() {
        provide_context(Self { shown: RwSignal::new(Vec::new()), count: StoredValue::new(0) });
    }

    pub fn expect() -> Self {
        expect_context()
    }

    /// Something worked.
    pub fn done(self, text: impl Into<String>) {
        self.show(text.into(), true, None, Duration::from_secs(5));
    }

    /// Something worked, and can be taken back while the notice stands.
    pub fn offer(self, text: impl Into<String>, name: &'static str, act: impl Fn() + Send + Sync + 'static) {
        let act = Callback::new(move |()| act());
        self.show(text.into(), true, Some((name, act)), Duration::from_secs(12));
    }

    /// Something did not work, and why.
    pub fn failed(self, text: impl Into<String>) {
        self.show(text.into(), false, None, Duration::from_secs(9));
    }

    fn show(self, text: String, good: bool, offer: Option<(&'static str, Callback<()>)>, stay: Duration) {
        let id = self.count.get_value();
        self.count.set_value(id + 1);
        self.shown.update(|shown| shown.push(Toast { id, text, good, offer }));
        set_timeout(move || self.dismiss(id), stay);
    }

    fn dismiss(self, id: u32) {
        self.shown.update(|shown| shown.retain(|toast| toast.id != id));
    }
}

/// Where the notices stand.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || toasts.shown.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span class=if toast.good { "toast__good" } else { "toast__bad" }>
                        <Icon name=if toast.good { "circle-check" } else { "circle-alert" } />
                    </span>
                    <span>{toast.text}</span>
                    {toast
                        .offer
                        .map(|(name, act)| {
                            view! {
                                <button
                                    type="button"
                                    class="toast__offer"
                                    on:click=move |_| {
                                        toasts.dismiss(toast.id);
                                        act.run(());
                                    }
                                >
                                    {name}
                                </button>
                            }
                        })}
                </div>
            </For>
        </div>
    }
}
