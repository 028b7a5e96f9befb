import { describe, expect, test } from 'vitest';
import { demoTasks } from '../src/app/demo.ts';
import { openPlace } from './cli-process.ts';

describe.concurrent('orchestrator demo', () => {
  test.each(demoTasks())('plays $id, marked as a replay', async ({ id, text }) => {
    await using place = await openPlace();
    const ended = await place.run(['demo', id, '--json']);
    expect([0, 3]).toContain(ended.status);
    expect(ended.stderr).toContain('REPLAY (synthetic)');
    const { task, consensus_code, metadata } = JSON.parse(ended.stdout);
    expect({ task, replay: metadata.replay }).toEqual({ task: text, replay: true });
    expect(consensus_code).not.toBe('');
    expect(place.server.requests).toEqual([]);
  });

  test('plays the first task without an id, and names the others', async () => {
    await using place = await openPlace();
    const { status, stdout, stderr } = await place.run(['demo']);
    expect(status).toBe(0);
    expect(stdout).not.toBe('');
    for (const { id } of demoTasks().slice(1)) expect(stderr).toContain(id);
  });

  test('shows a model that times out as a failed row and ends with 3', async () => {
    await using place = await openPlace();
    const { status, stdout } = await place.run(['demo', 'prune-backups', '--json']);
    expect(status).toBe(3);
    const { outputs } = JSON.parse(stdout);
    const kinds = outputs.map(({ failure_kind }: { failure_kind: string }) => failure_kind);
    expect(kinds.filter((kind: string | null) => kind !== null)).toEqual(['timed-out']);
  });

  test('lists the tasks with --list', async () => {
    await using place = await openPlace();
    const { status, stdout } = await place.run(['demo', '--list']);
    expect(status).toBe(0);
    for (const { id } of demoTasks()) expect(stdout).toContain(id);
  });

  test('refuses another task and says how to get a model', async () => {
    await using place = await openPlace();
    const { status, stdout, stderr } = await place.run(['demo', 'Build a REST API']);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('To ask real models');
  });
});
