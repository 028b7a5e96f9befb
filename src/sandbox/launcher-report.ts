import { constants } from 'node:os';
import type { ConfinedStatus } from '../domain/sandbox.ts';

/** What a launcher says of the program that it became. */
export type LauncherReport =
  | { readonly kind: 'fault'; readonly message: string }
  | {
      readonly kind: 'ended';
      readonly status: ConfinedStatus;
      readonly cpuMs: number;
      readonly maxRssKiB: number;
    };

/** Reads a launcher's report; undefined when it ended before it could give one. */
export function readLauncherReport(text: string): LauncherReport | undefined {
  const [line = ''] = text.split('\n');
  if (line.startsWith('fault ')) return { kind: 'fault', message: line.slice(6) };
  const found = /^ended (\d+) (\d+) (\d+)$/.exec(line);
  if (!found) return undefined;
  const [status = 0, micros = 0, maxRssKiB = 0] = found.slice(1).map(Number);
  return { kind: 'ended', status: waitStatus(status), cpuMs: micros / 1000, maxRssKiB };
}

/** Reads the status of `wait(2)`. */
function waitStatus(status: number): ConfinedStatus {
  const signal = status & 0x7f;
  if (signal === 0) return { status: 'exited', code: status >> 8 };
  return { status: 'signalled', signal: signalName(signal) };
}

function signalName(signal: number): string {
  const known = Object.entries(constants.signals).find(([, number]) => number === signal);
  return known?.[0] ?? `SIG${signal}`;
}
