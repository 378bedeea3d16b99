//! Mail about accounts and memberships.

use anyhow::Context;
use db::delivery::Delivery;
use db::user::User;
use domain::account::{AccountMail, TokenPurpose};
use domain::event::Event;
use lettre::message::Mailbox;
use serde_json::{Map, Value};

use super::super::mail::{Letter, Post};
use crate::app::App;
use crate::vault;

/// What is written to somebody who has an account, or to somebody who has none; nothing where there is nobody to tell.
fn fitting(template: AccountMail, reader: Option<&User>) -> Option<AccountMail> {
    match (template, reader) {
        (AccountMail::Verify, Some(_)) => Some(AccountMail::AlreadyRegistered),
        (AccountMail::ChangeEmail, Some(_)) => Some(AccountMail::EmailTaken),
        (AccountMail::ResetPassword, None) => None,
        (template, _) => Some(template),
    }
}

/// Which of them a delivery is.
fn template_of(mail: &Delivery) -> Option<AccountMail> {
    AccountMail::ALL.iter().copied().find(|one| Event::of_mail(*one).as_str() == mail.template)
}

pub async fn write(app: &App, mail: &Delivery) -> anyhow::Result<Option<Letter>> {
    let template = template_of(mail).context("no such mail")?;
    let sealed = mail.address_sealed.as_deref().context("no address")?;
    let address = app.vault.open(&vault::MAIL_ADDRESS.context(mail.id), sealed);
    let address = String::from_utf8(address.context("the address cannot be opened")?)?;
    let conn = &mut *app.db.conn().await?;
    let reader = db::user::find_by_email(conn, &address).await?;
    let Some(template) = fitting(template, reader.as_ref()) else { return Ok(None) };
    let community = match mail.community_id {
        Some(id) => Some(db::community::get(conn, id).await?),
        None => None,
    };
    let member = match (mail.community_id, mail.about_id) {
        (Some(community), Some(member)) => Some(db::member::get(conn, community, member).await?),
        _ => None,
    };
    let locale = reader.as_ref().map(|reader| reader.locale.as_str()).or(mail.locale.as_deref());
    let language = app.messages.negotiate(locale);

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
        post: Post {
            id: mail.id,
            to: Mailbox::new(None, address.parse().context("the address")?),
            subject: own("subject"),
            thread: None,
            unsubscribe: None,
        },
        language,
        preheader: lines.first().cloned().unwrap_or_default(),
        heading: community.as_ref().map_or_else(|| words("sender"), |community| community.name.clone()),
        greeting: words("greeting"),
        lines,
        text: None,
        items: Vec::new(),
        action: own("action"),
        link: format!("{public_url}{}", path(app, mail, template, slug)),
        footer: words("footer"),
        unsubscribe: String::new(),
    }))
}

fn tells_reason(template: AccountMail) -> bool {
    use AccountMail::*;
    matches!(template, ApplicationRejected | MemberSuspended | MemberArchived)
}

/// Where its one link leads. What proves something stands behind the `#`, where no server's log sees it.
fn path(app: &App, mail: &Delivery, template: AccountMail, slug: &str) -> String {
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
