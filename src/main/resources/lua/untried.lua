-- Notes that entries were read but not tried: a restart is then no death of their reader. What an
-- earlier worker tried keeps one death, and the mark that it was about to leave: the server may have it.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 the mark of an intent · then the entries
-- Returns how many of them are still this consumer's.
local mine = 0
local mark = tonumber(ARGV[3])
for i = 4, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
  if pending then
    local marked = pending[4] >= mark and mark or 0
    local count = marked + (pending[4] > 1 and 2 or 0)
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'RETRYCOUNT', count, 'JUSTID')
    mine = mine + 1
  end
end
return mine
