-- Reads a page of the dead or the held stream, the newest first, without the mails themselves.
-- KEYS  1 dead or held
-- ARGV  1 where to begin, as XREVRANGE takes it · 2 most entries · 3 most bytes to read: Redis
--       serves no other command meanwhile
-- Returns 1 if there may be more, otherwise 0 · per entry its id, the bytes of its mail or -1, and its
--         other fields.
local most, bytes_max = tonumber(ARGV[2]), tonumber(ARGV[3])
local page, bytes, from, more = {}, 0, ARGV[1], 1

local function described(entry)
  local size, others = -1, {}
  for f = 1, #entry[2], 2 do
    local name, value = entry[2][f], entry[2][f + 1]
    if name == 'mail' then
      size = #value
    else
      others[#others + 1], others[#others + 2] = name, value
    end
    bytes = bytes + #value
  end
  return { entry[1], size, others }
end

while #page < most and bytes < bytes_max and more == 1 do
  local entry = redis.call('XREVRANGE', KEYS[1], from, '-', 'COUNT', 1)[1]
  if entry then
    page[#page + 1] = described(entry)
    from = '(' .. entry[1]
  else
    more = 0
  end
end
return { more, page }
