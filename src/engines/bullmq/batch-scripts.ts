// What is kept of a batch, in the order of KEYS: a hash of its jobs (the place of one that has not ended, else how it
// ended), a hash of its numbers, the ids of those that are performed, held back and to be cancelled, and the stream of
// ends. Each script is one step that happens whole or not at all, whoever dies.

/** Keeps a job (ARGV: id, place); 0 when it has ended, 2 when it had, but was over budget and is to be performed anew. */
export const registerScript = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known == 'over-budget' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('HINCRBY', KEYS[2], 'failed', -1)
  for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end
  return 2
end
if known and not tonumber(known) then return 0 end
if not known then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('HINCRBY', KEYS[2], 'submitted', 1)
  for _, key in ipairs(KEYS) do redis.call('PERSIST', key) end
end
return 1`;

/** Marks that a job (ARGV: id) is performed, or says why it must not be; one that was begun before is not held back. */
export const beginScript = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and not tonumber(known) then return 'ended' end
if redis.call('SISMEMBER', KEYS[5], ARGV[1]) == 1 then return 'cancelled' end
local begun = redis.call('SISMEMBER', KEYS[3], ARGV[1])
if begun == 0 and redis.call('HEXISTS', KEYS[2], 'paused') == 1 then
  redis.call('SADD', KEYS[4], ARGV[1])
  return 'paused'
end
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('SREM', KEYS[4], ARGV[1])
return 'begun'`;

/**
 * Keeps how a job ended, the first time that it is told (ARGV: id, place, status, message, for how many seconds a batch
 * is kept whose jobs have all ended, and what is kept of the job: its status, or that it was over budget).
 */
export const endScript = `
local known = redis.call('HGET', KEYS[1], ARGV[1])
if known and not tonumber(known) then return 0 end
if not known then redis.call('HINCRBY', KEYS[2], 'submitted', 1) end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[6])
redis.call('HINCRBY', KEYS[2], ARGV[3], 1)
for index = 3, 5 do redis.call('SREM', KEYS[index], ARGV[1]) end
redis.call('XADD', KEYS[6], '*', 'id', ARGV[1], 'position', ARGV[2], 'status', ARGV[3], 'message', ARGV[4], 'kept', ARGV[6])
local numbers = redis.call('HMGET', KEYS[2], 'submitted', 'done', 'failed', 'cancelled')
local ended = (tonumber(numbers[2]) or 0) + (tonumber(numbers[3]) or 0) + (tonumber(numbers[4]) or 0)
if ended >= tonumber(numbers[1]) then
  for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, ARGV[5]) end
end
return 1`;
