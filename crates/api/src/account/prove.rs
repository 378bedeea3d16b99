//! Changes of how somebody signs in need the password once more: a device left open is not enough.

use db::user::User;

use crate::app::App;
use crate::http::caller::Caller;
use crate::http::error::{Error, Fault, Result};
use crate::session::password;
use crate::session::throttle::{self, Of};

/// The caller's account, once the password is right; guesses are counted like those of a sign-in.
pub async fn by_password(app: &App, caller: Caller, given: String) -> Result<User> {
    let guess = throttle::count(app, &[Of::User(caller.user_id)]).await?;
    let user = db::user::get(&mut *app.db.conn().await?, caller.user_id).await?;
    if !password::verify(app, given, user.password_hash.clone()).await? {
        return Err(Error::invalid(vec![Fault::field("current_password", "wrong_password")]));
    }
    app.db.transaction(async |tx| guess.was_right(tx, app).await).await?;
    Ok(user)
}

/// What nobody may make a password of: the user's address, and their names in all their communities.
pub async fn own_words(app: &App, user: &User) -> Result<Vec<String>> {
    let memberships = db::member::list_of_user(&mut *app.db.conn().await?, user.id).await?;
    let names = memberships.into_iter().map(|(_, member, _)| member.display_name);
    Ok(names.chain(user.email.clone()).chain(user.sign_in_name.clone()).collect())
}
