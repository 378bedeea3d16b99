//! Everything that the parts of a conversation share: what has been read of it, and what is open in it.

use contract::account::Membership;
use contract::announcement::{self, ChangeAnnouncementComment, NewAnnouncementComment};
use contract::comment::{
    CREATE, ChangeComment, Comment, CommentQuery, CommentVersion, HISTORY, HistoryQuery, LIST, NewComment,
    REMOVE, RemovalQuery, UPDATE,
};
use contract::page::Page;
use domain::id::CommentId;
use domain::role::Permission;
use domain::rule;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::compose::Writing;
use crate::api::Failure;
use crate::load::{Loading, load};
use crate::session::can;
use crate::ui::photos::Picture;
use crate::ui::toast::Toasts;
use crate::{api, browser, labels};

/// How much is read at once.
const PAGE: u16 = 30;

/// What is being written beside the comment at the foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Reply(CommentId),
    Edit(CommentId),
}

/// What is talked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Request,
    /// In words alone: nobody is called by name, and nothing is attached.
    Announcement,
}

#[derive(Clone, Copy)]
pub struct Talk {
    pub about: About,
    slug: StoredValue<String>,
    /// The number of the request, or the id of the announcement.
    number: StoredValue<String>,
    pub newest: Loading<Page<Comment>>,
    /// What was said before that, and has been asked for; oldest first.
    earlier: RwSignal<Vec<Comment>>,
    cursor: RwSignal<Option<String>>,
    pub pending: RwSignal<bool>,
    pub open: RwSignal<Option<Open>>,
    /// The comment that somebody is about to remove.
    pub removing: RwSignal<Option<Comment>>,
    /// What a comment said before.
    pub history: RwSignal<Option<Vec<CommentVersion>>>,
    /// What is being written at the foot: it stays while the page is drawn anew around it.
    pub writing: Writing,
    /// What is being written in the middle, as a reply or an edit.
    pub aside: Writing,
    pub large: RwSignal<Option<Picture>>,
    /// Whether whoever reads it may know what is said among staff.
    pub is_staff: bool,
    toasts: Toasts,
}

impl Talk {
    pub fn new(about: About, me: &Membership, number: String, large: RwSignal<Option<Picture>>) -> Self {
        let (slug, member) = (me.community.slug.clone(), me.member_id);
        let kept = format!("kommunity.draft.{slug}.{member}.comment.{number}");
        let (earlier, cursor) = (RwSignal::new(Vec::new()), RwSignal::new(None::<String>));
        let newest = {
            let (slug, number) = (slug.clone(), number.clone());
            load(move || {
                let (slug, number) = (slug.clone(), number.clone());
                async move {
                    let mut page = read(about, &slug, &number, None).await?;
                    page.data.reverse();
                    // Read from its end again, or something would be missing in between.
                    let _ = earlier.try_set(Vec::new());
                    let _ = cursor.try_set(page.next_cursor.clone());
                    Ok(page)
                }
            })
        };
        newest.reload_when_seen_again();
        Self {
            about,
            slug: StoredValue::new(slug),
            number: StoredValue::new(number),
            newest,
            earlier,
            cursor,
            pending: RwSignal::new(false),
            open: RwSignal::new(None),
            removing: RwSignal::new(None),
            history: RwSignal::new(None),
            writing: Writing::kept(kept),
            aside: Writing::new(String::new(), Vec::new()),
            large,
            is_staff: can(me, Permission::RequestsViewInternal),
            toasts: Toasts::expect(),
        }
    }

    pub fn slug(self) -> String {
        self.slug.get_value()
    }

    pub fn number(self) -> String {
        self.number.get_value()
    }

    /// Begins a reply to a comment.
    pub fn begin_reply(self, comment: CommentId) {
        self.aside.begin(String::new(), Vec::new());
        self.open.set(Some(Open::Reply(comment)));
        browser::focus_later("#reply");
    }

    /// Begins to edit a comment.
    pub fn begin_edit(self, comment: Comment) {
        self.aside.begin(comment.body.unwrap_or_default(), comment.mentions);
        self.open.set(Some(Open::Edit(comment.id)));
        browser::focus_later("#edit");
    }

    /// Everything that has been read, oldest first.
    pub fn all(self) -> Vec<Comment> {
        let mut all = self.earlier.get();
        all.extend(self.newest.ready().map(|page| page.data).unwrap_or_default());
        all
    }

    pub fn has_more(self) -> bool {
        self.cursor.with(Option::is_some)
    }

