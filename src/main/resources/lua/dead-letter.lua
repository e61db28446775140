-- Finds the dead letter of a mail by its timeline; the newest if there are several. Without a timeline
-- the id of an entry of the dead or the held stream finds it too.
-- KEYS  1 newer history · 2 older history · 3 dead · 4 held
-- ARGV  1 the mail's id, or its entry's in the dead or the held stream
-- Returns 'dead' or 'held' · the entry there; nothing if the mail has no dead letter.
local id = ARGV[1]
local streams = { dead = KEYS[3], held = KEYS[4] }

-- The field of a timeline that holds the dead letter's entry; earlier versions called it "grave".
local entry_fields = { ['dead-letter'] = true, grave = true }

-- An id that only looks like an entry's may be out of range: then it is no entry.
local function exists(stream, entry)
  local found = redis.pcall('XRANGE', stream, entry, entry)
  return not found.err and #found == 1
end

local timeline = redis.call('HGET', KEYS[1], id) or redis.call('HGET', KEYS[2], id) or ''
local found = {}
for line in string.gmatch(timeline, '[^\n]+') do
  local kind, field, entry = string.match(line, '^type\31(%l+)\31.*\31([%l-]+)\31(%d+%-%d+)$')
  if entry_fields[field] and streams[kind] and exists(streams[kind], entry) then
    found = { kind, entry }
  end
end
if not found[1] and string.find(id, '^%d+%-%d+$') then
  for kind, stream in pairs(streams) do
    if exists(stream, id) then
      found = { kind, id }
    end
  end
end
return found
