//! What people say to each other about a request.

pub const AVAILABLE: &[&str] = &[
    "I am at home weekdays after 17:30 and most of Saturday.",
    "You can get the key from my neighbour across the landing.",
    "Please ring before you come, the bell does not always work.",
    "Mornings before 9 are best for me.",
    "I work from home on Tuesdays and Thursdays.",
    "Somebody is at home all day this week.",
    "Please mind the cat when you open the door.",
    "We are away from Friday, so earlier would help.",
    "Any time suits us, just send a message the day before.",
    "The concierge has a spare key and my permission to let you in.",
];

pub const TRIED: &[&str] = &[
    "My partner had a look at it too, but this is beyond us.",
    "For the moment we manage, but it is a nuisance.",
    "We had the same thing last winter and it was repaired then.",
    "My neighbour says he has noticed it too.",
    "I took a photo so you can see what I mean.",
    "It has become worse over the last days.",
    "As far as I can see nothing else is affected.",
    "I am not sure whether this is mine or the building's to repair.",
    "Please tell me if there is something I can do until then.",
    "It is not dramatic yet, but I would rather not wait until it is.",
];

pub const NOTICED: &[&str] = &[
    "Several of us walk past there every day.",
    "It has become worse over the last days.",
    "I reported the same thing last winter and it was done quickly then, thank you.",
    "I took a photo so you can see what I mean.",
    "With children about, I would rather not wait until somebody gets hurt.",
    "No idea how long it has been like that.",
    "Please let me know when it is done.",
    "Others have noticed it too.",
];

pub const NUDGES: &[&str] = &[
    "Is there any news on this?",
    "Just to let you know that it is still the same here.",
    "It got a little worse overnight.",
    "Others have asked me about it as well, by the way.",
    "Thank you for the quick reply!",
];

/// For what is at home.
pub const NUDGES_HOME: &[&str] = &[
    "Is there any news on this?",
    "Could you tell me roughly when somebody will come? I would like to be at home.",
    "A neighbour from the next staircase has the same problem, by the way.",
    "Thank you for the quick reply!",
    "I will be away on Thursday, any other day is fine.",
    "The bell is out of order, please call when you are downstairs.",
];

pub const ETAS: &[&str] = &[
    "I can be there tomorrow between 9 and 10.",
    "On another job until noon, will come right after.",
    "I have the parts in the van and will come by this afternoon.",
    "Had a first look from outside; I will need a ladder and a second pair of hands.",
    "Spoke to the resident, we agreed on Thursday at 14:00.",
    "Will bring a colleague, it is quicker with two.",
];

pub const STAFF_REPLIES: &[&str] = &[
    "Thank you for reporting this. It is with our team now and you will hear from us when there is an appointment.",
    "We have had two more reports about this and are treating it as one job.",
    "The technician is on the way from another site, please keep the area clear.",
    "We have put up a notice and barrier tape until it is repaired.",
    "Thanks for the photo, that saved us a visit.",
    "The supplier confirmed delivery for the beginning of next week.",
];

pub const INTERNAL: &[&str] = &[
    "Third call to this address this quarter; have a look around while you are there.",
    "Still under the installer's warranty until spring, so no invoice from us please.",
    "Resident prefers messages to calls.",
    "Quote from the second contractor is lower; waiting for the committee to say yes.",
    "Key is in the office, cabinet 2, hook 14.",
    "Check whether the insurance covers this before ordering.",
    "Previous repair was only provisional, see the job from last year.",
];

/// Questions to the reporter, each with an answer.
pub const QUESTIONS: &[(&str, &str)] = &[
    (
        "Could you send a photo, or tell us exactly where it is?",
        "Added a photo. It is right behind the door, at about knee height.",
    ),
    (
        "Does it happen all the time or only at certain hours?",
        "Mostly in the evening, between seven and nine. During the day it is fine.",
    ),
    ("When would somebody find you at home this week?", "Wednesday after 16:00 or Friday all day."),
    (
        "Is anything else affected, for example in the rooms next to it?",
        "No, only this one. I checked with the neighbours below and they see nothing.",
    ),
    (
        "May we enter with the spare key if you are out?",
        "Yes, you may. Please leave a note on the table when you have been there.",
    ),
    (
        "Which model or make is it? There should be a label on the side.",
        "The label says model 2014, serial ends in 7731.",
    ),
    ("Has anybody worked on it recently?", "Somebody was here in the spring, I think from the same company."),
    ("Is it safe to leave it until Monday?", "Yes, I have taped it off. Monday is fine."),
];

