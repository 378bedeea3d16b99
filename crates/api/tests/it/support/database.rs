//! One database per test, cloned from a template that is migrated once per set of migrations.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use diesel::sql_types::Text;
use diesel_async::{AsyncConnection, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use sha2::{Digest, Sha256};

/// All that the tests make begins so; what is older than an hour and not of this run is swept.
const PREFIX: &str = "kommunity_test_";

/// A database of its own, dropped after the test; kept when the test fails, so that it can be looked at.
pub struct Database {
    name: String,
    url: String,
}

impl Database {
    pub async fn create() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let template = template().await;
        let (run, process) = (run_token(), std::process::id());
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("{PREFIX}{run}_{process}_{count}");
        execute(&mut server().await, &format!("create database {name} template {template}")).await;
        Self { url: url_of(&name), name }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// A connection beside the server's own.
    pub async fn connect(&self) -> AsyncPgConnection {
        connect(&self.url).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the database of this test is kept for you: {}", self.url);
            return;
        }
        let drop_it = format!("drop database if exists {} with (force)", self.name);
        apart(async move { execute(&mut server().await, &drop_it).await });
    }
}

/// Where the files of the server that uses a database lie.
pub fn folder_of(database: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(database)
}

/// A name that changes with the text of any migration.
fn digest() -> String {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations"));
    let mut digest = Sha256::new();
    for migration in sorted(&folder) {
        for file in sorted(&migration) {
            digest.update(file.to_string_lossy().as_bytes());
            digest.update(std::fs::read(&file).unwrap());
        }
    }
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// Makes the template unless it is there. Tests run in processes of their own and take turns here.
async fn template() -> String {
    let name = format!("{PREFIX}template_{}", digest());
    let mut server = server().await;
    sweep(&mut server, &name).await;
    if exists(&mut server, &name).await {
        return name;
    }
    execute(&mut server, "select pg_advisory_lock(hashtext('kommunity tests'))").await;
    if !exists(&mut server, &name).await {
        let unfinished = format!("{name}_unfinished");
        execute(&mut server, &format!("drop database if exists {unfinished} with (force)")).await;
        execute(&mut server, &format!("create database {unfinished}")).await;
        let url = url_of(&unfinished);
        apart(async move { db::migrate::run(&url).await.map(drop).unwrap() });
        execute(&mut server, &format!("alter database {unfinished} rename to {name}")).await;
    }
    execute(&mut server, "select pg_advisory_unlock(hashtext('kommunity tests'))").await;
    name
}

/// Drops what earlier runs left: templates of other migrations and databases of failed or killed tests.
async fn sweep(server: &mut AsyncPgConnection, current: &str) {
    let old = names(
        server,
        &format!(
            "select datname::text as text from pg_database where starts_with(datname, '{PREFIX}') \
             and not starts_with(datname, '{PREFIX}{}') and datname <> '{current}' \
             and (pg_stat_file('base/' || oid || '/PG_VERSION', true)).modification < now() - interval '1 hour'",
            run_token()
        ),
    )
    .await;
    for name in old {
        // Somebody else may be sweeping, too.
        let _ = server.batch_execute(&format!("drop database if exists {name} with (force)")).await;
        let _ = std::fs::remove_dir_all(folder_of(&name));
    }
}

/// The same for all processes of one run of the tests.
fn run_token() -> String {
    let run = environment("NEXTEST_RUN_ID").unwrap_or_else(|| std::process::id().to_string());
    run.chars().filter(char::is_ascii_alphanumeric).take(12).collect::<String>().to_lowercase()
}

fn server_url() -> String {
    environment("KOMMUNITY_TEST_DATABASE_URL").expect(
        "KOMMUNITY_TEST_DATABASE_URL: a superuser's URL of a PostgreSQL server (`cargo xtask test` brings its own)",
    )
}

#[expect(clippy::disallowed_methods, reason = "the tests' own configuration, not the server's")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn url_of(database: &str) -> String {
    let url = server_url();
    let (server, _) = url.rsplit_once('/').expect("a URL with a database");
    format!("{server}/{database}")
}

async fn server() -> AsyncPgConnection {
    connect(&server_url()).await
}

pub async fn connect(url: &str) -> AsyncPgConnection {
    AsyncPgConnection::establish(url).await.unwrap_or_else(|error| panic!("{url}: {error}"))
}

async fn execute(conn: &mut AsyncPgConnection, sql: &str) {
    conn.batch_execute(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
}

async fn exists(conn: &mut AsyncPgConnection, name: &str) -> bool {
    let sql = format!("select datname::text as text from pg_database where datname = '{name}'");
    !names(conn, &sql).await.is_empty()
}

#[derive(diesel::QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    text: String,
}

/// The column `text` of what `sql` answers.
pub async fn names(conn: &mut AsyncPgConnection, sql: &str) -> Vec<String> {
    let rows: Vec<Name> = diesel::sql_query(sql).load(conn).await.unwrap_or_else(|e| panic!("{sql}: {e}"));
    rows.into_iter().map(|row| row.text).collect()
}

/// Runs something to its end on a runtime of its own, whatever runtime the caller is on.
pub fn apart<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    std::thread::spawn(move || runtime().block_on(work)).join().unwrap()
}
