-- Tells where one mail is, without its content.
-- KEYS  1 ready · 2 newer history · 3 older history · 4 schedule · 5 parked
-- ARGV  1 group · 2 the mail's id
-- Returns its timeline or '' · when it is due in ms or '' · its progress or '' · 1 if its first
--         entry waits in the stream, 2 if a worker has that entry, otherwise 0.
local id = ARGV[2]
local timeline = redis.call('HGET', KEYS[2], id) or redis.call('HGET', KEYS[3], id) or ''
local due = redis.call('ZSCORE', KEYS[4], id)
local parked = due and redis.call('HGET', KEYS[5], id)

local entry = string.match(timeline, '.*\31entry\31(%d+%-%d+)') or string.match(id, '^%d+%-%d+$')
local place = 0
-- An id that only looks like an entry's may be out of range: then it is no entry.
local found = entry and redis.pcall('XRANGE', KEYS[1], entry, entry)
if found and not found.err and #found == 1 then
  local pending = redis.pcall('XPENDING', KEYS[1], ARGV[1], entry, entry, 1)
  place = not pending.err and #pending == 1 and 2 or 1
end
return {
  timeline,
  due and string.format('%.0f', due) or '',
  parked and string.match(parked, '^[^\n]*') or '',
  place,
}
