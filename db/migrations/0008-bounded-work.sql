-- ADM-2: at each refusal, those of the same partner are counted and the oldest of them make room.
create index inbound_refusal_by_peer on inbound_refusal (peer, id);
-- ADM-2: how many answers of one type wait for a partner is asked before one more is queued.
create index outbox_waiting_answer on outbox (peer, (message ->> 'type')) where sequence is null and message is not null;
