import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../domain/clock.ts';
import { networkFault } from '../../lib/network-fault.ts';
import { openUrl } from './open-url.ts';

/** Milliseconds for the host to describe a file. */
const lookUpMs = 15_000;

/** A file at its host. */
export interface RemoteFile {
  readonly url: string;
  readonly sizeBytes: number;
  /** SHA-256, as 64 lower-case hexadecimal digits. */
  readonly sha256: string;
}

/** What fetching needs of the world. */
export interface FetchTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Something that was wanted, or one line on why it could not be had. */
export type Fetched<Value> =
  | { readonly status: 'done'; readonly value: Value }
  | {
      readonly status: 'failed';
      readonly message: string;
      /** What a person can do, where it is known. */
      readonly remedy?: string;
    };

const goOnline =
  'Check the connection, set HTTPS_PROXY where a proxy is needed, or HF_ENDPOINT to a mirror that can be reached';

/**
 * Asks a host for the size and the checksum of a file. Hosts of the Hugging Face kind tell both in the head
 * of the response that redirects to the storage. Never rejects.
 */
export async function lookUpFile(url: string, tools: FetchTools): Promise<Fetched<RemoteFile>> {
  const parsed = URL.parse(url);
  if (!parsed || !/^https?:$/.test(parsed.protocol)) return failed(url, 'it is no HTTP address');
  const timeUp = new AbortController();
  const stop = tools.clock.after(lookUpMs, () => timeUp.abort());
  try {
    const signal = AbortSignal.any([tools.signal, timeUp.signal]);
    const { response, heads } = await openUrl(parsed, { method: 'HEAD', env: tools.env, signal });
    response.destroy();
    const status = response.statusCode ?? 0;
    if (status !== 200) return failed(url, `the host answered ${status}`);
    const found = describe(heads);
    if (found) return { status: 'done', value: { url, ...found } };
    return failed(
      url,
      'the host does not tell its size and SHA-256, so that nothing could be checked',
    );
  } catch (error) {
    if (tools.signal.aborted) return failed(url, 'it was cancelled');
    if (timeUp.signal.aborted) return failed(url, `no answer within ${lookUpMs / 1000} s`);
    return notReached(url, reasonOf(error));
  } finally {
    stop();
  }
}

/** What an error says, in one line. */
export function reasonOf(error: unknown): string {
  const { code, message }: { readonly code?: unknown; readonly message?: unknown } = Object(error);
  return (String(message ?? '') || String(code ?? error)).replaceAll(/\s+/g, ' ');
}

function describe(heads: readonly IncomingHttpHeaders[]): Omit<RemoteFile, 'url'> | undefined {
  const all = (name: string): readonly string[] =>
    heads.flatMap((head) => head[name] ?? []).map(String);
  const sha256 = all('x-linked-etag')
    .map((tag) => tag.replaceAll('"', '').toLowerCase())
    .find((tag) => /^[0-9a-f]{64}$/.test(tag));
  const sizeBytes = Number(all('x-linked-size')[0] ?? heads.at(-1)?.['content-length']);
  if (sha256 === undefined || !Number.isSafeInteger(sizeBytes) || sizeBytes <= 0) return undefined;
  return { sizeBytes, sha256 };
}

function notReached(url: string, reason: string): Fetched<never> {
  const fault = networkFault(reason);
  if (fault === undefined) return failed(url, reason);
  return { ...failed(url, `the host was not reached: ${fault}`), remedy: goOnline };
}

function failed(url: string, why: string) {
  return { status: 'failed', message: `Cannot look up ${withoutSecrets(url)}: ${why}` } as const;
}

/** The address of a file as it may be shown: that of a mirror may hold a password or a token. */
export function withoutSecrets(url: string): string {
  const parsed = URL.parse(url);
  return parsed ? `${parsed.protocol}//${parsed.host}${parsed.pathname}` : 'the model';
}
