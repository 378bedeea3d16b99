//! Reading, confirming, talking; and what is counted of it.

use chrono::TimeDelta;
use contract::announcement::{
    AnnouncementFigures, AnnouncementQuery, COMMENT, COMMENTS, COMMUNICATION, ChangeAnnouncementComment,
    CommunicationQuery, FIGURES, NewAnnouncement, NewAnnouncementComment, OPEN_MAILED, RECIPIENTS,
    REMOVE_COMMENT, Reach, Receipt, RecipientQuery, UNREAD, UPDATE, UPDATE_COMMENT, UpdateAnnouncement,
};
use contract::comment::CommentQuery;
use contract::notification;
use domain::announcement::AnnouncementAction::Archive;
use domain::announcement::{ReadBy, ReceiptState};
use domain::audience::{AudienceTie, MemberFilter};
use domain::community::{MemberStatus, OccupancyKind};
use domain::id::AnnouncementId;
use domain::role::Role;
use futures_util::future::join_all;

use super::{People, current};
use crate::support::announced::{category, news};
use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::given;
use crate::support::listening::Listening;

async fn figures(who: &Caller, id: AnnouncementId) -> AnnouncementFigures {
    who.call(&FIGURES, &[&who.slug(), &id], &()).await.ok()
}

/// Recipients, read, confirmed.
fn brief(reach: Reach) -> (i64, i64, i64) {
    (reach.recipients, reach.read, reach.acknowledged)
}

async fn waiting(who: &Caller) -> (i64, i64) {
    let waiting = who.call(&UNREAD, &[&who.slug()], &()).await.ok();
    (waiting.unread, waiting.unacknowledged)
}

/// Opening the list is not reading: an older system counted it so.
#[actix_web::test]
async fn being_in_a_list_or_shown_is_not_being_read() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let new = NewAnnouncement {
        acknowledgement: true,
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    current(&ann).await;
    let shown = ann.looks_at(id).await.ok().summary;
    assert_eq!((shown.read_at, shown.reach), (None, None), "figures are for those who publish");
    assert_eq!((waiting(&ann).await, brief(figures(&carl, id).await.reach)), ((1, 1), (3, 0, 0)));

    let read = ann.reads(id, false).await.ok().summary;
    assert_eq!((read.read_at, read.acknowledged_at), (Some(app.now()), None));
    assert_eq!((waiting(&ann).await, brief(figures(&carl, id).await.reach)), ((0, 1), (3, 1, 0)));
    let first = app.now();
    app.advance(TimeDelta::minutes(5));
    let confirmed = ann.reads(id, true).await.ok().summary;
    assert_eq!((confirmed.read_at, confirmed.acknowledged_at), (Some(first), Some(app.now())));
    app.advance(TimeDelta::minutes(1));
    let again = ann.reads(id, true).await.ok().summary;
    assert_eq!(again.acknowledged_at, confirmed.acknowledged_at, "each is noted once");
    assert_eq!((waiting(&ann).await, brief(figures(&carl, id).await.reach)), ((0, 0), (3, 1, 1)));
    // What one has been told of it has been read with it.
    let told =
        ann.find(&notification::LIST, &[], &notification::NotificationQuery::default()).await.ok().data;
    assert_eq!(
        told.iter().map(|one| (one.event.as_str(), one.read)).collect::<Vec<_>>(),
        [("announcement.publish", true)]
    );
    assert_eq!(told[0].subject_title.as_deref(), Some("Water off"));
}

#[actix_web::test]
async fn whoever_wrote_it_and_whom_it_is_not_for_leave_no_trace() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, .. } = People::of(&app).await;
    let north = MemberFilter { zone_ids: vec![app.place.north], ..MemberFilter::default() };
    let new =
        NewAnnouncement { audience: north, ..news(category(&app, &app.place, "News").await, "Water off") };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    let mara = app.member("mara", &[Role::Manager]).await;
    carl.reads(id, false).await.ok();
    assert_eq!(mara.reads(id, false).await.ok().summary.read_at, None);
    assert_eq!(bob.reads(id, false).await.refusal(), "404 not_found");
    assert_eq!(brief(figures(&carl, id).await.reach), (1, 0, 0));
    ann.reads(id, false).await.ok();
    assert_eq!(brief(figures(&carl, id).await.reach), (1, 1, 0));
    assert_eq!(ann.reads(id, true).await.refusal(), "422 invalid: #/acknowledged not_asked");
}

