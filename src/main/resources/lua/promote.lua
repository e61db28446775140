-- Moves due mail from the schedule to the ready stream, by Redis's own clock. Running it twice, or
-- on two workers at once, is harmless.
-- KEYS  1 schedule · 2 parked · 3 ready
-- ARGV  1 most mails per call · 2 most bytes per call: Redis serves no other client meanwhile
-- Returns how many were moved · time of the next due mail in ms or -1 · now in ms.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
if #due > 0 then
  local kind = redis.call('TYPE', KEYS[3]).ok
  if kind ~= 'stream' and kind ~= 'none' then
    return redis.error_reply('WRONGTYPE ' .. KEYS[3] .. ' is a ' .. kind .. ', expected a stream')
  end
end

-- What can fail must fail before anything is added: these change nothing. And a full Redis refuses to add,
-- unless the script has written before.
redis.call('ZREM', KEYS[1], '')
redis.call('HDEL', KEYS[2], '')

local function add(both)
  local cut = string.find(both, '\n', 1, true) or 0
  return redis.pcall('XADD', KEYS[3], '*', 'mail', string.sub(both, cut + 1), 'progress', string.sub(both, 1, cut - 1))
end

-- Removed all at once: two calls, not two for each mail. What could not be added stays in the schedule.
local moved, bytes, most, failed = 0, 0, tonumber(ARGV[2]), nil
while moved < #due and bytes < most and not failed do
  local parked = redis.call('HGET', KEYS[2], due[moved + 1])
  local added = parked and add(parked)
  if type(added) == 'table' then
    failed = added
  else
    moved = moved + 1
    bytes = bytes + (parked and #parked or 0)
  end
end

if moved > 0 then
  redis.call('ZREM', KEYS[1], unpack(due, 1, moved))
  redis.call('HDEL', KEYS[2], unpack(due, 1, moved))
end
if failed then
  return failed
end

local head = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return { moved, head[2] and math.floor(tonumber(head[2])) or -1, now }
