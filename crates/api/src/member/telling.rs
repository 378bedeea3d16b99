//! Mail about memberships: put into the queue in the transaction of what it tells of.

use db::Conn;
use db::community::Community;
use db::member::Member;
use domain::account::AccountMail;
use domain::member::MemberAction;
use domain::role::{Permission, Rights, Role};

use crate::account::mail::{Mail, enqueue};
use crate::app::App;
use crate::http::error::Result;

/// Tells a member what has been decided about them, if mail reaches them.
pub async fn decided(
    tx: &mut Conn,
    app: &App,
    community: &Community,
    action: MemberAction,
    member: &Member,
) -> Result<()> {
    let template = match action {
        MemberAction::Approve => AccountMail::ApplicationApproved,
        MemberAction::Reject => AccountMail::ApplicationRejected,
        MemberAction::Suspend => AccountMail::MemberSuspended,
        MemberAction::Reinstate | MemberAction::Restore => AccountMail::MemberReinstated,
        MemberAction::Archive => AccountMail::MemberArchived,
    };
    let Some(user) = member.user_id else { return Ok(()) };
    let user = db::user::get(tx, user).await?;
    let about = |mail| Mail { community: Some(community.id), member: Some(member.id), ..mail };
    enqueue(tx, app, Mail::to(template, &user).map(about)).await
}

/// Tells everybody who may approve that somebody asks to join.
pub async fn asked(tx: &mut Conn, app: &App, community: &Community, applicant: &Member) -> Result<()> {
    let settings = community.settings();
    let approves = |role: &Role| Rights::of(&[*role], &settings).can(Permission::MembersApprove);
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(approves).collect();
    let ids = db::member::ids_with_role(tx, community.id, &roles).await?;
    let approvers = db::member::recipients(tx, community.id, &ids).await?;
    let mails = approvers.iter().filter_map(|one| {
        let address = one.email.as_deref()?;
        Some(Mail {
            user: Some(one.user_id),
            community: Some(community.id),
            member: Some(applicant.id),
            ..Mail::new(AccountMail::ApplicationReceived, address, &community.locale)
        })
    });
    enqueue(tx, app, mails).await
}
