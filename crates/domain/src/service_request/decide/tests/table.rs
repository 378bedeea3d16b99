//! Every state × action × kind of asker, expected from a table of its own.

use super::*;
use RequestStatus::{InProgress, OnHold, Resolved};

/// One line per row of the description: from | action | to | who | fields.
///
/// Who: `R` the reporter, `N` another resident, `A` the assignee, `O` another professional (with the skill), `G` one
/// of the team's,
/// `D` dispatcher, `S` supervisor, `C` committee, `M` manager, `T` time, `P` the platform; small letters only where
/// the community's settings open it. Fields: `!` needed, `/` one of these needed, `?` possible, `~` needed while the request stands in no
/// zone though the community has some, `^` needed where the category demands it.
const DESCRIPTION: &str = "
new                             | triage          | triaged     | D S c M T           | category_id? priority? zone_id~ note?
new triaged                     | ask             | same        | D S c M             | note!
new triaged                     | answer          | same        | R                   | note! attachment_ids?
on_hold                         | answer          | before      | R                   | note! attachment_ids?
new                             | assign          | assigned    | D S M P             | assignee_id/ team_id/ category_id? priority? zone_id~ note?
triaged                         | assign          | assigned    | D S M P             | assignee_id/ team_id/ note?
triaged                         | claim           | assigned    | a o g               |
assigned                        | accept          | assigned    | A G                 | note?
assigned                        | decline         | triaged     | A                   | note!
assigned in_progress on_hold    | reassign        | assigned    | D S M               | assignee_id/ team_id/ note!
assigned in_progress on_hold    | unassign        | triaged     | D S M P             | note!
assigned                        | arrive          | assigned    | A                   | at? note?
assigned                        | start           | in_progress | A                   | note?
new triaged                     | hold            | on_hold     | D S M               | hold_reason! hold_until? note?
assigned in_progress            | hold            | on_hold     | A D S M             | hold_reason! hold_until? note?
on_hold                         | resume          | before      | A D S M T           | note?
in_progress                     | resolve         | resolved    | A D S M             | note! attachment_ids^
resolved                        | confirm         | closed      | R                   | rating? note?
resolved                        | dispute         | in_progress | R                   | note! attachment_ids?
resolved                        | auto_close      | closed      | T                   |
resolved                        | close           | closed      | S M                 | note!
closed                          | reopen          | assigned    | R D S M             | note! attachment_ids?
new triaged                     | reject          | rejected    | D S c M             | reject_reason! note!
new triaged assigned            | cancel          | cancelled   | R                   | note?
new triaged assigned in_progress on_hold | cancel | cancelled   | D S M               | note!
in_progress on_hold             | request_cancel  | same        | R                   | note?
new triaged assigned in_progress on_hold | merge  | duplicate   | D S M               | master_id! note?
duplicate                       | unmerge         | triaged     | D S M               | note!
any                             | override        | cancelled   | S M                 | target! note! assignee_id? hold_reason? hold_until? reject_reason? team_id? master_id?
new triaged assigned in_progress on_hold | change_priority | same | D S c M           | priority! note!
new triaged assigned in_progress on_hold | change_category | same | D S c M          | category_id! note?
new triaged assigned in_progress on_hold | change_zone | same    | D S c M           | zone_id! note?
any                             | change_visibility | same      | D S c M             | visibility! note?
new triaged assigned in_progress on_hold | change_due | same     | S M               | due_at! note!
";

struct Line {
    from: Vec<RequestStatus>,
    action: RequestAction,
    to: &'static str,
    who: &'static str,
    fields: &'static str,
}

fn description() -> Vec<Line> {
    DESCRIPTION
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let cells: Vec<&'static str> = line.split('|').map(str::trim).collect();
            let [from, action, to, who, fields] = cells[..] else { panic!("five cells: {line}") };
            let from = match from {
                "any" => RequestStatus::ALL.to_vec(),
                some => some.split_whitespace().map(|word| word.parse().unwrap()).collect(),
            };
            Line { from, action: action.parse().unwrap(), to, who, fields }
        })
        .collect()
}

impl Line {
    fn admits(&self, letter: char, open: bool) -> bool {
        self.who.contains(letter) || (open && self.who.contains(letter.to_ascii_lowercase()))
    }

    fn fields(&self, marks: &str) -> Vec<Field> {
        self.fields
            .split_whitespace()
            .filter(|word| word.ends_with(|mark| marks.contains(mark)))
            .map(|word| word[..word.len() - 1].parse().unwrap())
            .collect()
    }

    /// What it cannot do without.
    fn needed(&self) -> Vec<Field> {
        let choice = self.fields("/").into_iter().take(1);
        self.fields("!").into_iter().chain(choice).collect()
    }

    fn target(&self, from: RequestStatus) -> RequestStatus {
        match self.to {
            "same" => from,
            "before" => InProgress,
            state => state.parse().unwrap(),
        }
    }
}

const ASKERS: &str = "RNAOGDSCMTP";

