//! Without an account: what anybody sees, reports by strangers, and what follows them by their secret.

use contract::attachment::Attachment;
use contract::page::Page;
use contract::public::{
    ACT, ActOnReport, COMMENT, COMMUNITY, LIST, NewReport, NewReportComment, PublicRequest,
    PublicRequestQuery, PublicRequestSummary, REPORT, Report, ReportReceipt, SHOW, SHOW_REPORT, UPLOAD,
};
use contract::service_request::ServiceRequest;
use domain::service_request::RequestAction::{
    Answer, Ask, Assign, Cancel, Close, Confirm, Dispute, Hold, Reject, Resolve, Start, Triage,
};
use domain::service_request::RequestStatus::{Closed, InProgress, Resolved};
use domain::service_request::{AttachmentKind, RequestAction, RequestVisibility, Voice};

use crate::support::app::TestApp;
use crate::support::caller::{Answer as Reply, Caller, Raw};
use crate::support::calls::form;
use crate::support::cast::{Cast, about, act, noted};
use crate::support::photo;
use crate::support::strangers::{let_in, open, pothole};
use crate::support::talk::{whisper, words};

/// A community that is open to everybody.
async fn open_town() -> (TestApp, Cast) {
    let app = TestApp::start_with(open()).await;
    let_in(&app, &app.place.slug).await;
    let cast = Cast::of(&app).await;
    (app, cast)
}

async fn send(app: &TestApp, new: &NewReport) -> Reply<ReportReceipt> {
    app.anonymous().call(&REPORT, &[&app.place.slug], new).await
}

async fn reported(app: &TestApp) -> ReportReceipt {
    send(app, &pothole(app.place.heating)).await.ok()
}

async fn held(app: &TestApp, receipt: &ReportReceipt) -> Report {
    app.anonymous().call(&SHOW_REPORT, &[&app.place.slug, &receipt.secret], &()).await.ok()
}

async fn does(app: &TestApp, receipt: &ReportReceipt, action: RequestAction, note: &str) -> Reply<Report> {
    let note = Some(note.to_owned()).filter(|note| !note.is_empty());
    let body = ActOnReport { action, note, rating: None };
    app.anonymous().call(&ACT, &[&app.place.slug, &receipt.secret], &body).await
}

async fn add_photo(app: &TestApp, receipt: &ReportReceipt, photo: &[u8]) -> Raw {
    let path = UPLOAD.path(&[&app.place.slug, &receipt.secret]);
    let form = form(UPLOAD.operation, &app.place.slug, "file", photo);
    app.anonymous().send_raw("POST", &path, &form.content_type, form.body.clone()).await
}

/// The same as staff see it.
async fn inside(cast: &Cast, receipt: &ReportReceipt) -> ServiceRequest {
    let show = &contract::service_request::SHOW;
    cast.dora.call(show, &[&cast.dora.slug, &receipt.number], &()).await.ok()
}

/// Brought so far by those whose work it is.
async fn brought_to_resolved(cast: &Cast, receipt: &ReportReceipt) {
    let request = inside(cast, receipt).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    cast.tess.act(&request, act(Start)).await.ok();
    cast.tess.act(&request, noted(Resolve, "Filled and rolled.")).await.ok();
}

async fn published(app: &TestApp) -> Vec<PublicRequestSummary> {
    let query = PublicRequestQuery::default();
    let page: Page<_> = app.anonymous().find(&LIST, &[&app.place.slug], &query).await.ok();
    page.data
}

async fn shown(app: &TestApp, number: &str) -> Reply<PublicRequest> {
    app.anonymous().call(&SHOW, &[&app.place.slug, &number], &()).await
}

