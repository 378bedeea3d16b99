//! Bringing a database to the shape that this build expects.

use diesel_async::{AsyncMigrationHarness, RunQueryDsl};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::{Conn, Db, Error, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(format!("migrations: {error}"))
}

/// Applies what is missing; answers the names of what was applied. Needs a multi-threaded runtime.
pub async fn run(url: &str) -> Result<Vec<String>> {
    let mut harness = harness(url).await?;
    let applied = harness.run_pending_migrations(MIGRATIONS).map_err(failed)?;
    Ok(applied.iter().map(ToString::to_string).collect())
}

/// Takes every migration back, newest first; answers their names.
pub async fn revert_all(url: &str) -> Result<Vec<String>> {
    let mut harness = harness(url).await?;
    let reverted = harness.revert_all_migrations(MIGRATIONS).map_err(failed)?;
    Ok(reverted.iter().map(ToString::to_string).collect())
}

async fn harness(url: &str) -> Result<AsyncMigrationHarness<Conn>> {
    use diesel_async::AsyncConnection;
    let mut conn = Conn::establish(url).await.map_err(|gone| Error::Unavailable(gone.to_string()))?;
    // Two servers that start at once take turns.
    diesel::sql_query("select pg_advisory_lock(7305613)").execute(&mut conn).await?;
    Ok(AsyncMigrationHarness::new(conn))
}

/// Whether the database has every migration of this build. Newer ones do no harm.
pub async fn is_current(db: &Db) -> Result<bool> {
    use diesel::QueryDsl;
    use diesel::migration::MigrationSource;

    diesel::table! {
        __diesel_schema_migrations (version) {
            version -> Text,
        }
    }
    let applied: Vec<String> = __diesel_schema_migrations::table
        .select(__diesel_schema_migrations::version)
        .load(&mut *db.conn().await?)
        .await?;
    let known = MigrationSource::<diesel::pg::Pg>::migrations(&MIGRATIONS).map_err(failed)?;
    Ok(known.iter().all(|migration| applied.contains(&migration.name().version().to_string())))
}
