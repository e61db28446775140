-- Removes mail that was given up or held, for good. That it was there stays in its timeline.
-- KEYS  1 events · 2 newer history · 3 older history · 4 dead or held
-- ARGV  1 events to keep · 2 timelines to keep
--       then per mail: entry in the dead or held stream · mail
-- Returns per mail 1 (removed) or 0 (not there any more).
local wrong = need(KEYS[1], 'stream') or need(KEYS[2], 'hash') or need(KEYS[3], 'hash') or need(KEYS[4], 'stream')
if wrong then
  return wrong
end

local report = new_report(KEYS[1], ARGV[1], KEYS[2], KEYS[3], ARGV[2])
local at = format_ms(time_ms())
local gone = {}

for i = 3, #ARGV, 2 do
  local removed = redis.call('XDEL', KEYS[4], ARGV[i])
  if removed == 1 then
    local id = ARGV[i + 1]
    add_event(report, id, '', 'type', 'discarded', 'id', id, 'at', at)
  end
  gone[#gone + 1] = removed
end
finish(report)
return gone
