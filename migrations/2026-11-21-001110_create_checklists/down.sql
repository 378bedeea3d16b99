drop table response_templates;
drop table checklist_items;
drop table request_answers;
