/** A part of a text under a label such as `Input:` or `Sample Output 2`. */
export interface Section {
  readonly label: 'input' | 'output' | 'other';
  /** Whether the label, or a heading before it, says that an example follows. */
  readonly isSample: boolean;
  /** The lines under the label, the rest of its own line first. */
  readonly lines: readonly string[];
  readonly at: number;
}

const label =
  /^[\s>*#\-_`=]*((?:sample|example|test)\s+)?(?:(std)?(input|output)s?)(?:\s{0,3}(?:#|no\.?)?\s{0,3}\d+)?[*_`\-=\s]*(?:(:)[*_`\s]*(.*))?$/i;
const heading =
  /^[\s>*#\-_`=]*(?:(examples?|samples?)(?:\s+tests?)?(?:\s*#?\d+)?|explanations?|notes?|constraints?|hints?|scoring|(?:input|output)\s+format|format|problem(?:\s+statement)?|follow.?up)[*_`\-=\s]*(?::[*_\s]*(.*))?$/i;

/** A section whose lines are still being read. */
interface OpenSection extends Section {
  readonly lines: string[];
}

/** Lines and headings longer than this are neither. */
const labelMaxLength = 4000;
const headingMaxLength = 200;

/** Splits a text at the labels that introduce inputs and outputs. */
export function labelledSections(text: string): readonly Section[] {
  const sections: OpenSection[] = [];
  let isSample = false;
  let at = 0;
  for (const line of text.split('\n')) {
    const title = line.length < headingMaxLength ? heading.exec(line) : null;
    if (title !== null) isSample = title[1] !== undefined;
    const section = title === null ? labelled(line, isSample) : other(isSample);
    if (section === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ ...section, at });
    at += line.length + 1;
  }
  return sections;
}

function other(isSample: boolean): Omit<OpenSection, 'at'> {
  return { label: 'other', isSample, lines: [] };
}

function labelled(line: string, isSample: boolean): Omit<OpenSection, 'at'> | undefined {
  const found = line.length < labelMaxLength ? label.exec(line) : null;
  if (found === null) return undefined;
  const [, sample, , kind, , rest = ''] = found;
  const isInput = kind?.toLowerCase() === 'input';
  return {
    label: isInput ? 'input' : 'output',
    isSample: isSample || sample !== undefined,
    lines: [rest],
  };
}

/** Pairs each input with the output right after it. */
export function inputOutputPairs(
  sections: readonly Section[],
): readonly { readonly input: Section; readonly output: Section }[] {
  return sections.flatMap((input, index) => {
    const output = sections[index + 1];
    const isPair = input.label === 'input' && output?.label === 'output';
    return isPair ? [{ input, output }] : [];
  });
}
