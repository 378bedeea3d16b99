//! Throwing away what nobody needs: uploads that were never named, files that were taken back, and files without a row.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use db::attachment::Attachment;
use futures_util::TryStreamExt;

use crate::app::App;

/// How many rows it takes in one go.
const BATCH: i64 = 100;
/// How many names of the store it holds at once.
const NAMES: usize = 500;
/// How long an upload waits for something that names it; and how old a file is before its missing row says anything.
const UNNAMED_KEPT: TimeDelta = TimeDelta::days(1);

/// The row goes first: a file without a row is only space, a row without a file would be a photo that does not show.
pub async fn rows(app: &App) -> anyhow::Result<()> {
    let before = app.now() - UNNAMED_KEPT;
    let mut gone = db::attachment::list_unnamed(&mut *app.db.conn().await?, before, BATCH).await?;
    gone.extend(db::attachment::list_removed(&mut *app.db.conn().await?, BATCH).await?);
    for Attachment { id, community_id, stored_name, .. } in gone {
        let names = [stored_name];
        let is_gone = {
            let conn = &mut *app.db.conn().await?;
            db::attachment::delete(conn, community_id, id).await?
                // The demonstration shows the same photo in many places.
                && db::attachment::known_names(conn, &names).await?.is_empty()
        };
        if is_gone {
            app.files.remove(&names[0]).await?;
        }
    }
    Ok(())
}

/// What lies in the store and belongs to no row, because something died between the two.
pub async fn orphans(app: &App) -> anyhow::Result<()> {
    let mut names = std::pin::pin!(app.files.names_before(app.now() - UNNAMED_KEPT));
    let mut some = BTreeSet::new();
    while let Some(name) = names.try_next().await? {
        some.insert(name);
        if some.len() >= NAMES {
            remove_unknown(app, &mut some).await?;
        }
    }
    remove_unknown(app, &mut some).await
}

async fn remove_unknown(app: &App, names: &mut BTreeSet<String>) -> anyhow::Result<()> {
    let all: Vec<String> = std::mem::take(names).into_iter().collect();
    let known = db::attachment::known_names(&mut *app.db.conn().await?, &all).await?;
    for name in all.iter().filter(|name| !known.contains(name)) {
        tracing::info!("a file without a row is thrown away");
        app.files.remove(name).await?;
    }
    Ok(())
}
