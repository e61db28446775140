-- Records that entries were read but not tried: the loss of their reader is then no death. The deaths of
-- earlier readers stay, and so does the intent to send: the server may have the mail.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · then the entries
-- Returns how many of them are still this consumer's.
local mine = 0
for i = 3, #ARGV do
  local pending = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[i], ARGV[i], 1, ARGV[2])[1]
  if pending then
    local count = pending[4] - pending[4] % 2
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[i], 'RETRYCOUNT', count, 'JUSTID')
    mine = mine + 1
  end
end
return mine
