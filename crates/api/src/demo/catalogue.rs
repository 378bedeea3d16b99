//! What some categories of the demonstration ask and demand, and what its staff answer with again and again.

use db::category::Category;
use db::response_template::ResponseTemplate;
use db::saved_filter::SavedFilter;
use domain::id::{ResponseTemplateId, SavedFilterId};
use domain::question::{Question, QuestionKind};
use domain::role::Role;
use serde_json::json;
use uuid::Uuid;

use super::world::World;

/// Code of a category, code of the question, how it is answered, whether it must be, and what is asked; then the options.
type Asked = (&'static str, &'static str, QuestionKind, bool, &'static str, &'static [&'static str]);

const QUESTIONS: &[Asked] = &[
    (
        "plumbing",
        "water-off",
        QuestionKind::Single,
        false,
        "Is the water turned off?",
        &["Yes", "No", "I cannot find the tap"],
    ),
    (
        "plumbing",
        "rooms",
        QuestionKind::Multi,
        false,
        "Which rooms are concerned?",
        &["Kitchen", "Bathroom", "Toilet", "Utility room"],
    ),
    ("appliance-repair", "maker", QuestionKind::String, true, "Maker and model", &[]),
    ("appliance-repair", "age", QuestionKind::Number, false, "How many years old is it?", &[]),
    ("elevator", "stuck", QuestionKind::Single, true, "Is somebody stuck inside?", &["No", "Yes"]),
    ("pest-control", "seen", QuestionKind::Datetime, false, "When were they last seen?", &[]),
    (
        "pothole",
        "depth",
        QuestionKind::Single,
        false,
        "How deep is it?",
        &["As a hand is thick", "As a hand is long", "Deeper"],
    ),
    ("street-lighting", "pole", QuestionKind::String, false, "Number on the pole", &[]),
    (
        "waste",
        "kind",
        QuestionKind::Multi,
        false,
        "What lies there?",
        &["Household waste", "Furniture", "Rubble", "Appliances"],
    ),
];

const CHECKLISTS: &[(&str, bool, &[&str])] = &[
    (
        "plumbing",
        false,
        &["Water turned off before the work", "Joints checked for drips", "Place left clean and dry"],
    ),
    (
        "electrical",
        false,
        &["Circuit isolated and marked", "Insulation measured", "Residual-current device tested"],
    ),
    (
        "preventive-maintenance",
        true,
        &["Plan of the maker followed", "Readings written down", "Next date agreed"],
    ),
    ("pothole", false, &["Place secured", "Filled and compacted", "Barriers taken away"]),
];

const TEMPLATES: &[(Option<&str>, &str, &str)] = &[
    (None, "On our way", "Dear {reporter},\n\n{assignee} is on the way to you."),
    (
        None,
        "More time needed",
        "Dear {reporter},\n\n{number} takes longer than we thought. We expect to be done by {due}.",
    ),
    (
        Some("plumbing"),
        "Turn the water off",
        "Please turn the water off at the main tap until {assignee} is there.",
    ),
];

/// Adds the questions and the checklists to the categories.
pub fn furnish(categories: &mut [Category]) {
    for category in categories {
        let questions: Vec<Question> = QUESTIONS
            .iter()
            .filter(|(of, ..)| *of == category.code)
            .map(|(_, code, kind, required, label, options)| Question {
                code: (*code).into(),
                kind: *kind,
                label: (*label).into(),
                help: String::new(),
                required: *required,
                options: options.iter().map(|option| (*option).to_owned()).collect(),
            })
            .collect();
        category.questions = json!(questions);
        if let Some((_, required, items)) = CHECKLISTS.iter().find(|(of, ..)| *of == category.code) {
            category.checklist = json!(items);
            category.checklist_required = *required;
        }
    }
}

/// Those that fit a community's categories.
pub fn templates(world: &World) -> Vec<ResponseTemplate> {
    let at = world.community.created_at;
    TEMPLATES
        .iter()
        .filter(|(code, ..)| code.is_none_or(|code| world.category(code).is_some()))
        .map(|(code, title, body)| ResponseTemplate {
            id: ResponseTemplateId(Uuid::now_v7()),
            community_id: world.community.id,
            category_id: code.and_then(|code| world.category(code)).map(|category| category.id),
            title: (*title).into(),
            body: (*body).into(),
            version: 1,
            created_at: at,
            updated_at: at,
        })
        .collect()
}

/// Name, parameters of the list, and whether it is shared.
const FILTERS: &[(&str, &str, bool)] = &[
    ("Emergencies that nobody has", "status=new%2Ctriaged&priority=P1&unassigned=true", true),
    ("Waiting for parts or weather", "status=on_hold&sort=oldest", true),
    ("Late, worst first", "overdue=true&sort=due", false),
];

/// What the dispatchers come back to every morning; the first of them keeps it.
pub fn filters(world: &World) -> Vec<SavedFilter> {
    let at = world.community.created_at;
    let keeper = world.people.iter().find(|person| person.roles.contains(&Role::Dispatcher));
    let all = keeper.into_iter().flat_map(|keeper| FILTERS.iter().map(move |filter| (keeper, filter)));
    all.map(|(keeper, (name, query, shared))| SavedFilter {
        id: SavedFilterId(Uuid::now_v7()),
        community_id: world.community.id,
        member_id: keeper.member.id,
        name: (*name).into(),
        query: (*query).into(),
        shared: *shared,
        version: 1,
        created_at: at,
        updated_at: at,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use domain::category::starters;
    use domain::community::CommunityKind;
    use domain::id::{CategoryId, CommunityId};
    use domain::response_template::check;

    use super::*;

    #[test]
    fn everything_keeps_the_rules_that_people_keep() {
        for (_, _, body) in TEMPLATES {
            assert_eq!(check(body), Ok(()), "{body}");
        }
        for (code, ..) in QUESTIONS {
            let mut category = [CommunityKind::Estate, CommunityKind::Municipal]
                .iter()
                .flat_map(|kind| starters(*kind))
                .find(|starter| starter.code == *code)
                .map(|starter| {
                    Category::starting(CategoryId(Uuid::nil()), CommunityId(Uuid::nil()), starter, 0)
                })
                .into_iter()
                .collect::<Vec<_>>();
            furnish(&mut category);
            assert_eq!(domain::question::faults(&category[0].questions()), [], "{code}");
        }
    }
}
