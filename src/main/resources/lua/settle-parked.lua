-- Puts mail into the schedule: because it is not due yet, or because it is tried again later. Outcome "parked"
-- has no event, for the mail was not tried, but is counted, for it leaves the stream.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
--       6 schedule · 7 parked
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome
--       then per mail: entry · the intent it may bear · mail · number of words · the words of its event ·
--       due · what is parked
-- Returns per mail the time it is due in ms, or 0 (no longer ours); then what went wrong with the events,
--         if anything.
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

local report = new_report(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local now = time_ms()
local at = format_ms(now)
local settled, ended, i = {}, 0, 6
try_removal(KEYS[1], ARGV[1])

while i <= #ARGV do
  local entry, id, n = ARGV[i], ARGV[i + 2], tonumber(ARGV[i + 3])
  local when, parked = ARGV[i + 4 + n], ARGV[i + 5 + n]
  local due = 0
  if is_ours(KEYS[1], ARGV[1], ARGV[2], entry, ARGV[i + 1]) then
    due = due_time(when, now)
    -- Two mails may bear the same id; the second one must not overwrite the first.
    local member = id
    if redis.call('HEXISTS', KEYS[7], id) == 1 then
      member = id .. '#' .. entry
    end
    -- If the second is refused, what the first has added is removed when it is due.
    redis.call('ZADD', KEYS[6], due, member)
    redis.call('HSET', KEYS[7], member, parked)
    remove(KEYS[1], ARGV[1], entry)
    if outcome ~= 'parked' then
      local due_at = format_ms(due)
      add_event(report, id, '', 'type', outcome, 'id', id, 'at', at, 'due', due_at, unpack(ARGV, i + 4, i + 3 + n))
    end
    ended = ended + 1
  end
  settled[#settled + 1] = due
  i = i + 6 + n
end

finish(report)
count(report, KEYS[5], outcome, ended)
settled[#settled + 1] = report.failure
return settled
