drop table request_followers;
