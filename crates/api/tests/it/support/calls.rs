//! One good call of every operation, for the suites that try them all.

use std::collections::HashMap;
use std::sync::Arc;

use api::app::Shared;
use contract::endpoint::Operation;
use contract::service_request::ServiceRequest;
use contract::session::{SIGN_IN, SignIn};
use contract::{
    OPERATIONS, account, announcement, attachment, audience, audit, bulk, category, checklist, comment,
    community, delivery, invitation, job, member, notification, public, response_template, saved_filter,
    service_request, session, stream, team, unit, zone,
};
use domain::id::{ChecklistItemId, SessionId, UserId};
use serde_json::{Value, json};

use super::announced::Announced;
use super::app::TestApp;
use super::caller::{Caller, Raw};
use super::cast::{Cast, about};
use super::fresh::{Fresh, Registers};
use super::links::{Links, code, refill, twin};
use super::{given, photo, strangers, talk};

/// A call that succeeds for whoever may make it.
#[derive(Clone)]
pub struct Call {
    pub operation: Operation,
    pub path: String,
    pub content_type: String,
    pub body: Vec<u8>,
    /// Headers that it needs, such as `If-Match`.
    pub headers: Vec<(&'static str, String)>,
    /// For calls that end a session: they are made in, or about, a twin of the caller's, so that others can follow.
    twins: Option<Arc<Shared>>,
    /// For calls about something of the caller's own: see [`talk::own`].
    own: Option<Arc<Shared>>,
    /// For calls about what only its reporter may touch: a new request of each user's own.
    reported: Arc<HashMap<String, String>>,
}

impl std::fmt::Debug for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.operation.method.as_str(), self.path)
    }
}

impl Call {
    pub async fn send(&self, caller: &Caller) -> Raw {
        Raw::of(self.request(caller)).await
    }

    /// Ready to be sent.
    pub fn request(&self, caller: &Caller) -> reqwest::RequestBuilder {
        let method = self.operation.method.as_str().parse().unwrap();
        let mut request = match self.twin_of(caller) {
            Some((caller, about)) => caller.request(method, &self.path.replace(TWIN, &about.to_string())),
            None => caller.request(method, &self.path_of(caller).replace(OWN, self.reported_by(caller))),
        };
        if !self.content_type.is_empty() {
            request = request.header("content-type", &self.content_type).body(self.body.clone());
        }
        self.headers.iter().fold(request, |request, (name, value)| request.header(*name, value))
    }

    /// Who has none is told nothing of this one either.
    fn reported_by(&self, caller: &Caller) -> &str {
        let user = caller.known_user();
        user.and_then(|user| self.reported.get(&user)).map_or(OWN, String::as_str)
    }

    /// The path, about what is the caller's own. Whose token is no good has nothing.
    fn path_of(&self, caller: &Caller) -> String {
        let claims = self.own.as_ref().and_then(|shared| {
            caller.known_token().and_then(|token| shared.tokens.verify(token, shared.now()))
        });
        let Some(claims) = claims else { return self.path.clone() };
        let fill = |path: String, letter| path.replace(&mine(letter), &talk::own(claims.sub, letter));
        ["1", "2", "b", "c", "d"].into_iter().fold(self.path.clone(), fill)
    }

    /// The caller in a twin of their session, and another twin to speak of. Whose token is no good has none.
    fn twin_of(&self, caller: &Caller) -> Option<(Caller, SessionId)> {
        let shared = self.twins.as_ref()?;
        let claims = shared.tokens.verify(caller.known_token()?, shared.now())?;
        let token = shared.tokens.issue(claims.sub, twin(claims.sid, "e"), shared.now()).ok()?;
        Some((caller.with_token(token), twin(claims.sid, "f")))
    }

    pub fn with_body(&self, body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..self.clone() }
    }

    /// The same without one of its headers.
    pub fn without(&self, header: &str) -> Self {
        let headers = self.headers.iter().filter(|(name, _)| *name != header).cloned().collect();
        Self { headers, ..self.clone() }
    }

    /// The same with a body that nobody could read.
    pub fn with_garbage(&self) -> Self {
        let (content_type, body) = ("application/json".to_owned(), b"{\"".to_vec());
        Self { content_type, body, ..self.clone() }
    }
}

