//! Whole tables' worth of rows at once, for demo data.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use domain::account::IdentityProvider;

use crate::member::{Member, NewRole};
use crate::notification::NewNotification;
use crate::schema::{identities, member_roles, members, notifications, request_ratings, users};
use crate::service_request::Rating;
use crate::user::User;
use crate::{Conn, Result};

/// As many rows as fit one statement, whose parameters are counted with sixteen bits.
const ROWS: usize = 1000;

pub async fn insert_users(conn: &mut Conn, all: &[User]) -> Result<()> {
    for some in all.chunks(ROWS) {
        diesel::insert_into(users::table).values(some).execute(conn).await?;
        let identities: Vec<_> = some
            .iter()
            .filter_map(|user| match (&user.email, &user.sign_in_name) {
                (Some(email), _) => Some((user, IdentityProvider::Email, email)),
                (None, name) => Some((user, IdentityProvider::SignInName, name.as_ref()?)),
            })
            .map(|(user, provider, subject)| {
                (
                    identities::provider.eq(provider),
                    identities::subject.eq(subject),
                    identities::user_id.eq(user.id),
                    identities::created_at.eq(user.created_at),
                )
            })
            .collect();
        diesel::insert_into(identities::table).values(identities).execute(conn).await?;
    }
    Ok(())
}

pub async fn insert_members(conn: &mut Conn, all: &[Member], roles: &[NewRole]) -> Result<()> {
    for some in all.chunks(ROWS) {
        diesel::insert_into(members::table).values(some).execute(conn).await?;
    }
    for some in roles.chunks(ROWS) {
        diesel::insert_into(member_roles::table).values(some).execute(conn).await?;
    }
    Ok(())
}

pub async fn insert_ratings(conn: &mut Conn, all: &[Rating]) -> Result<()> {
    for some in all.chunks(ROWS) {
        diesel::insert_into(request_ratings::table).values(some).execute(conn).await?;
    }
    Ok(())
}

/// What the members see in the app. No mail goes out: all of it happened before the demo was there.
pub async fn insert_notifications(conn: &mut Conn, all: &[NewNotification]) -> Result<()> {
    for some in all.chunks(ROWS) {
        diesel::insert_into(notifications::table).values(some).execute(conn).await?;
    }
    Ok(())
}
