-- Renews the lease of one consumer. A full Redis refuses a SET, unless its script has written before;
-- and workers must not stop when Redis is full, for they are the ones who empty it.
-- KEYS  1 lease
-- ARGV  1 ms it holds · 2 what people read about the consumer
-- Returns OK.
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
