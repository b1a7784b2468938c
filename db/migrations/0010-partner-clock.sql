-- EXC-6: by how much the clock of the partner was ahead of ours when it last said its time, in milliseconds; below zero: behind.
alter table link add column clock_ahead_ms double precision;
