//! From an event of the outbox to the people it concerns.

use anyhow::Context;
use db::Conn;
use db::outbox::{Event, NewNotification};
use db::service_request::{Key, Sight};
use domain::event::Party;
use domain::id::{MemberId, NotificationId};
use domain::role::Role;
use uuid::Uuid;

use crate::app::App;

/// Handles the oldest event; answers whether there was one.
pub async fn next(app: &App) -> anyhow::Result<bool> {
    let now = app.now();
    let Some(event) = app.db.transaction(async |tx| db::outbox::claim(tx, now).await).await? else {
        return Ok(false);
    };
    let told = app
        .db
        .transaction(async |tx| -> anyhow::Result<()> {
            for member in recipients(tx, &event).await? {
                let notification = NewNotification {
                    id: NotificationId(Uuid::now_v7()),
                    community_id: event.community_id,
                    member_id: member.member_id,
                    user_id: member.user_id,
                    outbox_id: event.id,
                    event: event.event,
                    request_id: event.request_id.context("of no request")?,
                    actor_id: event.actor_id,
                    created_at: now,
                    read_at: None,
                };
                db::outbox::tell(tx, &notification, member.email.is_some()).await?;
            }
            Ok(db::outbox::done(tx, event.id, now).await?)
        })
        .await;
    if let Err(error) = told {
        tracing::warn!(%error, event = %event.event, id = %event.id, "an event could not be told");
        db::outbox::failed(&mut *app.db.conn().await?, event.id, &error.to_string()).await?;
    }
    Ok(true)
}

async fn recipients(tx: &mut Conn, event: &Event) -> anyhow::Result<Vec<db::member::Recipient>> {
    let key = Key::Id(event.request_id.context("of no request")?);
    let Some(row) = db::service_request::find(tx, event.community_id, &Sight::Everything, &key).await? else {
        anyhow::bail!("no such request");
    };
    let request = row.request;
    let mut members: Vec<MemberId> = Vec::new();
    for party in event.event.row().told {
        match party {
            Party::Reporter => members.extend(request.reporters()),
            Party::Assignee => members.extend(request.progress().assignee),
            Party::FormerAssignee => members.extend(event.noted().former_assignee),
            Party::Mentioned => members.extend(event.noted().mentioned),
            // Following is not offered yet, and mail about accounts goes its own way.
            Party::Followers | Party::Addressee => {}
            Party::Dispatchers => {
                let dispatchers =
                    db::member::ids_with_role(tx, event.community_id, &[Role::Dispatcher]).await?;
                members.extend(match dispatchers.is_empty() {
                    // Somebody must hear of it.
                    true => {
                        db::member::ids_with_role(tx, event.community_id, &[Role::Manager, Role::Admin])
                            .await?
                    }
                    false => dispatchers,
                });
            }
        }
    }
    members.sort_unstable();
    members.dedup();
    members.retain(|member| Some(*member) != event.actor_id);
    Ok(db::member::recipients(tx, event.community_id, &members).await?)
}
