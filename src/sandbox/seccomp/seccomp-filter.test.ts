import { expect, test } from 'vitest';
import type { ProcessShape } from '../../domain/sandbox.ts';
import { type FilterNeeds, filterRules, ownProcess, type Rule } from './rules.ts';
import { seccompFilter } from './seccomp-filter.ts';
import { type FilterArchitecture, syscallNumber } from './syscall-numbers.ts';

const audit = { x64: 0xc000003e, arm64: 0xc00000b7, i386: 0x40000003 } as const;
const allowed = 'allowed';
const killed = 'killed';

const strict: FilterNeeds = {
  processes: 'one',
  signalsAreScoped: false,
  filesAreOwn: false,
  writes: false,
  truncateIsConfined: false,
  refusesSharedMemory: true,
};
const shapes: readonly ProcessShape[] = ['one', 'many', 'server'];

/** Runs a filter as the kernel does, on one call. */
function answer(
  program: Buffer,
  number: number,
  given: { args?: readonly number[]; arch?: number } = {},
): string {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(given.arch ?? audit.x64, 4);
  for (const [index, arg] of (given.args ?? []).entries()) {
    data.writeBigUInt64LE(BigInt(arg), 16 + 8 * index);
  }
  let value = 0;
  for (let at = 0; at < program.length; at += 8) {
    const k = program.readUInt32LE(at + 4);
    const skip = (yes: boolean): number => 8 * program.readUInt8(at + (yes ? 2 : 3));
    switch (program.readUInt16LE(at)) {
      case 0x20:
        value = data.readUInt32LE(k);
        break;
      case 0x54:
        value = (value & k) >>> 0;
        break;
      case 0x05:
        at += 8 * k;
        break;
      case 0x15:
        at += skip(value === k);
        break;
      case 0x35:
        at += skip(value >= k);
        break;
      default:
        return meaning(k);
    }
  }
  throw new RangeError('The program has no end');
}

function meaning(value: number): string {
  if (value === 0x7fff0000) return allowed;
  return value === 0x80000000 ? killed : `errno ${value & 0xffff}`;
}

function call(name: string, args: readonly number[] = [], needs: FilterNeeds = strict): string {
  return answer(seccompFilter('x64', needs), syscallNumber(name, 'x64') ?? -1, { args });
}

const cases = (['x64', 'arm64'] as const).flatMap((architecture) =>
  shapes.map((processes) => ({ architecture, processes })),
);

test.each(cases)(
  'seccompFilter() answers each call by its rule, for $processes on $architecture',
  (chosen) => {
    const { architecture, processes } = chosen;
    const needs = { ...strict, processes, writes: processes !== 'one' };
    const program = seccompFilter(architecture, needs);
    const rules = new Map(
      [...filterRules(needs)].map(([name, rule]) => [syscallNumber(name, architecture), rule]),
    );
    const plain = Array.from({ length: 600 }, (_, number) => number).filter(
      (number) => (rules.get(number)?.checks.length ?? 0) === 0,
    );
    const found = plain.map((number) => answer(program, number, { arch: audit[architecture] }));
    expect(found).toEqual(plain.map((number) => expected(number, rules.get(number))));
  },
);

function expected(number: number, rule: Rule | undefined): string {
  if (!rule) return number > 462 ? 'errno 38' : 'errno 1';
  return rule.isNever ? `errno ${rule.errno}` : allowed;
}

test('seccompFilter() kills a call by the convention of another architecture', () => {
  for (const architecture of ['x64', 'arm64'] satisfies FilterArchitecture[]) {
    expect(answer(seccompFilter(architecture, strict), 1, { arch: audit.i386 })).toBe(killed);
  }
});

test('seccompFilter() does not know calls of the x32 ABI', () => {
  const program = seccompFilter('x64', strict);
  for (const number of [0, 2, 39, 57])
    expect(answer(program, 0x40000000 + number)).toBe('errno 38');
});

test('seccompFilter() lets one program start threads, and no process', () => {
  const thread = 0x3d0f00;
  expect(call('clone', [thread])).toBe(allowed);
  expect(call('clone', [17])).toBe('errno 1');
  expect(call('clone', [thread | 0x10000000])).toBe('errno 1');
  expect(call('clone3')).toBe('errno 38');
  expect(call('fork')).toBe('errno 1');
});

test('seccompFilter() lets many start processes, but not in new namespaces or beside their parent', () => {
  const many = { ...strict, processes: 'many' } as const;
  expect(call('clone', [17], many)).toBe(allowed);
  expect(call('clone', [17 | 0x10000000], many)).toBe('errno 1');
  expect(call('clone', [17 | 0x8000], many)).toBe('errno 1');
});

test('seccompFilter() lets a program signal nobody but itself', () => {
  expect(call('kill', [ownProcess, 9])).toBe(allowed);
  expect(call('kill', [0, 9])).toBe('errno 1');
  expect(call('tgkill', [1, 1, 9])).toBe('errno 1');
  const many = { ...strict, processes: 'many', signalsAreScoped: true } as const;
  expect(call('kill', [0, 9], many)).toBe(allowed);
});

test('seccompFilter() takes connected streams only, and no addresses', () => {
  expect(call('socketpair', [1, 0x80801])).toBe(allowed);
  expect(call('socketpair', [1, 2])).toBe('errno 1');
  expect(call('socketpair', [2, 1])).toBe('errno 1');
  expect(call('sendto', [0, 1, 1, 0, 0])).toBe(allowed);
  expect(call('sendto', [0, 1, 1, 0, 0x7f0000000000])).toBe('errno 1');
});

test('seccompFilter() refuses memory that no limit counts', () => {
  expect(call('mmap', [0, 4096, 3, 0x22])).toBe(allowed);
  expect(call('mmap', [0, 4096, 3, 0x21])).toBe('errno 1');
  expect(call('mmap', [0, 4096, 3, 0x21], { ...strict, refusesSharedMemory: false })).toBe(allowed);
});

test('seccompFilter() lets a program change modes and times only where all files are its own', () => {
  const writing = { ...strict, writes: true, truncateIsConfined: true };
  for (const name of ['chmod', 'fchmod', 'utimensat']) {
    expect(call(name, [], writing)).toBe('errno 1');
    expect(call(name, [], { ...writing, filesAreOwn: true })).toBe(allowed);
  }
});
