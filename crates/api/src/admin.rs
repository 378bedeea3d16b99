//! What is done by command and never by a route: the first community and its first admin.

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use db::Db;
use domain::audit::{ActorKind, AuditAction};
use domain::category::starters;
use domain::community::{CommunityKind, MemberStatus};
use domain::id::{AnnouncementCategoryId, CategoryId, CommunityId, MemberId, UserId};
use domain::role::Role;
use domain::rule;
use uuid::Uuid;

use crate::audit::{self, Entry};
use crate::demo;
use crate::session::password;

/// A community to be made.
#[derive(Debug, Clone, clap::Args)]
pub struct NewCommunity {
    /// Its name in addresses, like willow-park.
    #[arg(long)]
    pub slug: String,
    /// What people call it.
    #[arg(long)]
    pub name: String,
    /// estate, housing_society, building or municipal
    #[arg(long, default_value = "estate")]
    pub kind: CommunityKind,
    /// IANA time zone, like Europe/Lisbon.
    #[arg(long, default_value = "UTC")]
    pub time_zone: String,
    /// ISO 4217, like EUR.
    #[arg(long, default_value = "EUR")]
    pub currency: String,
}

/// An admin to be made.
#[derive(Debug, Clone, clap::Args)]
pub struct NewAdmin {
    /// Slug of the community.
    #[arg(long)]
    pub community: String,
    /// The address that they sign in with.
    #[arg(long)]
    pub email: String,
    /// What the others call them.
    #[arg(long)]
    pub name: String,
}

/// An operator of the platform to be made.
#[derive(Debug, Clone, clap::Args)]
pub struct NewOperator {
    /// The address that they sign in with.
    #[arg(long)]
    pub email: String,
}

/// Makes a community with the catalogue of its kind.
pub async fn create_community(
    db: &Db,
    new: &NewCommunity,
    now: DateTime<Utc>,
) -> anyhow::Result<CommunityId> {
    ensure!(rule::slug(&new.slug).is_ok(), "a slug is lower-case words joined by hyphens, like willow-park");
    ensure!(rule::NAME.check(&new.name).is_ok(), "a name has 1 to {} characters", rule::NAME.max);
    let _: chrono_tz::Tz =
        new.time_zone.parse().ok().context("the time zone is not one of IANA's, like Europe/Lisbon")?;
    ensure!(
        new.currency.len() == 3 && new.currency.bytes().all(|byte| byte.is_ascii_uppercase()),
        "a currency is three capital letters, like EUR"
    );
    let community = db::community::Community {
        id: CommunityId(Uuid::now_v7()),
        slug: new.slug.clone(),
        name: new.name.clone(),
        kind: new.kind,
        time_zone: new.time_zone.clone(),
        currency: new.currency.clone(),
        locale: "en".into(),
        request_prefix: "MNT".into(),
        settings: serde_json::json!({}),
        created_at: now,
    };
    let made = db
        .transaction(async |tx| {
            db::community::insert(tx, &community).await?;
            db::category::insert_all(tx, &categories(community.id, community.kind, Uuid::now_v7)).await?;
            let announced = announcement_categories(community.id, Uuid::now_v7);
            db::announcement::insert_categories(tx, &announced).await?;
            let entry = Entry::new(AuditAction::CommunityCreated, community.id.0).community(community.id);
            audit::record(tx, entry.kind(ActorKind::Command), now).await
        })
        .await;
    match made {
        Err(db::Error::Conflict(_)) => bail!("there is a community {} already", new.slug),
        made => Ok(made.map(|()| community.id)?),
    }
}

/// The starter catalogue as rows.
pub fn categories(
    community: CommunityId,
    kind: CommunityKind,
    mut id: impl FnMut() -> Uuid,
) -> Vec<db::category::Category> {
    (0..)
        .zip(starters(kind))
        .map(|(position, starter)| {
            db::category::Category::starting(CategoryId(id()), community, starter, position)
        })
        .collect()
}

/// What announcements are about in a community that begins.
pub fn announcement_categories(
    community: CommunityId,
    mut id: impl FnMut() -> Uuid,
) -> Vec<db::announcement::Category> {
    let row = |starter: &domain::announcement::Starter| db::announcement::Category {
        id: AnnouncementCategoryId(id()),
        community_id: community,
        name: starter.name.into(),
        color: starter.color,
        icon: starter.icon.into(),
        urgent: starter.urgent,
        archived_at: None,
        version: 1,
    };
    domain::announcement::STARTERS.iter().map(row).collect()
}

