import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { ProbeReport, ProbeRow } from './run-probes.ts';

const script = new URL('run-probes.ts', import.meta.url).pathname;
const isRoot = process.getuid?.() === 0;
const asNobody = ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'];
const users: readonly (readonly [string, readonly string[]])[] = isRoot
  ? [
      ['root', []],
      ['nobody', asNobody],
    ]
  : [['the user', []]];

/** What a job of several processes may do, which one program may not. */
const mayMany = new Set([
  ...[
    'fork',
    'shell',
    'spawn',
    'subprocess_run',
    'multiprocess',
    'become_shell',
    'become_shell_by_loader',
  ],
  ...['daemon', 'new_session', 'outlives_parent', 'clone_fork', 'signal_group', 'signal_all'],
  ...['system_programs', 'spawn_node', 'fork_module', 'cluster_fork'],
  // Its own processes, in a namespace of its own.
  ...[
    'parent_command_line',
    'parent_descriptors',
    'processes_listed',
    'boot_id',
    'signal_own_parent',
  ],
]);

const one = ['namespaces', 'kernel', 'kernel-of-5.13', 'kernel-by-python'].map(
  (level) => [level, 'one'] as const,
);
const many = ['namespaces', 'kernel'].map((level) => [level, 'many'] as const);

async function probe(
  level: string,
  language: string,
  shape: string,
  user: readonly string[],
): Promise<ProbeReport> {
  const [program = '', ...args] = [...user, process.execPath, script, level, language, shape];
  const env = { PATH: '/usr/bin:/bin:/usr/local/bin', PROBE_SECRET: 'PROBE_SECRET_7c1f' };
  const { stdout } = await promisify(execFile)(program, args, { env, maxBuffer: 1 << 26 });
  return JSON.parse(stdout) as ProbeReport;
}

function namesOf(
  rows: readonly ProbeRow[],
  results: readonly ProbeRow['result'][],
): readonly string[] {
  return rows
    .filter(({ result }) => results.includes(result))
    .map(({ name, detail }) => `${name}: ${detail}`);
}

/** A scratch has no quota: what fills it is told of, on a quick disk after more than the limit was written. */
function isEndedForItsDisk({ name, detail }: ProbeRow): boolean {
  return name === 'scratch_without_end' && detail.includes('"disk-limit"');
}

describe.each(users)('as %s', (name, user) => {
  describe.each(['python', 'javascript'])('%s', (language) => {
    test('every probe with a twin escapes where nothing confines it', async (context) => {
      const report = await probe('none', language, 'one', user);
      if ('missing' in report) return context.skip(report.missing);
      const blocked = report.rows
        .filter(({ result }) => result !== 'escaped')
        .map((row) => row.name);
      // Only root may set groups at all.
      expect(blocked.filter((probed) => name === 'root' || probed !== 'setgroups')).toEqual([]);
    });

    for (const [level, shape] of [...one, ...many]) {
      test(`no probe escapes from ${shape} at the level ${level}`, async (context) => {
        const report = await probe(level, language, shape, user);
        if ('missing' in report) return context.skip(report.missing);
        const rows = report.rows.filter((row) => shape === 'one' || !mayMany.has(row.name));
        const open = rows.filter((row) => !isEndedForItsDisk(row));
        expect(namesOf(open, ['escaped', 'not-run'])).toEqual([]);
        expect(rows.length).toBeGreaterThan(60);
      });
    }
  });
});
