-- Reads a consumer's own pending entries once more. XREADGROUP would count each look as a delivery,
-- but the count of deliveries is the count of readers that died.
-- KEYS  1 ready
-- ARGV  1 group · 2 consumer · 3 entry after which to begin · 4 most entries
-- Returns what XREADGROUP would; an entry that was deleted meanwhile has no fields.
local mine = redis.pcall('XPENDING', KEYS[1], ARGV[1], '(' .. ARGV[3], '+', ARGV[4], ARGV[2])
if mine.err then
  return mine
end

local entries = {}
for _, pending in ipairs(mine) do
  local found = redis.call('XRANGE', KEYS[1], pending[1], pending[1])[1]
  entries[#entries + 1] = found or { pending[1], false }
end
return { { KEYS[1], entries } }
