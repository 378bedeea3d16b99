alter table members drop column tags;
