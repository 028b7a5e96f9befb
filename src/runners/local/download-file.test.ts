import { createHash, randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { realClock } from '../../app/real-clock.ts';
import { type PrivateFolder, privateFolder } from '../../lib/private-folder.ts';
import { type FileHost, fileHost, type HostReply } from '../../testing/file-host.ts';
import { downloadFile } from './download-file.ts';
import type { DownloadTools } from './fetch-part.ts';
import { lookUpFile } from './look-up-file.ts';

const content = randomBytes(300_000);
const sha256 = sha256Of(content);
const never = new AbortController().signal;

/** Waits that end at once, and are remembered. */
let waitsMs: number[] = [];
const clock = {
  ...realClock,
  sleep: async (durationMs: number): Promise<void> => void waitsMs.push(durationMs),
};
const tools = (changes: Partial<DownloadTools> = {}): DownloadTools => ({
  env: {},
  clock,
  signal: never,
  onProgress: () => undefined,
  ...changes,
});

let folder: PrivateFolder;
let path = '';
beforeEach(async () => {
  waitsMs = [];
  folder = await privateFolder();
  path = join(folder.path, 'models', 'model.gguf');
});
afterEach(() => folder[Symbol.asyncDispose]());

const remote = (host: FileHost, changes = {}) => ({
  url: host.url,
  sizeBytes: content.length,
  sha256,
  ...changes,
});
const partPath = (): string => `${path}.${sha256.slice(0, 16)}.part`;
const left = async (): Promise<readonly string[]> => readdir(join(folder.path, 'models'));

describe('lookUpFile()', () => {
  test('reads size and SHA-256 where the host redirects to its storage', async () => {
    await using host = await fileHost(content, [{ redirect: true }]);
    expect(await lookUpFile(host.url, tools())).toEqual({ status: 'done', value: remote(host) });
    expect(host.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  test.each<[string, HostReply, string]>([
    ['there is no such file', { status: 404 }, 'the host answered 404'],
    ['the host is overloaded', { status: 503 }, 'the host answered 503'],
    ['the host tells no checksum', { anonymous: true }, 'does not tell its size and SHA-256'],
    ['it redirects in a circle', { redirect: 'circle' }, 'it redirects without an end'],
    ['it redirects to another protocol', { redirect: 'ftp://files/x' }, 'it redirects to ftp:'],
  ])('gives one line when %s', async (_, reply, why) => {
    await using host = await fileHost(content, [reply]);
    expect(await lookUpFile(host.url, tools())).toEqual({
      status: 'failed',
      message: expect.stringMatching(`^Cannot look up ${host.url}: .*${why}`),
    });
  });

  test('says that the host was not reached and what helps, and no password', async () => {
    const host = await fileHost(content);
    await host[Symbol.asyncDispose]();
    const url = host.url.replace('//', '//me:secret@');
    expect(await lookUpFile(url, tools())).toEqual({
      status: 'failed',
      message: `Cannot look up ${host.url}: the host was not reached: it refuses the connection (ECONNREFUSED)`,
      remedy: expect.stringMatching(/connection.*HTTPS_PROXY.*HF_ENDPOINT/),
    });
  });

  test('gives a silent host up when its time is over', async () => {
    await using host = await fileHost(content, [{ hang: 'head' }]);
    const looked = lookUpFile(host.url, tools({ clock: ringing(host) }));
    expect(await looked).toMatchObject({
      message: expect.stringContaining('no answer within 15 s'),
    });
  });

  test('refuses what is no address', async () => {
    expect(await lookUpFile('file:///etc/passwd', tools())).toMatchObject({ status: 'failed' });
  });
});

describe('downloadFile()', () => {
  test('puts the whole file at its path, telling how far it is', async () => {
    await using host = await fileHost(content, [{ redirect: true }]);
    const heard: number[] = [];
    const onProgress = (bytes: number): void => void heard.push(bytes);
    const end = await downloadFile(remote(host), path, tools({ onProgress }));
    expect(end).toEqual({ status: 'done', value: path });
    expect(await readFile(path)).toEqual(content);
    expect(heard.at(-1)).toBe(content.length);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(await left()).toEqual(['model.gguf']);
  });

  test('asks nobody when the file is there', async () => {
    await using host = await fileHost(content);
    await downloadFile(remote(host), path, tools());
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    expect(host.requests).toHaveLength(1);
  });

  test('goes on where the last one stopped', async () => {
    await using host = await fileHost(content, [{ cutAt: 100_000 }, { status: 404 }]);
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'failed' });
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    const [first, second, third] = host.requests.map(({ range }) => range);
    expect([first, third]).toEqual([undefined, second]);
    // What is on its way when a connection breaks may be lost.
    expect(second).toMatch(/^bytes=[1-9]\d+-$/);
    expect(await readFile(path)).toEqual(content);
  });

  test('loads all of it from a host that knows no ranges', async () => {
    await using host = await fileHost(content, [{ cutAt: 100_000 }, { ranges: false }]);
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    expect(await readFile(path)).toEqual(content);
  });

  test('asks again after faults that can pass, waiting longer each time that nothing came', async () => {
    const faults: HostReply[] = [{ status: 503 }, { status: 429 }, { reset: true }];
    await using host = await fileHost(content, [...faults, { cutAt: 10 }, { cutAt: 20 }]);
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    expect(waitsMs).toEqual([1000, 2000, 4000, 1000, 1000]);
  });

  test.each<[string, HostReply, number, string]>([
    ['there is no such file', { status: 404 }, 1, 'the host answered 404'],
    ['it is forbidden', { status: 403 }, 1, 'the host answered 403'],
    ['the host stays overloaded', { status: 503 }, 5, 'the host answered 503, 5 times'],
    ['the host sends too much', { extra: 5 }, 1, 'sent more than the 300000 bytes'],
  ])('fails in one line when %s', async (_, reply, requests, why) => {
    await using host = await fileHost(
      content,
      Array.from({ length: 9 }, () => reply),
    );
    const end = await downloadFile(remote(host), path, tools());
    expect(end).toMatchObject({ status: 'failed', message: expect.stringContaining(why) });
    expect(host.requests).toHaveLength(requests);
    expect(await left()).not.toContain('model.gguf');
  });

  test('fails for a host that is not there', async () => {
    const host = await fileHost(content);
    await host[Symbol.asyncDispose]();
    const end = await downloadFile(remote(host), path, tools());
    expect(end).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') });
  });

  test('keeps nothing of a file with another checksum', async () => {
    await using host = await fileHost(content);
    const wrong = remote(host, { sha256: 'f'.repeat(64) });
    const end = await downloadFile(wrong, path, tools());
    const message = expect.stringContaining(
      `its SHA-256 is ${sha256}, and the host announced ffff`,
    );
    expect(end).toMatchObject({ status: 'failed', message });
    expect(await left()).toEqual([]);
  });

  test('begins anew when what was loaded before is damaged', async () => {
    await using host = await fileHost(content);
    await folder.write({ 'models/': '' });
    await writeFile(partPath(), Buffer.alloc(1000));
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    expect(host.requests.map(({ range }) => range)).toEqual(['bytes=1000-', undefined]);
    expect(await readFile(path)).toEqual(content);
  });

  test('begins anew when what was loaded before is too long', async () => {
    await using host = await fileHost(content);
    await folder.write({ 'models/': '' });
    await writeFile(partPath(), Buffer.alloc(content.length + 1));
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
  });

  test('asks again when no byte comes for a while', async () => {
    await using host = await fileHost(content, [{ hang: 'body' }]);
    const end = await downloadFile(remote(host), path, tools({ clock: ringing(host) }));
    expect(end).toMatchObject({ status: 'done' });
    expect(host.requests).toHaveLength(2);
  });

  test('ends when it is cancelled, and keeps what has come', async () => {
    const controller = new AbortController();
    await using host = await fileHost(content, [{ hang: 'body' }]);
    const onProgress = (): void => controller.abort();
    const { signal } = controller;
    const end = await downloadFile(remote(host), path, tools({ signal, onProgress }));
    expect(end).toMatchObject({ message: expect.stringContaining('it was cancelled') });
    expect(await left()).toEqual([partPath().slice(folder.path.length + '/models/'.length)]);
  });

  test('says how much room is missing, asking nobody', async () => {
    await using host = await fileHost(content);
    const huge = remote(host, { sizeBytes: Number.MAX_SAFE_INTEGER });
    const message = expect.stringMatching(/has \d+ MiB free and needs \d+ MiB/);
    expect(await downloadFile(huge, path, tools())).toMatchObject({ status: 'failed', message });
    expect(host.requests).toEqual([]);
  });

  test('loads the file once when several ask for it at once', async () => {
    await using host = await fileHost(content);
    const many = Array.from({ length: 4 }, () =>
      downloadFile(remote(host), path, tools({ clock: { ...clock, sleep: () => setImmediate() } })),
    );
    for (const end of await Promise.all(many)) expect(end).toMatchObject({ status: 'done' });
    expect(host.requests).toHaveLength(1);
  });

  test.each([
    ['died', '999999999 1'],
    ['died before it had written its name', ''],
    ['had the pid of one that lives', `${process.pid} 1`],
  ])('does not wait for a process that %s', async (_, holder) => {
    await using host = await fileHost(content);
    await folder.write({ 'models/model.gguf.lock': holder });
    expect(await downloadFile(remote(host), path, tools())).toMatchObject({ status: 'done' });
    expect(await left()).toEqual(['model.gguf']);
  });
});

/** A clock whose first timer rings when the host has begun to hang. */
function ringing(host: FileHost) {
  let rung = false;
  const after = (durationMs: number, call: () => void): (() => void) => {
    if (rung) return realClock.after(durationMs, call);
    let isOff = false;
    void host.hanging.then(() => {
      rung = true;
      if (!isOff) call();
    });
    return () => {
      isOff = true;
    };
  };
  return { ...clock, after };
}

function sha256Of(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
