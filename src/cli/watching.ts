import type { App } from '../app/app.ts';
import { localServerNamed } from '../domain/local-server.ts';
import type { RunObserver } from '../domain/run-observer.ts';
import type { RequestLine } from '../serve/guard/request-teller.ts';
import { errorFacts } from '../telemetry/error-facts.ts';
import type { LogLevel } from '../telemetry/log-level.ts';
import { openLog } from '../telemetry/open-log.ts';
import { openPrometheus, type Prometheus } from '../telemetry/prometheus.ts';
import { runLog } from '../telemetry/run-log.ts';
import type { CommandIo } from './command-io.ts';
import { packageVersion } from './package-version.ts';

/** What looks on at the runs and requests of a server. */
export interface Watching {
  readonly observers: readonly RunObserver[];
  readonly prometheus: Prometheus;
  readonly onRequest: (line: RequestLine) => void;
  readonly onDefect: (error: unknown, run?: string) => void;
  /** Says whose runners have names of their own in what is counted. */
  attach(app: App): void;
}

/** Begins to count what a server does, and to log it on stderr. */
export function watching(level: LogLevel, { stderr }: CommandIo): Watching {
  const log = openLog(level, stderr);
  let labelOf = (_runner: string): string => 'other';
  const prometheus = openPrometheus({
    version: packageVersion(),
    labelOf: (runner) => labelOf(runner),
  });
  return {
    observers: [prometheus.observer, runLog(log)],
    prometheus,
    onRequest: (line) => log.info(line, 'request'),
    onDefect: (error, run) => log.error({ run, ...errorFacts(error) }, 'defect'),
    attach: ({ settings: { runners, localServers } }) => {
      labelOf = (runner) => {
        if (Object.hasOwn(runners, runner)) return runner;
        // Behind the name of a server stands whatever model a request named.
        return localServerNamed(runner, localServers)?.server ?? 'other';
      };
    },
  };
}
