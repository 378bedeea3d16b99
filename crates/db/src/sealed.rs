//! Walking over sealed columns, to seal them anew. A key is the platform's, so this goes over all communities.
//!
//! Tables and columns are named by the caller's own constants, never by anybody's input.

use diesel::prelude::*;
use diesel::sql_types::{Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::{Conn, Result};

#[derive(Debug, QueryableByName)]
pub struct Sealed {
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub sealed: String,
}

/// So many values of a column after an id.
pub async fn batch(
    conn: &mut Conn,
    table: &str,
    column: &str,
    after: Uuid,
    limit: i64,
) -> Result<Vec<Sealed>> {
    let sql = format!(
        "select id, {column} as sealed from {table} where {column} is not null and id > $1 order by id limit $2"
    );
    Ok(diesel::sql_query(sql)
        .bind::<SqlUuid, _>(after)
        .bind::<diesel::sql_types::BigInt, _>(limit)
        .load(conn)
        .await?)
}

/// Puts a value in the place of another; false where somebody has changed it meanwhile.
pub async fn replace(conn: &mut Conn, table: &str, column: &str, old: &Sealed, new: &str) -> Result<bool> {
    let sql = format!("update {table} set {column} = $1 where id = $2 and {column} = $3");
    let changed = diesel::sql_query(sql)
        .bind::<Text, _>(new)
        .bind::<SqlUuid, _>(old.id)
        .bind::<Text, _>(&old.sealed)
        .execute(conn)
        .await?;
    Ok(changed == 1)
}

#[derive(QueryableByName)]
struct Name {
    #[diesel(sql_type = Text)]
    name: String,
}

/// The names of the keys that sealed something in a column: they stand before the first dot.
pub async fn keys_used(conn: &mut Conn, table: &str, column: &str) -> Result<Vec<String>> {
    let sql = format!(
        "select distinct split_part({column}, '.', 1) as name from {table} where {column} is not null order by 1"
    );
    let names: Vec<Name> = diesel::sql_query(sql).load(conn).await?;
    Ok(names.into_iter().map(|row| row.name).collect())
}

/// The names of the keys whose seals the audit trail holds.
pub async fn keys_of_seals(conn: &mut Conn) -> Result<Vec<String>> {
    let sql = "select distinct key_id as name from audit_seals order by 1";
    let names: Vec<Name> = diesel::sql_query(sql).load(conn).await?;
    Ok(names.into_iter().map(|row| row.name).collect())
}