/// Stands in a path for a request of the caller's.
const OWN: &str = "00000000-0000-7000-8000-000000000000";

/// Stands in a path for a twin of the caller's session.
const TWIN: &str = "a-twin";

/// Stands in a path for something of the caller's own.
fn mine(letter: &str) -> String {
    format!("own-{letter}")
}

/// What the calls speak of: in a community, a request that all its members may see.
pub struct Subject {
    pub request: ServiceRequest,
    /// On its checklist.
    item: ChecklistItemId,
    /// Who reported it, and said something about it.
    author: UserId,
    email: String,
}

impl Subject {
    pub async fn of(app: &TestApp, cast: &Cast) -> Self {
        let photo = cast.ann.upload(photo::jpeg(8, 8)).await.ok();
        let body = contract::service_request::NewServiceRequest {
            attachment_ids: vec![photo.id],
            ..cast.cold_radiator()
        };
        let request = cast.ann.call(&service_request::CREATE, &[&app.place.slug], &body).await.ok();
        app.query("with it as (update service_requests set visibility = 'community', status = 'triaged' returning id) select id::text as text from it").await;
        let item = app.with_conn(async |conn| given::item(conn, &app.place, request.summary.id).await).await;
        let request = cast.ann.show(&request).await.ok();
        own_requests(app, &request).await;
        let ann = cast.ann.person();
        Self { item, request, author: ann.user_id, email: ann.email.clone() }
    }

