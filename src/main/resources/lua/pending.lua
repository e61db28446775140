-- Reads a consumer's own pending entries once more, and records that it starts them. XREADGROUP would count
-- each look as a delivery, but the count is a record of the readers that have started the mail.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 entry after which to begin · 4 most entries · 5 most bytes of fields; the
--       last entry may exceed it · 6 unit of the intent: twice the deaths are counted below it
--       7 deaths that make a mail suspect · 8 how many suspect mails may be started
-- Returns what XREADGROUP would, and for each entry its count; an entry that was deleted meanwhile has no
--         fields · the last entry that was looked at, or '' at the end.
local mine = redis.pcall('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[3], '+', ARGV[4], ARGV[2])
if mine.err then
  return mine
end

local entries, bytes, last = {}, 0, ''
local most, suspects = tonumber(ARGV[5]), tonumber(ARGV[8])

-- False if a mail whose readers died again and again must wait until another such mail has ended: so only
-- the one that is the cause is in flight when the next reader dies.
local function may_start(pending)
  local deaths = math.floor(pending[4] % ARGV[6] / 2)
  if pending[4] % 2 == 1 or deaths < tonumber(ARGV[7]) then
    return true
  end
  suspects = suspects - 1
  return suspects >= 0
end

local function start(id, before)
  if before % 2 == 1 then
    return before
  end
  redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, id, 'RETRYCOUNT', before + 1, 'JUSTID')
  return before + 1
end

for _, pending in ipairs(mine) do
  if bytes >= most then
    break
  end
  last = pending[1]
  if may_start(pending) then
    local found = redis.call('XRANGE', KEYS[1], last, last)[1]
    for _, word in ipairs(found and found[2] or {}) do
      bytes = bytes + #word
    end
    entries[#entries + 1] = { last, found and found[2] or false, found and start(last, pending[4]) or pending[4] }
  end
end
return { { { KEYS[1], entries } }, last }
