import { assemble, type Line } from './assemble.ts';
import { type ArgumentCheck, type FilterNeeds, filterRules, type Rule } from './rules.ts';
import { type FilterArchitecture, syscallNumber } from './syscall-numbers.ts';

/** The kernel's names of the architectures, from `linux/audit.h`. */
const auditArchitecture: Readonly<Record<FilterArchitecture, number>> = {
  x64: 0xc000003e,
  arm64: 0xc00000b7,
};

/** Where `struct seccomp_data` has the number, the architecture and the arguments. */
const offsets = { number: 0, architecture: 4, arguments: 16 } as const;

const returns = { kill: 0x80000000, errno: 0x00050000, allow: 0x7fff0000 } as const;

/** The highest number that was known when the rules were written. */
const lastKnownCall = 462;
const errno = { perm: 1, noCall: 38 } as const;

/**
 * Builds a seccomp filter, as the kernel takes it. Calls that no rule names fail with EPERM, calls that are
 * newer than the rules (and those of the x32 ABI) with ENOSYS; a call by another architecture's convention,
 * such as `int 0x80`, kills. `ownProcess` stands where the program's own process id must be put.
 */
export function seccompFilter(architecture: FilterArchitecture, needs: FilterNeeds): Buffer {
  const rules = rulesByNumber(architecture, needs);
  return assemble([
    { op: 'load', offset: offsets.architecture },
    { op: 'if', test: 'equal', value: auditArchitecture[architecture], yes: 'known' },
    { op: 'return', value: returns.kill },
    { op: 'label', name: 'known' },
    { op: 'load', offset: offsets.number },
    ...search(ranges(rules)),
    ...rules.flatMap(({ number, rule }) => (isPlain(rule) ? [] : block(number, rule))),
  ]);
}

interface NumberedRule {
  readonly number: number;
  readonly rule: Rule;
}

/** From this number on, up to the next range. */
interface Range {
  readonly from: number;
  readonly lines: readonly Line[];
  readonly key: string;
}

function rulesByNumber(
  architecture: FilterArchitecture,
  needs: FilterNeeds,
): readonly NumberedRule[] {
  return [...filterRules(needs)]
    .map(([name, rule]) => ({ number: syscallNumber(name, architecture), rule }))
    .filter((entry): entry is NumberedRule => entry.number !== undefined)
    .sort((a, b) => a.number - b.number);
}

function isPlain({ checks }: Rule): boolean {
  return checks.length === 0;
}

function ranges(rules: readonly NumberedRule[]): readonly Range[] {
  const all: Range[] = [];
  const add = (from: number, key: string, line: Line): void => {
    if (all.at(-1)?.from === from) all.pop();
    if (all.at(-1)?.key !== key) all.push({ from, key, lines: [line] });
  };
  const refuse = (from: number): void => add(from, 'refuse', failWith(errno.perm));
  refuse(0);
  for (const { number, rule } of rules) {
    if (!isPlain(rule)) add(number, `rule ${number}`, { op: 'goto', to: `rule ${number}` });
    else if (rule.isNever) add(number, `errno ${rule.errno}`, failWith(rule.errno));
    else add(number, 'allow', { op: 'return', value: returns.allow });
    refuse(number + 1);
  }
  add(lastKnownCall + 1, 'unknown', failWith(errno.noCall));
  return all;
}

/** A binary search, so that a call costs nine comparisons and not two hundred. */
function search(all: readonly Range[]): readonly Line[] {
  const [first] = all;
  if (all.length <= 1) return first?.lines ?? [];
  const middle = Math.floor(all.length / 2);
  const value = all[middle]?.from ?? 0;
  const name = `from ${value}`;
  return [
    { op: 'if', test: 'at-least', value, no: `below ${value}` },
    // A conditional jump reaches 255 lines only.
    { op: 'goto', to: name },
    { op: 'label', name: `below ${value}` },
    ...search(all.slice(0, middle)),
    { op: 'label', name },
    ...search(all.slice(middle)),
  ];
}

function block(number: number, { checks, errno: code }: Rule): readonly Line[] {
  const refused = `refused ${number}`;
  return [
    { op: 'label', name: `rule ${number}` },
    ...checks.flatMap((check, index) =>
      comparison(check, { label: `${number}.${index}`, refused }),
    ),
    { op: 'return', value: returns.allow },
    { op: 'label', name: refused },
    failWith(code),
  ];
}

function comparison(
  { arg, mask, isOneOf, isNot, isWhole }: ArgumentCheck,
  { label, refused }: { readonly label: string; readonly refused: string },
): readonly Line[] {
  const offset = offsets.arguments + 8 * arg;
  const passed = `passed ${label}`;
  const upper: readonly Line[] = [
    { op: 'load', offset: offset + 4 },
    { op: 'if', test: 'equal', value: 0, no: refused },
  ];
  return [
    ...(isWhole ? upper : []),
    { op: 'load', offset },
    ...(mask === undefined ? [] : [{ op: 'and', mask } as const]),
    ...isOneOf.map(
      (value): Line => ({ op: 'if', test: 'equal', value, yes: isNot ? refused : passed }),
    ),
    ...(isNot ? [] : [{ op: 'goto', to: refused } as const]),
    { op: 'label', name: passed },
  ];
}

function failWith(code: number): Line {
  return { op: 'return', value: returns.errno | code };
}
