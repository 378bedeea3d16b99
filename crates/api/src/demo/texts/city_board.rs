//! What a town hall tells its citizens.

use domain::role::Role;

use super::super::photos::Scene;
use super::board::{File, For, Notice, Paper, When, again, author, begins, joins_in, notice, removed};

/// Goes with the consultation.
pub const PLAN: Paper = Paper {
    name: "Consultation.pdf",
    stored_name: "demo-consultation",
    heading: "Rua do Almada: three ways to share a street",
    lines: &[
        "Variant A: one way southwards, wide pavements, deliveries until 11:00",
        "Variant B: as today, with raised crossings and no parking",
        "Variant C: pedestrians and bicycles only, deliveries until 10:00",
        "",
        "Questions: which variant, which hours for deliveries, where to put trees.",
        "All answers are published without names.",
    ],
};

pub const NOTICES: &[Notice] = &[
    notice(
        When::Hours(5),
        "Safety",
        Role::Manager,
        "Escadas dos Guindais closed: stones have come loose",
        "Stones have come loose from the wall above the steps. The **Escadas dos Guindais are closed from top to bottom** \
         until an engineer has looked at it. Nobody was hurt.\n\n\
         - On foot: by Rua de Saraiva de Carvalho\n\
         - Who lives on the steps is let through by the municipal police\n\
         - Please do not climb over the barriers, not even for the shortest way",
    )
    .urgent()
    .until(5),
    notice(
        When::Ago(1),
        "Community life",
        Role::Manager,
        "Saturday's market moves to Praça da Batalha",
        "Because of the works, the farmers' market is held at **Praça da Batalha** on {1s} and the Saturday after it, 08:00 \
         to 14:00. The fish stalls stay where they are.",
    )
    .until(16)
    .talk(&[
        begins("Is there a place for bicycles up there?"),
        author("Forty stands, in front of the theatre side of the square."),
        begins("What about those who cannot climb? The tram would help if it ran on Saturdays."),
        author("A minibus runs from the river every half hour, free of charge on both Saturdays."),
    ]),
    notice(
        When::Ago(2),
        "Meetings",
        Role::Admin,
        "What shall become of Rua do Almada? A consultation",
        "The street is to be renewed next year, and it is not wide enough for everything at once. There are **three \
         variants** in the attached paper. Until **{28w}** you can say what you think:\n\n\
         1. here, below\n\
         2. at [example.com/almada](https://example.com/almada)\n\
         3. in the town hall, on paper, Monday to Friday, 09:00 to 16:00\n\n\
         On **{14w}** at 18:30 the planners show a model and answer questions.\n\n\
         ## What happens with it\n\n\
         All answers are read, counted by street and by trade, and published. The council decides with them on the table.",
    )
    .pinned()
    .until(30)
    .file(File::Paper(&PLAN))
    .talk(&[
        begins("Variant C, with all my heart. My grandmother has not sat in front of her house for twenty years."),
        joins_in("And how does my workshop get its timber? At five in the morning?"),
        author("That is the question about the hours. Please answer it on the form too, trades are counted apart."),
        removed("Of course, the planners live in villas with garages. Send them all to hell.", "Insults; see the rules."),
        begins("Where can one see the model if one works in the evening?"),
        author("It stands in the hall of the town hall for the rest of the month."),
    ]),
    notice(
        When::Ago(6),
        "General",
        Role::Manager,
        "Residents' parking: please confirm the new zones",
        "On the first of the month after next the parking zones change. A permit then holds for **one** zone, the one where \
         you are registered.\n\n\
         | Zone | Quarters |\n\
         |---|---|\n\
         | River | Miragaia, São Nicolau, Guindais |\n\
         | Hill | Sé, Vitória, Virtudes, São Bento |\n\
         | Upper town | Batalha, Carregal, Carlos Alberto, Aliados, Bolhão |\n\n\
         Permits that you have stay good until they run out. Please confirm that you have read this, so that nobody is towed \
         away who did not know.",
    )
    .to(For::Roles(&[Role::Resident]))
    .asks()
    .reminds(60)
    .until(60)
    .slip("Hill | Sé, Vitória, Virtudes, São Bento", "Hill | Sé, Vitória, São Bento"),
    notice(
        When::Ago(10),
        "General",
        Role::Manager,
        "When what is collected",
        "| What | Days | Put it out |\n\
         |---|---|---|\n\
         | Household waste | Monday, Wednesday, Friday | after 20:00 |\n\
         | Paper | Tuesday | after 20:00 |\n\
         | Packaging | Thursday | after 20:00 |\n\
         | Glass | containers | 08:00 to 20:00 |\n\
         | Kitchen waste | Monday to Saturday | brown bin |\n\
         | Furniture and the like | on demand, report it here | the evening before |\n\n\
         Bags put out at noon are opened by gulls at five past.",
    )
    .pinned(),
    notice(
        When::Ago(15),
        "Works and outages",
        Role::Manager,
        "Rua das Flores: new paving, at night",
        "From **{5w}** the paving between the crossing with Rua de Mouzinho da Silveira and the square is relaid, on twelve \
         nights, 21:00 to 06:00. Stones are laid, not sawn, after midnight.\n\n\
         - Shops and doors can be reached at all times\n\
         - Deliveries from 06:30 to 09:00\n\
         - If it is too loud: report it here as *noise*, somebody is there and can do something about it",
    )
    .until(30)
    .talk(&[
        begins("Not sawn after midnight? They sawed until one yesterday."),
        author("You are right, and they have been told. The saw is locked away at 23:45 from tonight on."),
        again("It was quiet last night. Thank you."),
    ]),
    notice(
        When::Ago(20),
        "Money",
        Role::Manager,
        "Fees of stalls stay as they are",
        "The fees for stalls are not raised next year. Applications for a fixed place are taken until **{25w}**; whoever has \
         one need only confirm it.",
    )
    .to(For::Tag("market-traders"))
    .asks()
    .until(40),
    notice(
        When::Ago(26),
        "Works and outages",
        Role::Manager,
        "Water off in Vitória, one night",
        "A valve from 1931 is retired. In the night of **{7w}**, 23:00 to 05:00, there is no water in Rua da Vitória, Rua das \
         Taipas and Rua dos Caldeireiros. Afterwards it may be brown for a few minutes; let it run.",
    )
    .until(9),
    notice(
        When::Ago(33),
        "Meetings",
        Role::Admin,
        "Open session of the council",
        "On **{9w}** at 18:00. The first hour belongs to your questions; whoever wants to speak puts their name on the list at \
         the door until 17:45.\n\nOn the agenda: the budget, the school street at Largo de São Pedro de Miragaia, and the \
         lighting of the steps.",
    )
    .until(40),
    notice(
        When::Ago(38),
        "Safety",
        Role::Manager,
        "Spring tides: a drill at the river",
        "On **{10s}** at 10:00 we practise putting up the barriers along the quay. Cellars and ground floors on the river \
         front: please check on that morning that your boards fit and that somebody has the key.\n\n\
         Sandbags can be fetched at the works yard, ten a door.",
    )
    .to(For::Tag("riverside"))
    .asks()
    .reminds(96)
    .until(50),
    notice(
        When::Ago(45),
        "Works and outages",
        Role::Manager,
        "For our crews: how a hole is secured",
        "After two accidents with open trenches:\n\n\
         1. No trench stays open overnight without plates.\n\
         2. A passage of 1.20 m for wheelchairs and prams, always.\n\
         3. A photo of the barrier belongs to the request, before you leave.\n\n\
         Please confirm before your next job.",
    )
    .to(For::Roles(&[Role::Professional, Role::Dispatcher, Role::Supervisor]))
    .asks()
    .until(120),
    notice(
        When::Ago(52),
        "Community life",
        Role::Manager,
        "The book bus stops at Jardim do Carregal",
        "Every second Thursday from 15:00 to 18:00, beginning on {6w}. New: picture books in seven languages.",
    )
    .until(100)
    .talk(&[begins("Wonderful. Which seven?"), author("The ones most spoken in our schools. The list hangs in the bus.")]),
    notice(
        When::Draft,
        "Works and outages",
        Role::Manager,
        "Winter service: which streets first",
        "Steps and slopes first, then schools, then bus streets.\n\n*Map is missing.*",
    ),
    notice(
        When::Draft,
        "Community life",
        Role::Admin,
        "Flea market of the quarters",
        "Date, squares, who may sell. To be agreed with the police.",
    ),
    notice(
        When::Ahead(7),
        "Works and outages",
        Role::Manager,
        "Traffic lights at Avenida dos Aliados off for a day",
        "On **{2w}** the lights get a new control. Between 09:00 and 16:00 police direct the traffic; please allow ten minutes \
         more.",
    )
    .until(4),
    notice(
        When::Ago(64),
        "Works and outages",
        Role::Manager,
        "Rua Formosa is done",
        "Four weeks earlier than planned: the street is open again, with 31 new trees and no step at any crossing.",
    )
    .file(File::Photo(Scene::Tree))
    .until(30)
    .talk(&[begins("It is beautiful. Please water them in the first summer."), author("Twice a week, it is in the contract.")]),
    notice(
        When::Ago(77),
        "General",
        Role::Manager,
        "Strike: waste is not collected for two days",
        "On **{2b}** and **{3b}** most rounds are cancelled. Please keep bags inside as long as you can. Hospitals, schools and \
         the market are served.",
    )
    .urgent()
    .until(5),
    notice(
        When::Ago(90),
        "Meetings",
        Role::Admin,
        "What you said about the quay, and what comes of it",
        "412 people answered.\n\n\
         | What | For | Against |\n\
         |---|---|---|\n\
         | No cars on Sundays | 301 | 84 |\n\
         | Benches instead of bays | 266 | 120 |\n\
         | Music until 23:00 | 148 | 239 |\n\n\
         The council follows all three majorities: cars stay away on Sundays, eighteen bays become benches, and music ends at \
         22:00.",
    )
    .until(90)
    .talk(&[begins("So it does make a difference to fill in these forms. Noted."), joins_in("I had bet against it.")]),
    notice(
        When::Ago(103),
        "Works and outages",
        Role::Manager,
        "New lamps on all steps",
        "By the end of next month all steps of the old town get lamps that shine down instead of into bedrooms. If one in \
         front of your window is too bright, report its number: it can be turned and dimmed.",
    )
    .until(60),
    notice(
        When::Ago(119),
        "Money",
        Role::Admin,
        "Half a million that you decide on",
        "The citizens' budget holds **500,000.00** again. Ideas are taken until {35w}, by anybody who lives or works here, \
         from twelve years of age. Last year's winners: the shade at the school, the drinking fountains, the ramp at the chapel.",
    )
    .until(40),
    notice(
        When::Ago(134),
        "Community life",
        Role::Manager,
        "A lane and sixty stands",
        "The lane between Carregal and Batalha is marked from {4w} on, and sixty stands come with it. Say below where stands \
         are missing.",
    )
    .to(For::Tag("cyclists"))
    .until(45)
    .talk(&[
        begins("At the pharmacy in Rua do Rosário. There is always a bicycle on the lamp post."),
        joins_in("And at the grocer's in Rua de Ceuta."),
        author("Both are noted, thank you."),
    ]),
    notice(
        When::Ago(151),
        "Works and outages",
        Role::Manager,
        "Tram rails are ground",
        "In the nights from {3b} to {5b} the rails in Rua da Restauração are ground. It hums. It is over by 02:00 each night.",
    )
    .until(9),
    notice(
        When::Ago(170),
        "General",
        Role::Manager,
        "Counters of the town hall: by appointment, and without",
        "From the first on: **mornings without**, afternoons with an appointment. Appointments at \
         [example.com/counter](https://example.com/counter) or at the desk.",
    )
    .until(90),
    notice(
        When::Ago(189),
        "Safety",
        Role::Manager,
        "Noise at night: who comes, and when",
        "After 23:00 the municipal police answer reports about noise, on Fridays and Saturdays with two more patrols. Report \
         it here with *noise*; a call is not quicker.",
    )
    .until(120),
    notice(
        When::Ago(208),
        "Works and outages",
        Role::Manager,
        "Run through the old town: closed streets",
        "On **{9u}** from 08:00 to 13:00:\n\n\
         - Avenida dos Aliados and Rua de Sá da Bandeira: closed\n\
         - Rua de Santa Catarina: crossing on foot only\n\
         - Buses: by the ring road\n\n\
         Ambulances get through everywhere, at any time.",
    )
    .until(10),
    notice(
        When::Ago(230),
        "Safety",
        Role::Manager,
        "Boil tap water in São Nicolau until further notice",
        "After a pipe burst at Largo de São João Novo the water there may be contaminated. **Boil it for a minute before you \
         drink it or cook with it.** Washing is no problem. Two samples are being tested.",
    )
    .urgent()
    .asks()
    .until(3),
    notice(
        When::Ago(227),
        "Safety",
        Role::Manager,
        "Tap water in São Nicolau is clean again",
        "Both samples are fine. You need not boil it any more. Let taps run for two minutes before the first glass.",
    )
    .urgent()
    .until(10),
    notice(
        When::Ago(252),
        "General",
        Role::Manager,
        "Loading bays are loading bays",
        "In the last month 340 cars were towed out of loading bays. From 09:00 to 19:00 they belong to those who load, for \
         twenty minutes each.",
    )
    .until(60),
    notice(
        When::Ago(301),
        "Community life",
        Role::Manager,
        "A street for the school",
        "In front of the school in Rua do Sol cars stay out from 08:00 to 09:00 and from 15:30 to 16:30, for a trial of three \
         months. Residents are let through at walking speed.",
    )
    .until(90)
    .talk(&[
        begins("At last my son can walk the last hundred metres alone."),
        begins("And where do I stop to drop mine? We live up the hill."),
        author("There are twelve bays for ten minutes at Rua de Arnaldo Gama, two minutes on foot."),
    ]),
    notice(
        When::Ago(332),
        "General",
        Role::Admin,
        "News of the old town, in one place",
        "From now on what the town hall has to tell you stands here: works, markets, waste, consultations. You choose in \
         your settings what you are also told by mail.\n\n**What stays:** the notices in the windows of the parish offices, \
         and the radio on Sundays.",
    )
    .until(60),
    notice(
        When::Yearly(1, 7),
        "General",
        Role::Manager,
        "Where Christmas trees go",
        "Until {10w} they can be left at six places: Passeio das Virtudes, Praça da Batalha, Jardim do Carregal, Praça de \
         Carlos Alberto, Largo de São João Novo and in front of the market hall. They become mulch for the parks.",
    )
    .until(12),
    notice(
        When::Yearly(6, 12),
        "Works and outages",
        Role::Manager,
        "Midsummer night: what is closed, what runs",
        "For the night of 23 June:\n\n\
         | What | When |\n\
         |---|---|\n\
         | Streets along the river closed to cars | 23 June, 16:00, until 24 June, 10:00 |\n\
         | Metro and funicular | all night |\n\
         | Containers taken away | 23 June, from 14:00 on |\n\
         | Cleaning | 24 June, 05:00 to 11:00 |\n\n\
         Plastic cups are not sold; bring your own, or pay a deposit.",
    )
    .until(14),
    notice(
        When::Yearly(8, 20),
        "Community life",
        Role::Manager,
        "Before school begins: safe ways",
        "Volunteers stand at eleven crossings in the first two weeks. Whoever has an hour in the morning: write below.",
    )
    .to(For::Tag("volunteers"))
    .until(40)
    .talk(&[begins("I take Praça de Carlos Alberto, every day but Tuesday."), author("Thank you! You get a vest by post.")]),
    notice(
        When::Yearly(11, 2),
        "Works and outages",
        Role::Manager,
        "Leaves and drains",
        "With the first heavy rain the leaves come down and block the drains. Sweepers go round twice a day this month; cars \
         that stand on a drain are the ones they cannot get round. Report blocked drains as *water*.",
    )
    .until(30),
    notice(
        When::Yearly(12, 8),
        "General",
        Role::Manager,
        "Rounds over the holidays",
        "No collection on the evenings of 24, 25 and 31 December. Two containers for cardboard stand at each square from 23 \
         December on.",
    )
    .until(28),
];
