//! One user, several ways to say who they are: the seam for signing in by somebody else's word.

use db::user::Identity;

use super::ann;
use crate::support::app::TestApp;

fn oidc(subject: &str) -> Identity {
    Identity::Oidc { issuer: "https://accounts.example".into(), subject: subject.into() }
}

#[actix_web::test]
async fn a_user_found_by_a_providers_word_is_the_same_user() {
    let app = TestApp::start().await;
    let ann = ann(&app).await;
    let person = ann.person();
    app.with_conn(async |conn| {
        db::user::add_identity(conn, person.user_id, &oidc("4711"), app.now()).await.unwrap();
        let found = db::user::find_by_identity(conn, &oidc("4711")).await.unwrap().unwrap();
        assert_eq!((found.id, found.email), (person.user_id, Some(person.email.clone())));
        assert!(db::user::find_by_identity(conn, &oidc("4712")).await.unwrap().is_none());
        let elsewhere = Identity::Oidc { issuer: "https://other.example".into(), subject: "4711".into() };
        assert!(db::user::find_by_identity(conn, &elsewhere).await.unwrap().is_none());
    })
    .await;
    let bob = app.resident("bob").await;
    let taken = app
        .with_conn(async |conn| {
            db::user::add_identity(conn, bob.person().user_id, &oidc("4711"), app.now()).await
        })
        .await;
    assert!(matches!(taken, Err(db::Error::Conflict(_))), "one word, one user");
}
