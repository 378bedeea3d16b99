alter table deliveries drop column fault;
