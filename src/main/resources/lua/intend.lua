-- Records that the end of a mail is about to leave for the server, for mail that must not be sent twice.
-- The record is a part of the count of deliveries: it goes when the entry is settled, and costs no key.
-- KEYS  1 ready · 2 lease of the consumer
-- ARGV  1 group · 2 consumer · 3 entry · 4 unit of the token in the count · 5 token of the consumer's term
-- Returns the unit (recorded) or 0 (the entry is no longer this consumer's, or was another's in between).
local mine = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[3], ARGV[3], 1, ARGV[2])[1]
if not mine or redis.call('EXISTS', KEYS[2]) == 0 then
  return 0
end
local before = math.floor(mine[4] / ARGV[4])
if before ~= 0 and before ~= tonumber(ARGV[5]) then
  return 0
end
local count = mine[4] % ARGV[4] + ARGV[5] * ARGV[4]
local recorded = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, ARGV[3], 'RETRYCOUNT', count, 'JUSTID')
return #recorded * ARGV[4]
