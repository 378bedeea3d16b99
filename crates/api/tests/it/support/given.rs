//! Places and people to test with, written through the functions that the server itself uses.

use api::audit::Entry;
use chrono::{DateTime, Utc};
use db::{
    Conn, attachment, category, checklist, community, member, notification, outbox, place, professional,
    response_template, service_request, timeline, user,
};
use domain::audit::AuditAction;
use domain::category::starters;
use domain::community::{CommunityKind, MemberStatus, OccupancyKind, ProfessionalStatus, Settings};
use domain::event::Event;
use domain::id::{
    CategoryId, ChecklistItemId, CommunityId, MemberId, ResponseTemplateId, ServiceRequestId, UnitId, UserId,
    ZoneId,
};
use domain::role::Role;
use domain::service_request::decide::Progress;
use domain::service_request::{
    AttachmentKind, Priority, RequestChannel, RequestStatus, RequestVisibility, Urgency,
};
use uuid::Uuid;

/// When every test begins: a Monday in summer.
pub fn morning() -> DateTime<Utc> {
    "2026-06-15T08:00:00Z".parse().unwrap()
}

/// Everybody's.
pub const PASSWORD: &str = "a password for tests";

/// A community with two zones, four categories and three units.
#[derive(Debug, Clone)]
pub struct Place {
    pub id: CommunityId,
    pub slug: String,
    pub north: ZoneId,
    pub south: ZoneId,
    /// Needs no photo.
    pub heating: CategoryId,
    /// Needs a photo of the finished work.
    pub plumbing: CategoryId,
    /// An emergency.
    pub security: CategoryId,
    /// In the north.
    pub flat_1: UnitId,
    pub flat_2: UnitId,
    /// In no zone.
    pub gatehouse: UnitId,
}

impl Place {
    /// A point in the north.
    pub const NORTHERN: domain::place::Coordinates = domain::place::Coordinates { lng: 0.5, lat: 1.5 };
}

/// Somebody who can sign in, as a member of a place.
#[derive(Debug, Clone)]
pub struct Person {
    pub user_id: UserId,
    pub member_id: MemberId,
    pub email: String,
}

pub async fn community(conn: &mut Conn, slug: &str, settings: &Settings) -> Place {
    let id = CommunityId(Uuid::now_v7());
    let row = community::Community {
        id,
        slug: slug.into(),
        name: title_case(slug),
        kind: CommunityKind::Estate,
        time_zone: "Europe/Lisbon".into(),
        currency: "EUR".into(),
        locale: "en".into(),
        request_prefix: "MNT".into(),
        settings: serde_json::to_value(settings).unwrap(),
        created_at: morning(),
    };
    community::insert(conn, &row).await.unwrap();
    let [north, south] = zones(conn, id).await;
    let [heating, plumbing, security] = categories(conn, id).await;
    let [flat_1, flat_2, gatehouse] = units(conn, id, north).await;
    Place { id, slug: slug.into(), north, south, heating, plumbing, security, flat_1, flat_2, gatehouse }
}

fn title_case(slug: &str) -> String {
    let words = slug.split('-').map(|word| word[..1].to_uppercase() + &word[1..]);
    words.collect::<Vec<_>>().join(" ")
}

async fn zones(conn: &mut Conn, community_id: CommunityId) -> [ZoneId; 2] {
    let ids = [(); 2].map(|()| ZoneId(Uuid::now_v7()));
    let square = |south: f64| {
        let (west, east, north) = (0.0, 1.0, south + 1.0);
        serde_json::json!([[west, south], [east, south], [east, north], [west, north], [west, south]])
    };
    let rows = ["North", "South"].iter().zip(ids).enumerate().map(|(at, (name, id))| place::Zone {
        id,
        community_id,
        name: (*name).into(),
        boundary: Some(square(1.0 - at as f64)),
        position: at as i32,
        version: 1,
    });
    place::insert_zones(conn, &rows.collect::<Vec<_>>()).await.unwrap();
    ids
}

async fn categories(conn: &mut Conn, community_id: CommunityId) -> [CategoryId; 3] {
    let ids = [(); 3].map(|()| CategoryId(Uuid::now_v7()));
    let all = [
        ("heating", "Heating", Priority::P3, 24, false),
        ("plumbing", "Plumbing", Priority::P2, 12, true),
        ("security-breach", "Security breach", Priority::P1, 1, false),
    ];
    let rows = all.into_iter().zip(ids).enumerate().map(|(at, (row, id))| {
        let (code, name, default_priority, target_hours, evidence_required) = row;
        category::Category {
            code: code.into(),
            name: name.into(),
            icon: "wrench".into(),
            default_priority,
            target_hours,
            evidence_required,
            position: at as i32,
            priority_min: Priority::P1,
            priority_max: Priority::P5,
            default_visibility: RequestVisibility::Private,
            building_fabric: code == "plumbing",
            ..category::Category::starting(id, community_id, &starters(CommunityKind::Estate)[0], 0)
        }
    });
    category::insert_all(conn, &rows.collect::<Vec<_>>()).await.unwrap();
    ids
}

