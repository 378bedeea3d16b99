drop table professional_zones;
drop table professionals;
drop table categories;
drop table occupancies;
drop table units;
drop table zones;
