-- Makes a mail dead whose readers died again and again, with its bytes: they are copied here, and not read.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead
--       7 lease of the consumer that is gone
-- ARGV  1 group · 2 consumer that is gone · 3 entry · 4 the mail's own id, or the entry's
--       5 events to keep · 6 timelines to keep · 7 dead entries to keep
--       8 unit of the intent: twice the deaths are counted below it
-- Returns 1 (dead) or 0 (the consumer has come back, or has it no longer).
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end
local entry, id = ARGV[3], ARGV[4]
local pending = redis.call('XPENDING', KEYS[1], ARGV[1], entry, entry, 1, ARGV[2])[1]
local found = pending and redis.call('XRANGE', KEYS[1], entry, entry)[1]
if not found or redis.call('EXISTS', KEYS[7]) == 1 then
  return 0
end

local report = new_report(KEYS[2], ARGV[5], KEYS[3], KEYS[4], ARGV[6])
local at = format_ms(time_ms())
local deaths = math.floor(pending[4] % ARGV[8] / 2) + 1
local detail = string.format('its workers died %d times', deaths)
local letter = { 'id', id, 'at', at, 'reason', 'poison', 'pointer', '', 'detail', detail, 'entry', entry }
-- Only fields of ours are kept: of others there may be more than fit on the stack of Lua.
local ours = { mail = true, progress = true, traceparent = true }
for f = 1, #found[2], 2 do
  if ours[found[2][f]] then
    ours[found[2][f]] = nil
    letter[#letter + 1], letter[#letter + 2] = found[2][f], found[2][f + 1]
  end
end

try_removal(KEYS[1], ARGV[1])
local added = redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[7], '*', unpack(letter))
remove(KEYS[1], ARGV[1], entry)
local internal = '\31dead-letter\31' .. added
add_event(report, id, internal, 'type', 'dead', 'id', id, 'at', at, 'reason', 'poison', 'detail', detail)
finish(report)
count(report, KEYS[5], 'dead', 1)
return 1
