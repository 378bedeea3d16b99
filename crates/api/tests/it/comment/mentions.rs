//! Calling people by name.

use contract::comment::{ChangeComment, Comment, NewComment, PEOPLE, PeopleQuery, UPDATE};
use contract::notification::{LIST, NotificationQuery};
use contract::service_request::ServiceRequest;
use domain::service_request::Audience;
use domain::service_request::RequestStatus::{Assigned, New};

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::cast::Cast;
use crate::support::talk::{whisper, words};

async fn people(who: &Caller, request: &ServiceRequest, audience: Audience, q: &str) -> String {
    let query =
        PeopleQuery { audience: Some(audience), q: Some(q.into()).filter(|q: &String| !q.is_empty()) };
    let page = who.find(&PEOPLE, &[&who.slug, &request.summary.id], &query).await.ok();
    page.data.into_iter().map(|person| person.display_name).collect::<Vec<_>>().join(" ")
}

async fn mentions(app: &TestApp, who: &Caller) -> usize {
    app.run_outbox().await;
    let page = app.again(who).await.find(&LIST, &[], &NotificationQuery::default()).await.ok();
    page.data.iter().filter(|told| told.event == "request.mention").count()
}

fn calling(said: NewComment, people: &[&Caller]) -> NewComment {
    NewComment { mention_ids: people.iter().map(|one| one.person().member_id).collect(), ..said }
}

#[actix_web::test]
async fn staff_may_call_all_staff_and_residents_those_who_take_part() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    assert_eq!(people(&cast.dora, &request, Audience::Everyone, "").await, "Ann Sue Tess");
    assert_eq!(people(&cast.dora, &request, Audience::Staff, "").await, "Sue Tess");
    assert_eq!(people(&cast.ann, &request, Audience::Everyone, "").await, "Tess");
    assert_eq!(people(&cast.ann, &request, Audience::Staff, "").await, "");
    cast.dora.say(&request, words("Tess has it.")).await.ok();
    assert_eq!(people(&cast.ann, &request, Audience::Everyone, "").await, "Dora Tess");
    assert_eq!(people(&cast.ann, &request, Audience::Everyone, "D").await, "Dora");
    assert_eq!(people(&cast.dora, &request, Audience::Everyone, "zz").await, "");
}

#[actix_web::test]
async fn nobody_is_called_who_could_not_read_it() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(New).await;
    for (who, said) in [
        (&cast.dora, calling(whisper("@Ann"), &[&cast.ann])),
        (&cast.dora, calling(words("@Theo"), &[&cast.theo])),
        (&cast.ann, calling(words("@Sue"), &[&cast.sue])),
        (&cast.ann, calling(words("@Ann"), &[&cast.ann])),
    ] {
        assert_eq!(who.say(&request, said).await.refusal(), "422 invalid: #/mention_ids unknown");
    }
    assert_eq!(app.count("comments").await, 0);
}

#[actix_web::test]
async fn who_is_called_hears_of_it_once_and_of_an_edit_only_if_it_is_news() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    let said =
        cast.dora.say(&request, calling(whisper("@Sue, @Sue, please look."), &[&cast.sue, &cast.sue])).await;
    let said = said.ok();
    assert_eq!(said.mentions.len(), 1);
    assert_eq!((mentions(&app, &cast.sue).await, mentions(&app, &cast.tess).await), (1, 0));
    let mended: Comment = cast
        .dora
        .change(
            &UPDATE,
            &[&cast.dora.slug, &request.summary.id, &said.id],
            said.version,
            &ChangeComment {
                body: Some("@Sue and @Tess, please look.".into()),
                mention_ids: Some(vec![cast.sue.person().member_id, cast.tess.person().member_id]),
            },
        )
        .await
        .ok();
    let names: Vec<_> = mended.mentions.iter().map(|person| person.display_name.as_str()).collect();
    assert_eq!(names, ["Sue", "Tess"]);
    assert_eq!((mentions(&app, &cast.sue).await, mentions(&app, &cast.tess).await), (1, 1));
}

#[actix_web::test]
async fn who_is_called_is_not_told_besides_that_there_was_a_comment() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let request = cast.request(Assigned).await;
    app.run_outbox().await;
    let before =
        app.again(&cast.ann).await.find(&LIST, &[], &NotificationQuery::default()).await.ok().data.len();
    cast.dora.say(&request, calling(words("@Ann, is it warm now?"), &[&cast.ann])).await.ok();
    assert_eq!(mentions(&app, &cast.ann).await, 1);
    let after =
        app.again(&cast.ann).await.find(&LIST, &[], &NotificationQuery::default()).await.ok().data.len();
    assert_eq!(after, before + 1);
    assert!(app.mailbox().await.iter().any(|letter| letter.contains("Dora mentioned you")));
}
