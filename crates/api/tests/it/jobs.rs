//! The queue, its schedules, and how people choose to hear.

use api::app::App;
use api::worker;
use chrono::TimeDelta;
use contract::job::{FailedJobQuery, LIST_FAILED, RETRY, SHOW};
use contract::notification::{CHOICES, CHOOSE, NotificationChoice, UNSUBSCRIBE};
use db::job::Outcome;
use domain::event::{EventGroup, MailChoice};
use domain::job::{Job, Lane};
use domain::service_request::RequestAction::Triage;
use domain::service_request::RequestStatus::{New, Triaged};
use futures_util::future::join_all;

use crate::support::app::TestApp;
use crate::support::cast::{Cast, act, noted};
use crate::support::talk::words;

fn pass_until(app: &TestApp, instant: &str) {
    app.advance(instant.parse::<chrono::DateTime<chrono::Utc>>().unwrap() - app.now());
}

#[actix_web::test]
async fn five_workers_fire_every_schedule_once() {
    let app = TestApp::start().await;
    let workers: Vec<App> = (0..5).map(|_| App::new(&app.shared).unwrap()).collect();
    join_all(workers.iter().map(worker::cron::round)).await.into_iter().for_each(|it| it.unwrap());
    // Past the end of summer time, in steps that meet every instant and some late.
    pass_until(&app, "2026-10-23T06:30:00Z");
    join_all(workers.iter().map(worker::cron::round)).await.into_iter().for_each(|it| it.unwrap());
    for _ in 0..16 {
        app.advance(TimeDelta::hours(5));
        join_all(workers.iter().map(worker::cron::round)).await.into_iter().for_each(|it| it.unwrap());
    }
    let digests = app
        .query("select day || ' ' || count(*) as text from (select to_char(created_at at time zone 'utc', 'MM-DD') as day from jobs where kind = 'digest') as fired group by day order by day")
        .await;
    // The first makes up for all that was missed since the start.
    assert_eq!(digests, ["10-23 1", "10-24 1", "10-25 1", "10-26 1"]);
    let twice =
        app.query("select kind as text from jobs group by kind, unique_key having count(*) > 1").await;
    assert_eq!(twice, [] as [&str; 0]);
}

#[actix_web::test]
async fn whoever_lost_a_job_to_another_cannot_finish_it() {
    let app = TestApp::start().await;
    app.with_conn(async |conn| {
        db::job::enqueue(conn, &[(Job::SweepQueue {}, None)], app.now()).await.unwrap();
        let slow = db::job::claim(conn, Lane::Inside, app.now()).await.unwrap().unwrap();
        assert!(db::job::claim(conn, Lane::Inside, app.now()).await.unwrap().is_none());
        app.advance(TimeDelta::minutes(2) + TimeDelta::seconds(1));
        let quick = db::job::claim(conn, Lane::Inside, app.now()).await.unwrap().unwrap();
        assert_eq!((slow.id, slow.attempts, quick.attempts), (quick.id, 1, 2));
        for outcome in [Outcome::Done, Outcome::GivenBack, Outcome::Failed("late".into())] {
            assert!(!db::job::settle(conn, &slow, outcome, app.now()).await.unwrap());
        }
        assert!(db::job::settle(conn, &quick, Outcome::Done, app.now()).await.unwrap());
    })
    .await;
}

#[actix_web::test]
async fn a_job_that_is_queued_already_is_not_queued_twice_until_it_is_done() {
    let app = TestApp::start().await;
    let again = [(Job::SweepQueue {}, Some("once".to_owned()))];
    app.with_conn(async |conn| {
        for _ in 0..3 {
            db::job::enqueue(conn, &again, app.now()).await.unwrap();
        }
    })
    .await;
    assert_eq!(app.count("jobs").await, 1);
    app.run_outbox().await;
    app.with_conn(async |conn| db::job::enqueue(conn, &again, app.now()).await.unwrap()).await;
    assert_eq!(app.query("select id::text as text from jobs where unique_key = 'once'").await.len(), 2);
}

#[actix_web::test]
async fn an_operator_sees_what_has_failed_and_has_it_tried_again() {
    let nobody_listens =
        |config: &mut api::config::Config| config.smtp_url = Some("smtp://127.0.0.1:1".into());
    let app = TestApp::configured(Default::default(), nobody_listens).await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    for _ in 0..10 {
        app.run_outbox().await;
        app.advance(TimeDelta::hours(20));
    }
    let olga = app.operator().await;
    let failed = olga.find(&LIST_FAILED, &[], &FailedJobQuery::default()).await.ok().data;
    let [mail] = &failed[..] else { panic!("{failed:?}") };
    assert!(mail.attempts == 8 && mail.reason.as_deref().is_some_and(|it| it.contains("SMTP")), "{mail:?}");
    let queues = olga.call(&SHOW, &[], &()).await.ok().data;
    let mails = queues.iter().find(|queue| queue.kind == domain::job::Kind::Mail).unwrap();
    assert_eq!((mails.failed, mails.waiting), (1, 0));

    olga.call(&RETRY, &[&mail.id], &()).await.ok();
    let queues = olga.call(&SHOW, &[], &()).await.ok().data;
    let mails = queues.iter().find(|queue| queue.kind == domain::job::Kind::Mail).unwrap();
    assert_eq!((mails.failed, mails.waiting), (0, 1));
    assert_eq!(olga.call(&RETRY, &[&mail.id], &()).await.refusal(), "404 not_found");
}

