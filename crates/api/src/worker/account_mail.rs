//! Mail about accounts and memberships, put into words when it is sent. Only here does it show whether an address
//! belongs to somebody, so that no answer to a request can tell.

use anyhow::Context;
use chrono::TimeDelta;
use db::account_mail::Mail;
use db::user::User;
use domain::account::{AccountMail, TokenPurpose};
use lettre::message::Mailbox;
use serde_json::{Map, Value};

use super::mail::{Letter, Mailer, retry_at};
use crate::app::App;
use crate::http::idempotency;
use crate::vault;

/// How long a link that is over is kept.
const TOKENS_KEPT: TimeDelta = TimeDelta::days(7);
const SENT_KEPT: TimeDelta = TimeDelta::days(30);
const COUNTS_KEPT: TimeDelta = TimeDelta::days(1);

/// Sends the mail that has been due longest; answers whether there was one.
pub async fn next(app: &App, mailer: &Mailer) -> anyhow::Result<bool> {
    let now = app.now();
    let Some(mail) = app.db.transaction(async |tx| db::account_mail::claim(tx, now).await).await? else {
        return Ok(false);
    };
    let sent = async {
        match write(app, &mail).await? {
            Some(letter) => mailer.post(letter).await,
            None => Ok(()),
        }
    }
    .await;
    let conn = &mut *app.db.conn().await?;
    match sent {
        Ok(()) => db::account_mail::sent(conn, mail.id, now).await?,
        Err(error) => {
            tracing::warn!(%error, id = %mail.id, attempts = mail.attempts, "a mail could not be sent");
            let retry_at = retry_at(mail.attempts, now);
            db::account_mail::failed(conn, mail.id, &format!("{error:#}"), retry_at, now).await?;
        }
    }
    Ok(true)
}

/// Throws away what has had its time: links, sent mail, counts of guesses, replies kept for retries.
pub async fn sweep(app: &App) -> anyhow::Result<()> {
    let (now, conn) = (app.now(), &mut *app.db.conn().await?);
    db::account_token::sweep(conn, now - TOKENS_KEPT).await?;
    db::account_mail::sweep(conn, now - SENT_KEPT).await?;
    db::throttle::sweep(conn, now - COUNTS_KEPT).await?;
    db::idempotency::sweep(conn, now - idempotency::KEPT_FOR).await?;
    Ok(())
}

/// What is written to somebody who has an account, or to somebody who has none; nothing where there is nobody to tell.
fn fitting(template: AccountMail, reader: Option<&User>) -> Option<AccountMail> {
    match (template, reader) {
        (AccountMail::Verify, Some(_)) => Some(AccountMail::AlreadyRegistered),
        (AccountMail::ChangeEmail, Some(_)) => Some(AccountMail::EmailTaken),
        (AccountMail::ResetPassword, None) => None,
        (template, _) => Some(template),
    }
}

async fn write(app: &App, mail: &Mail) -> anyhow::Result<Option<Letter>> {
    let address = app.vault.open(&vault::MAIL_ADDRESS.context(mail.id), &mail.address_sealed);
    let address = String::from_utf8(address.context("the address cannot be opened")?)?;
    let conn = &mut *app.db.conn().await?;
    let reader = db::user::find_by_email(conn, &address).await?;
    let Some(template) = fitting(mail.template, reader.as_ref()) else { return Ok(None) };
    let community = match mail.community_id {
        Some(id) => Some(db::community::get(conn, id).await?),
        None => None,
    };
    let member = match (mail.community_id, mail.member_id) {
        (Some(community), Some(member)) => Some(db::member::get(conn, community, member).await?),
        _ => None,
    };
    let locale = reader.as_ref().map_or(mail.locale.as_str(), |reader| &reader.locale);
    let language = app.messages.negotiate(Some(locale));

    let public_url = &app.config.public_url;
    let mut facts: Map<String, Value> = Map::new();
    let host = public_url.split("://").last().unwrap_or_default();
    facts.insert("host".into(), host.into());
    if let Some(community) = &community {
        facts.insert("community".into(), community.name.as_str().into());
    }
    let reason = member.as_ref().and_then(|member| member.reason.clone()).filter(|_| tells_reason(template));
    if let Some(member) = &member {
        facts.insert("name".into(), member.display_name.as_str().into());
    }
    facts.extend(reason.map(|reason| ("reason".to_owned(), reason.into())));
    let words = |key: &str| app.messages.get(language, &format!("account_mail.{key}"), &facts);
    let own = |part: &str| words(&format!("{}.{part}", template.as_str()));
    let mut lines: Vec<String> = own("line").lines().map(str::to_owned).collect();
    if facts.contains_key("reason") {
        lines.push(words("reason"));
    }
    let slug = community.as_ref().map(|community| community.slug.as_str()).unwrap_or_default();
    Ok(Some(Letter {
        id: mail.id,
        to: Mailbox::new(None, address.parse().context("the address")?),
        language,
        subject: own("subject"),
        heading: community.as_ref().map_or_else(|| words("sender"), |community| community.name.clone()),
        greeting: words("greeting"),
        lines,
        action: own("action"),
        link: format!("{public_url}{}", path(app, mail, template, slug)),
        footer: words("footer"),
    }))
}

fn tells_reason(template: AccountMail) -> bool {
    use AccountMail::*;
    matches!(template, ApplicationRejected | MemberSuspended | MemberArchived)
}

/// Where its one link leads. What proves something stands behind the `#`, where no server's log sees it.
fn path(app: &App, mail: &Mail, template: AccountMail, slug: &str) -> String {
    use AccountMail::*;
    let proof = |purpose: TokenPurpose| {
        let proof = mail.token_id.map(|token| app.vault.link(purpose.as_str(), token));
        proof.unwrap_or_default()
    };
    let invitation = mail.invitation_id.map(|id| app.vault.link("invitation", id.0));
    match template {
        Verify => {
            let onwards = invitation.map(|link| format!("&join={link}")).unwrap_or_default();
            format!("/verify#{}{onwards}", proof(TokenPurpose::Register))
        }
        ResetPassword => format!("/reset#{}", proof(TokenPurpose::ResetPassword)),
        ChangeEmail => format!("/email#{}", proof(TokenPurpose::ChangeEmail)),
        Invitation => format!("/join#{}", invitation.unwrap_or_default()),
        AlreadyRegistered => match invitation {
            Some(link) => format!("/join#{link}"),
            None => "/sign-in".into(),
        },
        EmailTaken => "/sign-in".into(),
        PasswordChanged | EmailChangeWarning => "/forgot".into(),
        SessionReuse | TotpEnabled | TotpDisabled => "/account/security".into(),
        ApplicationReceived => format!("/c/{slug}/members?status=pending"),
        ApplicationApproved | MemberReinstated => format!("/c/{slug}"),
        ApplicationRejected | MemberSuspended | MemberArchived => "/account".into(),
    }
}