/// For what is not in a home.
pub const SHARED_QUESTIONS: &[(&str, &str)] = &[
    ("Could you send a photo of the spot?", "Added one now, one sees it well from the path."),
    ("Is it still like that today?", "Yes, I walked past ten minutes ago and nothing has changed."),
    (
        "Since when have you noticed it?",
        "For about two weeks, I think. It was not like that at the summer party.",
    ),
    (
        "Is anybody in danger, or can it wait until Monday?",
        "I have moved what I could out of the way. Monday is fine.",
    ),
];

pub const CITY_QUESTIONS: &[(&str, &str)] = &[
    ("Which house number is it nearest to?", "Just opposite number 43, on the uphill side."),
    ("Could you send a photo of the spot?", "Added one now, taken from the pavement."),
    ("Is it still there today?", "Yes, I walked past ten minutes ago and nothing has changed."),
    (
        "Does it block the pavement for a wheelchair or a pram?",
        "Yes, you have to step onto the road to get past.",
    ),
    ("At what time of day did you notice it?", "Around eleven at night, and again the night after."),
    ("Is there a number or label on the pole?", "There is a small plate that says 1187."),
];

pub const DECLINES: &[&str] = &[
    "I am on leave from tomorrow and would not finish it.",
    "This needs somebody with a certificate for pressure vessels.",
    "My van is in the workshop until Thursday.",
    "Fully booked this week, please give it to somebody else.",
    "Outside what I can do alone; it needs two people and a tower.",
];

pub const REASSIGNS: &[&str] = &[
    "Called in sick this morning, so a colleague takes over.",
    "A specialist is needed after the first look.",
    "Moved to the team that is in this section today.",
    "Too many open jobs on one desk; sharing them out.",
];

pub const UNASSIGNS: &[&str] = &[
    "The contractor cannot come before the end of the month; looking for another one.",
    "Back to planning: the committee wants a second quote first.",
];

pub const PRIORITY_REASONS: &[&str] = &[
    "An older person lives there alone.",
    "It would cost a lot more if it waited.",
    "Checked by phone: nobody is in danger and it can wait.",
    "Several households are affected.",
    "The school is next door and children pass here.",
    "The weather forecast announces heavy rain.",
];

pub const ACCEPTS: &[&str] =
    &["On my list.", "I know the place, will take it.", "Fine, I will plan it in.", "Got it."];

pub const WAITING_REPORTER: &[&str] = &[
    "Nobody at home twice. Please tell us when we can come in.",
    "We need your choice before we can go on; samples are at the office.",
    "Please clear the space around it so that we can reach it.",
    "Please tell us which of the two proposals we may carry out.",
];

pub const WAITING_PARTS: &[&str] = &[
    "Ordered {part}; the supplier says five to seven working days.",
    "Waiting for {part}, promised for next week.",
    "{part} has to be ordered from the maker.",
];

/// Where nothing in particular has to be ordered.
pub const PARTS: &[&str] = &["the spare part", "the material", "a replacement that fits", "the right size"];

pub const WAITING_THIRD_PARTY: &[&str] = &[
    "The maker's own technician has to come along; they gave us a date next week.",
    "Waiting for the insurer's assessor to see it before we touch anything.",
    "Waiting for the permit of the municipality, it is applied for.",
    "The neighbouring owner has to agree first; we have written to them.",
];

pub const WEATHER: &[&str] = &[
    "Cannot be done in this rain; we go on as soon as it is dry for a day.",
    "Too windy for the platform today.",
    "Paint and sealant need more than ten degrees; waiting for a milder day.",
];

pub const SCHEDULED: &[&str] = &[
    "Planned together with the other jobs in this building.",
    "Agreed on a fixed day with those concerned.",
    "Set for the monthly round of the specialist firm.",
];

pub const RESUMES: &[&str] = &["Going on now.", "Back on site.", "What was missing is here, we continue."];

pub const ANSWERS_ON_HOLD: &[&str] = &[
    "Sorry, I missed the call. Tomorrow from 8 to 12 I am at home for sure.",
    "I have cleared everything, you can come any time.",
    "Please take the simpler one.",
    "Yes, go ahead, I am out until six anyway.",
];

pub const DISPUTES: &[&str] = &[
    "It held for one day, now it is the same as before.",
    "Thank you, but only half of it was done. The other side still needs doing.",
    "Unfortunately it is not solved, I have added what it looks like now.",
    "The workmanship is not good: please look at it again.",
];