async fn units(conn: &mut Conn, community_id: CommunityId, north: ZoneId) -> [UnitId; 3] {
    let ids = [(); 3].map(|()| UnitId(Uuid::now_v7()));
    let all = [("101", Some(north)), ("102", Some(north)), ("Gatehouse", None)];
    let rows = all.into_iter().zip(ids).map(|((number, zone_id), id)| place::Unit {
        id,
        community_id,
        number: number.into(),
        block: None,
        street: Some("Willow Lane".into()),
        zone_id,
        lng: zone_id.map(|_| 0.5),
        lat: zone_id.map(|_| 1.5),
        suburb: None,
        postal_code: None,
        version: 1,
    });
    place::insert_units(conn, &rows.collect::<Vec<_>>()).await.unwrap();
    ids
}

/// A member who can sign in with [`PASSWORD`] and `<name>@<slug>.test`.
pub async fn member(conn: &mut Conn, place: &Place, name: &str, roles: &[Role]) -> Person {
    let person = user(conn, &format!("{name}@{}.test", place.slug), false).await;
    join(conn, place, person, name, roles, MemberStatus::Active).await
}

/// A user who belongs nowhere yet.
pub async fn user(conn: &mut Conn, email: &str, is_operator: bool) -> UserId {
    let id = UserId(Uuid::now_v7());
    let hash = Some(cheap_hash(PASSWORD));
    let row = user::User { is_operator, ..user::User::with_email(id, email.into(), hash, morning()) };
    user::insert(conn, &row).await.unwrap();
    id
}

pub async fn join(
    conn: &mut Conn,
    place: &Place,
    user_id: UserId,
    name: &str,
    roles: &[Role],
    status: MemberStatus,
) -> Person {
    let (id, now) = (MemberId(Uuid::now_v7()), morning());
    let row = member::Member::new(id, place.id, Some(user_id), title_case(name), status, now);
    member::insert(conn, &row, roles).await.unwrap();
    let email = user::get(conn, user_id).await.unwrap().email.unwrap();
    Person { user_id, member_id: row.id, email }
}

/// A real hash with the least effort, so that signing in costs the tests nothing.
pub fn cheap_hash(password: &str) -> String {
    use argon2::password_hash::PasswordHasher;
    use argon2::{Algorithm, Argon2, Params, Version};
    let effort = Params::new(8, 1, 1, None).unwrap();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, effort)
        .hash_password(password.as_bytes())
        .unwrap()
        .to_string()
}

/// Makes a member somebody who can be given work: in these categories, in these zones (none means all).
pub async fn skills(conn: &mut Conn, place: &Place, member_id: MemberId, skills: &[&str], zones: &[ZoneId]) {
    professional_as(conn, place, member_id, ProfessionalStatus::Verified, skills, zones).await;
}

pub async fn professional_as(
    conn: &mut Conn,
    place: &Place,
    member_id: MemberId,
    status: ProfessionalStatus,
    skills: &[&str],
    zones: &[ZoneId],
) {
    let row = professional::Professional {
        community_id: place.id,
        member_id,
        status,
        skills: skills.iter().map(|skill| (*skill).into()).collect(),
    };
    let covered: Vec<professional::CoveredZone> = zones
        .iter()
        .map(|zone| professional::CoveredZone { community_id: place.id, member_id, zone_id: *zone })
        .collect();
    professional::insert_all(conn, &[row], &covered).await.unwrap();
}

/// The member lives in the unit.
pub async fn home(conn: &mut Conn, place: &Place, member_id: MemberId, unit_id: UnitId) {
    occupancy(conn, place, member_id, unit_id, OccupancyKind::Tenant, true).await;
}

pub async fn occupancy(
    conn: &mut Conn,
    place: &Place,
    member_id: MemberId,
    unit_id: UnitId,
    kind: OccupancyKind,
    resides: bool,
) -> Uuid {
    let row = place::Occupancy {
        id: Uuid::now_v7(),
        community_id: place.id,
        unit_id,
        member_id,
        kind,
        is_primary: true,
        resides,
        from_date: morning().date_naive() - chrono::Days::new(100),
        to_date: None,
        version: 1,
    };
    let id = row.id;
    place::insert_occupancies(conn, &[row]).await.unwrap();
    id
}

