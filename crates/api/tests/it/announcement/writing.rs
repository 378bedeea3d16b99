//! Drafts, publishing, changing what is out, and what time does.

use chrono::TimeDelta;
use contract::announcement::{
    ACT, ActOnAnnouncement, AnnouncementQuery, CATEGORIES, CREATE, CREATE_CATEGORY, DELETE, MarkdownText,
    NewAnnouncement, NewAnnouncementCategory, PREVIEW, UPDATE, UPDATE_CATEGORY, UpdateAnnouncement,
    UpdateAnnouncementCategory, VERSIONS, VersionQuery,
};
use domain::announcement::AnnouncementAction::{Archive, Publish, Schedule, Unschedule};
use domain::announcement::AnnouncementStatus::{Archived, Draft, Published, Scheduled};
use domain::announcement::AnnouncementView;
use domain::audience::MemberFilter;
use domain::category::Hue;
use domain::id::{AnnouncementCategoryId, ZoneId};
use domain::role::Role;

use super::{People, current, seen_in, titles};
use crate::support::announced::{category, news};
use crate::support::app::TestApp;
use crate::support::photo;

#[actix_web::test]
async fn a_draft_is_seen_by_those_who_publish_and_by_nobody_else() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let news = news(category(&app, &app.place, "News").await, "Water off");
    let draft = carl.draft(&news).await;
    assert_eq!(draft.summary.status, Draft);
    assert_eq!(draft.body_html.trim(), "<p>The mains are being <strong>replaced</strong>.</p>");
    assert_eq!(draft.allowed_actions, [Schedule, Publish]);
    let id = draft.summary.id;
    assert_eq!(ann.looks_at(id).await.refusal(), "404 not_found");
    assert_eq!(ann.reads(id, false).await.refusal(), "404 not_found");
    assert!(current(&ann).await.is_empty());
    let prepared = seen_in(AnnouncementView::Prepared);
    assert_eq!(titles(&carl, &prepared).await, ["Water off"]);
    let refused = ann.find(&contract::announcement::LIST, &[&ann.slug()], &prepared).await.refusal();
    assert_eq!(refused, "422 invalid: view for_staff");
    // Another community's committee knows nothing of it.
    let elm = app.elsewhere("elm-court").await;
    let stranger = app.member_of(&elm, "sam", &[Role::Committee]).await;
    assert_eq!(stranger.looks_at(id).await.refusal(), "404 not_found");
    assert_eq!(stranger.speaking_of(&app.place.slug).looks_at(id).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn a_bad_announcement_is_told_every_fault_at_once() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let elm = app.elsewhere("elm-court").await;
    let bad = NewAnnouncement {
        audience: MemberFilter {
            zone_ids: vec![elm.north],
            unit_ids: vec![elm.flat_1],
            ..MemberFilter::default()
        },
        valid_until: Some(app.now() - TimeDelta::hours(1)),
        ..news(AnnouncementCategoryId(elm.id.0), "Water off")
    };
    let refused = carl.call(&CREATE, &[&carl.slug()], &bad).await.refusal();
    assert_eq!(
        refused,
        "422 invalid: #/audience/zone_ids unknown, #/audience/unit_ids unknown, #/category_id unknown, \
         #/valid_until ends_first"
    );
    let empty = NewAnnouncement { title: " ".into(), body: String::new(), ..bad };
    let refused = carl.call(&CREATE, &[&carl.slug()], &empty).await.refusal();
    assert_eq!(refused, "422 invalid: #/body required, #/title required");
    assert_eq!(app.count("announcements").await, 0);
}

#[actix_web::test]
async fn what_is_scheduled_publishes_itself_when_its_time_has_come_and_ends_by_itself() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let until = app.now() + TimeDelta::days(2);
    let new = NewAnnouncement {
        valid_until: Some(until),
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let id = carl.draft(&new).await.summary.id;
    let schedule = async |carl: &crate::support::caller::Caller, at| {
        let act = ActOnAnnouncement { action: Schedule, publish_at: at };
        carl.call(&ACT, &[&carl.slug(), &id], &act).await
    };
    assert_eq!(schedule(&carl, None).await.refusal(), "422 invalid: #/publish_at required");
    let past = Some(app.now() - TimeDelta::seconds(1));
    assert_eq!(schedule(&carl, past).await.refusal(), "422 invalid: #/publish_at in_the_past");
    assert_eq!(schedule(&carl, Some(until)).await.refusal(), "422 invalid: #/valid_until ends_first");
    let at = app.now() + TimeDelta::hours(1);
    assert_eq!(schedule(&carl, Some(at)).await.ok().summary.status, Scheduled);
    assert_eq!(carl.acts_on(id, Unschedule).await.ok().summary.publish_at, None);
    assert_eq!(schedule(&carl, Some(at)).await.ok().summary.publish_at, Some(at));

    app.advance(TimeDelta::minutes(59));
    app.run_outbox().await;
    assert_eq!(ann_sees(&app, &ann).await, [] as [&str; 0]);
    app.advance(TimeDelta::minutes(1));
    app.run_outbox().await;
    assert_eq!(ann_sees(&app, &ann).await, ["Water off"]);
    let shown = app.again(&ann).await.looks_at(id).await.ok();
    assert_eq!((shown.summary.status, shown.summary.published_at), (Published, Some(at)));

    app.advance(TimeDelta::days(2));
    app.run_outbox().await;
    assert_eq!(ann_sees(&app, &ann).await, [] as [&str; 0]);
    let ann = app.again(&ann).await;
    assert_eq!(titles(&ann, &seen_in(AnnouncementView::Archive)).await, ["Water off"]);
    assert_eq!(ann.looks_at(id).await.ok().summary.status, Archived);
}

