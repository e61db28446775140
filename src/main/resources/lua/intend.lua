-- Notes that the end of a mail is about to leave for the server, for mail that must not be sent twice.
-- The note is a mark on the count of deliveries: it goes when the entry is settled, and costs no key.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 entry · 4 the mark: deaths are counted below it
-- Returns the marked count (noted) or 0 (the entry is no longer this consumer's).
local mine = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2])[1]
if not mine then
  return 0
end
local count = mine[4] % ARGV[4] + ARGV[4]
local noted = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', count, 'JUSTID')
return #noted * count