pub fn template(
    place: &Place,
    category_id: Option<CategoryId>,
    title: &str,
    body: &str,
) -> response_template::ResponseTemplate {
    response_template::ResponseTemplate {
        id: ResponseTemplateId(Uuid::now_v7()),
        community_id: place.id,
        category_id,
        title: title.into(),
        body: body.into(),
        version: 1,
        created_at: morning(),
        updated_at: morning(),
    }
}

/// An open item on the checklist of a request.
pub async fn item(conn: &mut Conn, place: &Place, request_id: ServiceRequestId) -> ChecklistItemId {
    let row = checklist::Item {
        id: ChecklistItemId(Uuid::now_v7()),
        community_id: place.id,
        request_id,
        position: 0,
        text: "Bleed the radiator".into(),
        done_at: None,
        done_by: None,
        done_by_name: None,
        version: 1,
    };
    let id = row.id;
    checklist::insert_all(conn, &[row]).await.unwrap();
    id
}

pub async fn audit_event(conn: &mut Conn) {
    let entry = Entry::new(AuditAction::SessionCreated, None);
    api::audit::record(conn, entry, morning()).await.unwrap();
}

/// A community in which something of everything is stored.
pub async fn stored_request(conn: &mut Conn) -> ServiceRequestId {
    let place = community(conn, "stored-place", &Settings::default()).await;
    let ann = member(conn, &place, "ann", &[Role::Resident]).await;
    let tess = member(conn, &place, "tess", &[Role::Professional]).await;
    skills(conn, &place, tess.member_id, &["heating"], &[place.north]).await;
    home(conn, &place, ann.member_id, place.flat_1).await;
    let new = new_request(&place, ann.member_id);
    service_request::insert(conn, &new, "MNT", 2026).await.unwrap();
    timeline::record(conn, &[first_line(&new)]).await.unwrap();
    attachment::insert_all(conn, &[photo(&new, ann.member_id)]).await.unwrap();
    let rating = service_request::Rating {
        community_id: place.id,
        request_id: new.id,
        rater_id: Some(ann.member_id),
        stars: 4,
        created_at: morning(),
    };
    service_request::rate(conn, &[rating]).await.unwrap();
    item(conn, &place, new.id).await;
    let template = template(&place, Some(place.heating), "On our way", "Dear {reporter}, we are on our way.");
    response_template::insert_all(conn, &[template]).await.unwrap();
    tell(conn, &new, &ann).await;
    audit_event(conn).await;
    new.id
}

fn new_request(place: &Place, reporter: MemberId) -> service_request::New {
    let progress = Progress::reported(place.heating, Priority::P3, Some(place.north));
    service_request::New {
        secret_digest: None,
        id: ServiceRequestId(Uuid::now_v7()),
        community_id: place.id,
        title: "Radiator stays cold".into(),
        description: String::new(),
        progress,
        urgency: Urgency::Normal,
        unit_id: Some(place.flat_1),
        lng: None,
        lat: None,
        address_hint: String::new(),
        reporter_id: Some(reporter),
        beneficiary_id: None,
        channel: RequestChannel::Web,
        visibility: RequestVisibility::Private,
        personal: false,
        name_hidden: false,
        handling: service_request::Handling::default(),
        photos: 1,
        due_at: morning(),
        created_at: morning(),
    }
}

fn first_line(new: &service_request::New) -> timeline::Entry {
    timeline::Entry {
        actor_id: new.reporter_id,
        actor_name: Some("Ann".into()),
        from_status: None,
        ..timeline::Entry::plain(new.community_id, new.id, "report".into(), RequestStatus::New, morning())
    }
}

fn photo(new: &service_request::New, uploader_id: MemberId) -> attachment::Attachment {
    attachment::Attachment {
        id: domain::id::AttachmentId(Uuid::now_v7()),
        community_id: new.community_id,
        uploader_id: Some(uploader_id),
        request_id: Some(new.id),
        announcement_id: None,
        comment_id: None,
        kind: AttachmentKind::Problem,
        name: None,
        stored_name: "x".into(),
        width: 1,
        height: 1,
        size: 1,
        created_at: morning(),
        removed_at: None,
    }
}

async fn tell(conn: &mut Conn, new: &service_request::New, ann: &Person) {
    let event = outbox::Event::of_request(
        Event::RequestReport,
        new.community_id,
        new.id,
        Some(ann.member_id),
        morning(),
    );
    outbox::enqueue(conn, &event).await.unwrap();
    let notification = notification::NewNotification {
        id: domain::id::NotificationId(Uuid::now_v7()),
        community_id: new.community_id,
        member_id: ann.member_id,
        user_id: ann.user_id,
        outbox_id: event.id,
        event: event.event,
        subject_kind: event.subject_kind,
        subject_id: event.subject_id,
        request_id: event.request_id,
        actor_id: Some(ann.member_id),
        created_at: morning(),
        read_at: None,
        held: false,
    };
    notification::tell(conn, &notification).await.unwrap();
}