#[actix_web::test]
async fn what_would_be_over_before_it_began_is_told_to_nobody() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let until = app.now() + TimeDelta::hours(2);
    let new = NewAnnouncement {
        valid_until: Some(until),
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let id = carl.draft(&new).await.summary.id;
    let act = ActOnAnnouncement { action: Schedule, publish_at: Some(app.now() + TimeDelta::hours(1)) };
    carl.call(&ACT, &[&carl.slug(), &id], &act).await.ok();
    // Nobody worked for three hours.
    app.advance(TimeDelta::hours(3));
    app.run_outbox().await;
    let carl = app.again(&carl).await;
    assert_eq!(carl.looks_at(id).await.ok().summary.status, Draft);
    assert_eq!(ann_sees(&app, &ann).await, [] as [&str; 0]);
    assert_eq!(app.count("notifications").await, 0);
}

#[actix_web::test]
async fn a_text_that_nobody_could_show_is_refused() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let deep = NewAnnouncement {
        body: ">".repeat(19_000),
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let refused = carl.call(&CREATE, &[&carl.slug()], &deep).await.refusal();
    assert_eq!(refused, "422 invalid: #/body too_intricate");
    let refused = carl.call(&PREVIEW, &[&carl.slug()], &MarkdownText { text: deep.body }).await.refusal();
    assert_eq!(refused, "422 invalid: #/text too_intricate");
}

async fn ann_sees(app: &TestApp, ann: &crate::support::caller::Caller) -> Vec<String> {
    current(&app.again(ann).await).await
}

#[actix_web::test]
async fn each_state_lets_happen_what_its_table_says_and_nothing_else() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let category = category(&app, &app.place, "News").await;
    let id = carl.announce(&news(category, "Water off")).await.summary.id;
    for action in [Publish, Schedule, Unschedule] {
        assert_eq!(carl.acts_on(id, action).await.refusal(), "409 wrong_state", "{action}");
    }
    let version = carl.looks_at(id).await.ok().summary.version;
    let delete = carl.change(&DELETE, &[&carl.slug(), &id], version, &()).await;
    assert_eq!(delete.refusal(), "409 wrong_state", "members have been told of it");
    let archived = carl.acts_on(id, Archive).await.ok();
    assert!(archived.allowed_actions.is_empty() && !archived.may_edit && !archived.may_comment);
    let change = UpdateAnnouncement { title: Some("Another".into()), ..UpdateAnnouncement::default() };
    let refused = carl.change(&UPDATE, &[&carl.slug(), &id], archived.summary.version, &change).await;
    assert_eq!(refused.refusal(), "409 wrong_state");
    let draft = carl.draft(&news(category, "Never mind")).await.summary;
    carl.change(&DELETE, &[&carl.slug(), &draft.id], draft.version, &()).await.ok();
    assert_eq!(carl.looks_at(draft.id).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn what_is_out_shows_that_it_was_changed_and_what_it_said_before() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let draft = carl.draft(&news(category(&app, &app.place, "News").await, "Water off")).await;
    let id = draft.summary.id;
    let change =
        |title: &str| UpdateAnnouncement { title: Some(title.into()), ..UpdateAnnouncement::default() };
    let update = async |seen: i32, change: UpdateAnnouncement| {
        carl.change(&UPDATE, &[&carl.slug(), &id], seen, &change).await
    };
    let draft = update(draft.summary.version, change("Water off on Friday")).await.ok();
    assert_eq!(
        (draft.summary.edited_at, draft.earlier_versions),
        (None, 0),
        "a draft may change as it likes"
    );
    let out = carl.acts_on(id, Publish).await.ok();
    let stale = update(draft.summary.version, change("Lost")).await;
    assert_eq!(stale.refusal(), "412 precondition_failed");
    let edited = update(out.summary.version, change("Water off on Thursday")).await.ok();
    assert_eq!((edited.summary.edited_at, edited.earlier_versions), (Some(app.now()), 1));
    // What nobody reads does not count as a change of it.
    let pinned = UpdateAnnouncement { pinned: Some(true), ..UpdateAnnouncement::default() };
    let pinned = update(edited.summary.version, pinned).await.ok();
    assert_eq!(pinned.earlier_versions, 1);
    let before = ann.find(&VERSIONS, &[&ann.slug(), &id], &VersionQuery::default()).await.ok().data;
    let before: Vec<_> = before.iter().map(|it| (it.title.as_str(), it.until)).collect();
    assert_eq!(before, [("Water off on Friday", app.now())]);

    let settled = UpdateAnnouncement {
        audience: Some(MemberFilter { zone_ids: vec![app.place.north], ..MemberFilter::default() }),
        urgent: Some(true),
        acknowledgement: Some(true),
        ..UpdateAnnouncement::default()
    };
    assert_eq!(
        update(pinned.summary.version, settled).await.refusal(),
        "422 invalid: #/audience settled, #/urgent settled, #/acknowledgement settled"
    );
    let seen = carl.call(&UPDATE, &[&carl.slug(), &id], &change("Blind")).await;
    assert_eq!(seen.refusal(), "428 precondition_required");
}

