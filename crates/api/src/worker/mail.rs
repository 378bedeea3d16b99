//! The way out for mail: by SMTP or, where none is configured, into files. All of ours looks alike.

use std::path::PathBuf;

use anyhow::Context;
use domain::job::DeliveryFault;
use lettre::message::header::{self, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use minijinja::{Environment, Value, context};
use uuid::Uuid;

use crate::config::Config;
use crate::files;
use crate::markdown;

/// How long one mail may take to be taken over by the mail server.
const SENT_WITHIN: std::time::Duration = std::time::Duration::from_secs(30);

/// Where mail is while it is being written, within the folder of mail.
const DRAFTS: &str = "unfinished";

enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// A mail appears in the folder when it is whole, whoever is killed while writing it.
    Files {
        drafts: AsyncFileTransport<Tokio1Executor>,
        folder: PathBuf,
    },
}

pub struct Mailer {
    transport: Transport,
    from: Mailbox,
    templates: Environment<'static>,
}

/// What is written on the outside.
pub struct Post {
    /// The same on every try, so that whoever gets it twice can tell.
    pub id: Uuid,
    pub to: Mailbox,
    pub subject: String,
    /// Mail of one thing is shown together.
    pub thread: Option<Uuid>,
    /// Where such mail is stopped, if it can be.
    pub unsubscribe: Option<String>,
}

/// A mail in words.
pub struct Letter {
    pub post: Post,
    pub language: &'static str,
    /// What a mailbox shows beside the subject.
    pub preheader: String,
    /// Whose mail it is: a community's name, or ours.
    pub heading: String,
    pub greeting: String,
    pub lines: Vec<String>,
    /// Words that somebody else wrote, in Markdown.
    pub text: Option<String>,
    pub items: Vec<Item>,
    pub action: String,
    pub link: String,
    pub footer: String,
    pub unsubscribe: String,
}

/// One of several things that a mail tells.
#[derive(Debug)]
pub struct Item {
    pub name: String,
    pub text: String,
    pub link: String,
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
                let drafts = folder.join(DRAFTS);
                files::make_private(&folder)?;
                files::make_private(&drafts)?;
                tracing::warn!(folder = %folder.display(), "no SMTP server is set: mail is written to files");
                Transport::Files { drafts: AsyncFileTransport::new(drafts), folder }
            }
        };
        let mut templates = Environment::new();
        templates.add_template("mail.txt", include_str!("../../messages/mail.txt"))?;
        templates.add_template("mail.html", include_str!("../../messages/mail.html"))?;
        let from = config.mail_from.parse().context("KOMMUNITY_MAIL_FROM is not an address")?;
        Ok(Self { transport, from, templates })
    }

    /// Answers the id under which it was sent.
    pub async fn post(&self, letter: Letter) -> anyhow::Result<String> {
        let id = message_id(letter.post.id);
        let message = self.write(letter)?;
        // Well within the lease, whatever the server does.
        tokio::time::timeout(SENT_WITHIN, self.send(message)).await.context("no answer in time")??;
        Ok(id)
    }

    fn write(&self, letter: Letter) -> anyhow::Result<Message> {
        let Letter {
            post,
            language,
            preheader,
            heading,
            greeting,
            lines,
            text,
            items,
            action,
            link,
            footer,
            unsubscribe,
        } = letter;
        let stop = &post.unsubscribe;
        let subject = &post.subject;
        let items: Vec<_> =
            items.into_iter().map(|Item { name, text, link }| context! { name, text, link }).collect();
        let rich = text.as_deref().map(|text| Value::from_safe_string(markdown::to_html(text)));
        let plain = text;
        let facts = context! { language, subject, preheader, heading, greeting, lines, rich, plain, items, action, link, footer, unsubscribe, stop };
        let text = self.templates.get_template("mail.txt")?.render(&facts)?;
        let html = self.templates.get_template("mail.html")?.render(&facts)?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(post.to)
            .subject(post.subject)
            .message_id(Some(message_id(post.id)))
            .header(header::MIME_VERSION_1_0);
        if let Some(thread) = post.thread.map(message_id) {
            builder = builder.in_reply_to(thread.clone()).references(thread);
        }
        let mut message = builder
            .multipart(MultiPart::alternative_plain_html(text, html))
            .context("the mail cannot be written")?;
        // Nobody's absence shall be told to us.
        raw(&mut message, "Auto-Submitted", "auto-generated");
        if let Some(stop) = post.unsubscribe {
            raw(&mut message, "List-Unsubscribe", &format!("<{stop}>"));
            raw(&mut message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Ok(message)
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
            Transport::Files { drafts, folder } => {
                let name = format!("{}.eml", drafts.send(message).await.context("mail folder")?);
                tokio::fs::rename(folder.join(DRAFTS).join(&name), folder.join(name)).await?;
                Ok(())
            }
        }
    }
}

/// Why a mail could not be sent, as its reader is told.
pub fn fault(error: &anyhow::Error) -> DeliveryFault {
    if error.is::<tokio::time::error::Elapsed>()
        || error.is::<lettre::transport::file::Error>()
        || error.is::<std::io::Error>()
    {
        return DeliveryFault::Unreachable;
    }
    match error.downcast_ref::<lettre::transport::smtp::Error>() {
        Some(smtp) if smtp.is_permanent() => DeliveryFault::Refused,
        Some(smtp) if smtp.is_transient() => DeliveryFault::Busy,
        Some(_) => DeliveryFault::Unreachable,
        None => DeliveryFault::Unwritten,
    }
}

fn message_id(id: Uuid) -> String {
    format!("<{id}@kommunity>")
}

fn raw(message: &mut Message, name: &'static str, value: &str) {
    let name = HeaderName::new_from_ascii_str(name);
    message.headers_mut().insert_raw(HeaderValue::new(name, value.to_owned()));
}
