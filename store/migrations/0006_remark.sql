-- How a line came to be, where its paper says so: 与上月相同，人工确认.
alter table core.income add column if not exists remark varchar;