#[actix_web::test]
async fn who_comes_later_reads_what_is_for_them_and_counts_from_then_on() {
    let app = TestApp::start().await;
    let People { carl, .. } = People::of(&app).await;
    let owners = MemberFilter { ties: vec![AudienceTie::Owner], ..MemberFilter::default() };
    let new =
        NewAnnouncement { audience: owners, ..news(category(&app, &app.place, "News").await, "Levies") };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    assert_eq!(brief(figures(&carl, id).await.reach), (0, 0, 0));
    assert_eq!(figures(&carl, id).await.read_percent, None);
    let lena = app.resident("lena").await;
    assert_eq!(lena.looks_at(id).await.refusal(), "404 not_found");
    app.with_conn(async |conn| {
        let member = lena.person().member_id;
        given::occupancy(conn, &app.place, member, app.place.flat_2, OccupancyKind::Owner, false).await;
    })
    .await;
    assert_eq!((current(&lena).await, waiting(&lena).await), (vec!["Levies".to_owned()], (1, 0)));
    lena.reads(id, false).await.ok();
    assert_eq!(brief(figures(&carl, id).await.reach), (1, 1, 0));
}

#[actix_web::test]
async fn figures_tell_when_it_was_read_where_its_readers_live_and_who_has_not() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, gus } = People::of(&app).await;
    let new = NewAnnouncement {
        acknowledgement: true,
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    app.advance(TimeDelta::minutes(90));
    app.again(&ann).await.reads(id, true).await.ok();
    app.advance(TimeDelta::hours(50));
    let [carl, bob] = [app.again(&carl).await, app.again(&bob).await];
    bob.reads(id, false).await.ok();
    let figures = figures(&carl, id).await;
    assert_eq!(
        (figures.reach, figures.read_percent, figures.acknowledged_percent),
        (
            Reach { recipients: 3, read: 2, read_in_time: 1, acknowledged: 1, acknowledged_in_time: 1 },
            Some(66),
            Some(33)
        )
    );
    assert_eq!((figures.read_target.percent, figures.read_target.hours), (90, 48));
    let at = |hours: i64| {
        let found = figures.over_time.iter().find(|it| it.hours == hours).unwrap();
        (found.read, found.acknowledged)
    };
    assert_eq!([at(0), at(1), at(2), at(48), at(72)], [(0, 0), (0, 0), (1, 1), (1, 1), (2, 1)]);
    let zones: Vec<_> =
        figures.by_zone.iter().map(|it| (it.name.as_deref(), it.recipients, it.read)).collect();
    assert_eq!(zones, [(Some("North"), 1, 1), (None, 2, 1)]);
    assert_eq!(figures.by_block.iter().map(|it| it.recipients).sum::<i64>(), 3);

    let names = async |query: RecipientQuery| {
        let page = carl.find(&RECIPIENTS, &[&carl.slug(), &id], &query).await.ok();
        page.data.into_iter().map(|one| one.display_name).collect::<Vec<_>>()
    };
    let in_state = |state| RecipientQuery { state: Some(state), ..RecipientQuery::default() };
    assert_eq!(names(RecipientQuery::default()).await, ["Ann", "Bob", "Gus"]);
    assert_eq!(names(in_state(ReceiptState::Unread)).await, ["Gus"]);
    assert_eq!(names(in_state(ReceiptState::Read)).await, ["Ann", "Bob"]);
    assert_eq!(names(in_state(ReceiptState::Unacknowledged)).await, ["Bob", "Gus"]);
    assert_eq!(names(in_state(ReceiptState::Acknowledged)).await, ["Ann"]);
    let there = RecipientQuery { zone_id: Some(app.place.north), ..RecipientQuery::default() };
    assert_eq!(names(there).await, ["Ann"]);

    let all = carl.find(&COMMUNICATION, &[&carl.slug()], &CommunicationQuery::default()).await.ok();
    assert_eq!(
        (all.published, all.read_in_time_percent, all.acknowledged_in_time_percent),
        (1, Some(33), Some(33))
    );
    let gus = app.again(&gus).await;
    assert_eq!(gus.call(&FIGURES, &[&gus.slug(), &id], &()).await.refusal(), "403 not_allowed");
}

