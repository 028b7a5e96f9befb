import { mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileHost } from '../src/testing/file-host.ts';
import { openPlace, type Place } from './cli-process.ts';

let place: Place;
let data = '';
beforeEach(async () => {
  place = await openPlace();
  data = join(dirname(place.config), 'data');
});
afterEach(() => place[Symbol.asyncDispose]());

const world = (origin: string) => ({ HF_ENDPOINT: origin, XDG_DATA_HOME: data });
const model = Buffer.alloc(2_500_000, 'GGUF');

test('--local shows sizes and downloads nothing while nobody has agreed', async () => {
  await using host = await fileHost(model);
  const env = world(new URL(host.url).origin);
  const { status, stdout, stderr } = await place.run(['Add two numbers', '--local'], { env });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/Qwen2\.5-Coder 1\.5B Instruct, Q4_K_M \(Apache-2\.0\): 3 MB from 127/);
  expect(stderr).toContain('node-llama-cpp 3.21.1 (MIT): 88 MB from npm');
  expect(stderr).toContain('nobody is here to agree to the download. Agree to it with --yes');
  expect(host.requests.map(({ method }) => method)).toEqual(['HEAD']);
});

test('--local keeps what has come when the download fails', async () => {
  const replies = [{}, { cutAt: 2_000_000 }, { status: 404 }];
  await using host = await fileHost(model, replies);
  const env = world(new URL(host.url).origin);
  const { status, stderr } = await place.run(['Add two numbers', '--small', '--yes'], { env });
  expect(status).toBe(2);
  expect(stderr).toContain('the host answered 404. What has come is kept: the same command');
  const [part] = readdirSync(join(data, 'multi-model-orchestrator', 'models'));
  expect(part).toMatch(/^qwen2\.5-coder-0\.5b-instruct-q4_k_m\.gguf\.[0-9a-f]{16}\.part$/);
});

test('--local says when the host does not have the model', async () => {
  await using host = await fileHost(model, [{ status: 404 }]);
  const env = world(new URL(host.url).origin);
  const { status, stderr } = await place.run(['Add two numbers', '--local', '--yes'], { env });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^Cannot look up http.*: the host answered 404\n$/);
});

test('--local refuses to take the name of another runner', async () => {
  const config = place.configure({ local: { type: 'command', command: ['cat'], prompt: 'stdin' } });
  mkdirSync(data);
  const { status, stderr } = await place.run(['Add', '--local', '--config', config]);
  expect(status).toBe(2);
  expect(stderr).toContain('the configuration gives the name local to a runner of type command');
});