#[actix_web::test]
async fn a_stranger_reports_and_follows_by_the_secret_to_the_end() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    let report = held(&app, &receipt).await;
    assert_eq!((report.number.as_str(), report.title.as_str()), (&*receipt.number, "Pothole at the bakery"));
    assert_eq!((report.zone.as_deref(), report.is_public), (Some("North"), false));
    assert_eq!((report.timeline[0].kind.as_str(), report.timeline[0].by), ("report", Voice::Reporter));
    let request = inside(&cast, &receipt).await;
    assert!(request.anonymous && !request.verified && request.summary.reporter.is_none());

    cast.dora.act(&request, noted(Ask, "Which side of the street?")).await.ok();
    assert!(held(&app, &receipt).await.waiting_reporter);
    let answered = does(&app, &receipt, Answer, "The northern one.").await.ok();
    let line = answered.timeline.last().unwrap();
    assert_eq!((line.by, line.note.as_deref()), (Voice::Reporter, Some("The northern one.")));

    brought_to_resolved(&cast, &receipt).await;
    cast.dora.say(&request, words("Thank you for telling us.")).await.ok();
    cast.dora.say(&request, whisper("Third one this week.")).await.ok();
    let said = NewReportComment { body: "It is gone indeed.".into() };
    app.anonymous().call(&COMMENT, &[&app.place.slug, &receipt.secret], &said).await.ok();
    let report = held(&app, &receipt).await;
    let heard: Vec<_> = report.comments.iter().map(|it| (it.by, it.body.as_deref().unwrap())).collect();
    assert_eq!(
        heard,
        [(Voice::Community, "Thank you for telling us."), (Voice::Reporter, "It is gone indeed.")]
    );
    assert_eq!(report.resolution_note.as_deref(), Some("Filled and rolled."));

    let body = ActOnReport { action: Confirm, note: None, rating: Some(4) };
    let closed = app.anonymous().call(&ACT, &[&app.place.slug, &receipt.secret], &body).await.ok();
    assert_eq!((closed.status, closed.rating), (Closed, Some(4)));
    assert_eq!(inside(&cast, &receipt).await.rating, Some(4));
    let again = does(&app, &receipt, Confirm, "").await;
    assert!(again.refusal().starts_with("409 wrong_state (now closed; could reopen"), "{}", again.refusal());
}

#[actix_web::test]
async fn who_handles_it_hears_of_a_strangers_report_and_of_what_the_stranger_says() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    assert_eq!(app.mailbox().await.len(), 1, "Dora");
    brought_to_resolved(&cast, &receipt).await;
    app.run_outbox().await;
    let before = app.mailbox().await.len();
    let disputed = does(&app, &receipt, Dispute, "It is back.").await.ok();
    assert_eq!(disputed.status, InProgress);
    let mails = app.mailbox().await;
    assert_eq!(mails.len(), before + 2, "Tess and Dora: {mails:?}");
    let said = NewReportComment { body: "Deeper than before.".into() };
    app.anonymous().call(&COMMENT, &[&app.place.slug, &receipt.secret], &said).await.ok();
    assert_eq!(app.mailbox().await.len(), before + 3, "Tess");
}

