//! What hangs on the notice board of the estate now, and what is being prepared.

use domain::role::Role;

use super::board::{File, For, Notice, Paper, When, again, author, begins, joins_in, notice, removed};

/// Goes with the invitation to the general meeting.
pub const AGENDA: Paper = Paper {
    name: "Agenda.pdf",
    stored_name: "demo-agenda",
    heading: "Annual general meeting: agenda",
    lines: &[
        "1. Opening, and who is present or represented",
        "2. Minutes of the last meeting",
        "3. Report of the committee",
        "4. Accounts of the year, and what the auditors say",
        "5. Budget and levies of the coming year",
        "6. Roof of the garage of Swan House: two offers",
        "7. Election of the committee",
        "8. Anything else",
    ],
};

pub const NOTICES: &[Notice] = &[
    notice(
        When::Hours(3),
        "Works and outages",
        Role::Manager,
        "Burst pipe at the north gate: no water in North Gardens",
        "A main has burst under the road at the north gate. The water had to be turned off for **all houses in \
         Magnolia Avenue, Jacaranda Walk and Cypress Lane**.\n\n\
         - The plumbers are there and digging. We expect water again within six to eight hours.\n\
         - There is drinking water in bottles at the guard house, five litres a household.\n\
         - Please keep taps closed, so that nothing overflows when it comes back.\n\
         - The gate itself is open; drive slowly past the hole.\n\n\
         We write here as soon as it runs again.",
    )
    .to(For::Zone("North Gardens"))
    .urgent()
    .until(2),
    notice(
        When::Ago(1),
        "Community life",
        Role::Committee,
        "Parcel lockers: where should they stand?",
        "Ever more parcels wait at the guard house, and the guards are no postmen. A supplier would put up **lockers \
         for forty parcels**, free of charge, if we give them six square metres and a socket.\n\n\
         Two places are possible:\n\n\
         1. beside the bus shelter at the south gate, under the roof that is there\n\
         2. beside the community hall, where a roof would have to be built\n\n\
         Tell us below what you think. The committee decides at its next meeting.",
    )
    .talk(&[
        begins("The south gate, please. That is where the vans stop anyway."),
        joins_in("From Cypress Lane that is a walk of fifteen minutes with a heavy box."),
        author("Good point. The supplier could do two smaller ones, we will ask what that costs."),
        begins("Will it take parcels of all carriers or only of one?"),
        author("Of all of them, that is a condition of ours."),
    ]),
    notice(
        When::Ago(3),
        "Meetings",
        Role::Committee,
        "Invitation to the annual general meeting",
        "Dear owners,\n\n\
         the annual general meeting takes place on **{24w} at 19:30** in the community hall. Doors open at 19:00; please \
         bring the letter with your share.\n\n\
         ## What is to be decided\n\n\
         - the accounts of the year and the budget of the next\n\
         - the roof of the garage of Swan House, for which there are two offers\n\
         - who sits on the committee: two of five seats are up for election\n\n\
         The whole agenda is attached. Motions can be handed in at the office **until {14w}**.\n\n\
         ## If you cannot come\n\n\
         Somebody else can vote for you. The form lies in the office and at \
         [example.com/proxy](https://example.com/proxy). Nobody may represent more than three others.\n\n\
         *Please confirm that you have received this invitation; the law asks us to be able to show it.*",
    )
    .to(For::Owners)
    .pinned()
    .asks()
    .until(29)
    .file(File::Paper(&AGENDA)),
    notice(
        When::Ago(6),
        "Safety",
        Role::Committee,
        "Burglaries on the ground floor: please read and confirm",
        "Within ten days there were **three burglaries** in ground-floor homes, all between 17:00 and 20:00 while nobody \
         was in. In two of them a window had been left tilted. The police are informed and pass by more often.\n\n\
         What everybody can do:\n\n\
         - Close windows and terrace doors, not only pull them to, even for ten minutes.\n\
         - Let nobody in at the door whom you do not know. Craftsmen of ours carry a card with a photo.\n\
         - Leave a light on, and ask a neighbour to empty your letterbox when you are away.\n\
         - If you see something odd, call the guard house first; they are there in two minutes.\n\n\
         If you were at home in Lakeside or Orchard Court on those evenings and noticed something, please tell the guards. \
         *Please confirm that you have read this.*",
    )
    .urgent()
    .asks()
    .reminds(30)
    .until(45)
    .talk(&[
        begins("The lamp on the path behind Heron House has been dark for a week. That does not help."),
        author("Thank you, the electrician has it for tomorrow."),
        again("It works again, thank you."),
        begins("Could the guards walk round at that hour instead of at midnight?"),
        removed(
            "They should, instead of sitting in the warm like that fat one on Tuesdays.",
            "We do not speak like this of people who work here.",
        ),
        author("From today on there are two more rounds, at 17:30 and at 19:00."),
    ]),
    notice(
        When::Ago(9),
        "Money",
        Role::Accountant,
        "Levies of the coming quarter",
        "The levies of the coming quarter are due on **{26w}**. The amounts are those of the budget that you adopted:\n\n\
         | Home | Running costs | Reserve | Together |\n\
         |---|---|---|---|\n\
         | House with garden | 174.00 | 42.00 | **216.00** |\n\
         | Flat, up to 80 m2 | 138.00 | 36.00 | **174.00** |\n\
         | Flat, larger | 159.00 | 40.00 | **199.00** |\n\
         | Garage bay | 12.00 | 3.00 | **15.00** |\n\n\
         Whoever pays by direct debit need not do anything. If you pay by transfer, please give the number of your unit. \
         If a quarter is difficult for you, come and see me *before* the day: instalments can be arranged.",
    )
    .to(For::Owners)
    .until(40)
    .slip("| **199.00** |", "| **189.00** |"),
    notice(
        When::Ago(12),
        "Works and outages",
        Role::Manager,
        "Lift of Kingfisher House: four days for new ropes",
        "The lift gets new ropes and a new door drive. While this is done it stands still:\n\n\
         | Day | From | To | What |\n\
         |---|---|---|---|\n\
         | {9b} | 08:00 | 18:00 | Ropes taken off |\n\
         | {10b} | 08:00 | 18:00 | New ropes |\n\
         | {12b} | 08:00 | 18:00 | Door drive |\n\
         | {14b} | 08:00 | 12:00 | Test by the inspector |\n\n\
         At night and on the other days it runs. Whoever cannot climb stairs: please tell the office by {6w}, we organise \
         somebody who carries your shopping, and a chair on the second floor.",
    )
    .to(For::Block("Kingfisher House"))
    .until(26)
    .slip("08:00 | 12:00 | Test", "08:00 | 18:00 | Test")
    .talk(&[
        begins("I have an appointment at the hospital on the first of those days and cannot manage four floors."),
        author("We have arranged two people with a carrying chair for you; they ring at nine."),
        again("That is more than I hoped for, thank you."),
    ]),
    notice(
        When::Ago(16),
        "Community life",
        Role::Committee,
        "The playground on Jacaranda Walk is open again",
        "New swings, a new floor that forgives a fall, and a bench in the shade: the playground is open again since this \
         morning. The photo shows it before the first shoes.\n\n\
         Thank you to everybody who had patience for seven weeks, and to the eleven families who planted the hedge.",
    )
    .file(File::Photo(super::super::photos::Scene::Playground))
    .until(60)
    .talk(&[
        begins("It is lovely. My two did not want to come home."),
        joins_in("Neither did mine!"),
        begins("Would it be possible to have a tap there, for small hands and big buckets?"),
        author("It is on the list for spring."),
    ]),
    notice(
        When::Ago(20),
        "General",
        Role::Manager,
        "Who to turn to, and when",
        "Please keep this at hand.\n\n\
         | What | Whom | When |\n\
         |---|---|---|\n\
         | Fire, somebody hurt | The emergency number, then the guard house | Always |\n\
         | Water runs, power out, lift stuck | Report it here with *emergency*, or call the guard house | Always |\n\
         | Anything broken | Report it here | Answer within a working day |\n\
         | Levies, invoices | Accounts, in the office | Tuesday and Thursday, 10:00 to 12:00 |\n\
         | Keys, gate cards | Guard house | 07:00 to 22:00 |\n\
         | Everything else | The office | Monday to Friday, 09:00 to 17:00 |\n\n\
         The number of the guard house stands on the back of your gate card.",
    )
    .pinned(),
    notice(
        When::Ago(25),
        "Safety",
        Role::Manager,
        "South gate: old cards stop working",
        "The reader at the south gate is replaced on **{10w}**. From that day on it takes only the new cards, the ones \
         with the *green* edge.\n\n\
         1. Look at your card. If the edge is grey, it is an old one.\n\
         2. Fetch a new one at the guard house, with an identity card, before that day.\n\
         3. Give the old ones back: there are 61 about of which nobody knows where they are.\n\n\
         Visitors go on ringing at the guard house. Please confirm that you have read this.",
    )
    .to(For::Zone("South Terraces"))
    .asks()
    .reminds(72)
    .until(50),
    notice(
        When::Ago(30),
        "Meetings",
        Role::Manager,
        "For the committee: two offers for the roof of the garage",
        "Both offers for the garage of Swan House are in. Please read them before {6w}.\n\n\
         - **The first** renews the whole sealing, 42,800.00, eight weeks, ten years of warranty.\n\
         - **The second** mends the three worst fields, 17,300.00, two weeks, and says itself that the rest holds for \
         four to six years.\n\n\
         The engineer leans towards the first, because the scaffold is half of the price either way. The reserve carries \
         it without a special levy, but then nothing is left for the lift of Pear Court. My suggestion is to let the \
         general meeting decide with both on the table.",
    )
    .to(For::Roles(&[Role::Committee, Role::Accountant, Role::Admin]))
    .talk(&[begins("Agreed. I would only add what the water in the garage costs us each winter.")]),
    notice(
        When::Ago(34),
        "Community life",
        Role::Committee,
        "Compost for the vegetable plots",
        "On **{5s}** at 09:00 six cubic metres of compost are tipped beside the vegetable plots. Bring a barrow, a fork and \
         half an hour; whoever shovels takes home two sacks.\n\nThe list for the plots of next year lies open until the end \
         of the month.",
    )
    .to(For::Tag("gardeners"))
    .until(30)
    .talk(&[
        begins("Is it the coarse one again? My carrots are still angry."),
        author("Sieved this time, ten millimetres."),
    ]),
    notice(
        When::Ago(38),
        "Works and outages",
        Role::Manager,
        "Garage A: bays are marked anew",
        "On **{6b}** and **{7b}** the lines in garage A are painted. Please take your cars out by 07:00 and bring them back \
         the next morning. The visitors' bays at Heron House are kept free for you.\n\nA car that still stands there cannot \
         be painted around: it would have to be moved, at its owner's cost.",
    )
    .to(For::Tag("parking-a"))
    .asks()
    .until(20),
    notice(
        When::Ago(43),
        "General",
        Role::Committee,
        "The house rules, in short",
        "Because we are asked so often:\n\n\
         - **Quiet** from 22:00 to 08:00, on Sundays all day for drills and hammers.\n\
         - **Works** in a home are announced in the office a week before; skips need a permit.\n\
         - **Dogs** on the lead, except on the meadow behind the orchard.\n\
         - **Bins** go out after 19:00 and come in the next day. Glass until 20:00.\n\
         - **The hall** can be had from Thursday to Sunday; who used it last leaves it clean.\n\
         - **Cars** go at walking speed, everywhere.\n\n\
         The long version with its forty paragraphs: [example.com/house-rules](https://example.com/house-rules).",
    )
    .pinned(),
    notice(
        When::Ago(48),
        "Community life",
        Role::Committee,
        "A meadow for the dogs",
        "The strip behind the apple orchard becomes a fenced meadow where dogs may run. We meet there on **{10s}** at 16:00 \
         to agree on the rules: hours, who empties the bin, how many at a time.",
    )
    .to(For::Tag("dog-owners"))
    .until(35)
    .talk(&[
        begins("Two gates behind each other, please, so that nobody slips out when somebody comes in."),
        joins_in("Yes! And water."),
        author("Both are in the plan."),
    ]),
    notice(
        When::Ago(53),
        "Safety",
        Role::Manager,
        "Fire doors stay closed",
        "At the inspection **nine of fourteen** fire doors in Orchard Court were wedged open. They are the reason why smoke \
         stays on one floor. Wedges are taken away from now on; where a door is too heavy or too loud, report it and its \
         closer is adjusted.",
    )
    .to(For::Zone("Orchard Court"))
    .until(90),
    notice(
        When::Draft,
        "Works and outages",
        Role::Manager,
        "Façade of Pear Court: scaffold",
        "The scaffold goes up in the first week of the month after next and stays for about nine weeks.\n\n\
         - Shutters stay down while the blasting goes on (**dates to follow from the company**)\n\
         - Balconies have to be empty\n\
         - Who lives on the ground floor gets a lock for the windows\n\n\
         *Still to be asked: parking of the company's vans.*",
    )
    .to(For::Block("Pear Court")),
    notice(
        When::Draft,
        "Money",
        Role::Accountant,
        "How the reserve stands",
        "At the end of the quarter the reserve holds … The largest withdrawals were …\n\n(Waiting for the bank's statement.)",
    )
    .to(For::Owners),
    notice(
        When::Ahead(6),
        "Works and outages",
        Role::Manager,
        "Water meters are read next week",
        "The meters are read on **{2b}** and **{3b}** between 08:00 and 17:00. In the houses they hang outside, nobody needs \
         to be at home. In the flats please note your reading on the card that hangs at your door the evening before.",
    )
    .to(For::Residents)
    .until(8),
];
