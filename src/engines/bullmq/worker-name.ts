import { hostname } from 'node:os';

/** Names this worker on dashboards. */
export function workerName(): string {
  return `${hostname()} ${process.pid}`;
}
