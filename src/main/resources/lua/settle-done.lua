-- Ends mail that was sent or skipped: it leaves the stream. A mail that another worker has
-- settled meanwhile is left alone.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome
--       then per mail: entry · mail · number of words · the words of its event
-- Returns per mail 1 (settled) or 0 (no longer ours).
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
if wrong then
  return wrong
end

local readers = teller(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local at = written(time_ms())
local settled, count, i = {}, 0, 6

while i <= #ARGV do
  local entry, id, n = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local ours = release(KEYS[1], ARGV[1], ARGV[2], entry, outcome == 'sent')
  if ours == 1 then
    announce(readers, id, '', 'type', outcome, 'id', id, 'at', at, unpack(ARGV, i + 3, i + 2 + n))
    count = count + 1
  end
  settled[#settled + 1] = ours
  i = i + 3 + n
end

close(readers)
if count > 0 then
  redis.call('HINCRBY', KEYS[5], outcome, count)
end
return settled
