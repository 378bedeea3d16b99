//! Invitations: made, listed, used, taken back.

use chrono::TimeDelta;
use contract::invitation::{
    CREATE, INVITE_MANY, Invitation, InvitationQuery, InviteMany, LIST, NewInvitation, PREVIEW, REVOKE,
};
use contract::member::{SET_ROLES, SetRoles};
use contract::problem::Code;
use domain::community::{MemberStatus, OccupancyKind};
use domain::member::MemberAction::{Archive, Suspend};
use domain::role::Role;
use futures_util::future::join_all;

use super::{acts, asking, because, invited, is_in, join, show};
use crate::support::app::TestApp;
use crate::support::caller::{Answer, Caller};

fn link_for(roles: &[Role], uses: u16) -> NewInvitation {
    NewInvitation {
        email: None,
        roles: roles.to_vec(),
        unit_id: None,
        tie: None,
        max_uses: Some(uses),
        expires_in_days: None,
    }
}

fn mail_to(email: &str) -> NewInvitation {
    NewInvitation { email: Some(email.into()), max_uses: None, ..link_for(&[Role::Resident], 1) }
}

async fn create(who: &Caller, new: &NewInvitation) -> Answer<Invitation> {
    who.call(&CREATE, &[&who.slug], new).await
}

async fn listed(who: &Caller) -> Vec<Invitation> {
    who.find(&LIST, &[&who.slug], &InvitationQuery::default()).await.ok().data
}

/// What follows in a link's address.
fn token(invitation: &Invitation) -> String {
    invitation.url.as_deref().unwrap().rsplit('#').next().unwrap().to_owned()
}

/// What follows in the address of the last letter to somebody.
async fn mailed(app: &TestApp, email: &str) -> String {
    app.run_outbox().await;
    let letters = app.letters();
    let letter = letters.iter().find(|letter| letter.contains(email)).expect("a letter");
    let text = letter.replace("=\r\n", "").replace("=3D", "=");
    let (_, rest) = text.split_once("/join#").expect("a link");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect()
}

#[actix_web::test]
async fn a_link_brings_somebody_in_with_its_roles_and_its_unit() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let new = NewInvitation {
        unit_id: Some(app.place.flat_1),
        tie: Some(OccupancyKind::Owner),
        ..link_for(&[Role::Resident, Role::Committee], 2)
    };
    let made = create(&mia, &new).await.ok();
    assert_eq!((made.email.as_deref(), made.created_by.as_deref()), (None, Some("Mia")));
    let seen = app.anonymous().call(&PREVIEW, &[&token(&made)], &()).await.ok();
    assert_eq!((seen.community_slug.as_str(), seen.unit_number.as_deref()), ("willow-park", Some("101")));
    assert!(!seen.is_personal);

    let nina = app.newcomer("nina").await;
    let joined = join(&nina, &invited("Nina", &token(&made))).await.ok();
    assert_eq!(joined.status, MemberStatus::Active);
    assert!(is_in(&nina).await);
    let member = show(&mia, joined.member_id).await.ok().summary;
    assert_eq!(member.roles, [Role::Resident, Role::Committee]);
    assert_eq!((member.units[0].number.as_str(), member.units[0].tie), ("101", OccupancyKind::Owner));
    assert_eq!(join(&nina, &invited("Nina", &token(&made))).await.refusal(), "409 duplicate");
    assert_eq!(listed(&mia).await[0].uses, 1);
    let trail = "select action as text from audit_events where action like 'invitation.%' order by at, id";
    assert_eq!(app.query(trail).await, ["invitation.created", "invitation.accepted"]);
}

#[actix_web::test]
async fn of_twenty_who_use_a_link_for_five_at_once_five_are_in() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let made = create(&mia, &link_for(&[Role::Resident], 5)).await.ok();
    let mut all = Vec::new();
    for nth in 0..20 {
        all.push(app.newcomer(&format!("nina{nth}")).await);
    }
    let body = invited("Nina", &token(&made));
    let answers = join_all(all.iter().map(|one| join(one, &body))).await;
    let of = |status: u16| answers.iter().filter(|answer| answer.raw.status == status).count();
    assert_eq!((of(201), of(410)), (5, 15));
    assert_eq!(app.count("invitation_uses").await, 5);
    let inside = app
        .query("select id::text as text from members where status = 'active' and display_name = 'Nina'")
        .await;
    assert_eq!(inside.len(), 5);
    assert_eq!(listed(&mia).await, []);
}

