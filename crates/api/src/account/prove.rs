//! Changes of how somebody signs in need the password once more: a device left open is not enough. And where a second
//! factor is on, what takes it away or leads past it needs a code: the password alone is not enough.

use actix_web::HttpRequest;
use db::Conn;
use db::user::User;
use domain::audit::AuditAction;

use crate::app::App;
use crate::audit::{self, Entry};
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::session::password;
use crate::session::second_factor::{self, Outcome};
use crate::session::throttle::{self, Of};

/// An account whose owner has just said its password.
pub struct Proven {
    pub user: User,
}

impl Proven {
    /// The account as it is now, locked. Where the password was changed meanwhile, the one that was said is wrong.
    pub async fn lock(&self, tx: &mut Conn) -> Result<User> {
        let user = db::user::lock(tx, self.user.id).await?;
        if user.password_hash == self.user.password_hash { Ok(user) } else { Err(wrong()) }
    }
}

/// The caller's account, once the password is right; guesses are counted like those of a sign-in.
pub async fn by_password(app: &App, caller: Caller, given: String) -> Result<Proven> {
    let guess = throttle::count(app, &[Of::User(caller.user_id)]).await?;
    let user = db::user::get(&mut *app.db.conn().await?, caller.user_id).await?;
    if !password::verify(app, given, user.password_hash.clone()).await? {
        return Err(wrong());
    }
    app.db.transaction(async |tx| guess.was_right(tx, app).await).await?;
    Ok(Proven { user })
}

/// The same, with a code where a second factor is on. It is used up, like one for a sign-in.
pub async fn by_both(
    app: &App,
    caller: Caller,
    request: &HttpRequest,
    given: String,
    code: Option<String>,
) -> Result<Proven> {
    let proven = by_password(app, caller, given).await?;
    if proven.user.totp_confirmed_at.is_none() {
        return Ok(proven);
    }
    let guess = throttle::count(app, &[Of::User(caller.user_id)]).await?;
    let now = app.now();
    let fault = app
        .db
        .transaction(async |tx| -> Result<Option<&'static str>> {
            let user = proven.lock(tx).await?;
            match second_factor::check(tx, app, &user, code.as_deref(), now).await? {
                // Committed, so that asking for the code costs nobody a guess.
                Outcome::Missing => return guess.was_none(tx, app).await.map(|()| Some("required")),
                Outcome::Wrong => return Ok(Some("wrong_code")),
                Outcome::RecoveryCode => {
                    let entry = Entry::new(AuditAction::AccountRecoveryCodeUsed, user.id.0);
                    audit::record(tx, entry.asked_by(request), now).await?;
                }
                Outcome::NotAsked | Outcome::Code => {}
            }
            guess.was_right(tx, app).await?;
            Ok(None)
        })
        .await?;
    match fault {
        Some(code) => Err(Error::invalid(vec![Fault::field("totp", code)])),
        None => Ok(proven),
    }
}

fn wrong() -> Error {
    Error::invalid(vec![Fault::field("current_password", "wrong_password")])
}

/// What nobody may make a password of: the user's address, and their names in all their communities.
pub async fn own_words(app: &App, user: &User) -> Result<Vec<String>> {
    let memberships = db::member::list_of_user(&mut *app.db.conn().await?, user.id).await?;
    let names = memberships.into_iter().map(|(_, member, _)| member.display_name);
    Ok(names.chain(user.email.clone()).chain(user.sign_in_name.clone()).collect())
}
