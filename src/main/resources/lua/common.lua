-- What happened to a mail: one entry of the events stream, one line of the
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

-- When the mail of an entry was accepted, in ms; nil if a producer gave the entry an id that is no time.
local function accepted_at(owner, now)
  local at = tonumber(string.match(owner, '^%d+'))
  return at and at >= 1000000000000 and at <= now + 86400000 and at
end

-- An idempotency key belongs to the mail of an entry, written "entry mail". For another entry it is free if
-- the two were accepted at least `keep` ms apart: the order in which they are read does not matter then.
local function is_free(owner, other, keep, now)
  local first, second = accepted_at(owner, now), accepted_at(other, now)
  return first and second and math.abs(first - second) >= keep
end

-- A key is stored for some minutes more than `keep`: a mail that was accepted within that time may be read
-- after it. Without a time of acceptance, the storing alone counts.
local function claim(key, owner, keep, now)
  redis.call('SET', key, owner, 'PX', keep + (accepted_at(owner, now) and 300000 or 0))
end

-- XACK is group-wide, so a worker first makes sure that the entry is still its own: that no other has it,
-- and that no other had it in between and recorded that the final dot was about to leave. An entry that no
-- consumer has is still the worker's: the group or the consumer was deleted, and the record of it as well.
-- The unit of that record in the count of deliveries is DeliveryCount.MARK.
local function is_ours(ready, group, consumer, entry, intent)
  local found = redis.pcall('XPENDING', ready, group, entry, entry, 1)
  if found.err and not string.find(found.err, 'NOGROUP', 1, true) then
    error(found.err)
  end
  local pending = not found.err and found[1]
  if not pending then
    return #redis.call('XRANGE', ready, entry, entry) == 1
  end
  local recorded = math.floor(pending[4] / 1000000)
  return pending[2] == consumer and (recorded == 0 or recorded == tonumber(intent))
end

-- What can fail must fail before anything is added: these change nothing. And a full Redis refuses to add,
-- unless the script has written before.
local function try_removal(ready, group)
  redis.call('XDEL', ready, '0-0')
  redis.call('XACK', ready, group, '0-0')
end

-- Deleted first: if the second were refused, the entry would be settled once more, and not sent once more.
local function remove(ready, group, entry)
  local deleted = redis.call('XDEL', ready, entry)
  return math.max(deleted, redis.call('XACK', ready, group, entry))
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

-- A time as it is written; Redis would format the number again for each mail, which takes longer.
local function written(ms)
  return string.format('%.0f', ms)
end

-- Where one run of a script tells what happened, and how much of it is kept.
local function teller(events, events_max, newer, older, history_max)
  return {
    events = events,
    events_max = events_max ~= '0' and events_max,
    newer = newer,
    older = older,
    history_max = tonumber(history_max),
    ids = {},
    lines = {},
  }
end

local function remember(to, id, line)
  local before = to.lines[id]
  if not before then
    to.ids[#to.ids + 1] = id
  end
  to.lines[id] = before and before .. '\n' .. line or line
end

local function turn_generation(to)
  redis.call('UNLINK', to.older)
  redis.call('RENAME', to.newer, to.older)
end

-- Writes all timelines by three commands. A generation that is full becomes the older one; a timeline that
-- goes on is written again with all it had.
local function keep_timelines(to)
  local newer = redis.call('HMGET', to.newer, unpack(to.ids))
  local older = redis.call('HMGET', to.older, unpack(to.ids))
  local room = to.history_max - redis.call('HLEN', to.newer)
  local written, turned = {}, false
  for i, id in ipairs(to.ids) do
    if turned or not newer[i] then
      if room < 1 then
        if #written > 0 then
          redis.call('HSET', to.newer, unpack(written))
        end
        turn_generation(to)
        written, turned, room = {}, true, to.history_max
      end
      room = room - 1
    end
    local before = newer[i] or older[i]
    written[#written + 1] = id
    written[#written + 1] = before and bounded(before) .. '\n' .. to.lines[id] or to.lines[id]
  end
  redis.call('HSET', to.newer, unpack(written))
end

-- The end of every script that tells: what it gathered is written for all mail at once. The mail itself is
-- where it belongs by then, so no failure may end the script here; the first one is told to the worker.
local function close(to)
  if to.history_max > 0 and #to.ids > 0 then
    local kept, failure = pcall(keep_timelines, to)
    if not kept then
      to.failure = to.failure or type(failure) == 'table' and failure.err or tostring(failure)
    end
  end
end

local function count(to, totals, outcome, mails)
  local counted = mails > 0 and redis.pcall('HINCRBY', totals, outcome, mails)
  if type(counted) == 'table' then
    to.failure = to.failure or counted.err
  end
end

-- The words come in turn, name and value, as they stand in the event. What is private is told to the
-- timeline alone: where the mail lies now.
local function announce(to, id, private, ...)
  if to.events_max then
    local added = redis.pcall('XADD', to.events, 'MAXLEN', '~', to.events_max, '*', ...)
    if type(added) == 'table' then
      to.failure = to.failure or added.err
    end
  end
  remember(to, id, table.concat({ ... }, '\31') .. private)
end