    /// Reads what was said before.
    pub fn read_more(self) {
        let Some(from) = self.cursor.get_untracked().filter(|_| !self.pending.get_untracked()) else {
            return;
        };
        self.pending.set(true);
        spawn_local(async move {
            match read(self.about, &self.slug(), &self.number(), Some(from.clone())).await {
                // Unless it has been read anew meanwhile.
                Ok(page) if self.cursor.try_get_untracked().flatten() == Some(from) => {
                    let _ = self.earlier.try_update(|earlier| {
                        earlier.splice(0..0, page.data.into_iter().rev());
                    });
                    let _ = self.cursor.try_set(page.next_cursor);
                }
                Ok(_) => {}
                Err(failure) => self.toasts.failed(labels::failure(&failure)),
            }
            let _ = self.pending.try_set(false);
        });
    }

    /// Puts a comment where it belongs: in its own place, or at the end.
    pub fn put(self, comment: Comment) {
        let mut left = Some(comment);
        self.earlier.update(|earlier| replace(earlier, &mut left));
        if let Some(mut page) = untrack(|| self.newest.ready()) {
            replace(&mut page.data, &mut left);
            page.data.extend(left);
            self.newest.set(page);
        }
    }

    /// How long something may be that is said here.
    pub const fn limit(self) -> rule::Text {
        match self.about {
            About::Request => rule::COMMENT,
            About::Announcement => rule::NOTE,
        }
    }

    /// Says something.
    pub async fn send(self, new: NewComment) -> Result<Comment, Failure> {
        let (slug, number) = (self.slug(), self.number());
        match self.about {
            About::Request => api::send(&CREATE, &[&slug, &number], &new).await,
            About::Announcement => {
                let new = NewAnnouncementComment { body: new.body, parent_id: new.parent_id };
                api::send(&announcement::COMMENT, &[&slug, &number], &new).await
            }
        }
    }

    /// Says something in other words.
    pub async fn change(self, id: CommentId, seen: i32, change: ChangeComment) -> Result<Comment, Failure> {
        let (slug, number) = (self.slug(), self.number());
        match self.about {
            About::Request => api::change(&UPDATE, &[&slug, &number, &id], seen, &change).await,
            About::Announcement => {
                let change = ChangeAnnouncementComment { body: change.body };
                api::change(&announcement::UPDATE_COMMENT, &[&slug, &number, &id], seen, &change).await
            }
        }
    }

    /// Takes back what was said, or takes it away from others.
    pub async fn remove(self, id: CommentId, seen: i32, query: &RemovalQuery) -> Result<(), Failure> {
        let endpoint = match self.about {
            About::Request => &REMOVE,
            About::Announcement => &announcement::REMOVE_COMMENT,
        };
        api::remove_with(endpoint, &[&self.slug(), &self.number(), &id], seen, query).await
    }

    pub fn read_history(self, comment: CommentId) {
        spawn_local(async move {
            let query = HistoryQuery { limit: Some(200), ..HistoryQuery::default() };
            match api::get_with(&HISTORY, &[&self.slug(), &self.number(), &comment], &query).await {
                Ok(page) => {
                    let _ = self.history.try_set(Some(page.data));
                }
                Err(failure) => self.toasts.failed(labels::failure(&failure)),
            }
        });
    }
}

fn replace(comments: &mut [Comment], changed: &mut Option<Comment>) {
    let place = comments.iter_mut().find(|one| changed.as_ref().is_some_and(|it| it.id == one.id));
    if let Some((place, changed)) = place.and_then(|place| changed.take().map(|it| (place, it))) {
        *place = changed;
    }
}

async fn read(
    about: About,
    slug: &str,
    number: &str,
    cursor: Option<String>,
) -> Result<Page<Comment>, Failure> {
    let query = CommentQuery { newest_first: Some(true), cursor, limit: Some(PAGE) };
    let endpoint = match about {
        About::Request => &LIST,
        About::Announcement => &announcement::COMMENTS,
    };
    api::get_with(endpoint, &[&slug, &number], &query).await
}

/// A comment with what was answered to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    pub first: Comment,
    pub replies: Vec<Comment>,
}

/// Comments in threads. An answer to something that has not been read yet stands alone.
pub fn threads(all: Vec<Comment>) -> Vec<Thread> {
    let mut threads: Vec<Thread> = Vec::new();
    for comment in all {
        let thread = threads.iter_mut().find(|thread| Some(thread.first.id) == comment.parent_id);
        match thread {
            Some(thread) => thread.replies.push(comment),
            None => threads.push(Thread { first: comment, replies: Vec::new() }),
        }
    }
    threads
}