fn asker(letter: char, settings: &Settings) -> Asker {
    let of = |id, role| member(id, role, settings);
    match letter {
        'R' => of(REPORTER, Role::Resident),
        'N' => of(NEIGHBOUR, Role::Resident),
        'A' => of(ASSIGNEE, Role::Professional),
        'O' => of(OTHER_PROFESSIONAL, Role::Professional),
        'G' => of(TEAMMATE, Role::Professional),
        'D' => of(STAFF, Role::Dispatcher),
        'S' => of(STAFF, Role::Supervisor),
        'C' => of(STAFF, Role::Committee),
        'M' => of(STAFF, Role::Manager),
        'T' => Asker::Clock,
        'P' => Asker::System,
        other => panic!("nobody is called {other}"),
    }
}

/// A request on which nothing but the table stands in the way of the action.
fn ripe(status: RequestStatus, action: RequestAction) -> Progress {
    let mut progress = request(status);
    progress.waiting_reporter = action == RequestAction::Answer && status.is_open();
    match (status, action) {
        (Resolved, RequestAction::AutoClose) => progress.resolved_at = Some(days_ago(30)),
        (OnHold, RequestAction::Resume) => progress.hold_until = Some(days_ago(1)),
        _ => {}
    }
    progress
}

/// Calls `check` for every cell, with the line that allows it, if any does.
fn each_cell(check: impl Fn(RequestStatus, RequestAction, char, bool, &[Line], Option<&Line>)) {
    let lines = description();
    for open in [false, true] {
        for (status, action) in
            RequestStatus::ALL.iter().flat_map(|s| RequestAction::ALL.iter().map(|a| (*s, *a)))
        {
            for letter in ASKERS.chars() {
                // Where nobody has the work, its later assignee is just another professional.
                let known_as = if letter == 'A' && request(status).assignee.is_none() { 'O' } else { letter };
                let line = lines.iter().find(|line| {
                    line.action == action && line.from.contains(&status) && line.admits(known_as, open)
                });
                check(status, action, letter, open, &lines, line);
            }
        }
    }
}

#[test]
fn every_state_answers_every_action_of_everybody_as_described() {
    each_cell(|status, action, letter, open, lines, line| {
        let settings = settings(open);
        let asker = asker(letter, &settings);
        let known_as = if letter == 'A' && request(status).assignee.is_none() { 'O' } else { letter };
        let ever = lines.iter().any(|line| line.action == action && line.admits(known_as, open));
        let expected = match line {
            Some(line) => Ok(line.target(status)),
            None if ever => Err(wrong_state(status, action)),
            None => Err(Refusal::NotAllowed),
        };
        let given = given(&line.map(Line::needed).unwrap_or_default());
        let answer = decide(&ripe(status, action), &facts(settings), &asker, action, &given, now());
        assert_eq!(
            answer.map(|next| next.status),
            expected,
            "{letter} does {action} while {status}, settings open: {open}"
        );
    });
}

#[test]
fn every_step_takes_the_fields_described_and_no_others() {
    each_cell(|status, action, letter, open, _, line| {
        let Some(line) = line else { return };
        let settings = settings(open);
        let (progress, facts) = (ripe(status, action), facts(settings.clone()));
        let asker = asker(letter, &settings);
        let answer = |fields: &[Field]| decide(&progress, &facts, &asker, action, &given(fields), now());
        let (needed, known) = (line.needed(), line.fields("!/?~^"));
        let cell = format!("{letter} does {action} while {status}");

        for field in &needed {
            let rest: Vec<Field> = needed.iter().copied().filter(|one| one != field).collect();
            let refusal = match line.fields("/") {
                choice if choice.contains(field) => Refusal::MissingOneOf(choice),
                _ => Refusal::Missing(vec![*field]),
            };
            assert_eq!(answer(&rest), Err(refusal), "{cell} without {field}");
        }
        for field in Field::ALL {
            let more: Vec<Field> = needed.iter().chain([field]).copied().collect();
            match known.contains(field) {
                true => assert!(answer(&more).is_ok(), "{cell} with {field}: {:?}", answer(&more)),
                false => {
                    assert_eq!(answer(&more), Err(Refusal::Superfluous(vec![*field])), "{cell} with {field}");
                }
            }
        }
    });
}

#[test]
fn what_is_offered_is_what_is_described_with_its_fields() {
    each_cell(|status, action, letter, open, _, line| {
        let settings = settings(open);
        let offered = allowed_actions(
            &ripe(status, action),
            &facts(settings.clone()),
            &asker(letter, &settings),
            now(),
        );
        let offer = offered.iter().find(|(one, _)| *one == action).map(|(_, needs)| needs);
        let cell = format!("{letter} is offered {action} while {status}: {offer:?}");
        assert_eq!(offer.is_some(), line.is_some(), "{cell}");
        let (Some(needs), Some(line)) = (offer, line) else { return };
        let names = |required: bool| {
            let mut names: Vec<Field> = needs
                .iter()
                .filter(|need| (need.when == When::Always) == required)
                .map(|need| need.field)
                .collect();
            names.sort_unstable();
            names
        };
        let sorted = |mut fields: Vec<Field>| {
            fields.sort_unstable();
            fields
        };
        assert_eq!(names(true), sorted(line.fields("!")), "{cell}");
        assert_eq!(names(false), sorted(line.fields("/?~^")), "{cell}");
    });
}

#[test]
fn the_description_itself_speaks_of_every_action() {
    for action in RequestAction::ALL {
        assert!(description().iter().any(|line| line.action == *action), "{action}");
    }
}
