import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolder } from '../../lib/make-folder.ts';
import { type DownloadTools, fetchPart, type PartEnd } from './fetch-part.ts';
import { exists } from './local-files.ts';
import { type Fetched, type RemoteFile, reasonOf, withoutSecrets } from './look-up-file.ts';
import { takeTurn } from './take-turn.ts';

/** Requests in a row that bring nothing until it is given up. */
const fruitlessMax = 5;
/** Milliseconds before the first repetition; each one that brings nothing doubles it. */
const firstWaitMs = 1_000;
/** Bytes that are left free on the disk. */
const spareBytes = 64 * 1024 * 1024;

/**
 * Downloads a file once: what is at the path is whole and has the checksum. What was loaded before is gone
 * on with, and several processes at once do no harm. Never rejects.
 */
export async function downloadFile(
  remote: RemoteFile,
  path: string,
  tools: DownloadTools,
): Promise<Fetched<string>> {
  try {
    makeFolder(dirname(path), 0o700);
    await using turn = await takeTurn(`${path}.lock`, tools);
    if (!turn) return failed(remote, 'it was cancelled');
    if (await exists(path)) return { status: 'done', value: path };
    // The checksum in its name keeps the beginning of one file from becoming that of another.
    const part = `${path}.${remote.sha256.slice(0, 16)}.part`;
    const why = (await lackOfSpace(remote, part)) ?? (await load(remote, part, tools));
    if (why !== undefined) return failed(remote, why);
    await rename(part, path);
    return { status: 'done', value: path };
  } catch (error) {
    return failed(remote, reasonOf(error));
  }
}

async function lackOfSpace({ sizeBytes }: RemoteFile, part: string): Promise<string | undefined> {
  const { bavail, bsize } = await statfs(dirname(part));
  const needed = sizeBytes - (await sizeOf(part)) + spareBytes;
  if (bavail * bsize >= needed) return undefined;
  return `${dirname(part)} has ${mebibytes(bavail * bsize)} free and needs ${mebibytes(needed)}`;
}

/** Loads and checks the file; what was begun before and turns out wrong is loaded anew once. */
async function load(
  remote: RemoteFile,
  part: string,
  tools: DownloadTools,
): Promise<string | undefined> {
  for (;;) {
    const before = await sizeOf(part);
    const why = await loadAll(remote, part, tools);
    if (why !== undefined) return why;
    const sha256 = await checksumOf(part);
    if (sha256 === remote.sha256) return undefined;
    await rm(part, { force: true });
    if (before === 0) return `its SHA-256 is ${sha256}, and the host announced ${remote.sha256}`;
  }
}

/** Loads until all bytes are here; asks again, from where it was, after faults that can pass. */
async function loadAll(
  remote: RemoteFile,
  part: string,
  tools: DownloadTools,
): Promise<string | undefined> {
  let fruitless = 0;
  for (let have = await sizeOf(part); have !== remote.sizeBytes; have = await sizeOf(part)) {
    if (have > remote.sizeBytes) await rm(part, { force: true });
    const end = await fetchPart(remote, part, tools);
    fruitless = (await sizeOf(part)) > have ? 1 : fruitless + 1;
    const why = tools.signal.aborted ? 'it was cancelled' : reasonToEnd(end, fruitless);
    if (why !== undefined) return why;
    if (end.status === 'passing') {
      await tools.clock.sleep(firstWaitMs * 2 ** (fruitless - 1), tools.signal);
    }
  }
  return undefined;
}

function reasonToEnd(end: PartEnd, fruitless: number): string | undefined {
  if (end.status === 'loaded') return undefined;
  if (end.status === 'final') return end.why;
  return fruitless < fruitlessMax ? undefined : `${end.why}, ${fruitless} times`;
}

async function checksumOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 }))
    hash.update(chunk);
  return hash.digest('hex');
}

async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

function mebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MiB`;
}

function failed({ url }: RemoteFile, why: string): Fetched<never> {
  return { status: 'failed', message: `Cannot download ${withoutSecrets(url)}: ${why}` };
}
