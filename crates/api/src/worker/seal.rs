//! Seals what has been written into the audit trail, and notes outside the database where its chains end.

use db::audit::chain;

use crate::app::App;
use crate::audit::heads::Heads;
use crate::audit::seal;

/// How many chains are looked at in one go.
const CHAINS: i64 = 1000;

/// Seals everything that waits.
pub async fn round(app: &App) -> anyhow::Result<()> {
    let pending = chain::list_pending(&mut *app.db.conn().await?, CHAINS).await?;
    let mut grown = Vec::new();
    for chain in pending {
        let mut head = None;
        while let Some((sealed @ 1.., at)) = seal::next(app, chain).await? {
            tracing::debug!(chain = %chain.0, sealed, "sealed");
            head = Some(at);
        }
        grown.extend(head);
    }
    if !grown.is_empty() {
        let mut heads = Heads::load(&app.config.data_dir)?.unwrap_or_default();
        let conn = &mut *app.db.conn().await?;
        for head in &grown {
            heads.advance(conn, head).await?;
        }
        heads.store(&app.config.data_dir)?;
    }
    Ok(())
}
