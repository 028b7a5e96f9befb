import type { Writable } from 'node:stream';
import { pino } from 'pino';
import type { LogLevel } from './log-level.ts';

/** Writes lines of JSON, each with what happened in `msg` and facts beside it. */
export interface Log {
  error(facts: object, what: string): void;
  info(facts: object, what: string): void;
  debug(facts: object, what: string): void;
}

/** Names under which a secret could come, at the top or one level down. */
const secrets = ['authorization', 'cookie', 'token', 'apiKey', 'password', 'secret'];

/** Opens a log that writes to a stream what is of the level, with the values of secrets taken out. */
export function openLog(level: LogLevel, stream: Writable): Log {
  const paths = secrets.flatMap((name) => [name, `*.${name}`]);
  const options = {
    level,
    base: null,
    messageKey: 'msg',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths, censor: '[redacted]' },
  };
  return pino(options, stream);
}
