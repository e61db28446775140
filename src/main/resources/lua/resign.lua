-- Gives the lease of one consumer back, and says goodbye: what it has not settled may be taken over, and
-- that is no death of its reader.
-- KEYS  1 lease · 2 goodbye
-- ARGV  1 ms to keep the goodbye
-- Returns OK.
redis.call('DEL', KEYS[1])
return redis.call('SET', KEYS[2], '1', 'PX', ARGV[1])