    /// Every operation once; whatever ends the session comes last.
    pub async fn calls(&self, app: &TestApp) -> Vec<Call> {
        refill(app).await;
        talk::refill(app, &self.request).await;
        let sign_in = SignIn {
            email: self.email.clone(),
            password: given::PASSWORD.into(),
            totp: None,
            refresh_token_in_body: true,
        };
        let refresh = app.anonymous().call(&SIGN_IN, &[], &sign_in).await.ok().refresh_token;
        let (slug, id) = (&app.place.slug, &self.request.summary.number);
        let fresh = Fresh::of(app).await;
        let report = strangers::seen_report(app, &fresh.open).await;
        let [applicant, resident, guard] =
            [fresh.applicant, fresh.resident, fresh.guard].map(|id| id.to_string());
        let password = "four-calm-herons-walk";
        let Links { verify, reset, email } = Links::of(app).await;
        let (own, other) = (given::PASSWORD, "four-calm-herons-walk");
        let proof = |steps| json!({ "current_password": own, "totp": code(app, steps) });
        let of_twins = |call: Call| Call { twins: Some(Arc::clone(&app.shared)), ..call };
        let theirs = Arc::new(own_requests(app, &self.request).await);
        let of_reporter = |call: Call| Call { reported: Arc::clone(&theirs), ..call };
        let team = fresh.team.to_string();
        let of_own = |call: Call| Call { own: Some(Arc::clone(&app.shared)), ..call };
        let calls = vec![
            call(session::SIGN_IN.operation, &[], json!(sign_in)),
            call(session::REFRESH.operation, &[], json!({ "refresh_token": refresh })),
            call(session::LIST.operation, &[], Value::Null),
            of_twins(call(session::REVOKE.operation, &[TWIN], Value::Null)),
            of_twins(call(session::SIGN_OUT.operation, &[], Value::Null)),
            call(account::SHOW.operation, &[], Value::Null),
            call(
                account::JOIN.operation,
                &[],
                json!({ "display_name": "Nina", "community": fresh.open, "unit_number": "101" }),
            ),
            call(invitation::PREVIEW.operation, &[&fresh.link], Value::Null),
            call(invitation::WELCOME.operation, &[slug], Value::Null),
            call(community::SETTINGS.operation, &[slug], Value::Null),
            call(community::UPDATE_SETTINGS.operation, &[slug], json!({ "reopen_days": 14 })),
            call(public::COMMUNITY.operation, &[&fresh.open], Value::Null),
            call(public::LIST.operation, &[&fresh.open], Value::Null),
            call(public::SHOW.operation, &[&fresh.open, &report.number], Value::Null),
            call(public::REPORT.operation, &[&fresh.open], json!(strangers::pothole(fresh.open_category))),
            call(public::SHOW_REPORT.operation, &[&fresh.open, &report.secret], Value::Null),
            call(
                public::ACT.operation,
                &[&fresh.open, &report.secret],
                json!({ "action": "request_cancel" }),
            ),
            call(
                public::COMMENT.operation,
                &[&fresh.open, &report.secret],
                json!({ "body": "Still there." }),
            ),
            Call {
                path: public::UPLOAD.path(&[&fresh.open, &report.secret]),
                ..form(public::UPLOAD.operation, slug, "file", &photo::jpeg(8, 8))
            },
            call(account::UPDATE.operation, &[], json!({ "locale": "en" })),
            call(account::REGISTER.operation, &[], json!({ "email": "nell@example.test" })),
            call(account::VERIFY.operation, &[], json!({ "token": verify, "password": other })),
            call(account::ASK_PASSWORD_RESET.operation, &[], json!({ "email": "nell@example.test" })),
            call(account::RESET_PASSWORD.operation, &[], json!({ "token": reset, "password": other })),
            call(
                account::CHANGE_EMAIL.operation,
                &[],
                json!({ "current_password": own, "email": "nell@example.test" }),
            ),
            call(account::CONFIRM_EMAIL.operation, &[], json!({ "token": email })),
            call(account::CONFIRM_TOTP.operation, &[], json!({ "code": code(app, -1) })),
            call(account::RENEW_RECOVERY_CODES.operation, &[], proof(0)),
            call(account::REMOVE_TOTP.operation, &[], proof(1)),
            call(account::START_TOTP.operation, &[], proof(1)),
            call(
                account::CHANGE_PASSWORD.operation,
                &[],
                json!({ "current_password": own, "password": other }),
            ),
            call(notification::LIST.operation, &[], Value::Null),
            call(delivery::LIST.operation, &[], Value::Null),
            call(delivery::FIGURES.operation, &[slug], Value::Null),
            call(notification::MARK_READ.operation, &[], json!({ "up_to": self.request.summary.id })),
            call(notification::MARK_ONE.operation, &[&self.request.summary.id.to_string()], Value::Null),
            call(notification::CHOICES.operation, &[slug], Value::Null),
            call(notification::CHOOSE.operation, &[slug], json!({ "group": "work", "mail": "daily" })),
            call(notification::UNSUBSCRIBE.operation, &[&under_mail(app).await], Value::Null),
            Call {
                path: format!("{}?seconds=0", stream::OPEN.path(&[])),
                ..call(stream::OPEN.operation, &[], Value::Null)
            },
            call(job::SHOW.operation, &[], Value::Null),
            call(job::LIST_FAILED.operation, &[], Value::Null),
            call(job::RETRY.operation, &[&failed_job(app).await], Value::Null),
            call(community::VERSION.operation, &[], Value::Null),
            call(community::LIST.operation, &[], Value::Null),
            call(community::SHOW.operation, &[slug], Value::Null),
            call(community::CATEGORIES.operation, &[slug], Value::Null),
            call(community::ZONES.operation, &[slug], Value::Null),
            call(community::UNITS.operation, &[slug], Value::Null),
            call(community::PROFESSIONALS.operation, &[slug], Value::Null),
            call(member::LIST.operation, &[slug], Value::Null),
            call(member::SHOW.operation, &[slug, &resident], Value::Null),
            call(
                member::ADD.operation,
                &[slug],
                json!({ "display_name": "Gabriel", "sign_in_name": fresh.word, "password": password, "roles": ["resident"] }),
            ),
            call(member::UPDATE.operation, &[slug, &resident], json!({ "display_name": "Rosa" })),
            call(member::SET_ROLES.operation, &[slug, &resident], json!({ "roles": ["resident", "guard"] })),
            call(member::ACT.operation, &[slug, &applicant], json!({ "action": "approve" })),
            call(member::SET_PASSWORD.operation, &[slug, &guard], json!({ "password": password })),
            call(invitation::LIST.operation, &[slug], Value::Null),
            call(invitation::CREATE.operation, &[slug], json!({ "roles": ["resident"], "max_uses": 5 })),
            call(
                invitation::INVITE_MANY.operation,
                &[slug],
                json!({ "emails": [format!("{}@example.com", fresh.word)], "roles": ["resident"] }),
            ),
            call(invitation::REVOKE.operation, &[slug, &fresh.invitation.to_string()], Value::Null),
            form(attachment::UPLOAD.operation, slug, "file", &photo::jpeg(8, 8)),
            Call {
                path: self.request.attachments[0].url.clone(),
                ..call(attachment::DOWNLOAD.operation, &["x", "x"], Value::Null)
            },
            call(service_request::LIST.operation, &[slug], Value::Null),
            call(bulk::BOARD.operation, &[slug], Value::Null),
            call(bulk::ACT.operation, &[slug], json!({ "requests": [id], "add_tags": [fresh.word] })),
            call(
                service_request::CREATE.operation,
                &[slug],
                json!(about(app.place.heating, "Somewhere it is cold")),
            ),
            call(service_request::SHOW.operation, &[slug, id], Value::Null),
            call(
                service_request::ACT.operation,
                &[slug, id],
                json!({ "action": "ask", "note": "Which room?" }),
            ),
            of_reporter(call(
                service_request::UPDATE.operation,
                &[slug, OWN],
                json!({ "title": "Colder still" }),
            )),
            call(
                service_request::UPDATE_HANDLING.operation,
                &[slug, id],
                json!({ "tags": ["warranty"], "estimated_cost": 12_000 }),
            ),
            call(service_request::FOLLOW.operation, &[slug, id], Value::Null),
            call(service_request::UNFOLLOW.operation, &[slug, id], Value::Null),
            call(service_request::TAGS.operation, &[slug], Value::Null),
            call(team::LIST.operation, &[slug], Value::Null),
            call(team::SHOW.operation, &[slug, &team], Value::Null),
            call(
                team::CREATE.operation,
                &[slug],
                json!({ "name": format!("Night watch {}", fresh.word), "shift": "night" }),
            ),
            call(team::UPDATE.operation, &[slug, &team], json!({ "shift": "day" })),
            call(team::ARCHIVE.operation, &[slug, &team], Value::Null),
            call(comment::LIST.operation, &[slug, id], Value::Null),
            call(comment::CREATE.operation, &[slug, id], json!({ "body": "Me too." })),
            of_own(call(comment::UPDATE.operation, &[slug, id, &mine("c")], json!({ "body": "A pen." }))),
            call(comment::HISTORY.operation, &[slug, id, &talk::own(self.author, "c")], Value::Null),
            of_own(call(comment::REMOVE.operation, &[slug, id, &mine("d")], Value::Null)),
            call(comment::PEOPLE.operation, &[slug, id], Value::Null),
            of_own(call(attachment::REMOVE.operation, &[slug, &mine("b")], Value::Null)),
            call(audit::LIST.operation, &[slug], Value::Null),
            call(audit::EXPORT.operation, &[slug], Value::Null),
            call(audit::LIST_OF_PLATFORM.operation, &[], Value::Null),
        ];
        let calls = [
            calls,
            self.calls_of_registers(app, &fresh.registers, &fresh.word, &guard),
            calls_of_announcements(app, &fresh.word).await,
            vec![call(session::REVOKE_ALL.operation, &[], Value::Null)],
        ]
        .concat();
        for operation in OPERATIONS {
            let known = calls.iter().any(|call| call.operation.id == operation.id);
            assert!(known, "show in support/calls.rs how {} is called", operation.id);
        }
        calls
    }
}

