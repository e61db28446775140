-- Moves mail that will not be sent by itself any more to the dead or the held stream, with its bytes:
-- they are copied here, for they may be too many to travel twice.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
--       6 dead or held
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome · 6 entries to keep
--       then per mail: entry · mail · number of words · the words of its event ·
--       number of fields · the fields and values of its new entry
-- Returns per mail 1 (settled) or 0 (no longer ours).
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end

local readers = teller(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local at = written(time_ms())
local settled, count, i = {}, 0, 7

local function copy_mail(entry, fields)
  local found = redis.call('XRANGE', KEYS[1], entry, entry)[1]
  for f = 1, found and #found[2] or 0, 2 do
    if found[2][f] == 'mail' then
      fields.mail = found[2][f + 1]
    end
  end
end

while i <= #ARGV do
  local entry, id, n = ARGV[i], ARGV[i + 1], tonumber(ARGV[i + 2])
  local m = tonumber(ARGV[i + 3 + n])
  local fields = { 'id', id, 'at', at }
  copy_mail(entry, fields)
  local ours = release(KEYS[1], ARGV[1], ARGV[2], entry, false)
  if ours == 1 then
    for f = i + 4 + n, i + 3 + n + m do
      fields[#fields + 1] = ARGV[f]
    end
    if fields.mail then
      fields[#fields + 1] = 'mail'
      fields[#fields + 1] = fields.mail
    end
    local private = '\31dead-letter\31' .. redis.call('XADD', KEYS[6], 'MAXLEN', '~', ARGV[6], '*', unpack(fields))
    announce(readers, id, private, 'type', outcome, 'id', id, 'at', at, unpack(ARGV, i + 3, i + 2 + n))
    count = count + 1
  end
  settled[#settled + 1] = ours
  i = i + 4 + n + m
end

close(readers)
if count > 0 then
  redis.call('HINCRBY', KEYS[5], outcome, count)
end
return settled
