-- Puts mail that was given up or held back into the stream, with its bytes: they are copied here, for
-- they may be too many to travel. One script adds and removes, so it never comes back twice.
-- KEYS  1 ready · 2 events · 3 newer history · 4 older history · 5 dead or held
-- ARGV  1 events to keep · 2 timelines to keep
--       then per mail: entry in the dead or held stream · mail · progress
-- Returns per mail 1 (back in the stream) or 0 (not there any more, or nothing of it is left to send).
local wrong = need(KEYS[1], 'stream') or need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash')
  or need(KEYS[5], 'stream')
if wrong then
  return wrong
end

local report = new_report(KEYS[2], ARGV[1], KEYS[3], KEYS[4], ARGV[2])
local at = format_ms(time_ms())
local back, failed = {}, nil
redis.call('XDEL', KEYS[5], '0-0')

-- What a newer version has noted would be lost; so such mail is left for it.
local function mail_of(entry)
  local found = redis.call('XRANGE', KEYS[5], entry, entry)[1]
  local mail
  for f = 1, found and #found[2] or 0, 2 do
    local name, value = found[2][f], found[2][f + 1]
    if name == 'mail' then
      mail = value
    elseif name == 'progress' and string.find(value, '^{"format":') then
      return nil
    end
  end
  return mail
end

for i = 3, #ARGV, 3 do
  local entry, id = ARGV[i], ARGV[i + 1]
  local mail = mail_of(entry)
  local added = mail and redis.pcall('XADD', KEYS[1], '*', 'mail', mail, 'progress', ARGV[i + 2])
  if type(added) == 'table' then
    failed = added
    break
  end
  if added then
    redis.call('XDEL', KEYS[5], entry)
    add_event(report, id, '\31entry\31' .. added, 'type', 'retried', 'id', id, 'at', at)
  end
  back[#back + 1] = added and 1 or 0
end
finish(report)
return failed or back
