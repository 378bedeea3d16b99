//! Typed ids: UUIDv7 made at the edge, so that a unit's id can never stand where a member's belongs.

/// Defines a newtype over [`uuid::Uuid`] for the id of one kind of thing.
macro_rules! typed_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::Uuid))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = uuid::Uuid))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        #[cfg(feature = "diesel")]
        impl diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>) -> diesel::serialize::Result {
                diesel::serialize::ToSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::to_sql(&self.0, out)
            }
        }

        #[cfg(feature = "diesel")]
        impl diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                diesel::deserialize::FromSql::<diesel::sql_types::Uuid, diesel::pg::Pg>::from_sql(bytes).map(Self)
            }
        }
    )*};
}

typed_id! {
    /// A person who can sign in.
    UserId;
    /// One signed-in device of a user.
    SessionId;
    /// A community: the tenant.
    CommunityId;
    /// A user's membership in one community.
    MemberId;
    /// A named part of a community.
    ZoneId;
    /// An addressable property: flat, house, shop.
    UnitId;
    /// What a request is about.
    CategoryId;
    /// That somebody lives in a unit, or owns it.
    OccupancyId;
    /// One item of a request's checklist.
    ChecklistItemId;
    /// A text that staff answer with.
    ResponseTemplateId;
    /// What narrows a list of requests, under a name.
    SavedFilterId;
    /// A named group of professionals.
    TeamId;
    /// A service request.
    ServiceRequestId;
    /// One line of a request's timeline.
    TimelineId;
    /// Something that somebody said about a request.
    CommentId;
    /// An uploaded file.
    AttachmentId;
    /// A message in a member's in-app inbox.
    NotificationId;
    /// An invitation to join a community.
    InvitationId;
    /// Something that a community tells its members.
    AnnouncementId;
    /// What announcements are about.
    AnnouncementCategoryId;
}
