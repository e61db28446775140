-- Takes over the pending mail of a consumer that is gone. A mail whose readers died three times is
-- taken for the cause and buried, with its bytes.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead · 7 lease of the
--       consumer that is gone
-- ARGV  1 group · 2 consumer that is gone · 3 heir · 4 most entries per call
--       5 events to keep · 6 timelines to keep · 7 dead entries to keep · 8 deaths that make a poison
-- Returns how many were taken over · how many were buried; -1 if the consumer is alive after all.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end
if redis.call('EXISTS', KEYS[7]) == 1 then
  return { -1, 0 }
end

local keys = { events = KEYS[2], newer = KEYS[3], older = KEYS[4] }
local limits = { events = tonumber(ARGV[5]), history = tonumber(ARGV[6]) }
local taken, buried = 0, 0

local function bury(entry, fields)
  redis.call('XACK', KEYS[1], ARGV[1], entry)
  redis.call('XDEL', KEYS[1], entry)
  local at = time_ms()
  local grave = { 'id', entry, 'at', at, 'reason', 'poison', 'pointer', '',
    'detail', 'its workers died ' .. ARGV[8] .. ' times' }
  for _, word in ipairs(fields) do
    grave[#grave + 1] = word
  end
  redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', unpack(grave))
  announce(keys, limits, entry, { 'type', 'dead', 'id', entry, 'at', at, 'reason', 'poison' })
  redis.call('HINCRBY', KEYS[5], 'dead', 1)
end

for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[4], ARGV[2])) do
  local entry, deliveries = pending[1], pending[4]
  local found = redis.call('XRANGE', KEYS[1], entry, entry)[1]
  if deliveries >= tonumber(ARGV[8]) and found then
    bury(entry, found[2])
    buried = buried + 1
  else
    -- JUSTID leaves the count of deliveries alone, so it is set by hand.
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, entry, 'RETRYCOUNT', deliveries + 1, 'FORCE', 'JUSTID')
    taken = taken + 1
  end
end

if taken + buried == 0 then
  redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
end
return { taken, buried }
