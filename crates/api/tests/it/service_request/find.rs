//! Finding requests: by words, by conditions of every kind, in every order.

use chrono::{NaiveDate, TimeDelta};
use contract::service_request::{
    ActOnServiceRequest, LIST, NewServiceRequest, ServiceRequestQuery, ServiceRequestSummary,
};
use domain::community::OccupancyKind;
use domain::service_request::{HoldReason, Priority, RequestAction, RequestSort, RequestStatus};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::{Cast, about, act, noted};
use crate::support::given;
use crate::support::talk::{whisper, words};

type Query = ServiceRequestQuery;

async fn found(who: &Caller, query: &Query) -> Vec<ServiceRequestSummary> {
    let mut query = query.clone();
    let mut all = Vec::new();
    loop {
        let page = who.find(&LIST, &[&who.slug], &query).await.ok();
        all.extend(page.data);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return all;
        }
    }
}

#[actix_web::test]
async fn what_is_about_a_unit_is_found_by_those_who_are_told_where_it_is() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let [amy, owen, bob] = [app.resident("amy").await, app.resident("owen").await, app.resident("bob").await];
    app.with_conn(async |conn| {
        given::home(conn, &app.place, amy.person().member_id, app.place.flat_1).await;
        given::home(conn, &app.place, bob.person().member_id, app.place.flat_2).await;
        let (owner, unit) = (owen.person().member_id, app.place.flat_1);
        given::occupancy(conn, &app.place, owner, unit, OccupancyKind::Owner, false).await;
    })
    .await;
    let here =
        |category, title| NewServiceRequest { unit_id: Some(app.place.flat_1), ..about(category, title) };
    cast.ann.report(&here(app.place.heating, "Cold hall")).await.ok();
    app.advance(TimeDelta::minutes(1));
    cast.ann.report(&here(app.place.plumbing, "Wet wall")).await.ok();
    app.advance(TimeDelta::minutes(1));
    let personal = NewServiceRequest { personal: true, ..here(app.place.heating, "My own") };
    cast.ann.report(&personal).await.ok();
    bob.report(&NewServiceRequest {
        unit_id: Some(app.place.flat_2),
        ..about(app.place.heating, "Other flat")
    })
    .await
    .ok();
    // Everybody may see all of them, but not where they are.
    app.query(
        "with it as (update service_requests set visibility = 'community', status = 'triaged' returning id) \
         select id::text as text from it",
    )
    .await;
    let query = Query { unit_id: Some(app.place.flat_1), ..Query::default() };
    let titles = async |who: &Caller| {
        found(who, &query).await.into_iter().map(|one| one.title).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(titles(&cast.dora).await, "My own, Wet wall, Cold hall");
    assert_eq!(titles(&cast.ann).await, "My own, Wet wall, Cold hall");
    assert_eq!(titles(&amy).await, "Wet wall, Cold hall");
    assert_eq!(titles(&owen).await, "Wet wall");
    assert_eq!(titles(&bob).await, "");
    // The personal one is shared with nobody, whatever its visibility says.
    assert_eq!(found(&bob, &Query::default()).await.len(), 3);
}

async fn numbers(who: &Caller, words: &str) -> Vec<String> {
    let query = Query { q: Some(words.into()), ..Query::default() };
    let all = found(who, &query).await;
    all.iter().map(|one| one.number.trim_start_matches("MNT-2026-").to_owned()).collect()
}

#[actix_web::test]
async fn words_are_found_whatever_their_accents_their_case_and_where_they_were_said() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let new = |title: &str, description: &str| NewServiceRequest {
        description: description.into(),
        ..about(app.place.heating, title)
    };
    cast.dora.report(&new("Zażółć gęślą jaźń", "Frau Müller sagt: große Lücke")).await.ok();
    cast.dora.report(&new("Kitchen tap drips", "The tap by the window, since Monday")).await.ok();
    let third = cast.dora.report(&new("Window will not shut", "In the kitchen")).await.ok();
    let triage = ActOnServiceRequest {
        zone_id: Some(app.place.north),
        ..noted(RequestAction::Triage, "Ask the glazier about putty")
    };
    cast.dora.act(&third, triage).await.ok();

    for (typed, expected) in [
        ("muller", vec!["0001"]),
        ("MÜLLER", vec!["0001"]),
        ("zazolc GESLA", vec!["0001"]),
        ("grosse", vec!["0001"]),
        ("kitchen", vec!["0003", "0002"]),
        ("kitchen window", vec!["0003", "0002"]),
        ("kit", vec!["0003", "0002"]),
        // Only the last word may go on.
        ("kit window", vec![]),
        ("\"kitchen tap\"", vec!["0002"]),
        ("\"tap kitchen\"", vec![]),
        ("kitchen -tap", vec!["0003"]),
        ("putty", vec!["0003"]),
        ("MNT-2026-0002", vec!["0002"]),
        ("2026-0002", vec!["0002"]),
        ("0002", vec!["0002"]),
        ("kitchen bathroom", vec![]),
    ] {
        assert_eq!(numbers(&cast.dora, typed).await, expected, "{typed}");
    }
    // What begins like it is found as well: a year, for one.
    assert!(numbers(&cast.dora, "2").await.contains(&"0002".to_owned()));
}

