//! How members hear by mail of what concerns them, group by group.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::event::{EventGroup, MailChoice};
use domain::id::{CommunityId, MemberId};

use crate::schema::notification_choices;
use crate::{Conn, Result};

/// What these members have chosen; who has chosen nothing hears as is usual.
pub async fn list(
    conn: &mut Conn,
    community: CommunityId,
    members: &[MemberId],
) -> Result<Vec<(MemberId, EventGroup, MailChoice)>> {
    Ok(notification_choices::table
        .filter(notification_choices::community_id.eq(community))
        .filter(notification_choices::member_id.eq_any(members))
        .select((
            notification_choices::member_id,
            notification_choices::event_group,
            notification_choices::mail,
        ))
        .load(conn)
        .await?)
}

pub async fn set(
    conn: &mut Conn,
    community: CommunityId,
    member: MemberId,
    group: EventGroup,
    mail: MailChoice,
) -> Result<()> {
    diesel::insert_into(notification_choices::table)
        .values((
            notification_choices::community_id.eq(community),
            notification_choices::member_id.eq(member),
            notification_choices::event_group.eq(group),
            notification_choices::mail.eq(mail),
        ))
        .on_conflict((
            notification_choices::community_id,
            notification_choices::member_id,
            notification_choices::event_group,
        ))
        .do_update()
        .set(notification_choices::mail.eq(mail))
        .execute(conn)
        .await?;
    Ok(())
}