impl Subject {
    /// The catalogue of categories, and the registers of units and zones.
    fn calls_of_registers(&self, app: &TestApp, fresh: &Registers, word: &str, guard: &str) -> Vec<Call> {
        let (slug, number) = (&app.place.slug, &self.request.summary.number);
        let [category, template, filter, zone, unit, other, occupancy, item] = [
            fresh.category.0,
            fresh.template.0,
            fresh.filter.0,
            app.place.north.0,
            app.place.flat_1.0,
            app.place.flat_2.0,
            fresh.occupancy,
            self.item.0,
        ]
        .map(|id| id.to_string());
        let (category, template, filter) = (category.as_str(), template.as_str(), filter.as_str());
        let (zone, unit, occupancy) = (zone.as_str(), unit.as_str(), occupancy.as_str());
        let code = format!("a-{word}");
        vec![
            call(category::ORDER.operation, &[slug], json!({ "ids": fresh.categories })),
            call(category::SHOW.operation, &[slug, category], Value::Null),
            call(
                category::CREATE.operation,
                &[slug],
                json!({ "code": code, "name": "Lamps", "icon": "lamp", "color": "amber", "default_priority": "P3", "target_hours": 72 }),
            ),
            call(category::UPDATE.operation, &[slug, category], json!({ "name": "Lamp posts" })),
            call(category::ACT.operation, &[slug, category], json!({ "action": "archive" })),
            call(checklist::TICK.operation, &[slug, number, &item], json!({ "done": true })),
            call(response_template::LIST.operation, &[slug], Value::Null),
            call(
                response_template::CREATE.operation,
                &[slug],
                json!({ "title": code, "body": "Dear {reporter}, we are on our way." }),
            ),
            call(
                response_template::UPDATE.operation,
                &[slug, template],
                json!({ "body": "Dear {reporter}, we are there." }),
            ),
            call(response_template::FILLED.operation, &[slug, number], Value::Null),
            call(saved_filter::LIST.operation, &[slug], Value::Null),
            call(saved_filter::CREATE.operation, &[slug], json!({ "name": code, "query": "priority=P1" })),
            call(saved_filter::UPDATE.operation, &[slug, filter], json!({ "query": "priority=P2" })),
            call(saved_filter::DELETE.operation, &[slug, filter], Value::Null),
            call(response_template::DELETE.operation, &[slug, template], Value::Null),
            call(unit::SHOW.operation, &[slug, unit], Value::Null),
            call(unit::CREATE.operation, &[slug], json!({ "number": code })),
            call(unit::UPDATE.operation, &[slug, unit], json!({ "suburb": "Riverside" })),
            call(
                unit::ADD_OCCUPANCY.operation,
                &[slug, &other],
                json!({ "member_id": guard, "kind": "tenant" }),
            ),
            call(unit::UPDATE_OCCUPANCY.operation, &[slug, unit, occupancy], json!({ "is_primary": false })),
            call(unit::END_OCCUPANCY.operation, &[slug, unit, occupancy], Value::Null),
            call(zone::ORDER.operation, &[slug], json!({ "ids": fresh.zones })),
            call(zone::SHOW.operation, &[slug, zone], Value::Null),
            call(zone::CREATE.operation, &[slug], json!({ "name": code })),
            call(zone::UPDATE.operation, &[slug, zone], json!({ "name": "North" })),
        ]
    }
}

