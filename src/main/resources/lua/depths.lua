-- Counts one queue at one moment.
-- KEYS  1 ready · 2 schedule · 3 dead · 4 held · 5 totals · 6 paused
-- ARGV  1 group · then the outcomes whose totals are asked for
-- Returns entries not yet read · entries in flight · scheduled · of those overdue · dead · held ·
--         what is known of a pause, or '' · the totals.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
-- Before the first worker there is no group, and so nothing in flight.
local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1])
local in_flight = not pending.err and pending[1] or 0
local depths = {
  redis.call('XLEN', KEYS[1]) - in_flight,
  in_flight,
  redis.call('ZCARD', KEYS[2]),
  redis.call('ZCOUNT', KEYS[2], '-inf', now),
  redis.call('XLEN', KEYS[3]),
  redis.call('XLEN', KEYS[4]),
  redis.call('GET', KEYS[6]) or '',
}
for i = 2, #ARGV do
  depths[#depths + 1] = tonumber(redis.call('HGET', KEYS[5], ARGV[i]) or '0')
end
return depths
