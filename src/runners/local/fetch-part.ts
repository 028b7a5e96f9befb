import { constants, type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { networkFault } from '../../lib/network-fault.ts';
import { type FetchTools, type RemoteFile, reasonOf } from './look-up-file.ts';
import { openUrl } from './open-url.ts';

/** Milliseconds without a byte until a request is ended. */
const stallMs = 30_000;

/** What a download needs of the world. */
export interface DownloadTools extends FetchTools {
  /** Hears how many bytes are here. */
  readonly onProgress: (bytes: number) => void;
}

/** What one request for the rest of a file came to. */
export type PartEnd =
  | { readonly status: 'loaded' }
  /** Asking again can help. */
  | { readonly status: 'passing'; readonly why: string }
  | { readonly status: 'final'; readonly why: string };

/** Requests what a partly loaded file lacks, or all of it where the host knows no ranges. Never rejects. */
export async function fetchPart(
  remote: RemoteFile,
  part: string,
  tools: DownloadTools,
): Promise<PartEnd> {
  const stalled = new AbortController();
  const signal = AbortSignal.any([tools.signal, stalled.signal]);
  let stop = tools.clock.after(stallMs, () => stalled.abort());
  const alive = (): void => {
    stop();
    stop = tools.clock.after(stallMs, () => stalled.abort());
  };
  try {
    await using file = await openPart(part);
    const { size: offset } = await file.stat();
    const headers = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const request = { method: 'GET', headers, env: tools.env, signal } as const;
    const { response } = await openUrl(new URL(remote.url), request);
    const from = startOfBody(response, offset);
    if (typeof from !== 'number') {
      response.destroy();
      if (response.statusCode === 416) await file.truncate(0);
      return from;
    }
    return await save(response, { file, from, remote, alive, onProgress: tools.onProgress });
  } catch (error) {
    const reason = reasonOf(error);
    const seen = networkFault(reason) ?? reason;
    const why = stalled.signal.aborted ? `no byte came for ${stallMs / 1000} s` : seen;
    return isOfDisk(error) ? { status: 'final', why } : { status: 'passing', why };
  } finally {
    stop();
  }
}

/** Where in the file a response begins, or why it is of no use. */
function startOfBody(
  { headers, statusCode = 0 }: IncomingMessage,
  offset: number,
): number | PartEnd {
  if (statusCode === 200) return 0;
  const why = `the host answered ${statusCode}`;
  if (statusCode === 206) {
    const { start } = /^bytes (?<start>\d+)-/.exec(headers['content-range'] ?? '')?.groups ?? {};
    if (Number(start) === offset) return offset;
    return { status: 'final', why: 'the host sent another part than the one asked for' };
  }
  const canPass = statusCode >= 500 || [408, 416, 425, 429].includes(statusCode);
  return { status: canPass ? 'passing' : 'final', why };
}

interface Saving {
  readonly file: FileHandle;
  readonly from: number;
  readonly remote: RemoteFile;
  readonly alive: () => void;
  readonly onProgress: (bytes: number) => void;
}

/** Writes at positions, so that two processes that load the same file write the same bytes. */
async function save(response: IncomingMessage, saving: Saving): Promise<PartEnd> {
  const { alive, file, from, onProgress, remote } = saving;
  let at = from;
  for await (const chunk of response) {
    alive();
    const bytes: Buffer = chunk;
    if (at + bytes.length > remote.sizeBytes) {
      const why = `the host sent more than the ${remote.sizeBytes} bytes that it announced`;
      return { status: 'final', why };
    }
    await file.write(bytes, 0, bytes.length, at);
    at += bytes.length;
    onProgress(at);
  }
  if (at < remote.sizeBytes) return { status: 'passing', why: `it ended after ${at} bytes` };
  await file.sync();
  return { status: 'loaded' };
}

/** Opens a file for writing at positions, and makes it when it is not there. */
async function openPart(path: string): Promise<FileHandle> {
  return open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
}

/** A full disk or a folder that is not ours is not better in a moment. */
function isOfDisk(error: unknown): boolean {
  const { code }: { readonly code?: unknown } = Object(error);
  return ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'EFBIG'].includes(String(code));
}