/// What a community tells its members.
async fn calls_of_announcements(app: &TestApp, word: &str) -> Vec<Call> {
    let Announced { category, draft, spare, published, link } = Announced::of(app, word).await;
    let (slug, category) = (app.place.slug.as_str(), category.to_string());
    let [draft, spare, published] = [draft, spare, published].map(|id| id.to_string());
    let (draft, spare, published) = (draft.as_str(), spare.as_str(), published.as_str());
    let of_own = |call: Call| Call { own: Some(Arc::clone(&app.shared)), ..call };
    vec![
        call(audience::COUNT.operation, &[slug], json!({ "audience": { "ties": ["owner"] } })),
        call(announcement::CATEGORIES.operation, &[slug], Value::Null),
        call(
            announcement::CREATE_CATEGORY.operation,
            &[slug],
            json!({ "name": format!("Works {word}"), "color": "amber", "icon": "construction" }),
        ),
        call(announcement::UPDATE_CATEGORY.operation, &[slug, &category], json!({ "urgent": true })),
        call(announcement::LIST.operation, &[slug], Value::Null),
        call(
            announcement::CREATE.operation,
            &[slug],
            json!({ "category_id": category, "title": "Water off", "body": "From **9** to 12." }),
        ),
        call(announcement::SHOW.operation, &[slug, published], Value::Null),
        call(announcement::UPDATE.operation, &[slug, draft], json!({ "title": "Water off again" })),
        call(announcement::DELETE.operation, &[slug, spare], Value::Null),
        call(announcement::ACT.operation, &[slug, draft], json!({ "action": "publish" })),
        call(announcement::PREVIEW.operation, &[slug], json!({ "text": "**bold**" })),
        call(announcement::RECEIVE.operation, &[slug, published], json!({ "acknowledged": true })),
        call(announcement::OPEN_MAILED.operation, &[&link], json!({ "acknowledged": false })),
        call(announcement::UNREAD.operation, &[slug], Value::Null),
        call(announcement::FIGURES.operation, &[slug, published], Value::Null),
        call(announcement::RECIPIENTS.operation, &[slug, published], Value::Null),
        call(announcement::REMIND.operation, &[slug, published], Value::Null),
        call(announcement::VERSIONS.operation, &[slug, published], Value::Null),
        call(announcement::COMMUNICATION.operation, &[slug], Value::Null),
        call(announcement::COMMENTS.operation, &[slug, published], Value::Null),
        call(announcement::COMMENT.operation, &[slug, published], json!({ "body": "Until when?" })),
        of_own(call(
            announcement::UPDATE_COMMENT.operation,
            &[slug, published, &mine("1")],
            json!({ "body": "A pen." }),
        )),
        of_own(call(announcement::REMOVE_COMMENT.operation, &[slug, published, &mine("2")], Value::Null)),
    ]
}