#[actix_web::test]
async fn files_belong_to_the_announcement_that_names_them_and_leave_with_it() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let [first, second] =
        [carl.upload(photo::jpeg(8, 8)).await.ok().id, carl.upload(photo::jpeg(9, 9)).await.ok().id];
    let theirs = ann.upload(photo::jpeg(8, 8)).await.ok().id;
    let new = NewAnnouncement {
        attachment_ids: vec![first],
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let stolen = NewAnnouncement { attachment_ids: vec![theirs], ..new.clone() };
    let refused = carl.call(&CREATE, &[&carl.slug()], &stolen).await.refusal();
    assert_eq!(refused, "422 invalid: #/attachment_ids not_yours");
    let draft = carl.draft(&new).await;
    let id = draft.summary.id;
    assert_eq!((draft.files.len(), draft.summary.attachments), (1, 1));
    let twice = carl.call(&CREATE, &[&carl.slug()], &new).await.refusal();
    assert_eq!(twice, "422 invalid: #/attachment_ids not_yours", "a file belongs to whoever names it first");
    let both =
        UpdateAnnouncement { attachment_ids: Some(vec![first, second]), ..UpdateAnnouncement::default() };
    let both = carl.change(&UPDATE, &[&carl.slug(), &id], draft.summary.version, &both).await.ok();
    assert_eq!((both.files.len(), both.summary.attachments), (2, 2));
    let one = UpdateAnnouncement { attachment_ids: Some(vec![second]), ..UpdateAnnouncement::default() };
    let one = carl.change(&UPDATE, &[&carl.slug(), &id], both.summary.version, &one).await.ok();
    assert_eq!(one.files.iter().map(|file| file.id).collect::<Vec<_>>(), [second]);
    assert_eq!(one.summary.attachments, 1);
    // Named files outlive the sweep of those that nobody named, even while nobody has published them.
    app.advance(TimeDelta::days(3));
    app.run_outbox().await;
    let carl = app.again(&carl).await;
    let shown = carl.looks_at(id).await.ok();
    assert_eq!(shown.files.len(), 1);
    let picture = carl.send_raw("GET", &shown.files[0].url, "", "").await;
    assert_eq!(picture.status, 200);
    carl.change(&DELETE, &[&carl.slug(), &id], shown.summary.version, &()).await.ok();
    app.advance(TimeDelta::days(1));
    app.run_outbox().await;
    assert_eq!(app.count("attachments").await, 0);
}

#[actix_web::test]
async fn a_preview_shows_what_readers_will_see_and_nothing_that_runs() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let text = "# Water\n\n<script>alert(1)</script> [plan](javascript:alert(1)) **off**".to_owned();
    let shown = carl.call(&PREVIEW, &[&carl.slug()], &MarkdownText { text }).await.ok().html;
    insta::assert_snapshot!(shown.trim(), @r#"
    <h3>Water</h3>
    <p>&lt;script&gt;alert(1)&lt;/script&gt; [plan](javascript:alert(1)) **off**</p>
    "#);
}

