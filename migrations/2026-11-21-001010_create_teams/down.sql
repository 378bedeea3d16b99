drop table request_declines;
drop table team_zones;
drop table team_members;
drop table teams;
