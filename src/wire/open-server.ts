import type { Unavailable } from '../domain/availability.ts';
import type { RunnerTools } from '../domain/runner-settings.ts';
import { type HttpClient, httpClient } from '../lib/http-client.ts';
import type { WireFormat } from './wire-format.ts';

/** A model behind an HTTP server. */
export interface HttpModel {
  readonly format: WireFormat;
  /** Up to and including the version: `https://api.x.ai/v1`. */
  readonly baseUrl: string;
  readonly model: string;
  readonly maxOutputTokens: number | undefined;
  /** Undefined for a server without keys. */
  readonly key: HttpKey | undefined;
  /** Sent with every request; the values are kept as secret as the key. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A key, and the environment variables where it was looked for. */
export interface HttpKey {
  readonly value: string | undefined;
  readonly variables: readonly string[];
}

/** A server that can be asked. */
export interface Server {
  readonly client: HttpClient;
  readonly format: WireFormat;
  readonly model: string;
  readonly maxOutputTokens: number | undefined;
  /** The address, without secrets. */
  readonly where: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly hasKey: boolean;
  /** Nothing that leaves the runner may hold these. */
  readonly secrets: readonly string[];
}

/** Makes a model's server ready, or tells what is lacking; connects to nobody. */
export function openServer(model: HttpModel, env: RunnerTools['env']): Server | Unavailable {
  const url = URL.parse(model.baseUrl);
  if (!url || !/^https?:$/.test(url.protocol)) return badUrl(model.baseUrl);
  const key = model.key?.value?.trim();
  if (model.key && !key) return noKey(model.key.variables);
  const { format, headers = {}, maxOutputTokens } = model;
  return {
    client: httpClient(url, { env }),
    format,
    model: model.model,
    maxOutputTokens,
    where: url.origin + url.pathname.replace(/\/+$/, ''),
    headers: { ...format.headers, ...(key ? format.keyHeaders(key) : undefined), ...headers },
    hasKey: key !== undefined,
    secrets: [key ?? '', url.password, ...Object.values(headers)],
  };
}

function badUrl(baseUrl: string): Unavailable {
  return {
    status: 'unavailable',
    kind: 'bad-usage',
    message: `Cannot ask at "${baseUrl}": a base URL begins with http:// or https://`,
    remedy: 'Correct the base URL of this runner',
  };
}

function noKey(variables: readonly string[]): Unavailable {
  const names = variables.join(' or ');
  return {
    status: 'unavailable',
    kind: 'not-signed-in',
    message: `No API key: ${names} is not set`,
    remedy: `Set ${names}`,
  };
}
