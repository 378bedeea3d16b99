//! People and invitations that a call uses up: made anew for every round of calls.

use chrono::{DateTime, TimeDelta, Utc};
use db::{Conn, category, invitation, member, place, response_template, saved_filter, user};
use domain::category::starters;
use domain::community::{CommunityKind, MemberStatus, OccupancyKind};
use domain::id::{
    CategoryId, InvitationId, MemberId, ResponseTemplateId, SavedFilterId, TeamId, UserId, ZoneId,
};
use domain::role::Role;
use uuid::Uuid;

use super::app::TestApp;
use super::given::{self, Place, morning};
use super::strangers;

/// Whom the operations on members and invitations speak of.
pub struct Fresh {
    /// Asks to join.
    pub applicant: MemberId,
    pub resident: MemberId,
    /// Signs in with a name.
    pub guard: MemberId,
    /// A word that nobody has used yet.
    pub word: String,
    /// A link for many.
    pub invitation: InvitationId,
    /// What follows in its address.
    pub link: String,
    /// A team of nobody.
    pub team: TeamId,
    /// The slug of another community that takes requests to join.
    pub open: String,
    /// What can be reported there.
    pub open_category: CategoryId,
    pub registers: Registers,
}

/// What the operations on the catalogue and the registers speak of.
pub struct Registers {
    pub category: CategoryId,
    /// All of the first level.
    pub categories: Vec<CategoryId>,
    pub template: ResponseTemplateId,
    /// That somebody shares with all staff.
    pub filter: SavedFilterId,
    pub zones: Vec<ZoneId>,
    /// Somebody tied to the first flat.
    pub occupancy: Uuid,
}

impl Registers {
    async fn of(conn: &mut Conn, place: &Place, word: &str, tenant: MemberId) -> Self {
        let row = category::Category {
            code: word.into(),
            name: word.into(),
            position: 100,
            ..category::Category::starting(
                CategoryId(Uuid::now_v7()),
                place.id,
                &starters(CommunityKind::Estate)[0],
                100,
            )
        };
        category::insert_all(conn, std::slice::from_ref(&row)).await.unwrap();
        let template = given::template(place, None, word, "{number}: on our way.");
        response_template::insert_all(conn, std::slice::from_ref(&template)).await.unwrap();
        let filter = saved_filter::SavedFilter {
            id: SavedFilterId(Uuid::now_v7()),
            community_id: place.id,
            member_id: tenant,
            name: word.into(),
            query: "priority=P1".into(),
            shared: true,
            version: 1,
            created_at: morning(),
            updated_at: morning(),
        };
        saved_filter::insert_all(conn, std::slice::from_ref(&filter)).await.unwrap();
        let occupancy =
            given::occupancy(conn, place, tenant, place.flat_1, OccupancyKind::Family, true).await;
        let all = category::list(conn, place.id).await.unwrap();
        Self {
            category: row.id,
            categories: all.iter().filter(|it| it.parent_id.is_none()).map(|it| it.id).collect(),
            template: template.id,
            filter: filter.id,
            zones: place::list_zones(conn, place.id).await.unwrap().iter().map(|zone| zone.id).collect(),
            occupancy,
        }
    }
}

impl Fresh {
    pub async fn of(app: &TestApp) -> Self {
        let word = Uuid::new_v4().simple().to_string()[..12].to_owned();
        let place = &app.place;
        let open = format!("open-{word}");
        app.with_conn(async |conn| {
            let open_category = given::community(conn, &open, &strangers::open()).await.heating;
            let maker =
                person(conn, place, &format!("maker-{word}"), MemberStatus::Active, &[Role::Manager]).await;
            let invitation = link(conn, place, maker, &[Role::Resident], 1000, app.now()).await;
            let resident =
                person(conn, place, &format!("old-{word}"), MemberStatus::Active, &[Role::Resident]).await;
            Self {
                registers: Registers::of(conn, place, &word, resident).await,
                resident,
                applicant: person(conn, place, &format!("new-{word}"), MemberStatus::Pending, &[]).await,
                guard: named(conn, place, &format!("gate-{word}"), &[Role::Guard]).await,
                link: app.shared.vault.link("invitation", invitation.0),
                invitation,
                team: team(conn, place, &word, app.now()).await,
                open: open.clone(),
                open_category,
                word: word.clone(),
            }
        })
        .await
    }
}

pub async fn person(
    conn: &mut Conn,
    place: &Place,
    name: &str,
    status: MemberStatus,
    roles: &[Role],
) -> MemberId {
    let user = given::user(conn, &format!("{name}@{}.test", place.slug), false).await;
    given::join(conn, place, user, name, roles, status).await.member_id
}

/// Somebody without e-mail, who signs in as `<name>@<slug>` with the password of all tests.
pub async fn named(conn: &mut Conn, place: &Place, name: &str, roles: &[Role]) -> MemberId {
    let (id, now) = (UserId(Uuid::now_v7()), morning());
    let hash = given::cheap_hash(given::PASSWORD);
    let account = user::User {
        email: None,
        sign_in_name: Some(format!("{name}@{}", place.slug)),
        ..user::User::with_email(id, String::new(), Some(hash), now)
    };
    user::insert(conn, &account).await.unwrap();
    let row = member::Member::new(
        MemberId(Uuid::now_v7()),
        place.id,
        Some(id),
        name.to_owned(),
        MemberStatus::Active,
        now,
    );
    member::insert(conn, &row, roles).await.unwrap();
    row.id
}

pub async fn team(conn: &mut Conn, place: &Place, name: &str, now: DateTime<Utc>) -> TeamId {
    let row = db::team::Team {
        id: TeamId(Uuid::now_v7()),
        community_id: place.id,
        name: name.into(),
        shift: domain::service_request::Shift::Always,
        skills: Vec::new(),
        archived_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    db::team::insert(conn, &row).await.unwrap();
    row.id
}

/// A link that so many may use within two weeks.
pub async fn link(
    conn: &mut Conn,
    place: &Place,
    maker: MemberId,
    roles: &[Role],
    uses: i32,
    now: DateTime<Utc>,
) -> InvitationId {
    let id = InvitationId(Uuid::now_v7());
    let row = invitation::Invitation {
        id,
        community_id: place.id,
        email_sealed: None,
        email_index: None,
        roles: roles.to_vec(),
        unit_id: None,
        tie: None,
        max_uses: uses,
        uses: 0,
        created_by: maker,
        created_at: now,
        expires_at: now + TimeDelta::days(14),
        revoked_at: None,
        version: 1,
    };
    invitation::insert_all(conn, &[row]).await.unwrap();
    id
}
