//! People who can sign in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::account::IdentityProvider;
use domain::id::UserId;

use crate::schema::{identities, users};
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub struct User {
    pub id: UserId,
    /// Lower-cased. None for people who sign in with a name that was made for them.
    pub email: Option<String>,
    /// `name@slug`, lower-cased.
    pub sign_in_name: Option<String>,
    /// argon2id in PHC form.
    pub password_hash: Option<String>,
    pub locale: String,
    pub is_operator: bool,
    /// Somebody else chose the password.
    pub must_change_password: bool,
    /// Sealed; counts once it was confirmed.
    pub totp_secret: Option<String>,
    pub totp_confirmed_at: Option<DateTime<Utc>>,
    /// The last step (of 30 seconds) whose code was used.
    pub totp_last_step: i64,
    pub password_changed_at: Option<DateTime<Utc>>,
    pub version: i32,
    pub created_at: DateTime<Utc>,
}

impl User {
    /// Somebody with an address and a password, and nothing else yet.
    pub fn with_email(id: UserId, email: String, password_hash: Option<String>, now: DateTime<Utc>) -> Self {
        Self {
            id,
            email: Some(email),
            sign_in_name: None,
            password_hash,
            locale: "en".into(),
            is_operator: false,
            must_change_password: false,
            totp_secret: None,
            totp_confirmed_at: None,
            totp_last_step: 0,
            password_changed_at: None,
            version: 1,
            created_at: now,
        }
    }
}

/// How somebody says that they are a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    Email(String),
    SignInName(String),
    /// OpenID Connect: the issuer, and the subject that it knows them by.
    Oidc {
        issuer: String,
        subject: String,
    },
}

impl Identity {
    /// What somebody typed: an address has a dot in its domain, a made name does not.
    pub fn of_login(login: &str) -> Self {
        let is_name = login.rsplit_once('@').is_some_and(|(_, domain)| !domain.contains('.'));
        if is_name { Identity::SignInName(login.to_owned()) } else { Identity::Email(login.to_owned()) }
    }

    /// Provider, issuer, subject: the key of the table.
    fn key(&self) -> (IdentityProvider, &str, &str) {
        match self {
            Identity::Email(email) => (IdentityProvider::Email, "", email),
            Identity::SignInName(name) => (IdentityProvider::SignInName, "", name),
            Identity::Oidc { issuer, subject } => (IdentityProvider::Oidc, issuer, subject),
        }
    }
}

pub async fn find_by_identity(conn: &mut Conn, identity: &Identity) -> Result<Option<User>> {
    let (provider, issuer, subject) = identity.key();
    Ok(identities::table
        .inner_join(users::table)
        .filter(identities::provider.eq(provider).and(identities::issuer.eq(issuer)))
        .filter(identities::subject.eq(subject))
        .select(User::as_select())
        .first(conn)
        .await
        .optional()?)
}

pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    find_by_identity(conn, &Identity::Email(email.to_owned())).await
}

/// How many users have one of these addresses.
pub async fn count_by_email(conn: &mut Conn, addresses: &[String]) -> Result<i64> {
    Ok(users::table.filter(users::email.eq_any(addresses)).count().get_result(conn).await?)
}

pub async fn get(conn: &mut Conn, id: UserId) -> Result<User> {
    Ok(users::table.find(id).select(User::as_select()).first(conn).await?)
}

/// The user and how they sign in. A second one with the same address or name is [`crate::Error::Conflict`].
pub async fn insert(conn: &mut Conn, user: &User) -> Result<()> {
    diesel::insert_into(users::table).values(user).execute(conn).await?;
    let own = [user.email.clone().map(Identity::Email), user.sign_in_name.clone().map(Identity::SignInName)];
    for identity in own.into_iter().flatten() {
        add_identity(conn, user.id, &identity, user.created_at).await?;
    }
    Ok(())
}

pub async fn add_identity(
    conn: &mut Conn,
    user: UserId,
    identity: &Identity,
    now: DateTime<Utc>,
) -> Result<()> {
    let (provider, issuer, subject) = identity.key();
    diesel::insert_into(identities::table)
        .values((
            identities::provider.eq(provider),
            identities::issuer.eq(issuer),
            identities::subject.eq(subject),
            identities::user_id.eq(user),
            identities::created_at.eq(now),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Locks the user, so that two changes of one account take turns.
pub async fn lock(conn: &mut Conn, id: UserId) -> Result<User> {
    Ok(users::table.find(id).for_update().select(User::as_select()).first(conn).await?)
}

/// `by_owner`: whether they chose it themselves; otherwise they have to change it first.
pub async fn set_password(
    conn: &mut Conn,
    id: UserId,
    hash: &str,
    by_owner: bool,
    at: DateTime<Utc>,
) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((
            users::password_hash.eq(hash),
            users::must_change_password.eq(!by_owner),
            users::password_changed_at.eq(at),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn set_locale(conn: &mut Conn, id: UserId, locale: &str) -> Result<User> {
    Ok(diesel::update(users::table.find(id))
        .set((users::locale.eq(locale), users::version.eq(users::version + 1)))
        .returning(User::as_returning())
        .get_result(conn)
        .await?)
}

/// Puts an address in place of the present one; [`crate::Error::Conflict`] where it is somebody's.
pub async fn set_email(conn: &mut Conn, id: UserId, email: &str, now: DateTime<Utc>) -> Result<()> {
    let present = identities::user_id.eq(id).and(identities::provider.eq(IdentityProvider::Email));
    diesel::delete(identities::table.filter(present)).execute(conn).await?;
    add_identity(conn, id, &Identity::Email(email.to_owned()), now).await?;
    diesel::update(users::table.find(id))
        .set((users::email.eq(email), users::version.eq(users::version + 1)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The secret of an authenticator app. Without a time of confirmation it does not count yet.
pub async fn set_totp(
    conn: &mut Conn,
    id: UserId,
    secret_sealed: Option<&str>,
    confirmed_at: Option<DateTime<Utc>>,
) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((
            users::totp_secret.eq(secret_sealed),
            users::totp_confirmed_at.eq(confirmed_at),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Uses a step up; answers whether it was newer than any that has been used. Of two at the same time, one is told so.
pub async fn use_totp_step(conn: &mut Conn, id: UserId, step: i64) -> Result<bool> {
    let used = diesel::update(users::table.find(id).filter(users::totp_last_step.lt(step)))
        .set(users::totp_last_step.eq(step))
        .execute(conn)
        .await?;
    Ok(used == 1)
}
