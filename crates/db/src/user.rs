//! People who can sign in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::id::UserId;

use crate::schema::users;
use crate::{Conn, Result};

#[derive(Debug, Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = users, check_for_backend(diesel::pg::Pg))]
pub struct User {
    pub id: UserId,
    /// Lower-cased.
    pub email: String,
    /// argon2id in PHC form.
    pub password_hash: Option<String>,
    pub locale: String,
    pub is_operator: bool,
    pub created_at: DateTime<Utc>,
}

pub async fn find_by_email(conn: &mut Conn, email: &str) -> Result<Option<User>> {
    Ok(users::table.filter(users::email.eq(email)).select(User::as_select()).first(conn).await.optional()?)
}

pub async fn get(conn: &mut Conn, id: UserId) -> Result<User> {
    Ok(users::table.find(id).select(User::as_select()).first(conn).await?)
}

/// A second user with the same address is [`crate::Error::Conflict`] on `users_email_key`.
pub async fn insert(conn: &mut Conn, user: &User) -> Result<()> {
    diesel::insert_into(users::table).values(user).execute(conn).await?;
    Ok(())
}