#[actix_web::test]
async fn public_pages_show_what_is_public_and_looked_at_and_nothing_else() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    assert_eq!(published(&app).await, []);
    assert_eq!(shown(&app, &receipt.number).await.refusal(), "404 not_found");
    let request = inside(&cast, &receipt).await;

    // Put off before anybody has looked at it.
    let hold = contract::service_request::ActOnServiceRequest {
        hold_reason: Some(domain::service_request::HoldReason::Weather),
        ..act(Hold)
    };
    cast.dora.act(&request, hold).await.ok();
    assert_eq!(published(&app).await, []);
    cast.dora.act(&request, act(RequestAction::Resume)).await.ok();

    cast.dora.act(&request, act(Triage)).await.ok();
    assert_eq!(published(&app).await[0].number, receipt.number);
    assert!(held(&app, &receipt).await.is_public);
    for hidden in [RequestVisibility::Community, RequestVisibility::Private] {
        let change = contract::service_request::ActOnServiceRequest {
            visibility: Some(hidden),
            ..act(RequestAction::ChangeVisibility)
        };
        cast.dora.act(&request, change).await.ok();
        assert_eq!(published(&app).await, [], "{hidden}");
        assert_eq!(shown(&app, &receipt.number).await.refusal(), "404 not_found");
    }
    let spam = reported(&app).await;
    let reject = contract::service_request::ActOnServiceRequest {
        reject_reason: Some(domain::service_request::RejectReason::Spam),
        ..noted(Reject, "Spam.")
    };
    cast.dora.act(&inside(&cast, &spam).await, reject).await.ok();
    assert_eq!(shown(&app, &spam.number).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn time_publishes_nothing_and_a_stranger_nothing_that_nobody_has_looked_at() {
    let (app, mut cast) = open_town().await;
    app.query("with it as (update categories set auto_triage = true returning 1) select '' as text from it")
        .await;
    let receipt = reported(&app).await;
    app.advance(chrono::TimeDelta::hours(1));
    app.run_outbox().await;
    assert_eq!(published(&app).await, []);
    let say = async |body: &str| {
        let said = NewReportComment { body: body.into() };
        app.anonymous().call(&COMMENT, &[&app.place.slug, &receipt.secret], &said).await.ok();
    };
    say("Before.").await;
    cast.dora = app.again(&cast.dora).await;
    let request = inside(&cast, &receipt).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    app.advance(chrono::TimeDelta::minutes(1));
    say("After.").await;
    let bodies: Vec<_> =
        shown(&app, &receipt.number).await.ok().comments.into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, [Some("Before.".to_owned())]);
    assert_eq!(held(&app, &receipt).await.comments.len(), 2);
}

#[actix_web::test]
async fn what_ends_before_anybody_looked_stays_between_its_reporter_and_staff() {
    let (app, cast) = open_town().await;
    let sees = async |receipt: &ReportReceipt| {
        let show = &contract::service_request::SHOW;
        cast.ann.call(show, &[&cast.ann.slug, &receipt.number], &()).await.raw.status == 200
    };
    let cancelled = reported(&app).await;
    does(&app, &cancelled, Cancel, "Rude words.").await.ok();
    let held_back = reported(&app).await;
    let hold = contract::service_request::ActOnServiceRequest {
        hold_reason: Some(domain::service_request::HoldReason::Weather),
        ..act(Hold)
    };
    cast.dora.act(&inside(&cast, &held_back).await, hold).await.ok();
    let looked_at = reported(&app).await;
    cast.dora.act(&inside(&cast, &looked_at).await, act(Triage)).await.ok();
    assert_eq!(
        [sees(&cancelled).await, sees(&held_back).await, sees(&looked_at).await],
        [false, false, true]
    );
    // What others have seen does not vanish from their sight because it is taken back.
    does(&app, &looked_at, Cancel, "").await.ok();
    assert!(sees(&looked_at).await);
}

#[actix_web::test]
async fn whoever_holds_the_secret_of_a_double_learns_where_it_goes_on() {
    let (app, cast) = open_town().await;
    let (master, double) = (reported(&app).await, reported(&app).await);
    let known = inside(&cast, &master).await;
    cast.dora.act(&known, act(Triage)).await.ok();
    let merge = contract::service_request::ActOnServiceRequest {
        master_id: Some(known.summary.id),
        ..act(RequestAction::Merge)
    };
    cast.dora.act(&inside(&cast, &double).await, merge).await.ok();
    let told = held(&app, &double).await.master.unwrap();
    assert_eq!((told.number, told.is_public), (master.number.clone(), true));
    assert_eq!(held(&app, &master).await.master, None);
}

#[actix_web::test]
async fn who_is_called_by_name_is_not_named_in_public() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    let request = inside(&cast, &receipt).await;
    cast.dora.act(&request, cast.assign_tess()).await.ok();
    let called = contract::comment::NewComment {
        mention_ids: vec![cast.tess.person().member_id],
        ..words("@Tess comes tomorrow.")
    };
    cast.dora.say(&request, called).await.ok();
    let bodies: Vec<_> =
        shown(&app, &receipt.number).await.ok().comments.into_iter().map(|it| it.body).collect();
    assert_eq!(bodies, [Some("@… comes tomorrow.".to_owned())]);
}

