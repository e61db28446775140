-- Puts mail into the schedule: because it is not due yet, or because it is tried again later.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
--       6 schedule · 7 parked
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome
--       then per mail: entry · mail · number of words · the words of its event ·
--       due · what is parked
-- Returns per mail the time it is due in ms, or 0 (no longer ours).
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'zset') or need(KEYS[7], 'hash')
if wrong then
  return wrong
end

-- "=ms" is a time, "+ms" a delay from now, "+ms <ms" a delay that ends at a time at the latest.
local function due_time(when, now)
  local kind, ms, latest = string.match(when, '^([=+])(%d+) ?<?(%d*)$')
  if kind == '=' then
    return tonumber(ms)
  end
  return math.min(now + ms, tonumber(latest) or math.huge)
end

local readers = teller(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local now = time_ms()
local at = written(now)
local settled, count, i = {}, 0, 6

while i <= #ARGV do
  local entry, id, n = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local when, parked = ARGV[i + 3 + n], ARGV[i + 4 + n]
  local due = 0
  if release(KEYS[1], ARGV[1], ARGV[2], entry, false) == 1 then
    due = due_time(when, now)
    -- Two mails may bear the same id; the second one must not overwrite the first.
    local member = id
    if redis.call('HEXISTS', KEYS[7], id) == 1 then
      member = id .. '#' .. entry
    end
    redis.call('HSET', KEYS[7], member, parked)
    redis.call('ZADD', KEYS[6], due, member)
    announce(readers, id, '', 'type', outcome, 'id', id, 'at', at, 'due', written(due), unpack(ARGV, i + 3, i + 2 + n))
    count = count + 1
  end
  settled[#settled + 1] = due
  i = i + 5 + n
end

close(readers)
if count > 0 then
  redis.call('HINCRBY', KEYS[5], outcome, count)
end
return settled
