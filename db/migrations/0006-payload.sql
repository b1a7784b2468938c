-- EXC-3: a payload is kept until its receipt, often for less than a second: compressing it takes longer than it saves.
alter table batch_out alter column payload set storage external;