#[actix_web::test]
async fn categories_have_names_of_their_own_and_what_is_archived_takes_nothing_new() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let new = NewAnnouncementCategory {
        name: "Safety".into(),
        color: Hue::Red,
        icon: "shield-alert".into(),
        urgent: true,
    };
    let safety = carl.call(&CREATE_CATEGORY, &[&carl.slug()], &new).await.ok();
    let same = NewAnnouncementCategory { name: "SAFETY".into(), ..new.clone() };
    assert_eq!(carl.call(&CREATE_CATEGORY, &[&carl.slug()], &same).await.refusal(), "409 duplicate");
    let odd = NewAnnouncementCategory { name: "Odd".into(), icon: "unicorn".into(), ..new };
    assert_eq!(
        carl.call(&CREATE_CATEGORY, &[&carl.slug()], &odd).await.refusal(),
        "422 invalid: #/icon unknown"
    );
    assert!(carl.draft(&news(safety.id, "Burglars")).await.summary.urgent, "as its category");
    let archive =
        UpdateAnnouncementCategory { archived: Some(true), ..UpdateAnnouncementCategory::default() };
    carl.change(&UPDATE_CATEGORY, &[&carl.slug(), &safety.id], 1, &archive).await.ok();
    let refused = carl.call(&CREATE, &[&carl.slug()], &news(safety.id, "More burglars")).await.refusal();
    assert_eq!(refused, "422 invalid: #/category_id archived");
    let names = async |who: &crate::support::caller::Caller| {
        let page = who.call(&CATEGORIES, &[&who.slug()], &()).await.ok();
        page.data.into_iter().map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!((names(&carl).await, names(&ann).await), (vec!["Safety".to_owned()], Vec::new()));
}

#[actix_web::test]
async fn lists_are_filtered_searched_and_paged_with_what_is_pinned_first() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let [news_id, works] =
        [category(&app, &app.place, "News").await, category(&app, &app.place, "Works").await];
    let mut ids = Vec::new();
    for (at, (category, title)) in [
        (news_id, "Summer party"),
        (works, "Lift out of order"),
        (news_id, "Müll am Montag"),
        (works, "Wasser"),
    ]
    .into_iter()
    .enumerate()
    {
        let new = NewAnnouncement { pinned: at == 0, urgent: Some(at == 1), ..news(category, title) };
        ids.push(carl.announce(&new).await.summary.id);
        app.advance(TimeDelta::minutes(1));
    }
    let all = ["Summer party", "Wasser", "Müll am Montag", "Lift out of order"];
    assert_eq!(current(&ann).await, all);
    ann.reads(ids[3], false).await.ok();
    for (query, expected) in [
        (
            AnnouncementQuery { category_id: Some(works), ..AnnouncementQuery::default() },
            vec!["Wasser", "Lift out of order"],
        ),
        (AnnouncementQuery { urgent: Some(true), ..AnnouncementQuery::default() }, vec!["Lift out of order"]),
        (AnnouncementQuery { read: Some(true), ..AnnouncementQuery::default() }, vec!["Wasser"]),
        (
            AnnouncementQuery { read: Some(false), ..AnnouncementQuery::default() },
            vec![all[0], all[2], all[3]],
        ),
        (
            AnnouncementQuery { q: Some("mull".into()), ..AnnouncementQuery::default() },
            vec!["Müll am Montag"],
        ),
        (AnnouncementQuery { q: Some("mains wass".into()), ..AnnouncementQuery::default() }, vec!["Wasser"]),
        (AnnouncementQuery { q: Some("nowhere".into()), ..AnnouncementQuery::default() }, vec![]),
    ] {
        assert_eq!(titles(&ann, &query).await, expected, "{query:?}");
    }
    let (mut cursor, mut paged) = (None, Vec::new());
    loop {
        let query = AnnouncementQuery { cursor, limit: Some(1), ..AnnouncementQuery::default() };
        let page = ann.find(&contract::announcement::LIST, &[&ann.slug()], &query).await.ok();
        paged.extend(page.data.into_iter().map(|one| one.title));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, all, "nothing twice, nothing left out");
    let bad = AnnouncementQuery { cursor: Some("bm9wZQ".into()), ..AnnouncementQuery::default() };
    let refused = ann.find(&contract::announcement::LIST, &[&ann.slug()], &bad).await.refusal();
    assert_eq!(refused, "422 invalid: cursor bad_cursor");
}

/// An audience that names what is gone finds nobody, and never everybody.
#[actix_web::test]
async fn a_zone_that_is_unknown_takes_nobody_in() {
    let app = TestApp::start().await;
    let People { ann, .. } = People::of(&app).await;
    let gone = MemberFilter { zone_ids: vec![ZoneId(uuid::Uuid::now_v7())], ..MemberFilter::default() };
    let day = app.now().date_naive();
    let found = app
        .with_conn(async |conn| {
            let member = ann.person().member_id;
            db::audience::find(conn, app.place.id, &gone, day, member).await.unwrap()
        })
        .await;
    assert_eq!(found, None);
}
