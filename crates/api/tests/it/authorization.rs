//! Who may call what: every operation of the document × everybody who could call it.

use std::collections::{BTreeMap, BTreeSet};

use domain::role::Role;

use crate::support::app::TestApp;
use crate::support::caller::Caller;
use crate::support::calls::Subject;
use crate::support::cast::Cast;

/// A line per operation: its id, and who is let in. Everybody else gets 401, 403 or 404, and nothing happens.
///
/// `anybody` is everybody, signed in or not; `signed-in` everybody who is, members of other communities and operators
/// included; `member` every member of the community in the address; `operator` who runs the platform.
const EXPECTED: &[(&str, &[&str])] = &[
    ("sign_in", &["anybody"]),
    ("refresh_session", &["anybody"]),
    ("show_version", &["anybody"]),
    ("download_file", &["anybody"]),
    ("preview_invitation", &["anybody"]),
    ("show_public_community", &["anybody"]),
    ("list_public_requests", &["anybody"]),
    ("show_public_request", &["anybody"]),
    ("report_without_account", &["anybody"]),
    ("show_report", &["anybody"]),
    ("act_on_report", &["anybody"]),
    ("comment_on_report", &["anybody"]),
    ("add_photo_to_report", &["anybody"]),
    ("welcome_to_community", &["anybody"]),
    ("register_account", &["anybody"]),
    ("verify_account", &["anybody"]),
    ("ask_password_reset", &["anybody"]),
    ("reset_password", &["anybody"]),
    ("confirm_email", &["anybody"]),
    ("sign_out", &["signed-in"]),
    ("list_sessions", &["signed-in"]),
    ("revoke_session", &["signed-in"]),
    ("revoke_all_sessions", &["signed-in"]),
    ("show_account", &["signed-in"]),
    ("join_community", &["signed-in"]),
    ("update_account", &["signed-in"]),
    ("change_password", &["signed-in"]),
    ("change_email", &["signed-in"]),
    ("start_totp", &["signed-in"]),
    ("confirm_totp", &["signed-in"]),
    ("remove_totp", &["signed-in"]),
    ("renew_recovery_codes", &["signed-in"]),
    ("list_notifications", &["signed-in"]),
    ("mark_notifications_read", &["signed-in"]),
    ("mark_notification_read", &["signed-in"]),
    ("show_notification_choices", &["member"]),
    ("choose_notifications", &["member"]),
    ("unsubscribe", &["anybody"]),
    ("list_deliveries", &["signed-in"]),
    ("open_stream", &["signed-in"]),
    ("show_job_queues", &["operator"]),
    ("list_failed_jobs", &["operator"]),
    ("retry_job", &["operator"]),
    ("list_communities", &["operator"]),
    ("show_community", &["member"]),
    ("show_settings", &["manager", "admin"]),
    ("show_delivery_figures", &["manager", "admin"]),
    ("update_settings", &["manager", "admin"]),
    ("list_categories", &["member"]),
    ("list_zones", &["member"]),
    ("list_units", &["member"]),
    ("list_professionals", &["dispatcher", "supervisor", "manager", "admin"]),
    ("list_members", &["dispatcher", "supervisor", "committee", "accountant", "manager", "admin"]),
    ("show_member", &["dispatcher", "supervisor", "committee", "accountant", "manager", "admin"]),
    ("add_member", &["manager", "admin"]),
    ("update_member", &["manager", "admin"]),
    ("set_member_roles", &["manager", "admin"]),
    ("act_on_member", &["manager", "admin"]),
    ("set_member_password", &["manager", "admin"]),
    ("list_invitations", &["manager", "admin"]),
    ("create_invitation", &["manager", "admin"]),
    ("invite_many", &["manager", "admin"]),
    ("revoke_invitation", &["manager", "admin"]),
    ("upload_attachment", &["member"]),
    ("remove_attachment", &["member"]),
    ("list_comments", &["member"]),
    ("create_comment", &["member"]),
    ("update_comment", &["member"]),
    ("remove_comment", &["member"]),
    ("list_comment_versions", &["admin"]),
    ("list_people_to_mention", &["member"]),
    ("list_service_requests", &["member"]),
    ("show_board", &["dispatcher", "supervisor", "committee", "manager", "admin"]),
    ("act_on_service_requests", &["dispatcher", "supervisor", "manager", "admin"]),
    ("create_service_request", &["member"]),
    ("show_service_request", &["member"]),
    ("update_service_request", &["member"]),
    ("update_service_request_handling", &["dispatcher", "supervisor", "manager", "admin"]),
    ("follow_service_request", &["member"]),
    ("unfollow_service_request", &["member"]),
    ("list_tags", &["dispatcher", "supervisor", "committee", "manager", "admin"]),
    ("list_teams", &["dispatcher", "supervisor", "manager", "admin"]),
    ("show_team", &["dispatcher", "supervisor", "manager", "admin"]),
    ("create_team", &["supervisor", "manager", "admin"]),
    ("update_team", &["supervisor", "manager", "admin"]),
    ("archive_team", &["supervisor", "manager", "admin"]),
    // As far as the workflow lets them: the call asks a question.
    ("act_on_service_request", &["dispatcher", "supervisor", "manager", "admin"]),
    ("list_audit_events", &["admin"]),
    ("export_audit_events", &["admin"]),
    ("list_platform_audit_events", &["operator"]),
    ("show_category", &["member"]),
    ("create_category", &["supervisor", "manager", "admin"]),
    ("update_category", &["supervisor", "manager", "admin"]),
    ("order_categories", &["supervisor", "manager", "admin"]),
    ("act_on_category", &["supervisor", "manager", "admin"]),
    ("tick_checklist_item", &["dispatcher", "supervisor", "manager", "admin"]),
    ("list_response_templates", &["dispatcher", "supervisor", "committee", "manager", "admin"]),
    ("create_response_template", &["supervisor", "manager", "admin"]),
    ("update_response_template", &["supervisor", "manager", "admin"]),
    ("delete_response_template", &["supervisor", "manager", "admin"]),
    ("fill_response_templates", &["dispatcher", "supervisor", "committee", "manager", "admin"]),
    ("list_saved_filters", &["member"]),
    ("create_saved_filter", &["member"]),
    // The call speaks of one that is shared.
    ("update_saved_filter", &["dispatcher", "supervisor", "manager", "admin"]),
    ("delete_saved_filter", &["dispatcher", "supervisor", "manager", "admin"]),
    ("show_unit", &["member"]),
    ("create_unit", &["manager", "admin"]),
    ("update_unit", &["manager", "admin"]),
    ("add_occupancy", &["manager", "admin"]),
    ("update_occupancy", &["manager", "admin"]),
    ("end_occupancy", &["manager", "admin"]),
    ("show_zone", &["member"]),
    ("create_zone", &["manager", "admin"]),
    ("update_zone", &["manager", "admin"]),
    ("order_zones", &["manager", "admin"]),
    ("count_audience", &["committee", "accountant", "manager", "admin"]),
    ("list_announcement_categories", &["member"]),
    ("create_announcement_category", &["committee", "accountant", "manager", "admin"]),
    ("update_announcement_category", &["committee", "accountant", "manager", "admin"]),
    ("list_announcements", &["member"]),
    ("create_announcement", &["committee", "accountant", "manager", "admin"]),
    ("show_announcement", &["member"]),
    ("update_announcement", &["committee", "accountant", "manager", "admin"]),
    ("delete_announcement", &["committee", "accountant", "manager", "admin"]),
    ("act_on_announcement", &["committee", "accountant", "manager", "admin"]),
    ("preview_markdown", &["committee", "accountant", "manager", "admin"]),
    ("receive_announcement", &["member"]),
    ("open_mailed_announcement", &["anybody"]),
    ("count_unread_announcements", &["member"]),
    ("show_announcement_figures", &["committee", "accountant", "manager", "admin"]),
    ("list_announcement_recipients", &["committee", "accountant", "manager", "admin"]),
    ("remind_of_announcement", &["committee", "accountant", "manager", "admin"]),
    ("list_announcement_versions", &["member"]),
    ("show_communication_figures", &["committee", "accountant", "manager", "admin"]),
    ("list_announcement_comments", &["member"]),
    ("create_announcement_comment", &["member"]),
    ("update_announcement_comment", &["member"]),
    ("remove_announcement_comment", &["member"]),
];