#[actix_web::test]
async fn a_stranger_says_fifty_things_at_most_and_hides_nothing_with_them() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    let new = NewReportComment { body: "Again.".into() };
    for _ in 0..50 {
        app.anonymous().call(&COMMENT, &[&app.place.slug, &receipt.secret], &new).await.ok();
    }
    let more = app.anonymous().call(&COMMENT, &[&app.place.slug, &receipt.secret], &new).await;
    assert_eq!(more.refusal(), "422 invalid: #/body too_many");
    let request = inside(&cast, &receipt).await;
    cast.dora.act(&request, act(Triage)).await.ok();
    cast.dora.say(&request, words("Closed until Friday.")).await.ok();
    let last = shown(&app, &receipt.number).await.ok().comments.pop();
    assert_eq!(last.and_then(|it| it.body).as_deref(), Some("Closed until Friday."));
}

#[actix_web::test]
async fn nobody_is_named_in_public_and_nobodys_home_is_shown() {
    let (app, cast) = open_town().await;
    let own = contract::service_request::NewServiceRequest {
        at: Some(crate::support::given::Place::NORTHERN),
        address_hint: "My balcony".into(),
        ..cast.cold_radiator()
    };
    let request = cast.ann.report(&own).await.ok();
    let outside = contract::service_request::NewServiceRequest {
        at: Some(crate::support::given::Place::NORTHERN),
        ..about(app.place.heating, "Lamp out")
    };
    let street = cast.ann.report(&outside).await.ok();
    for it in [&request, &street] {
        cast.dora.act(it, act(Triage)).await.ok();
        cast.dora.act(it, cast.assign_tess()).await.ok();
        cast.tess.act(it, act(Start)).await.ok();
        cast.tess.act(it, noted(Resolve, "Done.")).await.ok();
        cast.ann.say(it, words("Thanks.")).await.ok();
        cast.dora.say(it, words("Welcome.")).await.ok();
    }
    app.query("with it as (update service_requests set visibility = 'public' returning 1) select '' as text from it").await;
    let list = app.anonymous().find(&LIST, &[&app.place.slug], &PublicRequestQuery::default()).await;
    let mut texts = vec![list.raw.text()];
    for it in [&request, &street] {
        let page = shown(&app, &it.summary.number).await;
        assert!(page.ok().summary.verified);
        let voices: Vec<Voice> = page.ok().comments.iter().map(|said| said.by).collect();
        assert_eq!(voices, [Voice::Reporter, Voice::Community]);
        texts.push(page.raw.text());
    }
    let people = [&cast.ann, &cast.tess, &cast.dora].map(|who| who.person().member_id.to_string());
    for text in texts {
        for hidden in people.iter().map(String::as_str).chain(["display_name", "member_id", "balcony"]) {
            assert!(!text.contains(hidden), "{hidden} in {text}");
        }
    }
    let home = shown(&app, &request.summary.number).await.ok();
    assert_eq!((home.summary.place.as_str(), home.summary.at), ("", None));
}