#[actix_web::test]
async fn what_was_sent_to_an_address_is_for_its_owner_and_stored_sealed() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let made = create(&mia, &mail_to("Nina@Newcomers.test")).await.ok();
    assert_eq!((made.email.as_deref(), made.url), (Some("nina@newcomers.test"), None));
    let stored = app.query("select i::text as text from invitations i").await;
    assert!(!stored[0].contains("newcomers"), "{stored:?}");
    assert_eq!(app.mailbox().await, ["nina@newcomers.test: You are invited to Willow Park"]);
    let link = mailed(&app, "nina@newcomers.test").await;
    assert!(app.anonymous().call(&PREVIEW, &[&link], &()).await.ok().is_personal);

    let [nora, nina] = [app.newcomer("nora").await, app.newcomer("nina").await];
    assert_eq!(join(&nora, &invited("Nora", &link)).await.refusal(), "403 not_allowed");
    join(&nina, &invited("Nina", &link)).await.ok();
    assert_eq!(join(&nora, &invited("Nora", &link)).await.refusal(), "410 gone");
    assert_eq!(app.anonymous().call(&PREVIEW, &[&link], &()).await.refusal(), "410 gone");
}

#[actix_web::test]
async fn what_is_taken_back_outlived_or_made_up_works_no_more() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    app.newcomer("nina").await;
    let [short, taken] = [
        create(&mia, &NewInvitation { expires_in_days: Some(1), ..link_for(&[Role::Resident], 9) })
            .await
            .ok(),
        create(&mia, &link_for(&[Role::Resident], 9)).await.ok(),
    ];
    assert_eq!(mia.call(&REVOKE, &[&mia.slug, &taken.id], &()).await.refusal(), "428 precondition_required");
    assert_eq!(
        mia.change(&REVOKE, &[&mia.slug, &taken.id], 9, &()).await.refusal(),
        "412 precondition_failed"
    );
    mia.change(&REVOKE, &[&mia.slug, &taken.id], taken.version, &()).await.ok();
    assert_eq!(mia.change(&REVOKE, &[&mia.slug, &taken.id], 2, &()).await.refusal(), "410 gone");
    assert_eq!(listed(&mia).await.len(), 1);
    let other = app.shared.vault.link("reset_password", short.id.0);
    let (mia, made) = (token(&short), app.shared.vault.link("invitation", uuid::Uuid::now_v7()));
    app.anonymous().call(&PREVIEW, &[&mia], &()).await.ok();
    app.advance(TimeDelta::days(1));
    let nina = app.caller_of("nina@newcomers.test").await;
    for link in [token(&taken), mia, made, other, "x".repeat(43), "ä".repeat(20)] {
        assert_eq!(app.anonymous().call(&PREVIEW, &[&link], &()).await.refusal(), "410 gone", "{link}");
        assert_eq!(join(&nina, &invited("Nina", &link)).await.refusal(), "410 gone", "{link}");
    }
}

#[actix_web::test]
async fn an_invitation_is_worth_what_its_maker_may_still_grant() {
    let app = TestApp::start().await;
    let alma = app.member("alma", &[Role::Admin]).await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let [nina, nora] = [app.newcomer("nina").await, app.newcomer("nora").await];
    let link = token(&create(&mia, &link_for(&[Role::Supervisor], 9)).await.ok());
    join(&nina, &invited("Nina", &link)).await.ok();
    let demote = SetRoles { roles: vec![Role::Resident] };
    alma.change(&SET_ROLES, &[&alma.slug, &mia.person().member_id], 1, &demote).await.ok();
    assert_eq!(app.anonymous().call(&PREVIEW, &[&link], &()).await.refusal(), "410 gone");
    assert_eq!(join(&nora, &invited("Nora", &link)).await.refusal(), "410 gone");
}

#[actix_web::test]
async fn who_was_sent_away_comes_back_when_invited_by_name_after_that() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let nina = app.newcomer("nina").await;
    let open = token(&create(&mia, &link_for(&[Role::Resident], 9)).await.ok());
    let early = create(&mia, &mail_to("nina@newcomers.test")).await.ok();
    let early = app.shared.vault.link("invitation", early.id.0);
    let id = join(&nina, &invited("Nina", &open)).await.ok().member_id;
    app.advance(TimeDelta::seconds(1));
    acts(&mia, id, &because(Archive, "Moved out.")).await.ok();
    for link in [&open, &early] {
        assert_eq!(join(&nina, &invited("Nina", link)).await.refusal(), "403 not_allowed");
    }
    let early = listed(&mia).await.into_iter().find(|one| one.email.is_some()).unwrap();
    mia.change(&REVOKE, &[&mia.slug, &early.id], early.version, &()).await.ok();
    app.advance(TimeDelta::seconds(1));
    let again = create(&mia, &mail_to("nina@newcomers.test")).await.ok();
    let again = app.shared.vault.link("invitation", again.id.0);
    assert_eq!(join(&nina, &invited("Nina", &again)).await.ok().member_id, id);
    assert!(is_in(&nina).await);

    acts(&mia, id, &because(Suspend, "Fees.")).await.ok();
    assert_eq!(join(&nina, &invited("Nina", &open)).await.refusal(), "403 not_allowed");
}

