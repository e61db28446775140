-- Leaves entries to workers that know their format: in the name of a consumer that no worker is, from
-- whom such a worker takes them over. That is no death of any reader; the intent to send stays.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 in whose name they wait · 4 unit of the intent: twice the deaths are
--       counted below it · then the entries
-- Returns how many of them were this consumer's.
local left = 0
for i = 5, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
  if pending then
    local count = pending[4] - pending[4] % ARGV[4]
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, ARGV[i], 'RETRYCOUNT', count, 'JUSTID')
    left = left + 1
  end
end
return left
