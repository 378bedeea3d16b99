//! The demonstration as it lies in the database.

use api::demo::{self, Loaded};
use db::Db;
use diesel_async::SimpleAsyncConnection;

use crate::support::app::TestApp;

/// Every number that is kept of an announcement beside what it counts, where they differ.
const MISCOUNTED: &str = "select a.title as text from announcements a \
    join announcement_counts n on n.community_id = a.community_id and n.announcement_id = a.id \
    left join lateral (select count(*) as recipients, count(read_at) as read, \
            count(*) filter (where read_at - a.published_at <= interval '48 hours') as read_in_time, \
            count(acknowledged_at) as acknowledged, \
            count(*) filter (where acknowledged_at - a.published_at <= interval '24 hours') as acknowledged_in_time \
        from announcement_recipients r where r.community_id = a.community_id and r.announcement_id = a.id) r on true \
    where (n.recipients, n.read, n.read_in_time, n.acknowledged, n.acknowledged_in_time) \
            <> (r.recipients, r.read, r.read_in_time, r.acknowledged, r.acknowledged_in_time) \
        or n.comments <> (select count(*) from comments c where c.announcement_id = a.id and c.removed_at is null) \
        or n.attachments <> (select count(*) from attachments f where f.announcement_id = a.id)";

#[actix_web::test]
async fn what_is_counted_of_the_demonstrations_announcements_agrees_with_who_has_read_them() {
    let app = TestApp::start().await;
    // It brings a community of this name.
    app.conn().await.batch_execute("update communities set slug = 'elsewhere'").await.unwrap();
    let (files, vault) = (&app.shared.files, &app.shared.vault);
    let database = Db::new(&app.shared.config.database_url, 1).unwrap();
    let load = async || demo::load(&database, files, vault, "hash", app.now()).await.unwrap();
    assert!(matches!(load().await, Loaded::Now { communities: 2, .. }));
    assert_eq!(app.query(MISCOUNTED).await, Vec::<String>::new());
    let receipts = app.count("announcement_recipients").await;
    assert!(receipts > 10_000, "{receipts}");
    let mail = "select count(*)::text as text from deliveries";
    assert_eq!(app.query(mail).await, ["0"], "no mail goes out for what is past");
    assert_eq!(load().await, Loaded::AlreadyThere);
    assert_eq!(app.count("announcement_recipients").await, receipts);
}
