//! The life of a membership, and who may change whose.

use crate::community::{MemberStatus, Settings};
use crate::role::{Permission, Rights, Role};
use crate::text_enum::text_enum;

text_enum! {
    /// What can be done with a membership. Asking to join is not among them: that is how one begins.
    pub enum MemberAction {
        Approve = "approve",
        Reject = "reject",
        Suspend = "suspend",
        Reinstate = "reinstate",
        Archive = "archive",
        Restore = "restore",
    }
}

/// One row of the life of a membership.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    pub action: MemberAction,
    pub from: &'static [MemberStatus],
    pub to: MemberStatus,
    pub permission: Permission,
    /// The member is told why.
    pub needs_reason: bool,
}

/// Everything that can happen to a membership.
pub const LIFECYCLE: &[Step] = {
    use MemberAction::{Approve, Archive, Reinstate, Reject, Restore, Suspend};
    use MemberStatus::{Active, Archived, Pending, Suspended};
    use Permission::{MembersApprove, MembersArchive, MembersSuspend};
    const fn step(
        action: MemberAction,
        from: &'static [MemberStatus],
        to: MemberStatus,
        permission: Permission,
        needs_reason: bool,
    ) -> Step {
        Step { action, from, to, permission, needs_reason }
    }
    &[
        step(Approve, &[Pending], Active, MembersApprove, false),
        step(Reject, &[Pending], Archived, MembersApprove, true),
        step(Suspend, &[Active], Suspended, MembersSuspend, true),
        step(Reinstate, &[Suspended], Active, MembersSuspend, false),
        step(Archive, &[Active, Suspended], Archived, MembersArchive, true),
        step(Restore, &[Archived], Active, MembersArchive, false),
    ]
};

impl MemberAction {
    pub fn step(self) -> &'static Step {
        // Every action has its row: a test counts them.
        LIFECYCLE.iter().find(|step| step.action == self).unwrap_or(&LIFECYCLE[0])
    }
}

/// Who asks for a change of somebody's membership.
#[derive(Debug, Clone, Copy)]
pub struct Asker {
    pub rights: Rights,
    /// It is their own membership.
    pub is_self: bool,
}

/// The membership that is to change.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    pub status: MemberStatus,
    /// What their roles give them (or would, where they are not active).
    pub rights: Rights,
    /// They are the only active admin.
    pub is_last_admin: bool,
}

/// Why a change of a membership is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("not allowed")]
    NotAllowed,
    #[error("does not fit the present status")]
    WrongState,
    #[error("the last admin stays")]
    LastAdmin,
    #[error("a reason is needed")]
    ReasonMissing,
}

/// The status that a membership has after an action, or why it cannot have it.
pub fn decide(
    action: MemberAction,
    asker: Asker,
    subject: Subject,
    reason: Option<&str>,
) -> Result<MemberStatus, Refusal> {
    let step = action.step();
    // Nobody decides about themselves, nor about somebody who may do more than they.
    if asker.is_self || !asker.rights.can(step.permission) || !asker.rights.outranks(subject.rights) {
        return Err(Refusal::NotAllowed);
    }
    if !step.from.contains(&subject.status) {
        return Err(Refusal::WrongState);
    }
    if subject.is_last_admin && subject.status == MemberStatus::Active && step.to != MemberStatus::Active {
        return Err(Refusal::LastAdmin);
    }
    if step.needs_reason && reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(Refusal::ReasonMissing);
    }
    Ok(step.to)
}

/// What an asker could do with a membership now.
pub fn allowed_actions(asker: Asker, subject: Subject) -> Vec<MemberAction> {
    let could = |action: &MemberAction| decide(*action, asker, subject, Some("a reason")).is_ok();
    MemberAction::ALL.iter().copied().filter(could).collect()
}

/// The roles that somebody with these rights may give and take: nobody grants a role with a permission they lack.
pub fn grantable(rights: Rights, settings: &Settings) -> Vec<Role> {
    let grants = rights.can(Permission::MembersGrantRoles);
    let within = |role: &Role| grants && rights.outranks(Rights::of(&[*role], settings));
    Role::ALL.iter().copied().filter(within).collect()
}

/// Whether an asker may turn one set of roles into another: every role given or taken must be theirs to grant, and the
/// last admin stays one.
pub fn may_set_roles(
    asker: Asker,
    subject: Subject,
    before: &[Role],
    after: &[Role],
    settings: &Settings,
) -> Result<(), Refusal> {
    let grantable = grantable(asker.rights, settings);
    let mut changed = Role::ALL.iter().filter(|role| before.contains(role) != after.contains(role));
    // Somebody who may do more than the asker is not the asker's to change at all.
    if !asker.rights.outranks(subject.rights) || !changed.all(|role| grantable.contains(role)) {
        return Err(Refusal::NotAllowed);
    }
    if subject.is_last_admin && before.contains(&Role::Admin) && !after.contains(&Role::Admin) {
        return Err(Refusal::LastAdmin);
    }
    Ok(())
}

/// The life of a membership as a page, in the words of the table.
pub fn document() -> String {
    let mut page = String::from(
        "# The life of a membership\n\n```mermaid\nstateDiagram-v2\n  [*] --> pending: ask\n  [*] --> active: use an invitation, be added\n",
    );
    let mut rows = String::new();
    for step in LIFECYCLE {
        for from in step.from {
            page += &format!("  {from} --> {}: {}\n", step.to, step.action);
        }
        let from: Vec<&str> = step.from.iter().map(|status| status.as_str()).collect();
        let takes = if step.needs_reason { "reason" } else { "" };
        rows += &format!(
            "| {} | {} | {} | `{}` | {takes} |\n",
            from.join(", "),
            step.action,
            step.to,
            step.permission
        );
    }
    page + "  archived --> pending: ask again\n```\n\n| from | action | to | who | takes |\n|---|---|---|---|---|\n"
        + &rows
}

#[cfg(test)]
mod tests;
