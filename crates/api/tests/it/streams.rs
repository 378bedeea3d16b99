//! The live stream: who is told of what, resuming, and its end.

use std::time::Duration;

use contract::service_request::ActOnServiceRequest;
use contract::session::{REVOKE, SessionQuery};
use db::service_request::list::{Filter, list as listed};
use db::service_request::{Seen, Sight, Ties, sees};
use domain::service_request::Priority;
use domain::service_request::RequestAction::{ChangePriority, Triage};
use domain::service_request::RequestStatus::{New, Triaged};
use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::cast::{Cast, about, act, noted};
use crate::support::listening::Listening;
use crate::support::talk::{whisper, words};

#[actix_web::test]
async fn whoever_may_see_a_request_is_told_of_its_changes_at_once_and_nobody_else() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    app.run_outbox().await;
    let stranger = app.resident("zoe").await;
    let mut ann = Listening::open(&cast.ann, None).await;
    let mut dora = Listening::open(&cast.dora, None).await;
    let mut zoe = Listening::open(&stranger, None).await;
    let (id, name, data) = ann.next().await.unwrap();
    assert!(id.is_some() && name == "unread" && data["unread"] == 0, "{name} {data}");

    cast.dora.act(&request, act(Triage)).await.ok();
    app.run_outbox().await;
    for who in [&mut ann, &mut dora] {
        let (_, change) = who.change().await;
        assert_eq!(change["number"], request.summary.number.as_str());
        assert_eq!((&change["community"], &change["status"]), (&"willow-park".into(), &"triaged".into()));
    }
    assert_eq!(ann.next().await.unwrap().2["unread"], 1);

    // Zoe hears of her own first.
    let own = stranger.report(&about(app.place.heating, "My own")).await.ok();
    app.run_outbox().await;
    assert_eq!(zoe.change().await.1["number"], own.summary.number.as_str());
}

#[actix_web::test]
async fn what_staff_says_among_itself_has_no_name_for_others() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    app.run_outbox().await;
    let (mut ann, mut sue) = (Listening::open(&cast.ann, None).await, Listening::open(&cast.sue, None).await);
    cast.dora.say(&request, whisper("Quietly.")).await.ok();
    app.run_outbox().await;
    assert_eq!(ann.change().await.1["event"], Value::Null);
    assert_eq!(sue.change().await.1["event"], "request.note");
}

#[actix_web::test]
async fn whoever_comes_back_is_told_what_they_missed_or_to_ask_anew() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    app.run_outbox().await;
    let mut dora = Listening::open(&cast.dora, None).await;
    let seen = dora.next().await.unwrap().0.unwrap();
    drop(dora);
    cast.dora.act(&request, act(Triage)).await.ok();
    cast.dora.say(&request, words("Hello.")).await.ok();
    app.run_outbox().await;
    let mut dora = Listening::open(&cast.dora, Some(seen)).await;
    let (first, change) = dora.change().await;
    assert_eq!(change["event"], "request.triage");
    let (second, change) = dora.change().await;
    assert!(second > first && change["event"] == "request.comment");

    app.query("with it as (delete from outbox where event = 'request.report' or event = 'request.triage' returning id) select id::text as text from it").await;
    let mut dora = Listening::open(&cast.dora, Some(0)).await;
    assert_eq!(dora.next().await.unwrap().1, "resync");
}

#[actix_web::test]
async fn a_session_that_ends_takes_its_stream_along_within_five_seconds() {
    let app = TestApp::start().await;
    let ann = app.resident("ann").await;
    let device = app.again(&ann).await;
    let mut stream = Listening::open(&device, None).await;
    stream.next().await.unwrap();
    let sessions = device.find(&contract::session::LIST, &[], &SessionQuery::default()).await.ok().data;
    let here = sessions.iter().find(|one| one.is_current).unwrap();
    ann.call(&REVOKE, &[&here.id], &()).await.ok();
    let end = tokio::time::timeout(Duration::from_secs(5), stream.next()).await;
    assert_eq!(end.expect("still open"), None);
}

#[actix_web::test]
async fn what_one_may_see_changes_under_an_open_stream() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    app.run_outbox().await;
    let zoe = app.resident("zoe").await;
    let mut stream = Listening::open(&zoe, None).await;
    stream.next().await.unwrap();
    let id = zoe.person().member_id;
    app.query(&format!("with it as (insert into member_roles (community_id, member_id, role) values ('{}', '{id}', 'dispatcher') returning 1) select '' as text from it", app.place.id)).await;
    let mut heard = false;
    let mut round = 0;
    while !heard {
        round += 1;
        assert!(round < 100, "she was never told");
        cast.dora.say(&request, words("Hello.")).await.ok();
        app.run_outbox().await;
        let next = tokio::time::timeout(Duration::from_millis(200), stream.next()).await;
        heard = next.is_ok_and(|event| event.is_some_and(|(_, name, _)| name == "request"));
    }
}

