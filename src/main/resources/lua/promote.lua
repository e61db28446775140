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

-- Read first, then removed all at once: two calls, not two for each mail.
local parked, moved, bytes, most = {}, 0, 0, tonumber(ARGV[2])
while moved < #due and bytes < most do
  moved = moved + 1
  parked[moved] = redis.call('HGET', KEYS[2], due[moved])
  bytes = bytes + (parked[moved] and #parked[moved] or 0)
end

if moved > 0 then
  redis.call('ZREM', KEYS[1], unpack(due, 1, moved))
  redis.call('HDEL', KEYS[2], unpack(due, 1, moved))
end

for i = 1, moved do
  local both = parked[i]
  if both then
    local cut = string.find(both, '\n', 1, true) or 0
    redis.call('XADD', KEYS[3], '*', 'mail', string.sub(both, cut + 1), 'progress', string.sub(both, 1, cut - 1))
  end
end

local head = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return { moved, head[2] and math.floor(tonumber(head[2])) or -1, now }
