-- Leaves entries to workers that know their format: in the name of a consumer that no worker is, from
-- whom such a worker takes them over. That is no death of their reader.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 in whose name they wait · then the entries
-- Returns how many of them were this consumer's.
local left = 0
for i = 4, #ARGV do
  if redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, ARGV[i], 'RETRYCOUNT', 0, 'JUSTID')
    left = left + 1
  end
end
return left
