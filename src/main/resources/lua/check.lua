-- What a batch of one queue must know before any of its mail is sent. A key of the wrong type is found
-- here, while there is nothing to settle yet.
-- KEYS  1 paused · 2 events · 3 newer history · 4 older history · 5 totals · 6 dead · 7 held
--       8 schedule · 9 parked · then one seen key for each mail that has an idempotency key
-- ARGV  1 ms to keep a seen key · then for each of those mails who claims the key
-- Returns now in ms · 1 if the queue is paused · then for each key who owns it.
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

local facts = { time_ms(), redis.call('EXISTS', KEYS[1]) }
for i = 10, #KEYS do
  local claimant = ARGV[i - 8]
  local before = owner(KEYS[i])
  if not before and facts[2] == 0 then
    -- A full Redis refuses a SET, unless its script has written before.
    redis.call('PEXPIRE', KEYS[i], ARGV[1])
    redis.call('SET', KEYS[i], claimant, 'PX', ARGV[1])
  end
  facts[#facts + 1] = before or claimant
end
return facts
