-- EXC-4: how far we are in a partner's list of what it holds of ours: the last hash that is done with, and how many of the
-- page behind it were asked for.
alter table recovery_partner add column after text;
alter table recovery_partner add column missing integer;
