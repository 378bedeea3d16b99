//! Communities that are open to people without an account, and what these people report there.

use contract::public::{NewReport, REPORT, ReportReceipt};
use domain::community::Settings;
use domain::id::CategoryId;
use domain::question::Answers;

use super::app::TestApp;

/// Public pages, and reports by anybody.
pub fn open() -> Settings {
    Settings { public_pages: true, anonymous_reports: true, ..Settings::default() }
}

/// In this community, strangers may report in every category, and what is reported is public.
pub async fn let_in(app: &TestApp, slug: &str) {
    app.query(&format!(
        "with it as (update categories set anonymous_allowed = true, default_visibility = 'public' \
         where community_id = (select id from communities where slug = '{slug}') returning 1) select '' as text from it"
    ))
    .await;
}

pub fn pothole(category_id: CategoryId) -> NewReport {
    NewReport {
        title: "Pothole at the bakery".into(),
        description: "As deep as a hand.".into(),
        category_id,
        urgency: None,
        at: Some(super::given::Place::NORTHERN),
        address_hint: "Opposite the bakery".into(),
        answers: Answers::new(),
    }
}

/// A report that somebody is at, and that anybody can see.
pub async fn seen_report(app: &TestApp, slug: &str) -> ReportReceipt {
    let_in(app, slug).await;
    // All who report in these tests do so from one address.
    app.query("with it as (delete from throttles returning 1) select '' as text from it").await;
    let category = format!(
        "select id::text as text from categories where community_id = (select id from communities where slug = '{slug}') \
         order by position limit 1"
    );
    let category = app.query(&category).await[0].parse().unwrap();
    let receipt = app.anonymous().call(&REPORT, &[&slug], &pothole(category)).await.ok();
    app.query(&format!(
        "with it as (update service_requests set status = 'on_hold', held_from = 'triaged', hold_reason = 'waiting_parts' \
         where number = '{}' and community_id = (select id from communities where slug = '{slug}') returning 1) \
         select '' as text from it",
        receipt.number
    ))
    .await;
    receipt
}
