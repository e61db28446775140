-- Reclaims the pending mail of a consumer that is gone. A mail whose workers died again and again counts
-- as the cause and becomes dead, with its bytes; so does one whose entry was deleted, without them.
-- A reclaimed mail counts as a death of its worker, and that is recorded: if the worker lives after all,
-- its next renewal takes the death back. One that stopped in order has not died.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead · 7 lease of the
--       consumer that is gone · 8 consumers · 9 what was taken over from it · 10 its clean stop
-- ARGV  1 group · 2 consumer that is gone · 3 new owner · 4 most entries per call
--       5 events to keep · 6 timelines to keep · 7 dead entries to keep · 8 deaths that make a poison
--       9 the mark of an intent: deaths are counted below it
--       10 1 if it is gone for so long that it will not return: before, nothing becomes poison
--       11 ms to keep what was taken over from it
-- Returns how many were taken over · how many are dead; -1 if the consumer is alive after all.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end
if redis.call('EXISTS', KEYS[7]) == 1 then
  return { -1, 0 }
end

local readers = teller(KEYS[2], ARGV[5], KEYS[3], KEYS[4], ARGV[6])
local left = redis.call('EXISTS', KEYS[10]) == 1
local taken, dead, waiting = 0, 0, 0

-- The id that the mail bears, or its entry's. It is read here, where no worker can die of it, and
-- nothing is written back: JSON does not survive that.
local function name_of(entry, mail)
  local sound, decoded = pcall(cjson.decode, mail or '')
  local id = sound and type(decoded) == 'table' and decoded.id
  local named = type(id) == 'string' and #id <= 128 and string.find(id, '^[%w._:-]+$')
  return named and id or entry
end

-- Only fields of ours are kept: of others there may be more than fit on the stack of Lua.
local function dead_letter(entry, fields, reason, detail)
  redis.call('XACK', KEYS[1], ARGV[1], entry)
  redis.call('XDEL', KEYS[1], entry)
  local at = time_ms()
  local ours = { mail = false, progress = false, traceparent = false }
  for f = 1, #fields, 2 do
    if ours[fields[f]] ~= nil then
      ours[fields[f]] = fields[f + 1]
    end
  end
  local id = name_of(entry, ours.mail)
  local letter = { 'id', id, 'at', at, 'reason', reason, 'pointer', '', 'detail', detail, 'entry', entry }
  for name, value in pairs(ours) do
    if value then
      letter[#letter + 1], letter[#letter + 2] = name, value
    end
  end
  local added = redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', unpack(letter))
  local private = '\31dead-letter\31' .. added
  announce(readers, id, private, 'type', 'dead', 'id', id, 'at', at, 'reason', reason, 'detail', detail)
  redis.call('HINCRBY', KEYS[5], 'dead', 1)
  dead = dead + 1
end

-- JUSTID leaves the count of deliveries alone, so it is set by hand.
local function claim(entry, deliveries)
  local claimed =
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[3], 0, entry, 'RETRYCOUNT', deliveries, 'FORCE', 'JUSTID')
  if #claimed == 0 then
    dead_letter(entry, {}, 'invalid', 'the entry was deleted from the stream before it was sent')
  else
    taken = taken + 1
    if not left then
      redis.pcall('SADD', KEYS[9], entry)
    end
  end
end

for _, pending in ipairs(redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', ARGV[4], ARGV[2])) do
  local entry, deliveries = pending[1], pending[4]
  local deaths = deliveries % ARGV[9]
  local worn = not left and deaths >= tonumber(ARGV[8])
  local found = worn and redis.call('XRANGE', KEYS[1], entry, entry)[1]
  if not found then
    claim(entry, deliveries + (left and 0 or 1))
  elseif ARGV[10] == '1' then
    dead_letter(entry, found[2], 'poison', string.format('its workers died %d times', deaths))
  else
    waiting = waiting + 1
  end
end

close(readers)
if taken > 0 then
  redis.pcall('PEXPIRE', KEYS[9], ARGV[11])
end
if taken + dead + waiting == 0 then
  redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
  redis.pcall('SREM', KEYS[8], ARGV[2])
end
return { taken, dead }
