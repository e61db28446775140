-- Reads a consumer's own pending entries once more. XREADGROUP would count each look as a delivery,
-- but the count of deliveries is the count of workers that have read the mail.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 entry after which to begin · 4 most entries
-- Returns what XREADGROUP would, and for each entry how many workers have had it, with the mark of an
--         intent if one was about to send it; an entry that was deleted meanwhile has no fields.
local mine = redis.pcall('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[3], '+', ARGV[4], ARGV[2])
if mine.err then
  return mine
end

local entries = {}
for _, pending in ipairs(mine) do
  local found = redis.call('XRANGE', KEYS[1], pending[1], pending[1])[1]
  -- Set aside for a pause it counted as untried; from now on it does not.
  if found and pending[4] == 0 then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], 0, pending[1], 'RETRYCOUNT', 1, 'JUSTID')
  end
  entries[#entries + 1] = { pending[1], found and found[2] or false, math.max(pending[4], 1) }
end
return { { KEYS[1], entries } }
