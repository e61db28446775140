-- Measures what waits in one queue at one moment, by Redis's clock.
-- KEYS  1 ready · 2 schedule · 3 dead · 4 held · 5 paused
-- ARGV  1 group
-- Returns entries not yet read · entries read and not settled · age in ms of the oldest not yet read ·
--         of the oldest of all · scheduled · ms for which the first of them is overdue · dead · held ·
--         1 if the queue is paused. An age is 0 where there is no such entry.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local function age(entries)
  local id = entries[1] and entries[1][1]
  return id and math.max(0, now - tonumber(string.match(id, '^%d+'))) or 0
end

-- Before the first worker there is no group, perhaps no stream: everything is unread.
local delivered, pending = '0-0', 0
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
for _, group in ipairs(groups.err and {} or groups) do
  local facts = {}
  for i = 1, #group, 2 do
    facts[group[i]] = group[i + 1]
  end
  if facts.name == ARGV[1] then
    delivered, pending = facts['last-delivered-id'], facts.pending
  end
end

local due = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
return {
  redis.call('XLEN', KEYS[1]) - pending,
  pending,
  age(redis.call('XRANGE', KEYS[1], '(' .. delivered, '+', 'COUNT', 1)),
  age(redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)),
  redis.call('ZCARD', KEYS[2]),
  due[2] and math.max(0, now - tonumber(due[2])) or 0,
  redis.call('XLEN', KEYS[3]),
  redis.call('XLEN', KEYS[4]),
  redis.call('EXISTS', KEYS[5]),
}
