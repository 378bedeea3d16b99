//! Who is who, and who comes in.

use leptos::prelude::*;

use crate::invitation::create::InvitePage;
use crate::invitation::list::InvitationsPage;
use crate::member::add::NewMemberPage;
use crate::member::approvals::ApprovalsPage;
use crate::member::list::MembersPage;
use crate::member::show::MemberPage;
use crate::routes::Route;

pub fn page(route: Route) -> AnyView {
    match route {
        Route::Members(community) => view! { <MembersPage community=community /> }.into_any(),
        Route::NewMember(community) => view! { <NewMemberPage community=community /> }.into_any(),
        Route::Member(community, id) => view! { <MemberPage community=community id=id /> }.into_any(),
        Route::Approvals(community) => view! { <ApprovalsPage community=community /> }.into_any(),
        Route::Invitations(community) => view! { <InvitationsPage community=community /> }.into_any(),
        Route::NewInvitation(community) => view! { <InvitePage community=community /> }.into_any(),
        _ => ().into_any(),
    }
}
