-- Reads a page of the schedule, what is due first first, without the mails themselves.
-- KEYS  1 schedule
-- ARGV  1 member after which to begin, or empty · 2 its due time · 3 most members
-- Returns per mail its member · when it is due in ms.
local first = 0
if ARGV[1] ~= '' then
  -- It may have been promoted meanwhile: then its time tells the place.
  local rank = redis.call('ZRANK', KEYS[1], ARGV[1])
  first = rank and rank + 1 or redis.call('ZCOUNT', KEYS[1], '-inf', '(' .. ARGV[2])
end
local page = redis.call('ZRANGE', KEYS[1], first, first + ARGV[3] - 1, 'WITHSCORES')
for i = 2, #page, 2 do
  page[i] = string.format('%.0f', page[i])
end
return page
