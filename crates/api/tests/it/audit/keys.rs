//! New keys come and older ones go; nobody is signed out and nothing is lost.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use api::app::Shared;
use api::audit::verify::Finding;
use api::config::{Config, TokenKey};
use api::keys::rotate;
use api::vault::{TOTP_SECRET, Vault};
use contract::account::SHOW;
use db::Db;

use super::{acts, findings, verified_with};
use crate::support::app::TestApp;

/// Writes the rings of a configuration into files, as an operator would.
fn into_files(config: &mut Config) {
    std::fs::create_dir_all(&config.data_dir).unwrap();
    config.token_keys[0].secret = (0..32).collect();
    config.data_keys[0].secret = (100..132).collect();
    let file = |name: &str, keys: &[TokenKey]| -> Option<PathBuf> {
        let file = config.data_dir.join(name);
        std::fs::write(&file, api::config::keys::print(keys)).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        Some(file)
    };
    config.token_keys_file = file("token.keys", &config.token_keys);
    config.data_keys_file = file("data.keys", &config.data_keys);
}

fn read(file: Option<&PathBuf>) -> Vec<TokenKey> {
    api::config::keys::read(file.unwrap()).unwrap()
}

/// The configuration with which a command or a second server would start now.
fn present(app: &TestApp) -> Config {
    let config = app.shared.config.clone();
    Config {
        token_keys: read(config.token_keys_file.as_ref()),
        data_keys: read(config.data_keys_file.as_ref()),
        ..config
    }
}

fn names(keys: &[TokenKey]) -> Vec<&str> {
    keys.iter().map(|key| key.name.as_str()).collect()
}

fn mode_of(file: &Path) -> u32 {
    file.metadata().unwrap().permissions().mode() & 0o777
}

#[actix_web::test]
async fn rotating_signs_nobody_out_and_running_servers_learn_the_new_keys() {
    let app = TestApp::configured(Default::default(), into_files).await;
    let ann = app.resident("ann").await;
    let user = ann.person().user_id;
    let context = TOTP_SECRET.context(user.0);
    let sealed = app.shared.vault.seal(&context, b"JBSWY3DP").unwrap();
    app.query(&format!("with it as (update users set totp_secret = '{sealed}' where id = '{user}' returning 1) select '' as text from it")).await;
    acts(&app, 3).await;
    app.run_outbox().await;

    let db = Db::new(&app.shared.config.database_url, 2).unwrap();
    let rings = rotate::rotate(&db, &present(&app), false, app.now()).await.unwrap();
    assert!(rings.iter().all(|ring| ring.keys.len() == 2 && ring.dropped.is_empty()));
    let after = present(&app);
    assert_eq!(names(&after.token_keys)[1..], ["test"]);
    assert_eq!(mode_of(after.data_keys_file.as_ref().unwrap()), 0o600);
    let resealed = rotate::reseal(&db, &Vault::new(&after.data_keys, None), app.now()).await.unwrap();
    assert_eq!((resealed.sealed, resealed.unreadable), (1, 0));
    let again = rotate::reseal(&db, &Vault::new(&after.data_keys, None), app.now()).await.unwrap();
    assert_eq!(again.sealed, 0, "there is nothing left to do");

    // Signed before, and still in.
    assert_eq!(ann.call(&SHOW, &[], &()).await.raw.status, 200);
    // The server that ran all the time reads the new key's seal, and a token that another server signed with it.
    let stored = app.query(&format!("select totp_secret as text from users where id = '{user}'")).await;
    assert!(stored[0].starts_with(names(&after.data_keys)[0]) && stored[0] != sealed);
    assert_eq!(app.shared.vault.open(&context, &stored[0]).as_deref(), Some(&b"JBSWY3DP"[..]));
    let other = Shared::new(after.clone(), app.clock.clone()).unwrap();
    let session = app.query(&format!("select id::text as text from sessions where user_id = '{user}'")).await;
    let token = other.tokens.issue(user, session[0].parse().unwrap(), app.now()).unwrap();
    assert_eq!(ann.with_token(token).call(&SHOW, &[], &()).await.raw.status, 200);

    // The chain goes on with the new key, and holds with both.
    acts(&app, 2).await;
    app.run_outbox().await;
    let sealing = app.query("select key_id as text from audit_seals group by key_id order by 1").await;
    assert_eq!(sealing, [names(&after.data_keys)[0], "test"]);
    assert_eq!(findings(&app).await, []);
    let acts =
        app.query("select action as text from audit_events where entity_kind = 'keys' order by id").await;
    assert_eq!(acts, ["keys.rotated", "keys.resealed", "keys.resealed"]);
}

#[actix_web::test]
async fn a_key_is_dropped_when_nothing_needs_it_and_not_before() {
    let app = TestApp::configured(Default::default(), into_files).await;
    acts(&app, 2).await;
    app.run_outbox().await;
    let db = Db::new(&app.shared.config.database_url, 2).unwrap();
    rotate::rotate(&db, &present(&app), true, app.now()).await.unwrap();
    let before = present(&app);
    assert_eq!(before.data_keys.len(), 2, "the one before the newest always stays");
    let [tokens, data] = rotate::rotate(&db, &before, true, app.now()).await.unwrap();
    assert_eq!((tokens.dropped, tokens.needed), (vec!["test".to_owned()], Vec::new()));
    assert_eq!(
        (data.dropped, data.needed),
        (Vec::new(), vec!["test".to_owned()]),
        "seals of the trail need it"
    );
    let [_, data] = rotate::rotate(&db, &present(&app), true, app.now()).await.unwrap();
    assert_eq!(
        (data.dropped, data.needed),
        (vec![before.data_keys[0].name.clone()], vec!["test".to_owned()])
    );
    assert_eq!(verified_with(&app, &Vault::new(&data.keys, None), None).await.1, []);

    let without = Vault::new(&data.keys[..1], None);
    let gone = Finding::KeyGone { seq: 1, key: "test".into() };
    assert_eq!(verified_with(&app, &without, None).await.1, [gone]);
}

#[actix_web::test]
async fn keys_of_the_environment_are_for_the_operator_to_set() {
    let app = TestApp::start().await;
    let db = Db::new(&app.shared.config.database_url, 2).unwrap();
    let rings = rotate::rotate(&db, &app.shared.config, false, app.now()).await.unwrap();
    assert!(rings.iter().all(|ring| ring.file.is_none() && ring.keys.len() == 2));
}
