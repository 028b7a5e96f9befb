/** Variables by name. */
type Env = Readonly<Record<string, string | undefined>>;

/** What is to be exported. */
export interface WantedSignals {
  readonly traces: boolean;
  readonly metrics: boolean;
  /** One line each for what was asked for and cannot be had. */
  readonly notices: readonly string[];
}

/**
 * Reads OpenTelemetry's own variables: a signal is exported where an endpoint is named for it, or its exporter is
 * `otlp`; `none` and `OTEL_SDK_DISABLED` turn it off.
 */
export function wantedSignals(env: Env): WantedSignals {
  const isDisabled = said(env, 'OTEL_SDK_DISABLED') === 'true';
  if (isDisabled) return { traces: false, metrics: false, notices: [] };
  const [traces, metrics] = [wanted(env, 'TRACES'), wanted(env, 'METRICS')];
  const notices = [...traces.notices, ...metrics.notices];
  return { traces: traces.isWanted, metrics: metrics.isWanted, notices: [...new Set(notices)] };
}

interface Wanted {
  readonly isWanted: boolean;
  readonly notices: readonly string[];
}

function wanted(env: Env, signal: 'TRACES' | 'METRICS'): Wanted {
  const name = `OTEL_${signal}_EXPORTER`;
  const exporter = said(env, name);
  const places = ['OTEL_EXPORTER_OTLP_ENDPOINT', `OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`];
  const isPlaced = places.some((place) => said(env, place) !== '');
  const isWanted = exporter === '' ? isPlaced : exporter === 'otlp';
  if (exporter !== '' && exporter !== 'otlp' && exporter !== 'none') {
    return refused(`${name} is "${exporter}", wanted otlp or none`);
  }
  const protocols = ['OTEL_EXPORTER_OTLP_PROTOCOL', `OTEL_EXPORTER_OTLP_${signal}_PROTOCOL`];
  const protocol = protocols.find((each) => said(env, each) === 'grpc');
  if (isWanted && protocol) return refused(`${protocol} is "grpc", wanted http/json, on port 4318`);
  return { isWanted, notices: [] };
}

function refused(why: string): Wanted {
  return { isWanted: false, notices: [`Exports no telemetry: ${why}`] };
}

function said(env: Env, name: string): string {
  return env[name]?.trim().toLowerCase() ?? '';
}
