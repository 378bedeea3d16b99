//! Tells the story of one request, step by step. Every step goes through the domain's own decision, so that a demo
//! timeline holds nothing that the server would have refused.

use chrono::{DateTime, TimeDelta, Utc};
use db::attachment::Attachment;
use db::comment::{Comment, Mention, Version};
use db::service_request::{New, Rating};
use db::timeline::Entry;
use domain::id::{AttachmentId, CommentId, MemberId, TimelineId};
use domain::service_request::decide::{Asker, Candidate, Facts, Given, Progress, Refusal, decide};
use domain::service_request::{AttachmentKind, Audience, Priority, RequestAction, audience};

use super::calendar;
use super::dice::Dice;
use super::photos::{self, Scene};
use super::texts::{Template, Topic};
use super::world::{Person, World};

/// A finished story, ready to be stored.
#[derive(Debug, Clone)]
pub struct Story {
    pub new: New,
    pub entries: Vec<Entry>,
    pub attachments: Vec<Attachment>,
    pub comments: Vec<Comment>,
    /// What they said before they were edited or taken back.
    pub versions: Vec<Version>,
    pub mentions: Vec<Mention>,
    pub rating: Option<Rating>,
    pub template: &'static Template,
}

impl Story {
    pub fn updated_at(&self) -> DateTime<Utc> {
        self.entries.last().map_or(self.new.created_at, |entry| entry.at)
    }
}

/// Who does a step: members as places in [`World::people`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Reporter,
    Assignee,
    Staff(usize),
    Clock,
    System,
}

/// Why a story goes no further.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// The rest has not happened yet.
    #[error("the story has reached the present")]
    Now,
    /// It was to be told so far and no further.
    #[error("the story has reached its stop")]
    Stop,
    /// A story that the server would not have allowed: a fault of the demo.
    #[error("{action} was refused: {refusal}")]
    Refused { action: RequestAction, refusal: Refusal },
}

/// What somebody says and brings along.
#[derive(Debug, Clone, Default)]
pub struct Said {
    pub note: Option<String>,
    pub given: Given,
    pub photos: usize,
    pub stars: Option<i16>,
}

impl Said {
    pub fn nothing() -> Self {
        Self::default()
    }

    pub fn note(note: impl Into<String>) -> Self {
        Self { note: Some(note.into()), ..Self::default() }
    }
}

pub struct Teller<'a> {
    pub world: &'a World,
    pub dice: &'a mut Dice,
    pub topic: &'static Topic,
    pub now: DateTime<Utc>,
    /// When the next step happens.
    pub at: DateTime<Utc>,
    /// After which action to stop.
    pub stop: Option<RequestAction>,
    /// How long everything takes, compared with the usual.
    pub pace: f64,
    pub progress: Progress,
    pub facts: Facts,
    /// Who speaks for it, as a place in [`World::people`].
    pub reporter: Option<usize>,
    pub story: Story,
}

impl<'a> Teller<'a> {
    /// The first line: somebody reports it.
    pub fn report(&mut self, photos: usize) {
        let (world, reporter) = (self.world, self.story.new.reporter_id);
        let actor = world.people.iter().find(|person| Some(person.member.id) == reporter);
        let uploader = actor.map(|person| person.member.id);
        let attachment_ids = self.attach(uploader, photos, AttachmentKind::Problem);
        self.record("report", actor, None, None, Audience::Everyone, attachment_ids);
    }

    pub fn act(&mut self, by: By, action: RequestAction, said: Said) -> Result<(), Halt> {
        if self.at > self.now {
            return Err(Halt::Now);
        }
        let person = self.person(by);
        let asker = match (by, person) {
            (By::System, _) => Asker::System,
            (_, Some(person)) => Asker::Member { id: person.member.id, rights: person.rights, skilled: true },
            (_, None) => Asker::Clock,
        };
        let given = Given {
            note: said.note.is_some(),
            evidence: said.photos > 0,
            rating: said.stars.is_some(),
            ..said.given
        };
        let next = decide(&self.progress, &self.facts, &asker, action, &given, self.at)
            .map_err(|refusal| Halt::Refused { action, refusal })?;
        let before = std::mem::replace(&mut self.progress, next);
        if self.progress.reopen_count > before.reopen_count {
            self.story.new.due_at = self.at + self.hours();
        }
        let kind = match action {
            RequestAction::Resolve => AttachmentKind::Evidence,
            _ => AttachmentKind::Problem,
        };
        let attachment_ids = match person {
            Some(person) => self.attach(Some(person.member.id), said.photos, kind),
            None => Vec::new(),
        };
        if let (Some(stars), Some(person)) = (said.stars, person) {
            self.story.rating = Some(Rating {
                community_id: self.world.community.id,
                request_id: self.story.new.id,
                rater_id: Some(person.member.id),
                stars,
                created_at: self.at,
            });
        }
        self.record(action.as_str(), person, Some(&before), said.note, audience(action), attachment_ids);
        if self.stop == Some(action) { Err(Halt::Stop) } else { Ok(()) }
    }

