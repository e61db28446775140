-- Accepts one mail at the HTTP door. An idempotency key that was used before gives the earlier mail.
-- KEYS  1 ready · 2 newer history · 3 older history · 4 seen (only with an idempotency key)
-- ARGV  1 mail · 2 its id, or empty · 3 most mails in the stream, 0 for no bound
--       4 ms to keep the key · 5 timelines to keep
-- Returns the entry · the mail's id · 1 if it was accepted before.
if tonumber(ARGV[3]) > 0 and redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[3]) then
  return redis.error_reply('BACKLOG the queue is full')
end
if KEYS[4] then
  local owner = redis.call('GET', KEYS[4])
  if owner then
    local cut = string.find(owner, ' ', 1, true)
    return { string.sub(owner, 1, cut - 1), string.sub(owner, cut + 1), 1 }
  end
end

local fields = { 'mail', ARGV[1] }
if ARGV[6] then
  fields[3], fields[4] = 'progress', ARGV[6]
end
local entry = redis.call('XADD', KEYS[1], '*', unpack(fields))
local id = ARGV[2] ~= '' and ARGV[2] or entry
if KEYS[4] then
  redis.call('SET', KEYS[4], entry .. ' ' .. id, 'PX', ARGV[4])
end
if id ~= entry then
  local line = table.concat({ 'type', 'ready', 'id', id, 'at', time_ms(), 'entry', entry }, '\31')
  remember(KEYS[2], KEYS[3], tonumber(ARGV[5]), id, line)
end
return { entry, id, 0 }
