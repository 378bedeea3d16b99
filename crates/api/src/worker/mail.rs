//! Mail: written from a notification when it is sent, by SMTP or, where none is configured, into files.

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use lettre::message::{Mailbox, MultiPart, header};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use minijinja::{Environment, context};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::app::App;
use crate::config::Config;
use crate::files;

/// So many tries, further and further apart; then the mail is given up and says so.
const ATTEMPTS_MAX: i32 = 8;
/// How long one mail may take to be taken over by the mail server.
const SENT_WITHIN: std::time::Duration = std::time::Duration::from_secs(30);

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Files(AsyncFileTransport<Tokio1Executor>),
}

pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    templates: Environment<'static>,
}

/// A mail in words. All of ours look alike.
pub struct Letter {
    /// The same on every try, so that whoever gets it twice can tell.
    pub id: Uuid,
    pub to: Mailbox,
    pub language: &'static str,
    pub subject: String,
    /// Whose mail it is: a community's name, or ours.
    pub heading: String,
    pub greeting: String,
    pub lines: Vec<String>,
    pub action: String,
    pub link: String,
    pub footer: String,
}

impl Mailer {
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        let transport = match &config.smtp_url {
            Some(url) => Transport::Smtp(
                AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
                    .context("KOMMUNITY_SMTP_URL is not an SMTP address")?
                    .timeout(Some(std::time::Duration::from_secs(20)))
                    .build(),
            ),
            None => {
                let folder = config.data_dir.join("mail");
                files::make_private(&folder)?;
                tracing::warn!(folder = %folder.display(), "no SMTP server is set: mail is written to files");
                Transport::Files(AsyncFileTransport::new(folder))
            }
        };
        let mut templates = Environment::new();
        templates.add_template("mail.txt", include_str!("../../messages/mail.txt"))?;
        templates.add_template("mail.html", include_str!("../../messages/mail.html"))?;
        let from = config.mail_from.parse().context("KOMMUNITY_MAIL_FROM is not an address")?;
        Ok(Self { transport, from, templates })
    }

    pub async fn post(&self, letter: Letter) -> anyhow::Result<()> {
        let message = self.write(letter)?;
        // Well within the lease, whatever the server does.
        tokio::time::timeout(SENT_WITHIN, self.send(message)).await.context("no answer in time")?
    }

    fn write(&self, letter: Letter) -> anyhow::Result<Message> {
        let Letter { id, to, language, subject, heading, greeting, lines, action, link, footer } = letter;
        let facts = context! { language, heading, greeting, lines, action, link, footer };
        let text = self.templates.get_template("mail.txt")?.render(&facts)?;
        let html = self.templates.get_template("mail.html")?.render(&facts)?;
        Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(subject)
            .message_id(Some(format!("<{id}@kommunity>")))
            .header(header::MIME_VERSION_1_0)
            .multipart(MultiPart::alternative_plain_html(text, html))
            .context("the mail cannot be written")
    }

    /// A mail of plain words to somebody who runs the platform.
    pub async fn send_plain(&self, to: &str, subject: String, text: String) -> anyhow::Result<()> {
        let message = Message::builder()
            .from(self.from.clone())
            .to(to.parse().context("the address")?)
            .subject(subject)
            .header(header::ContentType::TEXT_PLAIN)
            .body(text)
            .context("the mail cannot be written")?;
        tokio::time::timeout(SENT_WITHIN, self.send(message)).await.context("no answer in time")?
    }

    async fn send(&self, message: Message) -> anyhow::Result<()> {
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await.map(|_| ()).context("SMTP"),
            Transport::Files(files) => files.send(message).await.map(|_| ()).context("mail folder"),
        }
    }
}

/// When a mail that could not be sent is tried again, if at all.
pub fn retry_at(attempts: i32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = TimeDelta::minutes(1 << attempts.clamp(0, 10));
    (attempts < ATTEMPTS_MAX).then(|| now + minutes)
}

/// Sends the mail that has been due longest; answers whether there was one.
pub async fn next(app: &App, mailer: &Mailer) -> anyhow::Result<bool> {
    let now = app.now();
    let Some(mail) = app.db.transaction(async |tx| db::outbox::claim_mail(tx, now).await).await? else {
        return Ok(false);
    };
    let sent = async { mailer.post(write(app, &mail).await?).await }.await;
    let conn = &mut *app.db.conn().await?;
    match sent {
        Ok(()) => db::outbox::mail_sent(conn, mail.id, now).await?,
        Err(error) => {
            tracing::warn!(%error, id = %mail.id, attempts = mail.attempts, "a mail could not be sent");
            let retry_at = retry_at(mail.attempts, now);
            db::outbox::mail_failed(conn, mail.id, &format!("{error:#}"), retry_at, now).await?;
        }
    }
    Ok(true)
}

async fn write(app: &App, mail: &db::outbox::Mail) -> anyhow::Result<Letter> {
    let (told, address, name) =
        db::notification::get_for_mail(&mut *app.db.conn().await?, mail.notification_id).await?;
    let language = app.messages.negotiate(None);
    let words = |key: &str, pairs: &[(&str, &str)]| {
        let params: Map<String, Value> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
        app.messages.get(language, key, &params)
    };
    let actor = told.actor.clone().unwrap_or_else(|| words("actor.nobody", &[]));
    let sentence =
        words(&format!("event.{}", told.event), &[("actor", &actor), ("title", &told.request_title)]);
    Ok(Letter {
        id: mail.notification_id.0,
        language,
        subject: format!("{}: {sentence}", told.request_number),
        greeting: words("mail.greeting", &[("name", &name)]),
        to: Mailbox::new(Some(name), address.parse().context("the address")?),
        lines: vec![sentence],
        action: words("mail.action", &[("number", &told.request_number)]),
        link: format!("{}/c/{}/requests/{}", app.config.public_url, told.community_slug, told.request_number),
        footer: words("mail.footer", &[("community", &told.community_name)]),
        heading: told.community_name,
    })
}
