-- Notes that entries were read but not tried: a restart is then no death of their reader.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · then the entries
-- Returns how many of them are still this consumer's.
local mine = 0
for i = 3, #ARGV do
  if redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1] then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'RETRYCOUNT', 0, 'JUSTID')
    mine = mine + 1
  end
end
return mine
