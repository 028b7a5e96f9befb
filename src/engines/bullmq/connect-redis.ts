import { Redis, type RedisOptions } from 'ioredis';
import { OrchestratorError } from '../../domain/mistake.ts';
import { shownRedisUrl } from '../../lib/redis-url.ts';
import { engineMistake } from './engine-mistake.ts';

/** A Redis that answers. */
export interface RedisConnection {
  readonly client: Redis;
  /** Its address without a password. */
  readonly where: string;
  /** Whether it keeps every key while it has memory. */
  readonly keepsKeys: boolean;
}

/** Older ones lack commands that the queue uses. */
const oldest = [6, 2] as const;

/** Milliseconds until it has to answer at first. */
const connectTimeoutMs = 10_000;

/** Together with the waits between them about half a minute, in which a Redis can be started anew. */
const retriesMaxCount = 20;

/** The longest wait before the next try to reach it, in milliseconds. */
const retryMaxDelayMs = 2_000;

/** Connects for commands that are given up when it cannot be reached for half a minute; throws `bad-engine`. */
export async function connectRedis(
  url: URL,
  onNotice: (line: string) => void,
): Promise<RedisConnection> {
  const where = shownRedisUrl(url);
  const client = new Redis(url.href, {
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    connectionName: 'orchestrator',
    maxRetriesPerRequest: retriesMaxCount,
    retryStrategy: (times) => Math.min(times * 100, retryMaxDelayMs),
  });
  try {
    await connect(client);
    const info = await client.info();
    refuseOld(info, where);
    const policy = /^maxmemory_policy:(.*?)\r?$/m.exec(info)?.[1] ?? 'noeviction';
    if (policy !== 'noeviction') onNotice(evictionNotice(where, policy));
    tellOutages(client, (what) => onNotice(`${what} the engine ${where}`));
    return { client, where, keepsKeys: policy === 'noeviction' };
  } catch (error) {
    client.disconnect();
    throw engineMistake(where, error);
  }
}

/** A further connection to the same Redis, whose commands wait for as long as it cannot be reached. */
export async function patientConnection(
  client: Redis,
  options: Partial<RedisOptions> = {},
): Promise<Redis> {
  const further = client.duplicate({ ...options, maxRetriesPerRequest: null });
  await connect(further);
  return further;
}

/** Connects, and rejects with what the socket or the server said rather than with a closed connection. */
async function connect(client: Redis): Promise<void> {
  let last: unknown;
  // Without a listener an error of the socket would end the process.
  client.on('error', (error) => {
    last = error;
  });
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    throw last ?? error;
  }
}

function refuseOld(info: string, where: string): void {
  const version = /^redis_version:(.*?)\r?$/m.exec(info)?.[1] ?? '';
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [wantedMajor, wantedMinor] = oldest;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new OrchestratorError(
    'bad-engine',
    `Cannot use the engine ${where}: found Redis ${version}, wanted ${oldest.join('.')} or newer, or Valkey`,
  );
}

function evictionNotice(where: string, policy: string): string {
  return `The engine ${where} may lose jobs: its maxmemory-policy is ${policy}, wanted noeviction`;
}

function tellOutages(client: Redis, tell: (what: string) => void): void {
  let isLost = false;
  // A connection that this program ends itself is not made again.
  client.on('reconnecting', () => {
    if (!isLost) tell('Lost the connection, and tries again:');
    isLost = true;
  });
  client.on('ready', () => {
    if (isLost) tell('Has the connection again:');
    isLost = false;
  });
}
