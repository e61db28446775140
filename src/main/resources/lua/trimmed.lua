-- Counts entries that left the ready stream although they were not settled: trimmed or deleted by others.
-- A stream that was created again counts from zero, and so does this.
-- KEYS  1 ready · 2 totals
-- ARGV  the outcomes whose totals make up what was settled
-- Returns how many; -1 if this Redis does not tell how many entries there ever were (before 7.0).
local found = redis.pcall('XINFO', 'STREAM', KEYS[1])
if found.err and not string.find(found.err, 'no such key', 1, true) then
  return found
end

local facts = { ['entries-added'] = 0, length = 0 }
if not found.err then
  facts = {}
  for i = 1, #found, 2 do
    facts[found[i]] = found[i + 1]
  end
end
if not facts['entries-added'] then
  return -1
end

local gone = facts['entries-added'] - facts.length
for _, total in ipairs(redis.call('HMGET', KEYS[2], unpack(ARGV))) do
  gone = gone - (tonumber(total or '0'))
end

-- Below zero more was settled than the stream has ever had: it is not the first one of this queue.
local before = tonumber(redis.call('HGET', KEYS[2], 'before') or '0')
if gone < before then
  redis.pcall('HSET', KEYS[2], 'before', gone)
  return 0
end
return gone - before
