//! What people say about a request in passing: threads, notes among staff, a slip of the pen, something better unsaid.

use chrono::TimeDelta;
use db::attachment::Attachment;
use db::comment::{Comment, Mention, Version};
use domain::comment::responds;
use domain::id::{AttachmentId, CommentId};
use domain::role::{Permission, Role};
use domain::service_request::{AttachmentKind, Audience};

use super::teller::{By, Halt, Teller};
use super::texts::{Place, talk};
use super::world::Person;

type Told = Result<(), Halt>;

/// Where the one document of the demo lies.
pub const OFFER: &str = "demo-offer";

impl Teller<'_> {
    /// Something that everybody reads, and that changes nothing.
    pub fn comment(&mut self, by: By, all: &[&str]) -> Result<CommentId, Halt> {
        let words = (*self.dice.pick(all)).to_owned();
        self.remark(by, Audience::Everyone, None, &words)
    }

    /// Something that only staff read, often for somebody in particular, now and then with a paper.
    pub fn comment_inside(&mut self) -> Told {
        let by = self.staff(Role::Dispatcher);
        let words = *self.dice.pick(talk::INTERNAL);
        // Whoever has the work, or else whoever keeps an eye on all of it.
        let other = match self.progress.assignee {
            Some(_) => By::Assignee,
            None => self.staff(Role::Supervisor),
        };
        let called = self.person(other).filter(|_| self.dice.percent(45));
        let words = match called {
            Some(person) => format!("@{} {words}", person.member.display_name),
            None => words.to_owned(),
        };
        let id = self.remark(by, Audience::Staff, None, &words)?;
        if let Some(person) = called {
            self.call(id, person);
        }
        if self.dice.percent(20) {
            self.hand_in_offer(id, by);
        }
        if called.is_some() && self.dice.percent(60) {
            self.wait(10.0, 200.0);
            let answers = match other {
                By::Assignee => talk::INTERNAL_ANSWERS,
                _ => talk::SUPERVISOR_ANSWERS,
            };
            let answer = (*self.dice.pick(answers)).to_owned();
            self.remark(other, Audience::Staff, Some(id), &answer)?;
        }
        Ok(())
    }

    /// Small talk on the way, now and then.
    pub fn chat(&mut self) -> Told {
        if self.reporter.is_some() && self.dice.percent(13) {
            self.wait(60.0, 900.0);
            let nudges = match self.story.template.place {
                Place::Home => talk::NUDGES_HOME,
                Place::Inside | Place::Outside => talk::NUDGES,
            };
            let nudge = self.comment(By::Reporter, nudges)?;
            if self.dice.percent(60) {
                self.wait_for_staff(20.0, 300.0);
                let by = self.staff(Role::Dispatcher);
                let reply = (*self.dice.pick(talk::STAFF_REPLIES)).to_owned();
                self.remark(by, Audience::Everyone, Some(nudge), &reply)?;
                if self.dice.percent(30) {
                    self.wait(10.0, 120.0);
                    let thanks = (*self.dice.pick(talk::REPLY_THANKS)).to_owned();
                    self.remark(By::Reporter, Audience::Everyone, Some(nudge), &thanks)?;
                }
            }
        }
        if self.dice.percent(7) {
            self.wait(5.0, 60.0);
            self.comment_inside()?;
        }
        Ok(())
    }

    fn remark(
        &mut self,
        by: By,
        audience: Audience,
        parent: Option<CommentId>,
        words: &str,
    ) -> Result<CommentId, Halt> {
        if self.at > self.now {
            return Err(Halt::Now);
        }
        let id = CommentId(self.dice.id(self.at));
        let Some(person) = self.person(by) else { return Ok(id) };
        let is_staff = person.rights.can(Permission::RequestsViewAll) || by == By::Assignee;
        if responds(audience, is_staff) {
            self.progress.first_response_at = self.progress.first_response_at.or(Some(self.at));
        }
        self.story.comments.push(Comment {
            id,
            community_id: self.world.community.id,
            request_id: Some(self.story.new.id),
            announcement_id: None,
            parent_id: parent,
            author_id: Some(person.member.id),
            author_name: person.member.display_name.clone(),
            audience,
            body: words.to_owned(),
            version: 1,
            created_at: self.at,
            edited_at: None,
            removed_at: None,
            removed_by_id: None,
            removal_reason: None,
        });
        self.record_comment(id, person, audience);
        match self.dice.below(100) {
            0..6 => self.correct(),
            6..9 => self.take_back(person),
            _ => {}
        }
        Ok(id)
    }

    /// The last comment had a slip of the pen.
    fn correct(&mut self) {
        let edited_at = self.at + TimeDelta::minutes(3);
        let Some(comment) = self.story.comments.last_mut().filter(|_| edited_at <= self.now) else { return };
        let slip = comment.body.trim_end_matches('.').to_lowercase();
        self.story.versions.push(version(comment, slip, edited_at));
        comment.version += 1;
        comment.edited_at = Some(edited_at);
    }

    /// The last comment was better not said.
    fn take_back(&mut self, person: &Person) {
        let removed_at = self.at + TimeDelta::minutes(9);
        let Some(comment) = self.story.comments.last_mut().filter(|_| removed_at <= self.now) else { return };
        let said = std::mem::take(&mut comment.body);
        self.story.versions.push(version(comment, said, removed_at));
        comment.version += 1;
        comment.removed_at = Some(removed_at);
        comment.removed_by_id = Some(person.member.id);
    }

    fn stands(&self, id: CommentId) -> bool {
        self.story.comments.iter().any(|comment| comment.id == id && comment.removed_at.is_none())
    }

    fn call(&mut self, comment_id: CommentId, person: &Person) {
        if !self.stands(comment_id) {
            return;
        }
        self.story.mentions.push(Mention {
            community_id: self.world.community.id,
            comment_id,
            member_id: person.member.id,
            name: person.member.display_name.clone(),
        });
    }

    fn hand_in_offer(&mut self, comment: CommentId, by: By) {
        let Some(uploader) = self.person(by).filter(|_| self.stands(comment)) else { return };
        self.story.attachments.push(Attachment {
            id: AttachmentId(self.dice.id(self.at)),
            community_id: self.world.community.id,
            uploader_id: Some(uploader.member.id),
            request_id: Some(self.story.new.id),
            announcement_id: None,
            comment_id: Some(comment),
            kind: AttachmentKind::Document,
            name: Some("Offer.pdf".into()),
            stored_name: OFFER.into(),
            width: 0,
            height: 0,
            size: i64::try_from(offer().len()).unwrap_or(0),
            created_at: self.at,
            removed_at: None,
        });
    }
}

fn version(comment: &Comment, body: String, until: chrono::DateTime<chrono::Utc>) -> Version {
    let Comment { id, community_id, version, .. } = *comment;
    Version { community_id, comment_id: id, version, body, until }
}

pub fn offer() -> Vec<u8> {
    paper("Offer", &["Repair as agreed, material included: 340.00", "Valid for 30 days."])
}

/// A page of paper, as small as a PDF can be. Its words are plain letters without brackets.
pub fn paper(heading: &str, lines: &[&str]) -> Vec<u8> {
    let mut text = format!("BT /F 22 Tf 72 740 Td ({heading}) Tj /F 12 Tf 0 -20 Td");
    for line in lines {
        text += &format!(" 0 -20 Td ({line}) Tj");
    }
    text += " ET";
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
            .to_owned(),
        format!("<</Length {}>>stream\n{text}\nendstream", text.len()),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_owned(),
    ];
    let mut pdf = String::from("%PDF-1.4\n");
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (object, number) in objects.iter().zip(1..) {
        table += &format!("{:010} 00000 n \n", pdf.len());
        pdf += &format!("{number} 0 obj{object}endobj\n");
    }
    let start = pdf.len();
    pdf += &format!("{table}trailer<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1);
    pdf.into_bytes()
}
