//! `GET …/audit-events/export`: the trail as a table for a spreadsheet, streamed.

use actix_web::http::header::{CONTENT_DISPOSITION, ContentType};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, get};
use contract::audit::{AuditExportQuery, EXPORT_MAX};
use db::audit::Row;
use db::audit::chain::Chain;
use db::audit::list::{self, Filter};
use db::page::Keyset;
use domain::audit::AuditAction;
use domain::role::Permission;
use futures_util::stream;
use serde_json::{Value, json};

use super::handlers::language;
use super::names::Names;
use super::{Entry, record};
use crate::app::App;
use crate::http::caller::CurrentActor;
use crate::http::error::{Error, Fault, Result};
use crate::http::input::Query;

/// How many rows are read at a time.
const BATCH: i64 = 1000;

const HEADER: &str = "id,timestamp,type,actor_role,actor_email,entity_kind,entity_id,message,meta_json\r\n";

/// Export audit events
///
/// The same as the list, as CSV, at most 100,000 events; more are refused: choose a shorter period. Roles and addresses are
/// those of today; addresses are there for those who may see contacts. Text that a spreadsheet would take for a formula begins with an
/// apostrophe. The export itself is audited.
#[utoipa::path(tag = "audit",
    params(("community" = String, Path, description = "Slug or id"), AuditExportQuery),
    responses((status = OK, content_type = "text/csv", body = String, description = "The events, newest first")))]
#[get("/communities/{community}/audit-events/export")]
pub async fn export_audit_events(
    app: Data<App>,
    actor: CurrentActor,
    request: HttpRequest,
    query: Query<AuditExportQuery>,
) -> Result<HttpResponse> {
    let AuditExportQuery { actor: by, action, entity_kind, entity_id, from, to, q } = query.0;
    let filter = Filter { actor: by, action, entity_kind, entity_id, from, to, q };
    let chain = Chain::of(actor.community_id());
    let now = app.now();
    app.db
        .transaction(async |tx| -> Result<()> {
            if list::is_more_than(tx, chain, &filter, EXPORT_MAX).await? {
                let fault = Fault::parameter("from", "too_many_rows").with("max", EXPORT_MAX);
                return Err(Error::invalid(vec![fault]));
            }
            let entry = Entry::new(AuditAction::AuditExported, actor.community_id().0).asked_by(&request);
            let asked = json!({ "from": filter.from, "to": filter.to, "entity_kind": filter.entity_kind,
                "entity_id": filter.entity_id, "actor": filter.actor });
            Ok(record(tx, entry.meta(asked), now).await?)
        })
        .await?;
    let name = format!("audit-{}-{}.csv", actor.community.slug, now.format("%Y-%m-%d"));
    let export = Export {
        with_contacts: actor.can(Permission::MembersViewContact),
        language: language(&app, &request),
        app: app.get_ref().clone(),
        chain,
        filter,
        at: Place::Beginning,
        left: EXPORT_MAX,
    };
    Ok(HttpResponse::Ok()
        .content_type(ContentType(mime()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(stream::try_unfold(export, Export::next)))
}

fn mime() -> actix_web::mime::Mime {
    actix_web::mime::TEXT_CSV_UTF_8
}

/// An export on its way: one batch in memory at a time.
struct Export {
    app: App,
    chain: Chain,
    filter: Filter,
    with_contacts: bool,
    language: &'static str,
    at: Place,
    /// What was counted may have grown meanwhile.
    left: i64,
}

enum Place {
    Beginning,
    After(Keyset),
    End,
}

impl Export {
    async fn next(mut self) -> Result<Option<(Bytes, Self)>> {
        let (mut text, after) = match self.at {
            Place::Beginning => (HEADER.to_owned(), None),
            Place::After(key) => (String::new(), Some(key)),
            Place::End => return Ok(None),
        };
        let conn = &mut *self.app.db.conn().await?;
        let limit = BATCH.min(self.left);
        let rows = list::list(conn, self.chain, &self.filter, after, limit).await?;
        let names = Names::of(conn, self.chain, &rows).await?;
        for row in &rows {
            text.push_str(&self.line(&names, row));
        }
        self.left -= limit;
        self.at = match rows.last() {
            Some(last) if self.left > 0 && rows.len() as i64 == limit => {
                Place::After(Keyset { created_at: last.at, id: last.id })
            }
            _ => Place::End,
        };
        Ok(Some((text.into(), self)))
    }

    fn line(&self, names: &Names, row: &Row) -> String {
        let actor = names.actor(row);
        let roles = actor.map(|named| names.roles(named)).unwrap_or_default();
        let roles: Vec<&str> = roles.iter().map(|role| role.as_str()).collect();
        let email = actor.filter(|_| self.with_contacts).and_then(|named| named.email.clone());
        let cells = [
            row.id.to_string(),
            row.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true),
            row.action.clone(),
            roles.join(" "),
            email.unwrap_or_default(),
            row.entity_kind.clone(),
            row.entity_id.map(|id| id.to_string()).unwrap_or_default(),
            names.sentence(&self.app.messages, self.language, row),
            meta(row).to_string(),
        ];
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        format!("{}\r\n", cells.join(","))
    }
}

/// Everything that has no column of its own.
fn meta(row: &Row) -> Value {
    let mut meta = row.meta.clone();
    if let Value::Object(facts) = &mut meta {
        for (name, value) in [("from", &row.from_value), ("to", &row.to_value)] {
            if let Some(value) = value {
                facts.insert(name.to_owned(), value.clone());
            }
        }
    }
    meta
}

/// One cell (RFC 4180), which no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    match text.contains([',', '"', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_every_cell_is_one_cell() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("+351"), "'+351");
        assert_eq!(cell("-1"), "'-1");
        assert_eq!(cell("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(cell("\t=1"), "'\t=1");
        assert_eq!(cell("\r=1"), "\"'\r=1\"");
        assert_eq!(cell("a,\"b\""), "\"a,\"\"b\"\"\"");
    }
}
