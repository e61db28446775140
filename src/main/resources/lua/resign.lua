-- Gives the lease of one consumer back and records a clean stop: what it has not settled may be taken over,
-- and that does not count as a death of its reader.
-- KEYS  1 lease · 2 clean stop
-- ARGV  1 ms to keep the record
-- Returns OK.
redis.call('DEL', KEYS[1])
return redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