#[actix_web::test]
async fn who_looks_at_the_figures_hears_of_each_reader_and_no_outsider_does() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, .. } = People::of(&app).await;
    let north = MemberFilter { zone_ids: vec![app.place.north], ..MemberFilter::default() };
    let new =
        NewAnnouncement { audience: north, ..news(category(&app, &app.place, "News").await, "Water off") };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    let mut listening = Vec::new();
    for who in [&carl, &ann, &bob] {
        listening.push(Listening::open(who, None).await);
        // How much they have not read comes first: from then on they hear.
        assert_eq!(listening.last_mut().unwrap().next().await.unwrap().1, "unread");
    }
    // Ann hears that something changed, not who has read it; Bob hears nothing of it at all.
    ann.reads(id, false).await.ok();
    let version = carl.looks_at(id).await.ok().summary.version;
    let pinned = UpdateAnnouncement { pinned: Some(true), ..UpdateAnnouncement::default() };
    carl.change(&UPDATE, &[&carl.slug(), &id], version, &pinned).await.ok();
    app.run_outbox().await;
    // Something that all of them hear of comes after it.
    let all = carl.announce(&news(category(&app, &app.place, "More").await, "For all")).await.summary;
    app.run_outbox().await;
    carl.change(&UPDATE, &[&carl.slug(), &all.id], all.version, &pinned).await.ok();
    app.run_outbox().await;
    for (at, expected) in [(0, vec![id, id, all.id]), (1, vec![id, all.id]), (2, vec![all.id])] {
        for one in expected {
            let told = listening[at].named("announcement").await;
            assert_eq!(told["id"], one.to_string(), "{at}");
        }
    }
}

#[actix_web::test]
async fn a_hundred_readers_at_once_are_counted_once_each() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, gus } = People::of(&app).await;
    let new = NewAnnouncement {
        acknowledgement: true,
        ..news(category(&app, &app.place, "News").await, "Water off")
    };
    let id = carl.announce(&new).await.summary.id;
    // While the readers come, everybody is being told.
    let everybody = [&ann, &bob, &gus];
    let devices: Vec<Caller> = (0..99).map(|at| everybody[at % 3].on_another_device()).collect();
    let reads = join_all(devices.iter().enumerate().map(|(at, who)| who.reads(id, at % 2 == 0)));
    let (answers, ()) = tokio::join!(reads, app.run_outbox());
    for answer in answers {
        answer.ok();
    }
    let (counted, rows) = counted(&app).await;
    assert_eq!(counted, rows, "what is counted is what is there");
    assert_eq!(brief(figures(&carl, id).await.reach), (3, 3, 3));
}

/// What is counted of all announcements, and what there is.
async fn counted(app: &TestApp) -> (Vec<String>, Vec<String>) {
    let counted = "select concat_ws(' ', announcement_id, recipients, read, acknowledged, comments, attachments) as text \
        from announcement_counts c order by announcement_id";
    let rows = "select concat_ws(' ', a.id, count(r.*), count(r.read_at), count(r.acknowledged_at), \
            (select count(*) from comments c where c.community_id = a.community_id and c.announcement_id = a.id \
                and c.removed_at is null), \
            (select count(*) from attachments f where f.community_id = a.community_id and f.announcement_id = a.id \
                and f.removed_at is null)) as text \
        from announcements a left join announcement_recipients r on r.community_id = a.community_id \
            and r.announcement_id = a.id group by a.id order by a.id";
    (app.query(counted).await, app.query(rows).await)
}