#[actix_web::test]
async fn no_text_is_too_strange_to_be_searched_for() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    cast.report().await;
    for words in [
        "'",
        "''",
        "\\",
        ":*",
        "a:*",
        "!",
        "&",
        "|",
        "(",
        "<->",
        "a & b",
        "\"",
        "\"\"",
        "-",
        "--",
        "- -a",
        "a -",
        "-\"a b",
        "%",
        "_",
        "🦀",
        "日本",
        "radiator'; drop table request_search",
        "radiator\\",
        "-radiator",
    ] {
        let query = Query { q: Some(words.into()), ..Query::default() };
        cast.dora.find(&LIST, &[&cast.dora.slug], &query).await.ok();
    }
}

#[actix_web::test]
async fn words_among_staff_are_found_by_staff_alone() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.report().await;
    cast.dora.say(&request, whisper("She complains every winter")).await.ok();
    cast.dora.say(&request, words("A heater is on its way")).await.ok();
    assert_eq!(numbers(&cast.dora, "winter").await, ["0001"]);
    assert_eq!(numbers(&cast.ann, "winter").await, [] as [&str; 0]);
    assert_eq!(numbers(&cast.ann, "radiator heater").await, ["0001"]);
    assert_eq!(numbers(&cast.theo, "radiator").await, [] as [&str; 0]);
}

#[actix_web::test]
async fn every_order_shows_everything_once_and_in_order() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    for (at, priority) in ["P3", "P1", "P5", "P3", "P2", "P1", "P4"].into_iter().enumerate() {
        let request = cast.report().await;
        let priority: Priority = priority.parse().unwrap();
        if request.summary.priority != priority {
            let change = ActOnServiceRequest {
                priority: Some(priority),
                ..noted(RequestAction::ChangePriority, "Seen on the spot")
            };
            cast.dora.act(&request, change).await.ok();
        }
        if at % 2 == 0 {
            app.advance(TimeDelta::minutes(1));
        }
    }
    let dora = app.again(&cast.dora).await;
    let whole = found(&dora, &Query::default()).await;
    for sort in RequestSort::ALL {
        for limit in [1, 2, 3, 50] {
            let query = Query { sort: Some(*sort), limit: Some(limit), ..Query::default() };
            let sorted = found(&dora, &query).await;
            let mut ids: Vec<_> = sorted.iter().map(|one| one.id).collect();
            let in_order = match sort {
                RequestSort::Newest => sorted.is_sorted_by_key(|one| std::cmp::Reverse(one.created_at)),
                RequestSort::Oldest => sorted.is_sorted_by_key(|one| one.created_at),
                RequestSort::Due => sorted.is_sorted_by_key(|one| one.due_at),
                RequestSort::Updated => sorted.is_sorted_by_key(|one| std::cmp::Reverse(one.updated_at)),
                RequestSort::Priority => {
                    sorted.is_sorted_by_key(|one| (one.priority as u8, std::cmp::Reverse(one.created_at)))
                }
            };
            assert!(in_order, "{sort} {limit}");
            ids.sort();
            ids.dedup();
            assert_eq!(ids.len(), whole.len(), "{sort} {limit}");
        }
    }
}

