drop table member_roles;
drop table members;
drop table communities;
