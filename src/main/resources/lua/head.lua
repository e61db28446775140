-- Reads the beginning of the JSON of one mail.
-- KEYS  1 ready
-- ARGV  1 entry · 2 most bytes
-- Returns at most so many bytes; nothing if the entry or its mail is not there.
local found = redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1])[1]
for f = 1, found and #found[2] or 0, 2 do
  if found[2][f] == 'mail' then
    return string.sub(found[2][f + 1], 1, ARGV[2])
  end
end
return false
