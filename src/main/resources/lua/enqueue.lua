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
local readers = teller(nil, '0', KEYS[2], KEYS[3], ARGV[3])
local room = most > 0 and most - redis.call('XLEN', KEYS[1]) or math.huge

local function accept(mail, id, progress, seen)
  local fields = { 'mail', mail }
  if progress ~= '' then
    fields[3], fields[4] = 'progress', progress
  end
  local entry = redis.call('XADD', KEYS[1], '*', unpack(fields))
  local name = id ~= '' and id or entry
  if seen then
    claim(seen, entry .. ' ' .. name, keep, now)
  end
  if name ~= entry then
    local line = table.concat({ 'type', 'ready', 'id', name, 'at', now, 'entry', entry }, '\31')
    remember(readers, name, line)
  end
  return name
end

local verdicts = {}
for i = 4, #ARGV, 4 do
  local seen = KEYS[3 + tonumber(ARGV[i + 3])]
  if ARGV[i + 3] == '0' then
    seen = nil
  end
  local owner = seen and redis.call('GET', seen)
  if owner and not is_free(owner, written(now), keep, now) then
    verdicts[#verdicts + 1] = 0
    verdicts[#verdicts + 1] = string.match(owner, ' (.*)$')
  elseif room < 1 then
    verdicts[#verdicts + 1] = -1
    verdicts[#verdicts + 1] = ''
  else
    room = room - 1
    verdicts[#verdicts + 1] = 1
    verdicts[#verdicts + 1] = accept(ARGV[i], ARGV[i + 1], ARGV[i + 2], seen)
  end
end
close(readers)
return verdicts
