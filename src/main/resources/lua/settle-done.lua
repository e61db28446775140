-- Ends mail that was sent or skipped: it leaves the stream. A mail that another worker has
-- settled meanwhile is left alone.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome
--       then per mail: entry · the intent it may bear · mail · number of words · the words of its event
-- Returns per mail 1 (settled) or 0 (no longer ours); then what went wrong with the events, if anything.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
if wrong then
  return wrong
end

local report = new_report(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local at = format_ms(time_ms())
local settled, ended, i = {}, 0, 6

while i <= #ARGV do
  local entry, id, n = ARGV[i], ARGV[i + 2], tonumber(ARGV[i + 3])
  local ours = 0
  -- That the server took the mail may be written in any case: it is certain.
  if outcome == 'sent' or is_ours(KEYS[1], ARGV[1], ARGV[2], entry, ARGV[i + 1]) then
    ours = remove(KEYS[1], ARGV[1], entry)
  end
  if ours == 1 then
    add_event(report, id, '', 'type', outcome, 'id', id, 'at', at, unpack(ARGV, i + 4, i + 3 + n))
    ended = ended + 1
  end
  settled[#settled + 1] = ours
  i = i + 4 + n
end

finish(report)
count(report, KEYS[5], outcome, ended)
settled[#settled + 1] = report.failure
return settled