#[actix_web::test]
async fn the_link_in_a_mail_reads_it_for_its_reader_and_for_nobody_else() {
    let app = TestApp::start().await;
    let People { carl, ann, .. } = People::of(&app).await;
    let new = NewAnnouncement {
        urgent: Some(true),
        acknowledgement: true,
        ..news(category(&app, &app.place, "News").await, "Gas leak")
    };
    let id = carl.announce(&new).await.summary.id;
    app.run_outbox().await;
    let letter = app
        .letters()
        .into_iter()
        .find(|letter| letter.contains("To: Ann") || letter.contains("<ann@"))
        .unwrap();
    let text = letter.replace("=\r\n", "").replace("=3D", "=");
    let (_, rest) = text.split_once("/announcement/").unwrap();
    let link: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
    let anybody = app.anonymous();
    let open = async |link: &str, acknowledged| {
        anybody.call(&OPEN_MAILED, &[&link], &Receipt { acknowledged }).await
    };
    let shown = open(&link, false).await.ok();
    assert_eq!((shown.title.as_str(), shown.acknowledged_at), ("Gas leak", None));
    assert_eq!(open(&link, true).await.ok().acknowledged_at, Some(app.now()));
    assert_eq!(brief(figures(&carl, id).await.reach), (3, 1, 1));
    assert_eq!(figures(&carl, id).await.read_by_mail, 1);
    let read = RecipientQuery { state: Some(ReceiptState::Read), ..RecipientQuery::default() };
    let read = carl.find(&RECIPIENTS, &[&carl.slug(), &id], &read).await.ok().data;
    assert_eq!(read[0].read_by, Some(ReadBy::Mail));
    let mut other = link.clone();
    other.replace_range(..1, if link.starts_with('A') { "B" } else { "A" });
    assert_eq!(open(&other, false).await.refusal(), "410 gone");
    // Whoever is no member any more reads nothing.
    app.query(&format!(
        "with it as (update members set status = '{}' where id = '{}' returning 1) select '' as text from it",
        MemberStatus::Suspended,
        ann.person().member_id
    ))
    .await;
    assert_eq!(open(&link, false).await.refusal(), "410 gone");
}