/// Makes an admin of a community, and their user where there is none. An existing user keeps their password.
pub async fn create_admin(
    db: &Db,
    new: &NewAdmin,
    password: &str,
    argon2_memory_kib: u32,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    ensure!(rule::email(&new.email).is_ok(), "{} is not an e-mail address", new.email);
    ensure!(rule::NAME.check(&new.name).is_ok(), "a name has 1 to {} characters", rule::NAME.max);
    check_password(password, &[&new.email, &new.name, &new.community])?;
    let email = rule::normal_email(&new.email);
    let hash = password::hash(password, argon2_memory_kib)?;
    db.transaction(async |tx| -> anyhow::Result<()> {
        let community = db::community::find_by_slug(tx, &new.community).await?;
        let community = community.with_context(|| format!("there is no community {}", new.community))?;
        let user = match db::user::find_by_email(tx, &email).await? {
            Some(user) if user.is_operator => {
                bail!("{} runs the platform, and belongs to no community", new.email)
            }
            Some(user) => user,
            None => {
                let id = UserId(Uuid::now_v7());
                let user = db::user::User::with_email(id, email, Some(hash), now);
                db::user::insert(tx, &user).await?;
                user
            }
        };
        let member = db::member::Member::new(
            MemberId(Uuid::now_v7()),
            community.id,
            Some(user.id),
            new.name.clone(),
            MemberStatus::Active,
            now,
        );
        match db::member::insert(tx, &member, &[Role::Admin]).await {
            Err(db::Error::Conflict(_)) => bail!(
                "{} belongs to {} already: an admin there can change their roles",
                new.email,
                new.community
            ),
            inserted => inserted?,
        }
        let entry = Entry::new(AuditAction::MemberAdminCreated, member.id.0).community(community.id);
        Ok(audit::record(tx, entry.kind(ActorKind::Command), now).await?)
    })
    .await
}

/// Makes a user who runs the platform and belongs to no community. Somebody who can sign in already is refused: whoever
/// runs the platform has an account for nothing else.
pub async fn create_operator(
    db: &Db,
    new: &NewOperator,
    password: &str,
    argon2_memory_kib: u32,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    ensure!(rule::email(&new.email).is_ok(), "{} is not an e-mail address", new.email);
    check_password(password, &[&new.email])?;
    let hash = password::hash(password, argon2_memory_kib)?;
    let id = UserId(Uuid::now_v7());
    let user = db::user::User {
        is_operator: true,
        ..db::user::User::with_email(id, rule::normal_email(&new.email), Some(hash), now)
    };
    let made = db
        .transaction(async |tx| {
            db::user::insert(tx, &user).await?;
            let entry = Entry::new(AuditAction::OperatorCreated, id.0).kind(ActorKind::Command);
            audit::record(tx, entry, now).await
        })
        .await;
    match made {
        Err(db::Error::Conflict(_)) => bail!("{} has an account already", new.email),
        made => Ok(made?),
    }
}

fn check_password(password: &str, own: &[&str]) -> anyhow::Result<()> {
    ensure!(password != demo::PASSWORD, "this is the password of the demonstration: choose another");
    let Err(fault) = password::check(password, own) else { return Ok(()) };
    match fault.code {
        "too_common" => bail!("this password is among those that are tried first: choose another"),
        "too_personal" => bail!("this password is made of what is known of its owner: choose another"),
        _ => bail!("a password has {} to {} characters", rule::PASSWORD.min, rule::PASSWORD.max),
    }
}

/// Refuses to go on in production where the demonstration's accounts are, whose password everybody knows.
pub async fn refuse_demo_accounts(db: &Db) -> anyhow::Result<()> {
    let addresses = demo::addresses();
    let found = db::user::count_by_email(&mut *db.conn().await?, &addresses).await?;
    ensure!(
        found == 0,
        "this database holds {found} accounts of the demonstration, whose password everybody knows: production mode \
         refuses it. Use a database of its own"
    );
    Ok(())
}