#[actix_web::test]
async fn any_conditions_together_find_what_a_slow_look_at_everything_finds() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let place = &app.place;
    for status in [
        RequestStatus::New,
        RequestStatus::Triaged,
        RequestStatus::Assigned,
        RequestStatus::InProgress,
        RequestStatus::OnHold,
        RequestStatus::Resolved,
        RequestStatus::Closed,
        RequestStatus::Rejected,
    ] {
        cast.request(status).await;
    }
    app.advance(TimeDelta::days(2));
    let (ann, dora, tess) =
        (app.again(&cast.ann).await, app.again(&cast.dora).await, app.again(&cast.tess).await);
    ann.report(&about(place.security, "Gate stands open")).await.ok();
    dora.report(&about(place.plumbing, "Pipe in the office")).await.ok();
    let hold = ActOnServiceRequest { hold_reason: Some(HoldReason::Weather), ..act(RequestAction::Hold) };
    let last = dora.report(&about(place.security, "Fence is down")).await.ok();
    dora.act(&last, hold).await.ok();

    let everything = found(&dora, &Query::default()).await;
    let now = app.now();
    let day = |text: &str| -> Option<NaiveDate> { text.parse().ok() };
    let tess_id = tess.person().member_id;
    let ann_id = ann.person().member_id;
    let statuses = [None, Some("new"), Some("new,on_hold,closed")];
    let priorities = [None, Some("P1"), Some("P2,P3")];
    let categories = [None, Some((place.heating, "heating")), Some((place.security, "security-breach"))];
    let days = [
        (None, None),
        (day("2026-06-16"), None),
        (None, day("2026-06-15")),
        (day("2026-06-15"), day("2026-06-17")),
    ];
    let mut asked = 0;
    for (status, priority) in statuses.iter().flat_map(|s| priorities.iter().map(move |p| (s, p))) {
        for (category, (from, to)) in categories.iter().flat_map(|c| days.iter().map(move |d| (c, d))) {
            for special in 0..6 {
                asked += 1;
                let query = Query {
                    status: status.map(str::to_owned),
                    priority: priority.map(str::to_owned),
                    category_id: category.map(|(id, _)| id),
                    from: *from,
                    to: *to,
                    unassigned: (special == 1).then_some(true),
                    overdue: (special == 2).then_some(true),
                    assignee_id: (special == 3).then_some(tess_id),
                    reporter_id: (special == 4).then_some(ann_id),
                    photos: (special == 5).then_some(true),
                    ..Query::default()
                };
                let among = |list: &Option<&str>, word: &str| {
                    list.is_none_or(|list| list.split(',').any(|one| one == word))
                };
                let expected: Vec<_> = everything
                    .iter()
                    .filter(|one| {
                        let reported = one.created_at.with_timezone(&chrono_tz::Europe::Lisbon).date_naive();
                        among(status, one.status.as_str())
                            && among(priority, one.priority.as_str())
                            && category
                                .is_none_or(|(_, name)| one.category.to_lowercase().replace(' ', "-") == name)
                            && from.is_none_or(|from| reported >= from)
                            && to.is_none_or(|to| reported <= to)
                            && match special {
                                1 => one.assignee.is_none() && one.status.is_open(),
                                2 => one.due_at < now && one.status.is_open(),
                                3 => one.assignee.as_ref().is_some_and(|who| who.member_id == tess_id),
                                4 => one.reporter.as_ref().is_some_and(|who| who.member_id == ann_id),
                                5 => one.photos > 0,
                                _ => true,
                            }
                    })
                    .map(|one| &one.number)
                    .collect();
                let listed = found(&dora, &query).await;
                assert_eq!(listed.iter().map(|one| &one.number).collect::<Vec<_>>(), expected, "{query:?}");
            }
        }
    }
    assert_eq!(asked, 3 * 3 * 3 * 4 * 6);
}

#[actix_web::test]
async fn what_only_staff_know_of_a_request_nobody_else_finds_out_by_a_filter() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let by_reporter = Query {
        reporter_id: Some(cast.dora.person().member_id),
        tag: Some("warranty".into()),
        ..Query::default()
    };
    let refused = cast.ann.find(&LIST, &[&cast.ann.slug], &by_reporter).await.problem();
    let told: Vec<_> =
        refused.errors.iter().map(|error| (error.parameter.as_deref(), error.code.as_str())).collect();
    assert_eq!(told, [(Some("reporter_id"), "for_staff"), (Some("tag"), "for_staff")]);
    cast.dora.find(&LIST, &[&cast.dora.slug], &by_reporter).await.ok();
    let upside_down = Query {
        from: "2026-06-02".parse().ok(),
        to: "2026-06-01".parse().ok(),
        sort: Some(RequestSort::Due),
        updated_since: Some(app.now()),
        ..Query::default()
    };
    let refused = cast.dora.find(&LIST, &[&cast.dora.slug], &upside_down).await.problem();
    let told: Vec<_> =
        refused.errors.iter().map(|error| (error.parameter.as_deref(), error.code.as_str())).collect();
    assert_eq!(told, [(Some("sort"), "not_with_updated_since"), (Some("to"), "before_from")]);
}
