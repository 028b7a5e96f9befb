/** One line of a program for the kernel's packet filter; a jump without a label goes on with the next line. */
export type Line =
  | { readonly op: 'label'; readonly name: string }
  | { readonly op: 'load'; readonly offset: number }
  | { readonly op: 'and'; readonly mask: number }
  | { readonly op: 'goto'; readonly to: string }
  | {
      readonly op: 'if';
      readonly test: 'equal' | 'at-least';
      readonly value: number;
      readonly yes?: string;
      readonly no?: string;
    }
  | { readonly op: 'return'; readonly value: number };

type Instruction = Exclude<Line, { readonly op: 'label' }>;

/** Operation codes of classic BPF, from the kernel's `linux/bpf_common.h`. */
const codes = {
  load: 0x20,
  and: 0x54,
  goto: 0x05,
  equal: 0x15,
  atLeast: 0x35,
  return: 0x06,
} as const;
/** Instructions that a conditional jump can skip. */
const jumpMax = 255;
/** Instructions that the kernel takes. */
const linesMax = 4096;

/**
 * Assembles a program into an array of `struct sock_filter`, in little-endian order. Throws a RangeError for
 * a program that the kernel would refuse: a label that is missing or behind, or too long a way to it.
 */
export function assemble(lines: readonly Line[]): Buffer {
  const program: Instruction[] = [];
  const places = new Map<string, number>();
  for (const line of lines) {
    if (line.op === 'label') places.set(line.name, program.length);
    else program.push(line);
  }
  if (program.length > linesMax) throw new RangeError(`Cannot assemble ${program.length} lines`);
  const steps = (label: string | undefined, from: number): number => {
    const place = label === undefined ? from + 1 : places.get(label);
    if (place === undefined || place <= from) throw new RangeError(`Cannot jump to "${label}"`);
    return place - from - 1;
  };
  return Buffer.concat(program.map((line, place) => encode(line, (label) => steps(label, place))));
}

function encode(line: Instruction, steps: (label: string | undefined) => number): Buffer {
  switch (line.op) {
    case 'load':
      return instruction(codes.load, line.offset);
    case 'and':
      return instruction(codes.and, line.mask);
    case 'goto':
      return instruction(codes.goto, steps(line.to));
    case 'return':
      return instruction(codes.return, line.value);
    case 'if': {
      const code = line.test === 'equal' ? codes.equal : codes.atLeast;
      return instruction(code, line.value, [steps(line.yes), steps(line.no)]);
    }
  }
}

function instruction(
  code: number,
  value: number,
  [yes, no]: readonly [number, number] = [0, 0],
): Buffer {
  if (yes > jumpMax || no > jumpMax) throw new RangeError('Cannot jump over more than 255 lines');
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(yes, 2);
  bytes.writeUInt8(no, 3);
  bytes.writeUInt32LE(value, 4);
  return bytes;
}