/// What streams tell in memory and what lists find by SQL: the same, for everybody and everything.
#[actix_web::test]
async fn what_is_seen_in_hand_is_what_the_database_shows() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let zoe = app.resident("zoe").await;
    for at in 0..120 {
        let who = if at % 3 == 0 { &cast.ann } else { &zoe };
        who.report(&about(app.place.heating, &format!("Number {at}"))).await.ok();
    }
    let members = [&cast.ann, &zoe, &cast.tess, &cast.dora].map(|it| it.person().member_id);
    let one_of =
        |all: &[String]| format!("(array[{}])[1 + floor(random() * {})::int]", all.join(","), all.len());
    let quoted = |words: Vec<&str>| words.into_iter().map(|it| format!("'{it}'")).collect::<Vec<_>>();
    let ids: Vec<String> = members.iter().map(|id| format!("'{id}'::uuid")).chain(["null".into()]).collect();
    let units: Vec<String> = [app.place.flat_1, app.place.flat_2]
        .iter()
        .map(|id| format!("'{id}'::uuid"))
        .chain(["null".into()])
        .collect();
    let categories: Vec<String> =
        [app.place.heating, app.place.plumbing].iter().map(|id| format!("'{id}'::uuid")).collect();
    let sql = format!(
        "with seed as (select setseed(0.42)), it as (update service_requests set status = {}, visibility = {}, personal = random() < 0.3, \
         reporter_id = {}, beneficiary_id = {}, assignee_id = {}, unit_id = {}, category_id = {}, \
         created_at = created_at + (floor(random() * 3)::int - 1) * interval '1 day' from seed returning id) select id::text as text from it",
        one_of(&quoted(vec!["new", "triaged", "closed", "rejected", "cancelled"])),
        one_of(&quoted(vec!["private", "community", "public"])),
        one_of(&ids),
        one_of(&ids),
        one_of(&ids),
        one_of(&units),
        one_of(&categories),
    );
    assert_eq!(app.query(&sql).await.len(), 120);
    let home = |unit| db::service_request::Home { unit, since: app.now() };
    let own = |member, household: Vec<_>, claimable: Vec<_>| Sight::Own {
        member,
        ties: Ties { household, claimable, ..Ties::default() },
    };
    let mut sights = vec![Sight::Everything];
    for member in members {
        sights.push(own(member, vec![], vec![]));
        let owned = vec![home(app.place.flat_1)];
        let fabric = vec![app.place.plumbing];
        sights.push(Sight::Own { member, ties: Ties { owned, fabric, ..Ties::default() } });
        sights.push(own(member, vec![home(app.place.flat_1)], vec![app.place.plumbing]));
        sights.push(own(
            member,
            vec![home(app.place.flat_1), home(app.place.flat_2)],
            vec![app.place.heating, app.place.plumbing],
        ));
    }
    app.with_conn(async |conn| {
        let list = async |conn: &mut db::Conn, sight: &Sight| {
            listed(conn, app.place.id, sight, &Filter::default(), None, 1000).await.unwrap()
        };
        let all = list(conn, &Sight::Everything).await;
        for sight in &sights {
            let mut found: Vec<_> = list(conn, sight).await.iter().map(|row| row.request.id).collect();
            let in_hand = all.iter().filter(|row| sees(sight, &Seen::of(&row.request)));
            let mut in_hand: Vec<_> = in_hand.map(|row| row.request.id).collect();
            found.sort_unstable();
            in_hand.sort_unstable();
            assert!(found == in_hand, "{sight:?}: {} found, {} in hand", found.len(), in_hand.len());
        }
    })
    .await;
}

/// Figures, not a check: `cargo test -p api --test it -- --ignored streams --nocapture`.
#[actix_web::test]
#[ignore = "takes a minute and a quiet machine"]
async fn two_thousand_people_listen_to_one_server() {
    const STREAMS: usize = 2000;
    const CHANGES: usize = 40;
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Triaged).await;
    let plenty = ["KOMMUNITY_RATE_USER", "KOMMUNITY_RATE_ADDRESS", "KOMMUNITY_RATE_SIGN_IN"];
    let plenty = plenty.map(|name| (name, "1000000"));
    let program = crate::behaviour::killed::Program::run(&app, &["serve"], &plenty).await;
    let dora = program.sign_in(&app, &cast.dora.person().email).await;
    let memory = || {
        let status = std::fs::read_to_string(format!("/proc/{}/status", program.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap()
    };
    drop(Listening::open(&dora, None).await);
    let before = memory();
    let mut streams = Vec::new();
    while streams.len() < STREAMS {
        let some = (0..50).map(|_| Listening::open(&dora, None));
        streams.extend(futures_util::future::join_all(some).await);
    }
    let after = memory();
    println!(
        "{STREAMS} streams: {} kB before, {} kB after, {:.1} kB each",
        before,
        after,
        (after - before) as f64 / STREAMS as f64
    );

    let (told, mut heard) = tokio::sync::mpsc::unbounded_channel();
    for mut stream in streams {
        let told = told.clone();
        actix_web::rt::spawn(async move {
            for _ in 0..CHANGES {
                let (_, change) = stream.change().await;
                let _ = told.send((change["version"].as_i64().unwrap(), std::time::Instant::now()));
            }
        });
    }
    drop(told);
    let (mut sent, mut pauses) = (std::collections::HashMap::new(), Vec::new());
    for at in 0..CHANGES {
        let begun = std::time::Instant::now();
        let priority = if at % 2 == 0 { Priority::P2 } else { Priority::P4 };
        let change =
            ActOnServiceRequest { priority: Some(priority), ..noted(ChangePriority, "Looked again.") };
        let version = dora.act(&request, change).await.ok().version;
        sent.insert(i64::from(version), std::time::Instant::now());
        println!("change {at} took {:?}", begun.elapsed());
        // The answer was sent after the commit; everybody has heard before the next.
        for _ in 0..STREAMS {
            let (version, at) = heard.recv().await.unwrap();
            pauses.push(at.saturating_duration_since(sent[&version]));
        }
    }
    pauses.sort_unstable();
    let at = |share: f64| pauses[((pauses.len() - 1) as f64 * share) as usize];
    println!(
        "from commit to arrival: p50 {:?}, p95 {:?}, p99 {:?}, most {:?}",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
    program.kill();
}