    /// What is known of the story when there is no more to tell.
    pub fn end(self) -> Story {
        let mut story = self.story;
        story.new.progress = self.progress.clone();
        story.new.handling.resolution_note = story
            .entries
            .iter()
            .rev()
            .find(|entry| entry.kind == RequestAction::Resolve.as_str())
            .and_then(|entry| entry.note.clone());
        // Nobody has sent a bill for what is not done.
        story.new.handling.actual_cost =
            story.new.handling.actual_cost.filter(|_| self.progress.resolved_at.is_some());
        let photos = story.attachments.iter().filter(|file| file.kind != AttachmentKind::Document).count();
        story.new.photos = i32::try_from(photos).unwrap_or(i32::MAX);
        story
    }

    /// Lets so many minutes pass.
    pub fn wait(&mut self, low: f64, high: f64) {
        self.at += self.dice.minutes(low * self.pace, high * self.pace);
    }

    /// Like [`Teller::wait`], but never longer than usual: something else would happen if nobody moved.
    pub fn wait_in_time(&mut self, low: f64, high: f64) {
        let pace = self.pace.min(1.0);
        self.at += self.dice.minutes(low * pace, high * pace);
    }

    /// Lets time pass until staff turn to it: emergencies at any hour, what is pressing while somebody is on duty,
    /// the rest when the office is open.
    pub fn wait_for_staff(&mut self, low: f64, high: f64) {
        self.wait(low, high);
        // Those told for a purpose must have got somewhere by now.
        let hours = match self.progress.priority {
            _ if self.stop.is_some() => return,
            Priority::P1 => return,
            Priority::P2 => calendar::DUTY,
            Priority::P3 | Priority::P4 | Priority::P5 => calendar::OFFICE,
        };
        self.at = calendar::next_open(self.dice, self.world.zone, &hours, self.at);
    }

    pub fn candidate(&self, worker: usize) -> Candidate {
        let person = &self.world.people[worker];
        let covers_zone =
            self.world.workers.iter().any(|known| known.person == worker && known.covers(self.progress.zone));
        Candidate { id: person.member.id, active: true, covers_zone, declined: false }
    }

    /// How long resolving may take.
    fn hours(&self) -> TimeDelta {
        let category = self.world.categories.iter().find(|category| category.id == self.progress.category);
        TimeDelta::hours(category.map_or(72, |category| category.target_hours).into())
    }

    pub fn person(&self, by: By) -> Option<&'a Person> {
        let world = self.world;
        match by {
            By::Reporter => self.reporter.map(|at| &world.people[at]),
            By::Assignee => {
                world.people.iter().find(|person| Some(person.member.id) == self.progress.assignee)
            }
            By::Staff(at) => Some(&world.people[at]),
            By::Clock | By::System => None,
        }
    }

    fn attach(
        &mut self,
        uploader: Option<MemberId>,
        count: usize,
        kind: AttachmentKind,
    ) -> Vec<AttachmentId> {
        let scene: Scene = self.story.template.scene;
        (0..count)
            .map(|nth| {
                let id = AttachmentId(self.dice.id(self.at));
                self.story.attachments.push(Attachment {
                    id,
                    community_id: self.world.community.id,
                    uploader_id: uploader,
                    request_id: Some(self.story.new.id),
                    announcement_id: None,
                    comment_id: None,
                    kind,
                    name: None,
                    stored_name: photos::stored_name(scene, kind, self.dice.below(photos::TAKES) + nth),
                    width: photos::WIDTH as i32,
                    height: photos::HEIGHT as i32,
                    size: 0,
                    created_at: self.at,
                    removed_at: None,
                });
                id
            })
            .collect()
    }

    /// The story says that somebody said something.
    pub fn record_comment(&mut self, id: CommentId, person: &Person, audience: Audience) {
        let unchanged = self.progress.clone();
        self.record("comment", Some(person), Some(&unchanged), None, audience, Vec::new());
        if let Some(line) = self.story.entries.last_mut() {
            line.id = TimelineId(id.0);
        }
    }

    fn record(
        &mut self,
        kind: &str,
        actor: Option<&Person>,
        before: Option<&Progress>,
        note: Option<String>,
        audience: Audience,
        attachment_ids: Vec<AttachmentId>,
    ) {
        let after = &self.progress;
        let given_to = before.and_then(|before| after.assignee.filter(|one| before.assignee != Some(*one)));
        let (community, request) = (self.world.community.id, self.story.new.id);
        self.story.entries.push(Entry {
            id: TimelineId(self.dice.id(self.at)),
            actor_id: actor.map(|person| person.member.id),
            actor_name: actor.map(|person| person.member.display_name.clone()),
            from_status: before.map(|before| before.status),
            note,
            audience,
            assignee_id: given_to,
            assignee_name: given_to.and_then(|id| self.world.name_of(id)),
            priority: before.and_then(|before| (before.priority != after.priority).then_some(after.priority)),
            attachment_ids,
            ..Entry::plain(community, request, kind.into(), after.status, self.at)
        });
    }
}