#[actix_web::test]
async fn what_somebody_wants_once_a_day_comes_in_one_mail_at_seven_by_the_communitys_clock() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let daily = NotificationChoice { group: EventGroup::Progress, mail: MailChoice::Daily };
    cast.ann.call(&CHOOSE, &[&cast.ann.slug], &daily).await.ok();
    for _ in 0..2 {
        let request = cast.request(New).await;
        cast.dora.act(&request, act(Triage)).await.ok();
    }
    let to_ann =
        |mails: Vec<String>| mails.into_iter().filter(|it| it.starts_with("ann@")).collect::<Vec<_>>();
    assert_eq!(to_ann(app.mailbox().await), [] as [&str; 0]);
    // Seven in the morning of Lisbon is six by UTC, in summer.
    pass_until(&app, "2026-06-16T05:59:00Z");
    assert_eq!(to_ann(app.mailbox().await), [] as [&str; 0]);
    pass_until(&app, "2026-06-16T06:00:00Z");
    assert_eq!(to_ann(app.mailbox().await), ["ann@willow-park.test: Willow Park: 2 things that concern you"]);
    app.advance(TimeDelta::days(1));
    assert_eq!(to_ann(app.mailbox().await).len(), 1, "what was told is not told again");
}

#[actix_web::test]
async fn what_is_switched_off_comes_in_the_app_only_and_what_is_essential_comes_all_the_same() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let off = NotificationChoice { group: EventGroup::Progress, mail: MailChoice::Off };
    cast.ann.call(&CHOOSE, &[&cast.ann.slug], &off).await.ok();
    let request = cast.request(Triaged).await;
    let before = app.mailbox().await;
    assert!(!before.iter().any(|it| it.starts_with("ann@")), "{before:?}");
    cast.dora.act(&request, noted(domain::service_request::RequestAction::Ask, "Which radiator?")).await.ok();
    let mails = app.mailbox().await;
    assert!(mails.iter().any(|it| it.starts_with("ann@")), "{mails:?}");
    let refused = NotificationChoice { group: EventGroup::Account, mail: MailChoice::Off };
    let refused = cast.ann.call(&CHOOSE, &[&cast.ann.slug], &refused).await;
    assert_eq!(refused.refusal(), "422 invalid: #/group not_offered");
}

#[actix_web::test]
async fn the_same_about_the_same_within_five_minutes_is_told_and_mailed_once() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    app.run_outbox().await;
    let before = app.letters().len();
    for word in ["One.", "Two.", "Three."] {
        cast.dora.say(&request, words(word)).await.ok();
        app.run_outbox().await;
    }
    assert_eq!(app.letters().len(), before + 1);
    let told = "select times::text as text from notifications where event = 'request.comment'";
    assert_eq!(app.query(told).await, ["3"]);
    app.advance(TimeDelta::minutes(5) + TimeDelta::seconds(1));
    cast.dora.say(&request, words("Four.")).await.ok();
    app.run_outbox().await;
    assert_eq!(app.letters().len(), before + 2);
}

#[actix_web::test]
async fn the_link_under_a_mail_stops_mail_like_it_for_whoever_has_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    app.run_outbox().await;
    cast.dora.say(&request, words("Hello.")).await.ok();
    app.run_outbox().await;
    let letters = app.letters();
    let letter = letters.iter().find(|it| it.contains("wrote something")).unwrap().replace("\r\n ", " ");
    let header = |name: &str| letter.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
    assert_eq!(header("List-Unsubscribe-Post: "), "List-Unsubscribe=One-Click");
    assert_eq!(header("Auto-Submitted: "), "auto-generated");
    assert_eq!(header("References: "), format!("<{}@kommunity>", request.summary.id));
    let address = header("List-Unsubscribe: ").trim().trim_matches(['<', '>']);
    let link = address.strip_prefix("http://kommunity.test/unsubscribe/").unwrap().to_owned();

    // Looking at it stops nothing; a program says so.
    let form = "application/x-www-form-urlencoded";
    let path = format!("/unsubscribe/{link}");
    app.anonymous().send_raw("GET", &path, "", "").await;
    let choice = async || {
        let chosen = cast.ann.call(&CHOICES, &[&cast.ann.slug], &()).await.ok().data;
        chosen.iter().find(|it| it.group == EventGroup::Conversation).unwrap().mail
    };
    assert_eq!(choice().await, MailChoice::Now);
    for _ in 0..2 {
        let answer = app.anonymous().send_raw("POST", &path, form, "List-Unsubscribe=One-Click").await;
        assert_eq!(answer.status, 204, "{}", answer.text());
    }
    assert_eq!(choice().await, MailChoice::Off);
    assert_eq!(app.anonymous().call(&UNSUBSCRIBE, &[&"made-up"], &()).await.refusal(), "410 gone");
}