/// By user: a new request that they reported, made where they have none yet.
async fn own_requests(app: &TestApp, like: &ServiceRequest) -> HashMap<String, String> {
    app.query(&format!(
        "with it as (insert into service_requests select (jsonb_populate_record(r, jsonb_build_object( \
             'id', m.id, 'reporter_id', m.id, 'status', 'new', 'visibility', 'private', 'unit_id', null, \
             'number', 'OWN-' || m.id, 'sequence', 100000 + abs(hashtext(m.id::text)) % 900000))).* \
         from service_requests r, members m where r.id = '{}' and m.community_id = r.community_id \
         and m.status = 'active' and m.user_id in (select user_id from sessions) \
         on conflict do nothing returning 1) select '' as text from it",
        like.summary.id
    ))
    .await;
    let pairs = app
        .query(
            "select m.user_id || ' ' || r.id as text from service_requests r join members m on m.id = r.id",
        )
        .await;
    pairs
        .iter()
        .filter_map(|pair| pair.split_once(' '))
        .map(|(user, id)| (user.to_owned(), id.to_owned()))
        .collect()
}

/// A job that nobody tries any more.
async fn failed_job(app: &TestApp) -> String {
    let sql = format!(
        "with it as (insert into jobs (id, kind, args, priority, created_at, run_at, failed_at) values \
         (gen_random_uuid(), 'sweep_queue', '{{}}', 20, '{now}', '{now}', '{now}') returning id) \
         select id::text as text from it",
        now = app.now().to_rfc3339()
    );
    app.query(&sql).await.remove(0)
}

/// The link that stops mail, as it stands under a letter to somebody of the place.
async fn under_mail(app: &TestApp) -> String {
    let sql = format!(
        "with it as (insert into deliveries (id, template, state, created_at, community_id, member_id) \
         select gen_random_uuid(), 'request.comment', 'sent', '{}', community_id, id from members \
         where community_id = '{}' limit 1 returning id) select id::text as text from it",
        app.now().to_rfc3339(),
        app.place.id
    );
    let id = app.query(&sql).await.remove(0).parse().unwrap();
    app.shared.vault.link(api::worker::UNSUBSCRIBE, id)
}

fn call(operation: Operation, path: &[&str], body: Value) -> Call {
    let values: Vec<&dyn std::fmt::Display> =
        path.iter().map(|value| value as &dyn std::fmt::Display).collect();
    let content_type = if body.is_null() { "" } else { "application/json" };
    Call {
        path: operation.path(&values),
        content_type: content_type.into(),
        body: if body.is_null() { Vec::new() } else { body.to_string().into_bytes() },
        headers: if operation.versioned { vec![("if-match", "*".into())] } else { Vec::new() },
        twins: None,
        own: None,
        reported: Arc::default(),
        operation,
    }
}

/// A `multipart/form-data` body with one file.
pub fn form(operation: Operation, slug: &str, field: &str, file: &[u8]) -> Call {
    let head = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"photo.jpg\"\r\n\
         Content-Type: image/jpeg\r\n\r\n"
    );
    Call {
        path: operation.path(&[&slug]),
        content_type: "multipart/form-data; boundary=frontier".into(),
        body: [head.as_bytes(), file, b"\r\n--frontier--\r\n"].concat(),
        headers: Vec::new(),
        twins: None,
        own: None,
        reported: Arc::default(),
        operation,
    }
}
