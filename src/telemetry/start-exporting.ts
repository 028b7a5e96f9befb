import { setTimeout } from 'node:timers/promises';
import { wantedSignals } from './wanted-signals.ts';

/** What starting needs. */
export interface ExportOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly version: string;
  /** Is told in one line why something is not exported. */
  readonly onNotice: (line: string) => void;
}

/** Milliseconds that sending the rest may take at the end. */
const closeMaxMs = 5_000;

/**
 * Exports the traces and metrics of this process where OpenTelemetry's variables ask for it, until the function that it
 * gives is called, which sends the rest. Neither rejects; what cannot be exported is a notice.
 */
export async function startExporting({
  env,
  version,
  onNotice,
}: ExportOptions): Promise<() => Promise<void>> {
  const wanted = wantedSignals(env);
  for (const notice of wanted.notices) onNotice(notice);
  if (!wanted.traces && !wanted.metrics) return async () => undefined;
  let isTold = false;
  const onError = (message: string): void => {
    if (!isTold) onNotice(`Cannot export telemetry: ${causeIn(message)}`);
    isTold = true;
  };
  const loaded = await import('./otlp-providers.ts').catch(notInstalled);
  if (!loaded) {
    onNotice(missing);
    return async () => undefined;
  }
  const end = loaded.registerOtlp(wanted, { version, onError });
  return async () => {
    const giveUp = new AbortController();
    const late = setTimeout(closeMaxMs, undefined, { signal: giveUp.signal }).catch(
      () => undefined,
    );
    await Promise.race([end(), late]);
    giveUp.abort();
  };
}

const packages = [
  '@opentelemetry/sdk-trace',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/resources',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/exporter-metrics-otlp-http',
];

const missing = `Exports no telemetry: its packages are not installed; npm install ${packages.join(' ')}`;

function notInstalled(error: unknown): undefined {
  const isMissing =
    error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
  if (!isMissing) throw error;
}

/** The exporters write an error with its stack as JSON; its message is what a person can use. */
function causeIn(message: string): string {
  const found = /"message":"((?:[^"\\]|\\.)*)"/.exec(message)?.[1] ?? message;
  return found.split('\n', 1)[0]?.slice(0, 300) ?? '';
}