#[actix_web::test]
async fn who_waits_is_let_in_by_an_invitation() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let nina = app.newcomer("nina").await;
    let id = join(&nina, &asking("Nina", "willow-park")).await.ok().member_id;
    let link = token(&create(&mia, &link_for(&[Role::Resident], 1)).await.ok());
    let joined = join(&nina, &invited("Nina", &link)).await.ok();
    assert_eq!((joined.member_id, joined.status), (id, MemberStatus::Active));
}

#[actix_web::test]
async fn many_addresses_are_answered_one_by_one() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    app.resident("rosa").await;
    create(&mia, &mail_to("ivo@example.com")).await.ok();
    let emails =
        ["new@example.com", "rosa@willow-park.test", "IVO@example.com", "New@Example.com", "two@example.com"];
    let body = InviteMany {
        emails: emails.map(str::to_owned).to_vec(),
        roles: vec![Role::Resident],
        expires_in_days: Some(30),
    };
    let answers = mia.call(&INVITE_MANY, &[&mia.slug], &body).await.ok().data;
    let told: Vec<_> =
        answers.iter().map(|one| (one.email.as_str(), one.invitation.is_some(), one.refused)).collect();
    assert_eq!(
        told,
        [
            ("new@example.com", true, None),
            ("rosa@willow-park.test", false, Some(Code::Duplicate)),
            ("ivo@example.com", false, Some(Code::Duplicate)),
            ("new@example.com", false, Some(Code::Duplicate)),
            ("two@example.com", true, None),
        ]
    );
    assert_eq!(app.mailbox().await.len(), 3);
    assert_eq!(create(&mia, &mail_to("two@example.com")).await.refusal(), "409 duplicate");
    assert_eq!(create(&mia, &mail_to("rosa@willow-park.test")).await.refusal(), "409 duplicate");
    for (emails, expected) in [
        (vec![], "422 invalid: #/emails required"),
        (vec!["x@example.com".to_owned(); 201], "422 invalid: #/emails too_many"),
        (vec!["x@example.com".into(), "nobody".into()], "422 invalid: #/emails not_an_email"),
    ] {
        let body = InviteMany { emails, ..body.clone() };
        assert_eq!(mia.call(&INVITE_MANY, &[&mia.slug], &body).await.refusal(), expected);
    }
    let many = InviteMany { emails: (0..200).map(|nth| format!("p{nth}@example.com")).collect(), ..body };
    let answers = mia.call(&INVITE_MANY, &[&mia.slug], &many).await.ok().data;
    assert_eq!(answers.iter().filter(|one| one.invitation.is_some()).count(), 200);
}

#[actix_web::test]
async fn what_does_not_go_together_in_an_invitation_is_told() {
    let app = TestApp::start().await;
    let mia = app.member("mia", &[Role::Manager]).await;
    let elsewhere = app.elsewhere("elm-court").await;
    let link = link_for(&[Role::Resident], 1);
    for (new, expected) in [
        (
            NewInvitation { max_uses: Some(2), ..mail_to("x@example.com") },
            "422 invalid: #/max_uses superfluous",
        ),
        (
            NewInvitation { tie: Some(OccupancyKind::Owner), ..link.clone() },
            "422 invalid: #/unit_id required",
        ),
        (NewInvitation { unit_id: Some(elsewhere.flat_1), ..link.clone() }, "422 invalid: #/unit_id unknown"),
        (NewInvitation { roles: vec![], ..link.clone() }, "422 invalid: #/roles required"),
        (NewInvitation { max_uses: Some(0), ..link.clone() }, "422 invalid: #/max_uses out_of_range"),
        (
            NewInvitation { expires_in_days: Some(91), ..link.clone() },
            "422 invalid: #/expires_in_days out_of_range",
        ),
        (NewInvitation { roles: vec![Role::Admin], ..link }, "403 not_allowed"),
    ] {
        assert_eq!(create(&mia, &new).await.refusal(), expected);
    }
    assert_eq!(app.count("invitations").await, 0);
}
