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

/** Splits a text at the labels that introduce inputs and outputs. */
export function labelledSections(text: string): readonly Section[] {
  const sections: {
    -readonly [K in keyof Section]: Section[K] extends readonly string[] ? string[] : Section[K];
  }[] = [];
  let isSample = false;
  let at = 0;
  for (const line of text.split('\n')) {
    const short = line.length < 4000 ? line : '';
    const found = label.exec(short);
    const other = found === null && short.length < 200 ? heading.exec(short) : null;
    if (other !== null) isSample = other[1] !== undefined;
    if (found !== null) {
      const kind = found[3]?.toLowerCase() === 'input' ? 'input' : 'output';
      const isNamed = found[1] !== undefined;
      const rest = found[5] ?? '';
      sections.push({ label: kind, isSample: isSample || isNamed, lines: [rest], at });
    } else if (other !== null) sections.push({ label: 'other', isSample, lines: [], at });
    else sections.at(-1)?.lines.push(line);
    at += line.length + 1;
  }
  return sections;
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
