import { createHash } from "node:crypto";

/** A program that the server runs as one atomic unit. */
export interface RedisScript {
  readonly source: string;
  readonly sha: string;
  /** Whether it may be sent again where its answer was lost. */
  readonly reads: boolean;
}

function script(reads: boolean, source: string): RedisScript {
  return { source, sha: createHash("sha1").update(source).digest("hex"), reads };
}

/**
 * Writes the format where nothing newer is there, which proves as well that writing is allowed.
 * Keys: format. Arguments: our format. Answer: the format that stands.
 */
export const OPEN = script(
  false,
  `
local held = redis.call('GET', KEYS[1])
if held and held ~= ARGV[1] then return held end
redis.call('SET', KEYS[1], ARGV[1])
return ARGV[1]
`,
);

/**
 * Keys: records (hash), keys (sorted set). Arguments: `1` where the partition has just been registered, expiry in ms
 * (`` unchanged, `-` never), number of expectations, number of puts; then per expectation key, `=` or `-` (absent) and
 * value, per put key and value, and the keys to delete. Answer: 1 written, 0 an expectation fails, -1 not registered.
 *
 * A script is not rolled back. What the server may refuse for want of memory comes first: it then refuses
 * the first put or none. (Memory is looked at once, when the script begins.) A partition that is there is listed.
 * Lua cannot hand over more than some thousand values at once.
 */
export const WRITE = script(
  false,
  `
local at = 5
local listed = ARGV[1] == '1'
for _ = 1, tonumber(ARGV[3]) do
  local held = redis.call('HGET', KEYS[1], ARGV[at])
  if ARGV[at + 1] == '=' then
    if held ~= ARGV[at + 2] then return 0 end
    listed = true
  elseif held then
    return 0
  end
  at = at + 3
end
local gone = at + 2 * ARGV[4]
if gone > at and not listed and redis.call('EXISTS', KEYS[1]) == 0 then return -1 end
for from = at, gone - 1, 2000 do
  local to = math.min(from + 1999, gone - 1)
  if redis.call('HSET', KEYS[1], unpack(ARGV, from, to)) > 0 then
    local names = {}
    for i = from, to, 2 do
      names[#names + 1] = 0
      names[#names + 1] = ARGV[i]
    end
    redis.call('ZADD', KEYS[2], unpack(names))
  end
end
for from = gone, #ARGV, 2000 do
  local to = math.min(from + 1999, #ARGV)
  if redis.call('HDEL', KEYS[1], unpack(ARGV, from, to)) > 0 then
    redis.call('ZREM', KEYS[2], unpack(ARGV, from, to))
  end
end
if ARGV[2] == '-' then
  redis.call('PERSIST', KEYS[1])
  redis.call('PERSIST', KEYS[2])
elseif ARGV[2] ~= '' then
  local time = redis.call('TIME')
  local expiry = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[2])
  redis.call('PEXPIREAT', KEYS[1], expiry)
  redis.call('PEXPIREAT', KEYS[2], expiry)
end
return 1
`,
);

/**
 * Keys: records, keys. Arguments: the ends of ZRANGE, `REV` or nothing, limit. Answer: key, value, key, value, …
 */
export const RANGE = script(
  true,
  `
local names
if ARGV[3] == 'REV' then
  names = redis.call('ZRANGE', KEYS[2], ARGV[1], ARGV[2], 'BYLEX', 'REV', 'LIMIT', 0, ARGV[4])
else
  names = redis.call('ZRANGE', KEYS[2], ARGV[1], ARGV[2], 'BYLEX', 'LIMIT', 0, ARGV[4])
end
local found = {}
for from = 1, #names, 1000 do
  local to = math.min(from + 999, #names)
  local values = redis.call('HMGET', KEYS[1], unpack(names, from, to))
  for i = from, to do
    found[#found + 1] = names[i]
    found[#found + 1] = values[i - from + 1]
  end
end
return found
`,
);

/**
 * Lists a partition that is about to be written. Keys: ids, suspects. Arguments: id, how many to look at.
 * Answer: some ids, for a look whether they are still there.
 */
export const REGISTER = script(
  false,
  `
redis.call('ZADD', KEYS[1], 0, ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
return redis.call('ZRANDMEMBER', KEYS[1], ARGV[2])
`,
);

/**
 * Strikes ids off the list that were found without a partition twice, with some time between: an id is listed a moment
 * before its partition is written. Keys: ids, suspects. Arguments: that time in ms, ids. Answer: how many were struck off.
 */
export const STRIKE_OFF = script(
  false,
  `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local struck = 0
for i = 2, #ARGV do
  local since = redis.call('ZSCORE', KEYS[2], ARGV[i])
  if not since then
    redis.call('ZADD', KEYS[2], now, ARGV[i])
  elseif now - since >= tonumber(ARGV[1]) then
    struck = struck + redis.call('ZREM', KEYS[1], ARGV[i])
    redis.call('ZREM', KEYS[2], ARGV[i])
  end
end
return struck
`,
);
