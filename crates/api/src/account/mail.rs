//! Mail about accounts and memberships: put into the database in the transaction of what it tells of.

use db::Conn;
use domain::account::AccountMail;
use domain::id::{CommunityId, InvitationId, MemberId, UserId};
use uuid::Uuid;

use crate::app::Shared;
use crate::http::error::{Error, Result};
use crate::vault;

/// A mail to be sent. It holds ids only: its words are found when it is written.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    pub template: AccountMail,
    pub address: &'a str,
    /// For an address that belongs to no account; otherwise the account's language counts.
    pub locale: &'a str,
    /// Whom it is for, where that is known.
    pub user: Option<UserId>,
    /// The row behind its link.
    pub token: Option<Uuid>,
    pub invitation: Option<InvitationId>,
    pub community: Option<CommunityId>,
    /// Of whom it speaks, in that community.
    pub member: Option<MemberId>,
}

impl<'a> Mail<'a> {
    pub const fn new(template: AccountMail, address: &'a str, locale: &'a str) -> Self {
        let (user, token, invitation, community, member) = (None, None, None, None, None);
        Self { template, address, locale, user, token, invitation, community, member }
    }

    /// To a user; none for somebody without an address.
    pub fn to(template: AccountMail, user: &'a db::user::User) -> Option<Self> {
        let address = user.email.as_deref()?;
        Some(Self { user: Some(user.id), ..Self::new(template, address, &user.locale) })
    }
}

/// The worker sends them once the transaction has been committed.
pub async fn enqueue<'a>(
    tx: &mut Conn,
    app: &Shared,
    mails: impl IntoIterator<Item = Mail<'a>>,
) -> Result<()> {
    let now = app.now();
    let seal = |mail: Mail<'_>| {
        let id = Uuid::now_v7();
        let context = vault::MAIL_ADDRESS.context(id);
        let Mail { template, address, locale, user, token, invitation, community, member } = mail;
        anyhow::Ok(db::account_mail::Mail {
            id,
            template,
            address_sealed: app.vault.seal(&context, address.as_bytes())?,
            locale: locale.to_owned(),
            user_id: user,
            token_id: token,
            invitation_id: invitation,
            community_id: community,
            member_id: member,
            created_at: now,
            due_at: now,
            attempts: 0,
        })
    };
    let rows: Vec<_> = mails.into_iter().map(seal).collect::<anyhow::Result<_>>().map_err(Error::internal)?;
    if rows.is_empty() {
        return Ok(());
    }
    Ok(db::account_mail::enqueue(tx, &rows).await?)
}
