//! One mail a member of what waited for it.

use db::delivery::{DIGEST, Delivery};
use domain::id::CommunityId;
use uuid::Uuid;

use crate::app::App;

/// Queues a mail for everybody in a community for whom something waits. Each in a transaction of its own: done again,
/// it finds only those who have not had theirs.
pub async fn write(app: &App, community: CommunityId) -> anyhow::Result<()> {
    let waiting = db::notification::list_held(&mut *app.db.conn().await?, community).await?;
    for (member, user) in waiting {
        let now = app.now();
        app.db
            .transaction(async |tx| -> anyhow::Result<()> {
                let id = Uuid::now_v7();
                if db::notification::put_into_digest(tx, community, member, id).await? == 0 {
                    return Ok(());
                }
                let mail = Delivery {
                    user_id: Some(user),
                    community_id: Some(community),
                    member_id: Some(member),
                    ..Delivery::new(id, DIGEST, now)
                };
                Ok(db::delivery::enqueue(tx, &[mail], now).await?)
            })
            .await?;
    }
    Ok(())
}
