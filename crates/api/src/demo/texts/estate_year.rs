//! What hung on the notice board of the estate in the course of the year.

use domain::role::Role;

use super::super::photos::Scene;
use super::board::{File, For, Notice, When, again, author, begins, joins_in, notice};

pub const NOTICES: &[Notice] = &[
    notice(
        When::Ago(61),
        "Works and outages",
        Role::Manager,
        "Power off for an hour, street by street",
        "The grid company changes a transformer. On **{8w}** each street is without power for about an hour:\n\n\
         | Street | From | To |\n\
         |---|---|---|\n\
         | Magnolia Avenue | 09:00 | 10:00 |\n\
         | Jacaranda Walk | 10:00 | 11:00 |\n\
         | Cypress Lane | 11:00 | 12:00 |\n\
         | Lake Drive, Boathouse Path, Willow Quay | 13:00 | 14:30 |\n\n\
         Please switch off what does not like it. Lifts are stopped five minutes before, so that nobody gets stuck.",
    )
    .until(10),
    notice(
        When::Ago(70),
        "Meetings",
        Role::Committee,
        "What the committee decided",
        "At its last meeting the committee\n\n\
         - gave the garden contract to the same company for another year, at the same price;\n\
         - bought two defibrillators, one for the guard house and one for the community hall;\n\
         - did **not** agree to the request for a mobile antenna on Heron House;\n\
         - asked for offers for the roof of the garage of Swan House.\n\n\
         The minutes can be read in the office.",
    )
    .until(60)
    .talk(&[
        begins("Thank you for the no to the antenna."),
        begins("I would have liked the antenna. In the cellar there is no signal at all."),
        author("We are asking for a small repeater for the garages instead."),
    ]),
    notice(
        When::Ago(80),
        "Works and outages",
        Role::Manager,
        "Ventilation shafts are swept",
        "The chimney sweep comes to the flats on **{5b}** and **{6b}**. He needs five minutes in each kitchen and bathroom. \
         If you are out, leave a key at the guard house.",
    )
    .to(For::Residents)
    .until(12),
    notice(
        When::Ago(92),
        "Safety",
        Role::Committee,
        "The gates at night",
        "From the first of the month the north gate is closed between 23:00 and 05:30. The south gate is open to cards at \
         any hour. Taxis and deliveries come by the south gate; the guards call you.\n\n\
         Why: nine of ten cars that had no business here came in by the north gate, at night.",
    )
    .asks()
    .until(120)
    .talk(&[
        begins("My shift begins at five. Does that mean the long way round every morning?"),
        author("For people with a regular early shift the guards open by hand. Please leave your number plate with them."),
        again("Done, and it works."),
        joins_in("Works for me too."),
    ]),
    notice(
        When::Ago(104),
        "Money",
        Role::Accountant,
        "The books have been audited",
        "Two owners have gone through every receipt of the half-year and found an error of **14.30** in the estate's \
         favour, which has been paid back. Their report hangs in the mail rooms. Thank you to both for four long evenings.",
    )
    .to(For::Owners)
    .until(60),
    notice(
        When::Ago(115),
        "Works and outages",
        Role::Manager,
        "Windows of the staircases are cleaned",
        "In the three houses of Lakeside, from **{5w}** for three days. Please take bicycles and prams out of the landings.",
    )
    .to(For::Zone("Lakeside"))
    .until(12),
    notice(
        When::Ago(127),
        "Safety",
        Role::Manager,
        "Smell of gas in Cherry Court: please leave the house",
        "There is a smell of gas in the cellar. **Leave the house by the stairs, do not use the lift, touch no switches, \
         take no time to pack.** The fire brigade is on its way. Meeting point: the car park on Orchard Way.",
    )
    .to(For::Block("Cherry Court"))
    .urgent()
    .asks()
    .until(1),
    notice(
        When::Ago(126),
        "Safety",
        Role::Manager,
        "Cherry Court: all clear",
        "It was a seal at the meter in the cellar. It has been changed, the pipe was tested twice, and the fire brigade has \
         released the house. The gas is on again.\n\nThank you: everybody was out within **six minutes**.",
    )
    .to(For::Block("Cherry Court"))
    .urgent()
    .until(7)
    .talk(&[
        begins("Thank you to the two guards who carried my father down."),
        author("We pass it on to them."),
    ]),
    notice(
        When::Ago(140),
        "Community life",
        Role::Committee,
        "Second-hand market in the community hall",
        "On **{11s}**, 10:00 to 16:00. A table costs nothing but a cake. Tables are given out in the order in which you \
         write below.",
    )
    .until(13)
    .talk(&[
        begins("One table, please, and an apple cake."),
        joins_in("For us too, children's clothes up to size 128."),
        begins("A table for books. The cake will be bought, I am warning you."),
        author("All three are noted. Bought cake is cake."),
    ]),
    notice(
        When::Ago(152),
        "Works and outages",
        Role::Manager,
        "Optical fibre comes to the terraces",
        "Three companies may lay fibre into the houses of South Terraces. Nobody has to sign anything at the door: the line \
         up to the house is free, with every one of them.\n\n\
         - Digging: Olive Terrace first, then Almond, then Laurel; two weeks each\n\
         - Driveways are closed for at most a day, and you are told the day before\n\
         - What is dug up is put back as it was; photos are taken before",
    )
    .to(For::Zone("South Terraces"))
    .until(50),
    notice(
        When::Ago(166),
        "Meetings",
        Role::Committee,
        "The committee's open hour",
        "Every first Wednesday of the month two of us sit in the mail room of Quince Court from 18:30 to 19:30. No agenda, \
         coffee is there.",
    )
    .until(100),
    notice(
        When::Ago(178),
        "General",
        Role::Manager,
        "Parcels at the guard house",
        "The guards take parcels up to ten kilograms and keep them for **five days**. Please show your gate card. What lies \
         there longer goes back.",
    )
    .until(90),
    notice(
        When::Ago(190),
        "General",
        Role::Manager,
        "For those who rent: what is whose to repair",
        "A short list, because it saves everybody a week:\n\n\
         - **Report here:** whatever belongs to the building, such as pipes in the wall, lift, intercom, heating, roof\n\
         - **Your landlord:** what came with the flat, such as the oven, the boiler, floors, window handles\n\
         - **Yourself:** bulbs, sieves in taps, a lost key\n\n\
         If you do not know, report it here. We sort it out with the owner.",
    )
    .to(For::Tenants)
    .until(120),
    notice(
        When::Ago(205),
        "Money",
        Role::Accountant,
        "Lakeside: the lift fund",
        "The general meeting decided on a fund for the lifts of Heron, Kingfisher and Swan House. For the owners there, this \
         means **6.50 a month** for each flat, from the next quarter on, for five years. Ground-floor flats pay half.",
    )
    .to(For::OwnersIn("Lakeside"))
    .asks()
    .reminds(96)
    .until(90),
    notice(
        When::Ago(219),
        "Works and outages",
        Role::Manager,
        "Lift of Pear Court stands still",
        "The control has failed, and the part comes by plane. We reckon with **four days**. Whoever needs help with shopping \
         or stairs, please call the guard house.",
    )
    .to(For::Block("Pear Court"))
    .urgent()
    .until(6)
    .talk(&[
        begins("Any news? The fifth floor is far up with a pram."),
        author("The part is through customs, the fitter comes tomorrow at eight."),
        joins_in("I can carry the pram up at half past five every day, ring at P-203."),
        again("You are wonderful, thank you."),
    ]),
    notice(
        When::Ago(232),
        "Safety",
        Role::Committee,
        "Please do not charge scooters in the staircase",
        "In a house nearby a battery burned in the hall, and eleven people could not get out. Batteries of scooters and \
         bicycles are charged in your own home, on stone or tiles, and not at night. In the bicycle stores there are now \
         four sockets in steel boxes.",
    )
    .asks()
    .until(120),
    notice(
        When::Ago(246),
        "Safety",
        Role::Manager,
        "Cameras at both gates",
        "From **{14w}** on there are cameras at both gates. They record the lane, no garden and no window. Recordings are \
         kept for 72 hours and are looked at only after an incident, by two people together. Questions: the office, or \
         [example.com/cameras](https://example.com/cameras).",
    )
    .until(60)
    .talk(&[
        begins("Who are the two people?"),
        author("One of the office and one of the committee, and it is written down each time."),
    ]),
    notice(
        When::Ago(262),
        "General",
        Role::Manager,
        "A fourth bin",
        "The recycling points get a brown bin for kitchen waste. What goes in: peel, coffee, leftovers, eggshells. What does \
         not: bags, also not those that call themselves compostable.",
    )
    .until(60),
    notice(
        When::Ago(281),
        "Works and outages",
        Role::Manager,
        "New pumps for the garage of Swan House",
        "Since last winter we know that the old ones are too weak. The new ones are fitted on **{6w}**; the garage is closed \
         from 08:00 to 17:00.",
    )
    .to(For::Block("Swan House"))
    .until(8),
    notice(
        When::Ago(299),
        "General",
        Role::Manager,
        "For guards and dispatchers: keys are signed for",
        "Three keys of technical rooms could not be found last month. From today on each key that leaves the cabinet is \
         written down with name and hour, also for five minutes, also for me.",
    )
    .to(For::Roles(&[Role::Guard, Role::Dispatcher, Role::Supervisor, Role::Professional]))
    .asks()
    .reminds(48)
    .until(200),
    notice(
        When::Ago(318),
        "Money",
        Role::Accountant,
        "Direct debit: now also for levies",
        "Whoever wants to can have the levies drawn from their account from now on. The form is at \
         [example.com/direct-debit](https://example.com/direct-debit). It can be ended at any time, with a line to the office.",
    )
    .to(For::Owners)
    .until(90),
    notice(
        When::Ago(337),
        "General",
        Role::Admin,
        "This is where we tell you things from now on",
        "Welcome! Until now there were notes in the lifts, letters, and three chat groups. From today on what concerns \
         everybody stands **here**, and only here.\n\n\
         1. You are told in the app when something new is for you.\n\
         2. Urgent things come by mail at once.\n\
         3. Now and then we ask you to confirm that you have read something.\n\
         4. Where comments are open, please be as kind as you would be in the lift.\n\n\
         The notes in the lifts come down at the end of the month.",
    )
    .until(60)
    .talk(&[
        begins("At last. I was in all three groups."),
        begins("And whoever has no telephone of that kind?"),
        author("Gets mail, and the guard house prints what is urgent."),
    ]),
    notice(
        When::Yearly(1, 8),
        "General",
        Role::Manager,
        "Christmas trees are collected",
        "On **{3b}** and **{4b}**. Please lay them at the kerb by 08:00, without tinsel. The goats of the farm behind the \
         orchard do not like tinsel.",
    )
    .until(8),
    notice(
        When::Yearly(2, 3),
        "Works and outages",
        Role::Manager,
        "Frost is forecast: protect your taps",
        "For the coming nights minus four degrees are forecast. In the houses:\n\n\
         - close the tap for the garden inside, and open it outside\n\
         - wrap meters in the outer wall, an old blanket will do\n\
         - leave heating on low when you go away\n\n\
         The irrigation is off and empty.",
    )
    .urgent()
    .until(10),
    notice(
        When::Yearly(3, 18),
        "Community life",
        Role::Committee,
        "Spring in the gardens",
        "The gardeners prune the roses this week and sow the meadow at the lake next week. From {14} on it is fenced with \
         string for six weeks. Please explain to your children that string is a wall.\n\nWhoever would like to help with \
         planting: **{10s}, 10:00**, at the old well. Gloves are there.",
    )
    .until(55)
    .talk(&[
        begins("Could the hedge at the bus shelter be lower this year? One does not see the bus."),
        author("To 1.20 m, already agreed."),
    ]),
    notice(
        When::Yearly(4, 2),
        "Safety",
        Role::Manager,
        "Caterpillars in the pines: keep dogs away",
        "The nests of the processionary moth in the pines at the lake path are being removed. Until **{12w}** please keep \
         your dog on the lead there and away from anything that lies on the ground. If it has licked one: rinse with water, \
         and to the vet at once.",
    )
    .to(For::Tag("dog-owners"))
    .urgent()
    .until(14),
    notice(
        When::Yearly(5, 6),
        "Community life",
        Role::Manager,
        "The pool opens",
        "The pool opens on **{10s}**. The water has been tested, the lifeguard is the same as last year.\n\n\
         | | Monday to Friday | Saturday, Sunday |\n\
         |---|---|---|\n\
         | Early swimmers | 07:00 to 09:00 | none |\n\
         | Everybody | 10:00 to 20:00 | 10:00 to 20:30 |\n\
         | Lengths only | 20:00 to 21:30 | none |\n\n\
         Four guests a household. Glass stays at home.",
    )
    .file(File::Photo(Scene::Pool))
    .until(135)
    .talk(&[
        begins("How warm is it?"),
        author("Nineteen degrees. Brave, I would say."),
        joins_in("I was in. It is."),
    ]),
    notice(
        When::Yearly(6, 14),
        "Community life",
        Role::Committee,
        "Summer party at the lake",
        "On **{13s}** from 17:00 at the boat jetty. The committee brings drinks, tables and music until midnight; everybody \
         brings something that can be shared.\n\n\
         - 17:00 boats for the children\n\
         - 19:00 the grill is hot\n\
         - 21:00 the choir of Orchard Court, and whoever joins in\n\n\
         If it rains we meet in the hall.",
    )
    .until(14)
    .talk(&[
        begins("We bring two salads, one without nuts."),
        joins_in("Lentils, a lot of them."),
        begins("Is there room for a small table for people who prefer it quieter?"),
        author("Of course: the pool terrace, with a view and without loudspeakers."),
    ]),
    notice(
        When::Yearly(7, 3),
        "General",
        Role::Manager,
        "Water is scarce: when to water the gardens",
        "The city asks everybody to save. Until further notice gardens are watered only **before 08:00 or after 20:00**, by \
         hand or with drip lines; no cars, no terraces. The lawns between the houses are left to go yellow. They come back, \
         they always do.",
    )
    .until(75),
    notice(
        When::Yearly(8, 1),
        "General",
        Role::Manager,
        "The office in August",
        "In August the office is open in the mornings only, 09:00 to 12:30. Emergencies are taken at any hour as always.",
    )
    .until(31),
    notice(
        When::Yearly(9, 14),
        "Community life",
        Role::Manager,
        "The pool closes",
        "The last day is **{7u}**. On that day dogs may swim from 18:00 on, before the water is let out.",
    )
    .until(14),
    notice(
        When::Yearly(10, 20),
        "Works and outages",
        Role::Manager,
        "Before the storms: gutters and terraces",
        "The gutters of all blocks are cleaned by {8w}. Please look at your own:\n\n\
         - drains of terraces and balconies free of leaves\n\
         - parasols, pots and screens tied or taken in\n\
         - nothing leaning on the railings\n\n\
         What flies off a balcony does not fly far, but it flies onto somebody's car.",
    )
    .until(45),
    notice(
        When::Yearly(12, 10),
        "General",
        Role::Manager,
        "The office over the holidays",
        "The office is closed from 24 December and opens again on the first working day of January. The guard house is \
         manned as always, and emergencies are dispatched as always.\n\nThank you for a good year.",
    )
    .until(26),
];
