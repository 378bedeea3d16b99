//! Writing Markdown: a text with a few tools above it, and what readers will see of it.

use leptos::html;
use leptos::prelude::*;

use super::button::IconButton;
use super::field::Field;
use super::live::live;
use super::prose::Prose;
use super::skeleton::SkeletonRows;
use crate::browser;

/// The words of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkdownWords {
    pub label: &'static str,
    pub help: &'static str,
    pub write: &'static str,
    pub preview: &'static str,
    /// While the preview is on its way.
    pub loading: &'static str,
    /// What the tools are called together.
    pub tools: &'static str,
    pub bold: &'static str,
    pub italic: &'static str,
    pub heading: &'static str,
    pub list: &'static str,
    pub link: &'static str,
    /// Stands where nothing was selected.
    pub sample: &'static str,
}

/// What can be made of the words that are selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tool {
    Bold,
    Italic,
    Heading,
    List,
    Link,
}

/// How a text changes: what takes the place of a range, and which part of that is selected then. Browsers count in UTF-16.
#[derive(Debug, PartialEq, Eq)]
struct Change {
    from: usize,
    to: usize,
    text: String,
    select: (usize, usize),
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Tool {
    /// What it makes of the range of a text.
    fn apply(self, text: &str, from: usize, to: usize, sample: &str) -> Change {
        match self {
            Tool::Bold => around(text, from, to, "**", sample),
            Tool::Italic => around(text, from, to, "*", sample),
            Tool::Heading => lines(text, from, to, "# "),
            Tool::List => lines(text, from, to, "- "),
            Tool::Link => {
                const TARGET: &str = "https://";
                let (before, _) = browser::cut(text, to);
                let selected = browser::cut(before, from).1;
                let name = if selected.is_empty() { sample } else { selected };
                let at = from + units(name) + 3;
                Change { from, to, text: format!("[{name}]({TARGET})"), select: (at, at + units(TARGET)) }
            }
        }
    }
}

/// Puts a mark around what is selected, or takes it away.
fn around(text: &str, from: usize, to: usize, mark: &str, sample: &str) -> Change {
    let (before, _) = browser::cut(text, to);
    let selected = browser::cut(before, from).1;
    let bare = selected.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    if let Some(bare) = bare.filter(|bare| !bare.is_empty()) {
        return Change { from, to, text: bare.to_owned(), select: (from, from + units(bare)) };
    }
    let words = if selected.is_empty() { sample } else { selected };
    let at = from + units(mark);
    Change { from, to, text: format!("{mark}{words}{mark}"), select: (at, at + units(words)) }
}

/// Puts a mark before each line that the selection touches, or takes it away from all of them.
fn lines(text: &str, from: usize, to: usize, mark: &str) -> Change {
    let (before, after) = browser::cut(text, to);
    let (ahead, _) = browser::cut(before, from);
    let start = ahead.rfind('\n').map_or(0, |at| at + 1);
    let end = before.len() + after.find('\n').unwrap_or(after.len());
    let touched = &text[start..end];
    let has_all =
        touched.lines().all(|line| line.is_empty() || line.starts_with(mark)) && !touched.is_empty();
    let made: Vec<String> = touched
        .split('\n')
        .map(|line| match line.strip_prefix(mark) {
            Some(bare) if has_all => bare.to_owned(),
            None if !line.is_empty() || touched.is_empty() => format!("{mark}{line}"),
            _ => line.to_owned(),
        })
        .collect();
    let made = made.join("\n");
    let from = units(&text[..start]);
    let end = from + units(&made);
    Change { from, to: from + units(touched), text: made, select: (end, end) }
}

#[component]
pub fn MarkdownField(
    id: &'static str,
    words: MarkdownWords,
    value: RwSignal<String>,
    #[prop(into)] fault: Signal<Option<String>>,
    /// Whether what readers will see is shown instead of the text.
    previewing: RwSignal<bool>,
    /// What they will see, as soon as it is known.
    #[prop(into)]
    shown: Signal<Option<String>>,
) -> impl IntoView {
    let area = NodeRef::<html::Textarea>::new();
    let apply = move |tool: Tool| {
        let Some(area) = area.get_untracked() else { return };
        let caret = |at: Result<Option<u32>, _>| at.ok().flatten().unwrap_or(0) as usize;
        let (from, to) = (caret(area.selection_start()), caret(area.selection_end()));
        let change = tool.apply(&area.value(), from, to, words.sample);
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let _ = area.focus();
        let _ = area.set_selection_range(number(change.from), number(change.to));
        browser::type_into(&area, &change.text);
        let _ = area.set_selection_range(number(change.select.0), number(change.select.1));
        value.set(area.value());
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let tool = match event.key().as_str() {
            "b" => Tool::Bold,
            "i" => Tool::Italic,
            "k" => Tool::Link,
            _ => return,
        };
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            event.stop_propagation();
            apply(tool);
        }
    };
    let tool = move |icon: &'static str, label: &'static str, tool: Tool| {
        view! { <IconButton icon=icon label=label.to_owned() on_click=move || apply(tool) /> }
    };
    let side = move |label: &'static str, is_preview: bool| {
        view! {
            <button
                type="button"
                class="markdown__side"
                aria-pressed=move || if previewing.get() == is_preview { "true" } else { "false" }
                on:click=move |_| previewing.set(is_preview)
            >
                {label}
            </button>
        }
    };
    // Whoever is told what is wrong with it must find the field.
    Effect::new(move || {
        if fault.with(Option::is_some) {
            previewing.set(false);
        }
    });
    view! {
        <Field id=id label=words.label help=words.help fault=fault>
            <div class="markdown">
                <div class="markdown__head">
                    <span class="markdown__sides">{side(words.write, false)} {side(words.preview, true)}</span>
                    <span class="markdown__tools" role="toolbar" aria-label=words.tools hidden=previewing>
                        {tool("bold", words.bold, Tool::Bold)}
                        {tool("italic", words.italic, Tool::Italic)}
                        {tool("heading", words.heading, Tool::Heading)}
                        {tool("list", words.list, Tool::List)}
                        {tool("link", words.link, Tool::Link)}
                    </span>
                </div>
                <textarea
                    id=id
                    class="input markdown__text"
                    rows=12
                    dir="auto"
                    node_ref=area
                    hidden=previewing
                    aria-describedby=format!("{id}-about")
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    prop:value=value
                    on:input=move |event| value.set(event_target_value(&event))
                    on:keydown=keys
                ></textarea>
                {live(move || {
                    previewing
                        .get()
                        .then(|| match shown.get() {
                            Some(html) => {
                                view! {
                                    <div class="markdown__preview">
                                        <h2 class="visually-hidden">{words.preview}</h2>
                                        <Prose html=html />
                                    </div>
                                }
                                    .into_any()
                            }
                            None => {
                                view! {
                                    <div class="markdown__preview"><SkeletonRows rows=3 label=words.loading /></div>
                                }
                                    .into_any()
                            }
                        })
                })}
            </div>
        </Field>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(tool: Tool, text: &str, from: usize, to: usize) -> String {
        let change = tool.apply(text, from, to, "words");
        let (before, _) = browser::cut(text, change.from);
        let (_, rest) = browser::cut(text, change.to);
        format!("{before}{}{rest}", change.text)
    }

    #[test]
    fn a_mark_goes_around_what_is_selected_and_away_again() {
        assert_eq!(after(Tool::Bold, "no water", 3, 8), "no **water**");
        assert_eq!(after(Tool::Bold, "no **water**", 3, 12), "no water");
        assert_eq!(after(Tool::Italic, "🙂 ", 3, 3), "🙂 *words*");
        assert_eq!(Tool::Bold.apply("🙂 ", 3, 3, "words").select, (5, 10));
    }

    #[test]
    fn a_mark_before_lines_stands_before_each_that_is_touched() {
        assert_eq!(after(Tool::List, "one\ntwo\n\nthree", 1, 12), "- one\n- two\n\n- three");
        assert_eq!(after(Tool::List, "- one\n- two", 0, 11), "one\ntwo");
        assert_eq!(after(Tool::Heading, "first\nsecond", 8, 8), "first\n# second");
        assert_eq!(after(Tool::Heading, "", 0, 0), "# ");
    }

    #[test]
    fn a_link_leaves_its_target_to_be_typed() {
        let change = Tool::Link.apply("see here", 4, 8, "words");
        assert_eq!((change.text.as_str(), change.select), ("[here](https://)", (11, 19)));
    }
}
