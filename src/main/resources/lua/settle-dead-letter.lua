-- Moves mail that will not be sent by itself any more to the dead or the held stream, with its bytes:
-- they are copied here, for they may be too many to travel twice.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 totals
--       6 dead or held
-- ARGV  1 group · 2 consumer · 3 events to keep · 4 timelines to keep · 5 outcome · 6 entries to keep
--       then per mail: entry · the intent it may bear · mail · number of words · the words of its event ·
--       number of fields · the fields and values of its new entry
-- Returns per mail 1 (settled) or 0 (no longer ours); then what went wrong with the events, if anything.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream')
if wrong then
  return wrong
end

local report = new_report(KEYS[2], ARGV[3], KEYS[3], KEYS[4], ARGV[4])
local outcome = ARGV[5]
local at = format_ms(time_ms())
local settled, ended, i, failed = {}, 0, 7, nil
try_removal(KEYS[1], ARGV[1])

local function copy_mail(entry, fields)
  local found = redis.call('XRANGE', KEYS[1], entry, entry)[1]
  for f = 1, found and #found[2] or 0, 2 do
    if found[2][f] == 'mail' then
      fields[#fields + 1], fields[#fields + 2] = 'mail', found[2][f + 1]
      return
    end
  end
end

while i <= #ARGV and not failed do
  local entry, id, n = ARGV[i], ARGV[i + 2], tonumber(ARGV[i + 3])
  local m = tonumber(ARGV[i + 4 + n])
  local ours = is_ours(KEYS[1], ARGV[1], ARGV[2], entry, ARGV[i + 1])
  if ours then
    local fields = { 'id', id, 'at', at }
    for f = i + 5 + n, i + 4 + n + m do
      fields[#fields + 1] = ARGV[f]
    end
    copy_mail(entry, fields)
    local added = redis.pcall('XADD', KEYS[6], 'MAXLEN', '~', ARGV[6], '*', unpack(fields))
    if type(added) == 'table' then
      failed = added
    else
      remove(KEYS[1], ARGV[1], entry)
      local internal = '\31dead-letter\31' .. added
      add_event(report, id, internal, 'type', outcome, 'id', id, 'at', at, unpack(ARGV, i + 4, i + 3 + n))
      ended = ended + 1
    end
  end
  settled[#settled + 1] = ours and 1 or 0
  i = i + 5 + n + m
end

finish(report)
count(report, KEYS[5], outcome, ended)
settled[#settled + 1] = report.failure
return failed or settled
