-- Accepts mails of one queue from the HTTP API, in order. An idempotency key that was used before
-- gives the earlier mail.
-- KEYS  1 ready · 2 newer history · 3 older history · then the seen keys
-- ARGV  1 most mails in the stream, 0 for no bound · 2 ms for which a key is unique · 3 timelines to keep
--       then per mail: mail · its id, or empty · progress, or empty · number of its seen key, or 0
-- Returns per mail 1 (accepted), 0 (accepted before) or -1 (the queue is full) · its id.
local wrong = need(KEYS[1], 'stream') or need(KEYS[2], 'hash') or need(KEYS[3], 'hash')
if wrong then
  return wrong
end

local most, keep, now = tonumber(ARGV[1]), tonumber(ARGV[2]), time_ms()
local report = new_report(nil, '0', KEYS[2], KEYS[3], ARGV[3])
local room = most > 0 and most - redis.call('XLEN', KEYS[1]) or math.huge

local function accept(mail, id, progress, seen)
  local fields = { 'mail', mail }
  if progress ~= '' then
    fields[3], fields[4] = 'progress', progress
  end
  -- Refused before the mail is there, so that the producer may ask again.
  if seen then
    redis.call('SET', seen, '', 'PX', keep)
  end
  local entry = redis.pcall('XADD', KEYS[1], '*', unpack(fields))
  if type(entry) == 'table' then
    if seen then
      redis.pcall('DEL', seen)
    end
    return nil, entry
  end
  local name = id ~= '' and id or entry
  if seen then
    claim(seen, entry .. ' ' .. name, keep, now)
  end
  if name ~= entry then
    local line = table.concat({ 'type', 'ready', 'id', name, 'at', now, 'entry', entry }, '\31')
    add_line(report, name, line)
  end
  return name
end

local verdicts, accepted, failed = {}, 0, nil
for i = 4, #ARGV, 4 do
  local seen = KEYS[3 + tonumber(ARGV[i + 3])]
  if ARGV[i + 3] == '0' then
    seen = nil
  end
  local owner = seen and redis.call('GET', seen)
  if owner == '' then
    owner = nil
  end
  if owner and not is_free(owner, format_ms(now), keep, now) then
    verdicts[#verdicts + 1] = 0
    verdicts[#verdicts + 1] = string.match(owner, ' (.*)$')
  elseif room < 1 then
    verdicts[#verdicts + 1] = -1
    verdicts[#verdicts + 1] = ''
  else
    local name, refused = accept(ARGV[i], ARGV[i + 1], ARGV[i + 2], seen)
    failed = failed or refused
    room = refused and 0 or room - 1
    accepted = accepted + (name and 1 or 0)
    verdicts[#verdicts + 1] = name and 1 or -1
    verdicts[#verdicts + 1] = name or ''
  end
end
finish(report)
-- Once a mail of the call is in the stream the producer must hear of it; the others count as too many.
if failed and accepted == 0 then
  return failed
end
return verdicts
