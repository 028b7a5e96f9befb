import { expect, test } from 'vitest';
import { localServerNamed } from './local-server.ts';

const servers = { ollama: 11434 };

test.each([
  ['ollama', { server: 'ollama', port: 11434, model: undefined }],
  ['ollama:', { server: 'ollama', port: 11434, model: undefined }],
  ['ollama:qwen2.5-coder:7b', { server: 'ollama', port: 11434, model: 'qwen2.5-coder:7b' }],
  ['codex', undefined],
  ['constructor', undefined],
])('localServerNamed() reads %s', (name, wanted) => {
  expect(localServerNamed(name, servers)).toEqual(wanted);
});