#[actix_web::test]
async fn members_talk_about_it_in_threads_and_moderators_keep_order() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, .. } = People::of(&app).await;
    let id = carl.announce(&news(category(&app, &app.place, "News").await, "Water off")).await.summary.id;
    app.run_outbox().await;
    let say = async |who: &Caller, body: &str, parent_id| {
        who.call(&COMMENT, &[&who.slug(), &id], &NewAnnouncementComment { body: body.into(), parent_id })
            .await
    };
    let asked = say(&ann, "Until when?", None).await.ok();
    let answered = say(&carl, "Until noon.", Some(asked.id)).await.ok();
    let thanks = say(&bob, "You fools.", Some(answered.id)).await.ok();
    assert_eq!(thanks.parent_id, Some(asked.id), "a reply to a reply belongs to the same thread");
    assert_eq!(say(&ann, " ", None).await.refusal(), "422 invalid: #/body required");
    app.run_outbox().await;
    let events = async |who: &Caller| {
        let page = who.find(&notification::LIST, &[], &notification::NotificationQuery::default()).await.ok();
        page.data
            .into_iter()
            .map(|one| format!("{} by {}", one.event, one.actor.unwrap_or_default()))
            .collect::<Vec<_>>()
    };
    assert_eq!(events(&ann).await, ["announcement.comment by Carl", "announcement.publish by Carl"]);
    // What comes again within five minutes is counted.
    assert_eq!(events(&carl).await, ["announcement.comment by Bob"]);
    assert_eq!(events(&bob).await, ["announcement.publish by Carl"]);

    let change = ChangeAnnouncementComment { body: Some("Until when exactly?".into()) };
    let edit =
        async |who: &Caller| who.change(&UPDATE_COMMENT, &[&who.slug(), &id, &asked.id], 1, &change).await;
    assert_eq!(edit(&bob).await.refusal(), "403 not_allowed");
    assert_eq!(edit(&ann).await.ok().body.as_deref(), Some("Until when exactly?"));
    let remove = async |who: &Caller, reason: &str| {
        let path = REMOVE_COMMENT.path(&[&who.slug(), &id, &thanks.id]);
        let request = who
            .request(reqwest::Method::DELETE, &format!("{path}?reason={reason}"))
            .header("if-match", "\"1\"");
        crate::support::caller::Raw::of(request).await
    };
    assert_eq!(remove(&ann, "rude").await.status, 403);
    // Dispatchers moderate what is said about requests, not this.
    let dora = app.dispatcher("dora").await;
    assert_eq!(remove(&dora, "rude").await.status, 403);
    assert_eq!(remove(&carl, "").await.status, 422);
    assert_eq!(remove(&carl, "rude").await.status, 204);
    let said = ann.find(&COMMENTS, &[&ann.slug(), &id], &CommentQuery::default()).await.ok().data;
    let said: Vec<_> = said.iter().map(|it| (it.body.as_deref(), it.moderated)).collect();
    assert_eq!(said, [(Some("Until when exactly?"), false), (Some("Until noon."), false), (None, true)]);
    assert_eq!(ann.looks_at(id).await.ok().summary.comments, 2);
    let (counted, rows) = counted(&app).await;
    assert_eq!(counted, rows);

    let version = carl.looks_at(id).await.ok().summary.version;
    let closed = UpdateAnnouncement { comments_allowed: Some(false), ..UpdateAnnouncement::default() };
    carl.change(&UPDATE, &[&carl.slug(), &id], version, &closed).await.ok();
    assert!(!ann.looks_at(id).await.ok().may_comment);
    assert_eq!(say(&ann, "And now?", None).await.refusal(), "409 wrong_state");
    carl.acts_on(id, Archive).await.ok();
    assert_eq!(say(&ann, "And now?", None).await.refusal(), "409 wrong_state");
}

#[actix_web::test]
async fn what_is_said_about_what_is_not_for_one_is_not_found() {
    let app = TestApp::start().await;
    let People { carl, ann, bob, .. } = People::of(&app).await;
    let north = MemberFilter { zone_ids: vec![app.place.north], ..MemberFilter::default() };
    let new =
        NewAnnouncement { audience: north, ..news(category(&app, &app.place, "News").await, "Water off") };
    let id = carl.announce(&new).await.summary.id;
    let body = NewAnnouncementComment { body: "Until when?".into(), parent_id: None };
    let said = ann.call(&COMMENT, &[&ann.slug(), &id], &body).await.ok();
    assert_eq!(bob.call(&COMMENT, &[&bob.slug(), &id], &body).await.refusal(), "404 not_found");
    let query = CommentQuery::default();
    assert_eq!(bob.find(&COMMENTS, &[&bob.slug(), &id], &query).await.refusal(), "404 not_found");
    let change = ChangeAnnouncementComment { body: Some("Hm.".into()) };
    let edit = bob.change(&UPDATE_COMMENT, &[&bob.slug(), &id, &said.id], 1, &change).await;
    assert_eq!(edit.refusal(), "404 not_found");
    // One announcement's comment is none of another's.
    let other = carl.announce(&news(category(&app, &app.place, "More").await, "For all")).await.summary.id;
    let elsewhere = ann.change(&UPDATE_COMMENT, &[&ann.slug(), &other, &said.id], 1, &change).await;
    assert_eq!(elsewhere.refusal(), "404 not_found");
    let stray = NewAnnouncementComment { parent_id: Some(said.id), ..body };
    let stray = ann.call(&COMMENT, &[&ann.slug(), &other], &stray).await;
    assert_eq!(stray.refusal(), "422 invalid: #/parent_id unknown");
    let query = AnnouncementQuery { read: Some(false), ..AnnouncementQuery::default() };
    assert_eq!(super::titles(&bob, &query).await, ["For all"]);
}
