//! Short notices of what just worked, or did not. Read out by screen readers, gone by themselves.

use std::time::Duration;

use leptos::prelude::*;

use super::icon::Icon;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Toast {
    id: u32,
    text: String,
    good: bool,
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
        self.show(text.into(), true, Duration::from_secs(5));
    }

    /// Something did not work, and why.
    pub fn failed(self, text: impl Into<String>) {
        self.show(text.into(), false, Duration::from_secs(9));
    }

    fn show(self, text: String, good: bool, stay: Duration) {
        let id = self.count.get_value();
        self.count.set_value(id + 1);
        self.shown.update(|shown| shown.push(Toast { id, text, good }));
        set_timeout(move || self.shown.update(|shown| shown.retain(|toast| toast.id != id)), stay);
    }
}

/// Where the notices stand.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let Toasts { shown, .. } = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || shown.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span class=if toast.good { "toast__good" } else { "toast__bad" }>
                        <Icon name=if toast.good { "circle-check" } else { "circle-alert" } />
                    </span>
                    <span>{toast.text}</span>
                </div>
            </For>
        </div>
    }
}
