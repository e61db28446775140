-- What a batch of one queue must know before any of its mail is sent. A key of the wrong type is found
-- here, while there is nothing to settle yet.
-- KEYS  1 paused · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead · 7 held
--       8 schedule · 9 parked · then one seen key for each mail that has an idempotency key
-- ARGV  1 ms for which a key is unique · then for each of those mails who claims the key
-- Returns now in ms · 1 if the queue is paused · then for each mail who owns its key: itself or an earlier one.
local wrong = need(KEYS[2], 'stream') or need(KEYS[3], 'hash') or need(KEYS[4], 'hash') or need(KEYS[5], 'hash')
  or need(KEYS[6], 'stream') or need(KEYS[7], 'stream') or need(KEYS[8], 'zset') or need(KEYS[9], 'hash')
if wrong then
  return wrong
end

-- A key of another type was not set by us: another program owns it, and no mail of ours.
local function owner(key)
  local found = redis.pcall('GET', key)
  return type(found) == 'table' and 'unknown' or found
end

local now, keep = time_ms(), tonumber(ARGV[1])
local facts = { now, redis.call('EXISTS', KEYS[1]) }
for i = 10, #KEYS do
  local claimant = ARGV[i - 8]
  local before = owner(KEYS[i])
  local free = not before or is_free(before, claimant, keep, now)
  -- A later mail keeps the key that it has taken over: an earlier one that is read again passes without it.
  local later = not before or free and accepted_at(claimant, now) > accepted_at(before, now)
  if later and facts[2] == 0 then
    -- A full Redis refuses a SET, unless its script has written before.
    redis.call('PEXPIRE', KEYS[i], ARGV[1])
    claim(KEYS[i], claimant, keep, now)
  end
  facts[#facts + 1] = free and claimant or before
end
return facts