#[actix_web::test]
async fn photos_come_by_the_secret_and_are_public_only_when_the_report_is() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    let added = add_photo(&app, &receipt, &photo::jpeg_from_a_phone(40, 20)).await;
    assert_eq!(added.status, 201, "{}", added.text());
    let added: Attachment = serde_json::from_slice(&added.body).unwrap();
    assert_eq!(added.kind, AttachmentKind::Problem);
    let mine = held(&app, &receipt).await;
    assert_eq!((mine.attachments.len(), mine.photos_left), (1, 9));
    let file = app.anonymous().send_raw("GET", &mine.attachments[0].url, "", "").await;
    assert_eq!(file.status, 200);
    assert!(!file.body.windows(9).any(|part| part == b"SECRETCAM"));
    assert_eq!(inside(&cast, &receipt).await.summary.photos, 1);

    let elsewhere = mine.attachments[0].url.replace(&added.id.to_string(), &uuid::Uuid::now_v7().to_string());
    assert_eq!(app.anonymous().send_raw("GET", &elsewhere, "", "").await.status, 404);
    cast.dora.act(&inside(&cast, &receipt).await, act(Triage)).await.ok();
    let public = shown(&app, &receipt.number).await.ok();
    assert_eq!(app.anonymous().send_raw("GET", &public.attachments[0].url, "", "").await.status, 200);
    app.advance(chrono::TimeDelta::minutes(1));
    let later = add_photo(&app, &receipt, &photo::jpeg(9, 9)).await;
    let later: Attachment = serde_json::from_slice(&later.body).unwrap();
    assert_eq!(
        later.kind,
        AttachmentKind::Problem,
        "what is proof of the work is for those who do it to say"
    );
    assert_eq!(shown(&app, &receipt.number).await.ok().attachments.len(), 1, "nobody has looked at it");

    for _ in 0..8 {
        assert_eq!(add_photo(&app, &receipt, &photo::jpeg(9, 9)).await.status, 201);
    }
    let eleventh = add_photo(&app, &receipt, &photo::jpeg(9, 9)).await.problem();
    assert_eq!(crate::support::caller::brief(&eleventh), "422 invalid: #/file too_many");
    let other = reported(&app).await;
    let before = app.holdings().await;
    let paper = add_photo(&app, &other, b"%PDF-1.4\n%%EOF\n").await.problem();
    assert_eq!(app.holdings().await, before, "what is refused is not kept");
    assert_eq!(crate::support::caller::brief(&paper), "422 invalid: #/file not_a_photo");
}

#[actix_web::test]
async fn what_is_wrong_with_a_report_is_told_at_once_and_nothing_is_stored() {
    let (app, _) = open_town().await;
    app.query(&format!(
        "with it as (update categories set anonymous_allowed = false where id = '{}' returning 1) select '' as text from it",
        app.place.plumbing
    ))
    .await;
    let nowhere =
        NewReport { at: None, address_hint: " \u{a0}\u{200b}".into(), ..pothole(app.place.plumbing) };
    assert_eq!(
        send(&app, &nowhere).await.refusal(),
        "422 invalid: #/category_id unknown, #/at one_of, #/address_hint one_of"
    );
    let silent = NewReport { title: " ".into(), ..pothole(app.place.heating) };
    assert_eq!(send(&app, &silent).await.refusal(), "422 invalid: #/title required");
    let offered = app.anonymous().call(&COMMUNITY, &[&app.place.slug], &()).await.ok();
    assert!(offered.categories.iter().all(|it| it.id != app.place.plumbing) && offered.takes_reports);
    assert_eq!(app.count("service_requests").await, 0);
}

#[actix_web::test]
async fn a_community_without_public_pages_is_as_good_as_unknown() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    cast.dora.act(&inside(&cast, &receipt).await, act(Triage)).await.ok();
    let closed = app.elsewhere("elm-court").await;
    let ask = async |slug: &str| {
        let who = app.anonymous();
        let new = pothole(closed.heating);
        [
            who.call(&COMMUNITY, &[&slug], &()).await.refusal(),
            who.find(&LIST, &[&slug], &PublicRequestQuery::default()).await.refusal(),
            who.call(&SHOW, &[&slug, &receipt.number], &()).await.refusal(),
            who.call(&REPORT, &[&slug], &new).await.refusal(),
            who.call(&SHOW_REPORT, &[&slug, &receipt.secret], &()).await.refusal(),
        ]
    };
    for slug in ["elm-court", "no-such-place", "NOT A SLUG", "\0", "old\0town"] {
        assert_eq!(ask(slug).await, ["404 not_found"; 5], "{slug}");
    }
    // Whoever holds a secret keeps it when the pages close.
    let shut = "with it as (update communities set settings = '{}' returning 1) select '' as text from it";
    app.query(shut).await;
    assert_eq!(shown(&app, &receipt.number).await.refusal(), "404 not_found");
    assert!(!held(&app, &receipt).await.is_public);
    let readers = "with it as (update communities set settings = '{\"public_pages\": true}' returning 1) \
                   select '' as text from it";
    app.query(readers).await;
    assert_eq!(send(&app, &pothole(app.place.heating)).await.refusal(), "403 not_allowed");
    assert!(!app.anonymous().call(&COMMUNITY, &[&app.place.slug], &()).await.ok().takes_reports);
}