pub const REOPENS: &[&str] = &[
    "It has come back after a week, exactly the same spot.",
    "After the first heavy use it failed again.",
    "The repair did not survive the last rain.",
];

pub const SECOND_FIXES: &[&str] = &[
    "Came back, found the real cause and put it right. Tested twice, with the reporter there.",
    "Replaced the part altogether this time instead of adjusting it. Checked again after an hour.",
    "Redone at no cost and looked at together; all in order now.",
];

pub const THANKS: &[&str] = &[
    "Works perfectly, thank you!",
    "Very friendly and left everything clean.",
    "Quick and well done.",
    "Took a while, but the result is good.",
    "All fine again.",
    "Thanks to the technician, who even explained what had happened.",
    "",
    "",
    "",
];

pub const GRUMBLES: &[&str] = &[
    "Done in the end, but I had to stay at home twice for nothing.",
    "It works, but the wall still needs a lick of paint.",
    "Too slow for something so small.",
];

pub const CLOSES: &[&str] = &[
    "Checked on site with the caretaker; nothing left to do.",
    "Reporter confirmed by phone.",
    "Reported without an account; inspected and found in order.",
];

pub const REPORTER_CANCELS: &[&str] = &[
    "It works again, sorry for the trouble.",
    "I fixed it myself with my brother-in-law.",
    "Not necessary any more, it was my own mistake.",
    "No longer needed, we are moving out at the end of the month.",
    "My insurance sends somebody, please close this.",
];

pub const PASSER_BY_CANCELS: &[&str] = &[
    "Somebody has taken care of it already, thank you.",
    "I walked past again today and it is fine.",
    "My mistake, I have reported it twice.",
    "It is gone, please close this.",
];

pub const STAFF_CANCELS: &[&str] = &[
    "Will be part of the renovation planned for next year; no separate repair.",
    "Somebody else has commissioned a company for this.",
    "Nothing to be found at two visits, the reporter cannot be reached.",
];

pub const OUT_OF_SCOPE: &[&str] = &[
    "This belongs to the tenant, so we cannot repair it. We have sent you two addresses that can.",
    "By the house rules this is for each household to do; our caretaker gladly lends you the tools.",
    "This is under the maker's warranty; please turn to the shop, we have sent you their number.",
];

pub const NOT_OURS: &[&str] = &[
    "That side belongs to a private owner; we have passed your report on to them.",
    "This is up to the company that works there; they have been informed.",
    "The spot lies outside our boundary; the neighbouring office has got your report.",
];

pub const NOT_REPRODUCIBLE: &[&str] = &[
    "We measured for two days and could not find anything. Please report it again if it comes back.",
    "Our colleague tested it this morning and everything worked.",
    "At the place you marked there is nothing to be seen; perhaps the pin slipped?",
];

pub const SPAM: &[&str] = &["An advertisement, not a report.", "Test entry without content."];

pub const REJECT_OTHER: &[&str] = &[
    "This needs a budget of its own; it is on the agenda for spring.",
    "Already part of the works that start next month, see the notice on site.",
];

pub const MERGES: &[&str] = &[
    "The same thing has been reported before; we carry on there and keep you informed.",
    "Same spot, same cause. Thank you, your photo helps.",
    "Joined with the first report of this.",
];

pub const OUTSIDE_ZONE: &[&str] = &["Nobody with this skill is free in the section; agreed by phone."];

/// What those write who report what has been reported already.
pub const DOUBLES: &[&str] = &[
    "I noticed this as well on my way home. Is anybody looking after it?",
    "Still not repaired, and it is getting worse.",
    "Same as last year. Please have a look, several people have nearly been hurt.",
    "I could not find out whether somebody has told you yet, so here it is with a photo.",
    "My neighbours asked me to report this for them too.",
    "Passed by this morning and saw it, it should be made safe at least.",
];

pub const INTERNAL_ANSWERS: &[&str] = &[
    "Thanks, good to know.",
    "Will do, and I take photos this time.",
    "Seen it. I call you when I am there.",
    "Understood. I have the part in the van.",
];

pub const REPLY_THANKS: &[&str] = &[
    "Thank you, that helps.",
    "Perfect, thanks for the quick answer.",
    "All right, then I will be at home.",
    "Thanks. The bell works again, by the way.",
];

pub const SUPERVISOR_ANSWERS: &[&str] =
    &["Thanks, good to know.", "Agreed. Let us keep an eye on this one.", "Please put it on Monday's list."];