fn is_let_in(expected: &[&str], who: &str) -> bool {
    expected.iter().any(|allowed| match *allowed {
        "anybody" => true,
        "signed-in" => who != "anonymous",
        "member" => !["anonymous", "operator", "stranger"].contains(&who),
        role => role == who,
    })
}

#[test]
fn the_table_speaks_of_every_operation_of_the_document_and_of_no_other() {
    let document = api::openapi::document();
    let documented: BTreeSet<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|item| item.as_object().unwrap().values())
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let expected: BTreeSet<&str> = EXPECTED.iter().map(|(id, _)| *id).collect();
    let add: Vec<String> =
        documented.difference(&expected).map(|id| format!("(\"{id}\", &[\"…\"]),")).collect();
    assert!(
        add.is_empty(),
        "say who may call it: add to EXPECTED in authorization.rs\n    {}",
        add.join("\n    ")
    );
    let remove: Vec<&&str> = expected.difference(&documented).collect();
    assert!(
        remove.is_empty(),
        "remove from EXPECTED in authorization.rs, no operation is called so: {remove:?}"
    );
    assert_eq!(expected.len(), EXPECTED.len(), "each operation once");
}

#[actix_web::test]
async fn everybody_may_call_what_the_table_says_and_nothing_else() {
    let app = TestApp::start().await;
    let cast = Cast::of(&app).await;
    let subject = Subject::of(&app, &cast).await;
    let expected: BTreeMap<&str, &[&str]> = EXPECTED.iter().copied().collect();
    let mut wrong = Vec::new();
    for (who, caller) in everybody(&app).await {
        for call in subject.calls(&app).await {
            let answer = call.send(&caller).await;
            let id = call.operation.id;
            let fits = match is_let_in(expected[id], who) {
                true => (200..300).contains(&answer.status),
                false => [401, 403, 404].contains(&answer.status),
            };
            if !fits {
                wrong.push(format!("{who} calls {id}: {} {}", answer.status, answer.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// One caller for every role, and those without any.
async fn everybody(app: &TestApp) -> Vec<(&'static str, Caller)> {
    let mut all = vec![("anonymous", app.anonymous()), ("operator", app.operator().await)];
    let elsewhere = app.elsewhere("elm-court").await;
    let stranger = app.member_of(&elsewhere, "stranger", &[Role::Admin]).await;
    all.push(("stranger", stranger.speaking_of(&app.place.slug)));
    for role in Role::ALL {
        let name = format!("a-{role}");
        let caller = app.member(&name, &[*role]).await;
        if *role == Role::Professional {
            let mut conn = app.conn().await;
            crate::support::given::skills(&mut conn, &app.place, caller.person().member_id, &[], &[]).await;
        }
        all.push((role.as_str(), caller));
    }
    all
}
