//! What is done by command and by no route.

use api::admin::{self, NewAdmin, NewOperator};
use contract::community::LIST;
use contract::session::{SIGN_IN, SignIn};
use db::Db;

use crate::support::app::TestApp;
use crate::support::given;

const PASSWORD: &str = "quartz-lantern-meadow-41";

fn admin_of(app: &TestApp, email: &str) -> NewAdmin {
    NewAdmin { community: app.place.slug.clone(), email: email.into(), name: "Alma Reis".into() }
}

fn db(app: &TestApp) -> Db {
    Db::new(&app.shared.config.database_url, 1).unwrap()
}

async fn is_let_in(app: &TestApp, email: &str) -> u16 {
    let body =
        SignIn { email: email.into(), password: PASSWORD.into(), totp: None, refresh_token_in_body: true };
    app.anonymous().call(&SIGN_IN, &[], &body).await.raw.status
}

#[actix_web::test]
async fn the_first_admin_is_made_once_and_with_a_password_that_nobody_tries_first() {
    let app = TestApp::start().await;
    let new = admin_of(&app, "Alma@example.org");
    for weak in ["short", "password1234", "almareis-alma", "willow-park-willow", api::demo::PASSWORD] {
        let refused = admin::create_admin(&db(&app), &new, weak, 64, app.now()).await;
        assert!(refused.unwrap_err().to_string().contains("password"), "{weak}");
    }
    assert_eq!(app.count("users").await, 0);
    admin::create_admin(&db(&app), &new, PASSWORD, 64, app.now()).await.unwrap();
    assert_eq!(is_let_in(&app, "alma@example.org").await, 200);
    let again = admin::create_admin(&db(&app), &new, PASSWORD, 64, app.now()).await;
    assert!(again.unwrap_err().to_string().contains("belongs to willow-park already"));
    let audited = "select action || ' ' || actor_kind as text from audit_events where entity_kind = 'member'";
    assert_eq!(app.query(audited).await, ["member.admin_created command"]);
}

#[actix_web::test]
async fn an_operator_is_made_by_command_and_belongs_to_no_community() {
    let app = TestApp::start().await;
    let new = NewOperator { email: "ops@example.org".into() };
    assert!(admin::create_operator(&db(&app), &new, "password1234", 64, app.now()).await.is_err());
    admin::create_operator(&db(&app), &new, PASSWORD, 64, app.now()).await.unwrap();
    assert!(admin::create_operator(&db(&app), &new, PASSWORD, 64, app.now()).await.is_err(), "once only");
    let both = admin::create_admin(&db(&app), &admin_of(&app, &new.email), PASSWORD, 64, app.now()).await;
    assert!(both.unwrap_err().to_string().contains("runs the platform"));
    let body = SignIn {
        email: new.email.clone(),
        password: PASSWORD.into(),
        totp: None,
        refresh_token_in_body: true,
    };
    let session = app.anonymous().call(&SIGN_IN, &[], &body).await.ok();
    let ops = app.anonymous().with_token(session.access_token);
    assert_eq!(ops.call(&LIST, &[], &()).await.ok().data.len(), 1);
    assert_eq!(app.count("members").await, 0);
}

#[actix_web::test]
async fn production_does_not_start_where_everybody_knows_a_password() {
    let app = TestApp::start().await;
    admin::refuse_demo_accounts(&db(&app)).await.unwrap();
    given::user(&mut app.conn().await, "admin@demo.test", false).await;
    assert!(admin::refuse_demo_accounts(&db(&app)).await.is_err());
}
