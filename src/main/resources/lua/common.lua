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

-- A mail may be deferred for weeks: of a long timeline the first line and the latest ones are kept.
local function shorten(timeline)
  if #timeline <= 16384 then
    return timeline
  end
  local first = string.match(timeline, '^[^\n]*')
  local cut = string.find(timeline, '\n', -8192, true)
  return cut and first .. string.sub(timeline, cut) or first
end

-- Redis would format the number again for each mail, which takes longer.
local function format_ms(ms)
  return string.format('%.0f', ms)
end

-- Collects the events and the timeline lines of one script call.
local function new_report(events, events_max, newer, older, history_max)
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

local function add_line(report, id, line)
  local before = report.lines[id]
  if not before then
    report.ids[#report.ids + 1] = id
  end
  report.lines[id] = before and before .. '\n' .. line or line
end

local function rotate_generations(report)
  redis.call('UNLINK', report.older)
  redis.call('RENAME', report.newer, report.older)
end

-- Writes all timelines with three commands. A generation that is full becomes the older one; a timeline
-- that continues is copied to the newer one.
local function write_timelines(report)
  local newer = redis.call('HMGET', report.newer, unpack(report.ids))
  local older = redis.call('HMGET', report.older, unpack(report.ids))
  local free = report.history_max - redis.call('HLEN', report.newer)
  local fields, rotated = {}, false
  for i, id in ipairs(report.ids) do
    if rotated or not newer[i] then
      if free < 1 then
        if #fields > 0 then
          redis.call('HSET', report.newer, unpack(fields))
        end
        rotate_generations(report)
        fields, rotated, free = {}, true, report.history_max
      end
      free = free - 1
    end
    local before = newer[i] or older[i]
    fields[#fields + 1] = id
    fields[#fields + 1] = before and shorten(before) .. '\n' .. report.lines[id] or report.lines[id]
  end
  redis.call('HSET', report.newer, unpack(fields))
end

-- The last step of each script that reports: the lines of all mails are written at once. The mails have
-- been moved by then, so no failure may end the script here; the worker gets the first one.
local function finish(report)
  if report.history_max > 0 and #report.ids > 0 then
    local kept, failure = pcall(write_timelines, report)
    if not kept then
      report.failure = report.failure or type(failure) == 'table' and failure.err or tostring(failure)
    end
  end
end

local function count(report, totals, outcome, mails)
  local counted = mails > 0 and redis.pcall('HINCRBY', totals, outcome, mails)
  if type(counted) == 'table' then
    report.failure = report.failure or counted.err
  end
end

-- Adds an event, given as names and values in turn, to the stream and to the timeline. The internal part,
-- the entry of the mail now, is only in the timeline.
local function add_event(report, id, internal, ...)
  if report.events_max then
    local added = redis.pcall('XADD', report.events, 'MAXLEN', '~', report.events_max, '*', ...)
    if type(added) == 'table' then
      report.failure = report.failure or added.err
    end
  end
  add_line(report, id, table.concat({ ... }, '\31') .. internal)
end

