drop table announcement_counts;
drop table announcement_recipients;
drop table announcement_versions;
drop table announcements;
drop table announcement_categories;
