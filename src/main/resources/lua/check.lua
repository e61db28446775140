-- What a batch of one queue must know before any of its mail is sent.
-- KEYS  1 paused · then one seen key for each mail that has an idempotency key
-- ARGV  1 ms to keep a seen key · then for each of those mails who claims the key
-- Returns now in ms · 1 if the queue is paused · then for each key who owns it.
local now = redis.call('TIME')
local facts = { now[1] * 1000 + math.floor(now[2] / 1000), redis.call('EXISTS', KEYS[1]) }
for i = 2, #KEYS do
  if facts[2] == 0 then
    redis.call('SET', KEYS[i], ARGV[i], 'PX', ARGV[1], 'NX')
  end
  facts[#facts + 1] = redis.call('GET', KEYS[i]) or ARGV[i]
end
return facts
