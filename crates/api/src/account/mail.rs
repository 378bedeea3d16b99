//! Mail about accounts and memberships: put into the database in the transaction of what it tells of.

use db::Conn;
use db::delivery::Delivery;
use domain::account::AccountMail;
use domain::event::Event;
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
        anyhow::Ok(Delivery {
            address_sealed: Some(app.vault.seal(&context, address.as_bytes())?),
            locale: Some(locale.to_owned()),
            user_id: user,
            token_id: token,
            invitation_id: invitation,
            community_id: community,
            about_id: member,
            ..Delivery::new(id, Event::of_mail(template).as_str(), now)
        })
    };
    let rows: Vec<_> = mails.into_iter().map(seal).collect::<anyhow::Result<_>>().map_err(Error::internal)?;
    Ok(db::delivery::enqueue(tx, &rows, now).await?)
}
