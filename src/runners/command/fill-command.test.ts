import { describe, expect, test } from 'vitest';
import type { CommandSettings } from '../../domain/runner-settings.ts';
import { commandFault, fillCommand } from './fill-command.ts';

const settings: CommandSettings = {
  type: 'command',
  command: ['ask', '--model={model}', '--in', '{prompt-file}'],
  prompt: 'file',
  env: [],
  model: 'm$&',
  timeoutMs: undefined,
  stallMs: undefined,
  retries: undefined,
  concurrency: undefined,
  price: undefined,
  maxOutputTokens: undefined,
};

describe('fillCommand()', () => {
  test('puts file and model in their places, as they are', () => {
    expect(fillCommand(settings, '/a b/p.txt')).toEqual([
      'ask',
      '--model=m$&',
      '--in',
      '/a b/p.txt',
    ]);
  });
});

describe('commandFault()', () => {
  test('finds nothing wrong with a command that has what it needs', () => {
    expect(commandFault(settings)).toBeUndefined();
    expect(commandFault({ ...settings, command: ['ask'], prompt: 'stdin' })).toBeUndefined();
  });

  test.each<[Partial<CommandSettings>, RegExp]>([
    [{ command: ['ask'] }, /has no {prompt-file}/],
    [{ prompt: 'stdin' }, /"prompt": "file" is wanted/],
    [{ model: undefined }, /the runner has no "model"/],
  ])('says what is wrong with %o', (change, words) => {
    expect(commandFault({ ...settings, ...change })).toMatch(words);
  });
});