#[actix_web::test]
async fn a_secret_is_for_one_report_and_stands_nowhere_in_the_database() {
    let (app, cast) = open_town().await;
    let (receipt, other) = (reported(&app).await, reported(&app).await);
    for secret in ["", "x", &receipt.secret[1..], &receipt.secret.to_lowercase(), &receipt.number] {
        let answer = app.anonymous().call(&SHOW_REPORT, &[&app.place.slug, &secret], &()).await;
        assert_eq!(answer.refusal(), "404 not_found", "{secret:?}");
    }
    assert_eq!(held(&app, &other).await.number, other.number);
    let tables =
        "select table_name::text as text from information_schema.tables where table_schema = 'public'";
    for table in app.query(tables).await {
        let rows =
            app.query(&format!("select coalesce(string_agg(t::text, ' '), '') as text from {table} t")).await;
        assert!(!rows[0].contains(&receipt.secret), "{table}");
    }
    // A member's own report is nobody's to speak for by a link, and a stranger's is no member's.
    let request = inside(&cast, &receipt).await;
    assert_eq!(cast.ann.act(&request, act(Cancel)).await.refusal(), "404 not_found");
    assert_eq!(does(&app, &receipt, Assign, "").await.refusal(), "403 not_allowed");
    assert_eq!(does(&app, &receipt, Close, "So be it.").await.refusal(), "403 not_allowed");
    let dispute = does(&app, &receipt, Dispute, "No.").await.refusal();
    assert!(dispute.starts_with("409 wrong_state (now new; could cancel"), "{dispute}");
    brought_to_resolved(&cast, &receipt).await;
    assert_eq!(does(&app, &receipt, Dispute, "").await.refusal(), "422 invalid: #/note required");
}

#[actix_web::test]
async fn a_report_that_is_sent_again_under_its_key_is_one_report() {
    let (app, _) = open_town().await;
    let path = REPORT.path(&[&app.place.slug]);
    let again = async |caller: &Caller| {
        let request = caller.request(reqwest::Method::POST, &path).json(&pothole(app.place.heating));
        Raw::of(request.header("idempotency-key", "a-key-of-a-hundred-and-twenty-eight-bits")).await
    };
    let (first, second) = (again(&app.anonymous()).await, again(&app.anonymous()).await);
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!((second.header("idempotent-replayed"), second.text()), ("true", first.text()));
    assert_eq!(app.count("service_requests").await, 1);
}

#[actix_web::test]
async fn of_two_who_confirm_at_once_one_wins() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    brought_to_resolved(&cast, &receipt).await;
    let tries = (0..6).map(|_| async { does(&app, &receipt, Confirm, "").await.raw.status });
    let mut answers = futures_util::future::join_all(tries).await;
    answers.sort_unstable();
    assert_eq!(answers, [200, 409, 409, 409, 409, 409]);
}

#[actix_web::test]
async fn ten_reports_from_an_address_are_free_and_then_each_has_to_wait() {
    let (app, _) = open_town().await;
    for _ in 0..10 {
        reported(&app).await;
    }
    let refused = send(&app, &pothole(app.place.heating)).await;
    assert_eq!((refused.raw.status, refused.raw.header("retry-after")), (429, "60"));
    assert_eq!(app.count("service_requests").await, 10);
    app.advance(chrono::TimeDelta::seconds(60));
    reported(&app).await;
}

#[actix_web::test]
async fn a_supervisor_closes_what_its_stranger_leaves_open() {
    let (app, cast) = open_town().await;
    let receipt = reported(&app).await;
    brought_to_resolved(&cast, &receipt).await;
    let request = inside(&cast, &receipt).await;
    assert_eq!(request.summary.status, Resolved);
    assert_eq!(cast.dora.act(&request, noted(Close, "Seen myself.")).await.refusal(), "403 not_allowed");
    cast.sue.act(&request, noted(Close, "Seen myself.")).await.ok();
    assert_eq!(held(&app, &receipt).await.status, Closed);
}
