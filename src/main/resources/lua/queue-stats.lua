-- Counts one queue at one moment, by Redis's clock.
-- KEYS  1 ready · 2 schedule · 3 dead · 4 held · 5 totals · 6 paused
-- ARGV  1 group · then the outcomes whose totals are returned
-- Returns entries not yet read · in flight · of a format that this version does not know · scheduled · of
--         those overdue · dead · held · ages in ms (of the oldest entry not yet read, of the oldest of all,
--         time since the first of the schedule was due; 0 where there is none) · the pause, or '' · totals.
local now = time_ms()

local function age(entries)
  local id = entries[1] and entries[1][1]
  return id and math.max(0, now - tonumber(string.match(id, '^%d+'))) or 0
end

-- Before the first worker there is no group, perhaps no stream: no entry has been read.
local delivered = '0-0'
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
for _, group in ipairs(groups.err and {} or groups) do
  local fields = {}
  for i = 1, #group, 2 do
    fields[group[i]] = group[i + 1]
  end
  delivered = fields.name == ARGV[1] and fields['last-delivered-id'] or delivered
end

-- Entries of a newer format are pending for a consumer that is not a worker.
local summary = redis.pcall('XPENDING', KEYS[1], ARGV[1])
local pending, newer = not summary.err and summary[1] or 0, 0
for _, consumer in ipairs(not summary.err and summary[4] or {}) do
  newer = newer + (string.find(consumer[1], '^format%-%d+$') and consumer[2] or 0)
end

local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
local totals = {}
for i = 2, #ARGV do
  totals[i - 1] = tonumber(redis.call('HGET', KEYS[5], ARGV[i]) or '0')
end
return {
  redis.call('XLEN', KEYS[1]) - pending,
  pending - newer,
  newer,
  redis.call('ZCARD', KEYS[2]),
  redis.call('ZCOUNT', KEYS[2], '-inf', now),
  redis.call('XLEN', KEYS[3]),
  redis.call('XLEN', KEYS[4]),
  {
    age(redis.call('XRANGE', KEYS[1], '(' .. delivered, '+', 'COUNT', 1)),
    age(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)),
    first[2] and math.max(0, now - tonumber(first[2])) or 0,
  },
  redis.call('GET', KEYS[6]) or '',
  totals,
}
