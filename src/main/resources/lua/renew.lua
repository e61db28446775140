-- Renews the lease of one consumer and puts it on the list of consumers. A full Redis refuses a SET,
-- unless its script has written before; and workers must not stop when Redis is full, for they are the
-- ones who empty it.
-- KEYS  1 lease · 2 consumers
-- ARGV  1 ms it holds · 2 what people read about the consumer · 3 consumer · 4 most names on the list
-- Returns OK.
redis.call('PEXPIRE', KEYS[1], ARGV[1])
local renewed = redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
-- Those who died remain on it until it is too long; the living come back with their next beat. Whatever
-- is wrong with the list, the lease holds.
local listed = redis.pcall('SCARD', KEYS[2])
if type(listed) == 'number' and listed >= tonumber(ARGV[4]) then
  redis.call('DEL', KEYS[2])
end
redis.pcall('SADD', KEYS[2], ARGV[3])
return renewed
