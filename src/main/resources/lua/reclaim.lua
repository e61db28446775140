-- Reclaims the pending mail of a consumer that is gone. A reclaimed mail that the consumer had started counts
-- as a death of its reader, and that is recorded: if the consumer lives after all, its next renewal takes
-- the death back. One that stopped in order has not died. A mail whose readers died again and again counts
-- as the cause: it is not taken over but told. An entry that was deleted becomes dead, without its bytes.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead · 7 lease of the
--       consumer that is gone · 8 consumers · 9 what was taken over from it · 10 its clean stop
-- ARGV  1 group · 2 consumer that is gone · 3 new owner · 4 most entries to look at · 5 most to take over
--       6 events to keep · 7 timelines to keep · 8 dead entries to keep · 9 deaths that make a poison
--       10 unit of the intent: twice the deaths are counted below it · 11 ms to keep what was taken over
-- Returns how many were taken over, or -1 if the consumer is alive after all · how many are dead · 1 if more
--         are left to take over · the entries whose readers died too often.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end
if redis.call('EXISTS', KEYS[7]) == 1 then
  return { -1, 0, 0, {} }
end

local report = new_report(KEYS[2], ARGV[6], KEYS[3], KEYS[4], ARGV[7])
local left = redis.call('EXISTS', KEYS[10]) == 1
local taken, dead, poison = 0, 0, {}
local deleted = 'the entry was deleted from the stream before it was sent'
try_removal(KEYS[1], ARGV[1])

-- Nothing of it is left to lose.
local function add_deleted(id)
  redis.call('XACK', KEYS[1], ARGV[1], id)
  local at = time_ms()
  local added = redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[8], '*',
    'id', id, 'at', at, 'reason', 'invalid', 'pointer', '', 'detail', deleted, 'entry', id)
  local internal = '\31dead-letter\31' .. added
  add_event(report, id, internal, 'type', 'dead', 'id', id, 'at', at, 'reason', 'invalid', 'detail', deleted)
  dead = dead + 1
end

-- JUSTID leaves the count of deliveries alone, so it is set by hand: the new owner has not started the mail.
local function take_over(id, deliveries, died)
  local claimed = redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, id, 'RETRYCOUNT', deliveries, 'FORCE', 'JUSTID')
  if #claimed == 0 then
    add_deleted(id)
    return
  end
  taken = taken + 1
  if died then
    redis.pcall('SADD', KEYS[9], id)
  end
end

local seen = redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[4], ARGV[2])
local more = #seen == tonumber(ARGV[4])
for _, pending in ipairs(seen) do
  local id, deliveries = pending[1], pending[4]
  local died = deliveries % 2 == 1 and not left
  if died and math.floor(deliveries % ARGV[10] / 2) + 1 >= tonumber(ARGV[9]) then
    poison[#poison + 1] = id
  elseif taken < tonumber(ARGV[5]) then
    take_over(id, deliveries - deliveries % 2 + (died and 2 or 0), died)
  else
    more = true
    break
  end
end

finish(report)
count(report, KEYS[5], 'dead', dead)
if taken > 0 then
  redis.pcall('PEXPIRE', KEYS[9], ARGV[11])
end
if #seen == 0 then
  redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
  redis.pcall('SREM', KEYS[8], ARGV[2])
end
return { taken, dead, more and 1 or 0, poison }
