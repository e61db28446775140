-- Renews the lease of one consumer and puts it on the list of consumers. A full Redis refuses a SET,
-- unless its script has written before; and workers must not stop when Redis is full, for they are the
-- ones who empty it.
-- Who renews a lease is alive: what was taken over from it meanwhile was no death of its reader.
-- KEYS  1 lease · 2 consumers · 3 ready · 4 what was taken over from this consumer
-- ARGV  1 ms it holds · 2 what people read about the consumer · 3 consumer · 4 most names on the list
--       5 group · 6 unit of the intent: twice the deaths are counted below it · 7 most deaths taken back at once
-- Returns 1 if the lease was still there, 0 if it had lapsed: then others may have had the consumer's mail.
local held = redis.call('PEXPIRE', KEYS[1], ARGV[1])
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[1])
-- Those who died remain on it until it is too long; the living come back with their next beat. Whatever
-- is wrong with the list, the lease holds.
local listed = redis.pcall('SCARD', KEYS[2])
if type(listed) == 'number' and listed >= tonumber(ARGV[4]) then
  redis.call('DEL', KEYS[2])
end
redis.pcall('SADD', KEYS[2], ARGV[3])

local function take_back(entry)
  local found = redis.pcall('XPENDING', KEYS[3], ARGV[5], entry, entry, 1)[1]
  if found and found[4] % ARGV[6] > 1 then
    redis.pcall('XCLAIM', KEYS[3], ARGV[5], found[2], 0, entry, 'RETRYCOUNT', found[4] - 2, 'JUSTID')
  end
end

for _, entry in ipairs(redis.pcall('SPOP', KEYS[4], ARGV[7])) do
  take_back(entry)
end
return held
