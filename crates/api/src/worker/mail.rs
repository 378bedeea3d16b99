//! Mail: written from a notification when it is sent, by SMTP or, where none is configured, into files.

use anyhow::Context;
use chrono::TimeDelta;
use lettre::message::{Mailbox, MultiPart, header};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use minijinja::{Environment, context};
use serde_json::{Map, Value};

use crate::app::App;
use crate::config::Config;

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
                std::fs::create_dir_all(&folder)
                    .with_context(|| format!("cannot make {}", folder.display()))?;
                Transport::Files(AsyncFileTransport::new(folder))
            }
        };
        let mut templates = Environment::new();
        templates.add_template("mail.txt", include_str!("../../messages/mail.txt"))?;
        templates.add_template("mail.html", include_str!("../../messages/mail.html"))?;
        let from = config.mail_from.parse().context("KOMMUNITY_MAIL_FROM is not an address")?;
        Ok(Self { transport, from, templates })
    }

    async fn send(&self, message: Message) -> anyhow::Result<()> {
        match &self.transport {
            Transport::Smtp(smtp) => smtp.send(message).await.map(|_| ()).context("SMTP"),
            Transport::Files(files) => files.send(message).await.map(|_| ()).context("mail folder"),
        }
    }
}

/// Sends the mail that has been due longest; answers whether there was one.
pub async fn next(app: &App, mailer: &Mailer) -> anyhow::Result<bool> {
    let now = app.now();
    let Some(mail) = app.db.transaction(async |tx| db::outbox::claim_mail(tx, now).await).await? else {
        return Ok(false);
    };
    let sent = async {
        let message = write(app, mailer, &mail).await?;
        // Well within the lease, whatever the server does.
        tokio::time::timeout(SENT_WITHIN, mailer.send(message)).await.context("no answer in time")?
    }
    .await;
    let conn = &mut *app.db.conn().await?;
    match sent {
        Ok(()) => db::outbox::mail_sent(conn, mail.id, now).await?,
        Err(error) => {
            let minutes = TimeDelta::minutes(1 << mail.attempts.clamp(0, 10));
            let retry_at = (mail.attempts < ATTEMPTS_MAX).then(|| now + minutes);
            tracing::warn!(%error, id = %mail.id, attempts = mail.attempts, "a mail could not be sent");
            db::outbox::mail_failed(conn, mail.id, &format!("{error:#}"), retry_at, now).await?;
        }
    }
    Ok(true)
}

async fn write(app: &App, mailer: &Mailer, mail: &db::outbox::Mail) -> anyhow::Result<Message> {
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
    let link =
        format!("{}/c/{}/requests/{}", app.config.public_url, told.community_slug, told.request_number);
    let facts = context! {
        language,
        community => &told.community_name,
        greeting => words("mail.greeting", &[("name", &name)]),
        sentence => &sentence,
        action => words("mail.action", &[("number", &told.request_number)]),
        footer => words("mail.footer", &[("community", &told.community_name)]),
        link => link,
    };
    let text = mailer.templates.get_template("mail.txt")?.render(&facts)?;
    let html = mailer.templates.get_template("mail.html")?.render(&facts)?;
    Message::builder()
        .from(mailer.from.clone())
        .to(Mailbox::new(Some(name), address.parse().context("the address")?))
        .subject(format!("{}: {sentence}", told.request_number))
        // The same on every try, so that whoever gets it twice can tell.
        .message_id(Some(format!("<{}@kommunity>", mail.notification_id)))
        .header(header::MIME_VERSION_1_0)
        .multipart(MultiPart::alternative_plain_html(text, html))
        .context("the mail cannot be written")
}
