-- Deletes topics of mails that have ended, unless they were raised since: another mail may have the same id.
-- KEYS  1 guards
-- ARGV  per topic: its name · the version that the ended mail has seen
-- Returns how many were deleted.
local deleted = 0
for i = 1, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    deleted = deleted + redis.call('HDEL', KEYS[1], ARGV[i])
  end
end
return deleted
