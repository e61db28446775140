-- Counts one queue at one moment.
-- KEYS  1 ready · 2 schedule · 3 dead · 4 held · 5 totals · 6 paused
-- ARGV  1 group · then the outcomes whose totals are asked for
-- Returns entries not yet read · entries in flight · scheduled · of those overdue · dead · held ·
--         what is known of a pause, or '' · of a format that this version does not know · the totals.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- Before the first worker there is no group, and so nothing in flight.
local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1])
local in_flight, newer = not pending.err and pending[1] or 0, 0
-- Entries of a newer format wait in the name of a consumer that no worker is.
for _, consumer in ipairs(not pending.err and pending[4] or {}) do
  newer = newer + (string.find(consumer[1], '^format%-%d+$') and consumer[2] or 0)
end
local depths = {
  redis.call('XLEN', KEYS[1]) - in_flight,
  in_flight - newer,
  redis.call('ZCARD', KEYS[2]),
  redis.call('ZCOUNT', KEYS[2], '-inf', now),
  redis.call('XLEN', KEYS[3]),
  redis.call('XLEN', KEYS[4]),
  redis.call('GET', KEYS[6]) or '',
  newer,
}
for i = 2, #ARGV do
  depths[#depths + 1] = tonumber(redis.call('HGET', KEYS[5], ARGV[i]) or '0')
end
return depths
