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

/// A password that somebody else chose: its owner must choose another before anything else.
pub async fn set_first_password(conn: &mut Conn, id: UserId, hash: &str, now: DateTime<Utc>) -> Result<()> {
    diesel::update(users::table.find(id))
        .set((
            users::password_hash.eq(hash),
            users::must_change_password.eq(true),
            users::password_changed_at.eq(now),
            users::version.eq(users::version + 1),
        ))
        .execute(conn)
        .await?;
    Ok(())
}
