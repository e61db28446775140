-- What became of a mail, for everyone to read: one entry of the events stream, one line of the
-- mail's own timeline. Shared by the scripts that settle; each of them puts this file in front.
-- A line joins its words by byte 31; two generations of the history bound it without a search.

local function time_ms()
  local now = redis.call('TIME')
  return now[1] * 1000 + math.floor(now[2] / 1000)
end

-- A key of the wrong type must stop a script before its first write: writes are not rolled back.
local function need(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= kind and found ~= 'none' then
    return redis.error_reply('WRONGTYPE ' .. key .. ' is a ' .. found .. ', expected a ' .. kind)
  end
end

-- XACK is group-wide, so a worker first makes sure that nobody has taken the entry over meanwhile.
-- That the server took the mail may be told in any case: it is beyond doubt. Without its group, after
-- a FLUSHALL, an entry is nobody's.
local function release(ready, group, consumer, entry, certain)
  if not certain then
    local found = redis.pcall('XPENDING', ready, group, entry, entry, 1)
    if found.err and not string.find(found.err, 'NOGROUP', 1, true) then
      error(found.err)
    end
    if found.err or not found[1] or found[1][2] ~= consumer then
      return 0
    end
  end
  local released = redis.call('XACK', ready, group, entry)
  if released == 1 then
    redis.call('XDEL', ready, entry)
  end
  return released
end

-- A mail that is set back for weeks has a timeline without end: its beginning and its latest stay.
local function bounded(timeline)
  if #timeline <= 16384 then
    return timeline
  end
  local first = string.match(timeline, '^[^\n]*')
  local cut = string.find(timeline, '\n', -8192, true)
  return cut and first .. string.sub(timeline, cut) or first
end

local function remember(newer, older, limit, id, line)
  if limit == 0 then
    return
  end
  local before = redis.call('HGET', newer, id)
  if not before then
    if redis.call('HLEN', newer) >= limit then
      redis.call('UNLINK', older)
      redis.call('RENAME', newer, older)
    end
    before = redis.call('HGET', older, id)
  end
  redis.call('HSET', newer, id, before and bounded(before) .. '\n' .. line or line)
end

-- A word of our own stands in the timeline alone: where the mail lies now.
local function announce(keys, limits, id, words, own)
  if limits.events > 0 then
    redis.call('XADD', keys.events, 'MAXLEN', '~', limits.events, '*', unpack(words))
  end
  local line = table.concat(words, '\31')
  remember(keys.newer, keys.older, limits.history, id, own and line .. '\31' .. own or line)
end

