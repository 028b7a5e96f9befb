import type { Evidence, EvidenceSplit } from '../domain/evidence.ts';
import type { OrchestratorResult, ResultVerification } from '../domain/result.ts';
import { listText } from './amounts.ts';
import { displayWidth, fitTo } from './display-width.ts';
import type { Entry } from './labelled.ts';
import type { Look } from './line.ts';
import type { Paragraph, Tone } from './paragraph.ts';
import { safeLine } from './safe-text.ts';
import { seatNames } from './seat-names.ts';

/** Cells that the column of labels takes at most. */
const labelCells = 14;
/** The fewest cells to which a call or a result is cut. */
const partMinCells = 10;

/** Says whether the answer was verified, and what would let it be; nothing of an answer without code. */
export function verifiedEntry({ files, verification }: OrchestratorResult, look: Look): Entry {
  const { status, because, remedy } = verification;
  if (files.length === 0) return { label: 'Verified', paragraphs: [] };
  const { lead, tone, sign } = standings[status];
  const advice = remedy === null ? '' : `. ${remedy}`;
  const before = look.unicode ? sign : signsInAscii[sign];
  const text = `${lead}: ${lower(because)}${advice}`;
  return { label: 'Verified', paragraphs: [{ lead: { text: before, tone }, text, tone }] };
}

type Sign = '✓' | '~' | '✗' | '▲';

const signsInAscii: Readonly<Record<Sign, string>> = { '✓': '+', '~': '~', '✗': 'x', '▲': '!' };

const standings: Readonly<
  Record<
    ResultVerification['status'],
    { readonly lead: string; readonly tone: Tone | undefined; readonly sign: Sign }
  >
> = {
  verified: { lead: 'verified', tone: 'good', sign: '✓' },
  partly: { lead: 'partly verified', tone: undefined, sign: '~' },
  'self-reported': { lead: 'self-reported', tone: 'warning', sign: '~' },
  contradicted: { lead: 'contradicted', tone: 'bad', sign: '✗' },
  unverified: { lead: 'unverified', tone: 'warning', sign: '▲' },
};

/** Says who behaves alike, where the two leading behaviours part, what a judge and a merge brought, and the wall. */
export function evidenceEntries(evidence: Evidence, look: Look): readonly Entry[] {
  const { sandbox, separating, merge } = evidence;
  const facts = `${sandbox.level}: ${sandbox.mechanism}`;
  const isOpen = sandbox.level === 'none';
  return [
    { label: 'Behaviour', paragraphs: behaviours(evidence) },
    { label: 'They part', paragraphs: separating ? parting(separating, evidence, look) : [] },
    {
      label: 'Merged',
      paragraphs: merge
        ? [
            {
              lead: { text: `${merge.taken ? 'taken' : 'dropped'}:` },
              text: `${merge.because} (${merge.by})`,
            },
          ]
        : [],
    },
    {
      label: 'Sandbox',
      paragraphs: isOpen
        ? [{ text: 'none: the answers ran with all that you may do', tone: 'warning' }]
        : [{ text: facts, tone: 'quiet' }],
    },
  ];
}

function behaviours(evidence: Evidence): readonly Paragraph[] {
  const nameOf = seatNames(evidence.matrix);
  const groups = evidence.behaviours.map(({ seats }) => seats.map(nameOf));
  const apart = evidence.matrix.filter(({ status }) => status === 'not-run');
  const notRun = apart.map(({ seat, because }) => ({
    text: `${nameOf(seat)} was not run: ${because}`,
    tone: 'quiet' as const,
  }));
  return [{ text: `${grouped(groups)}` }, ...notRun];
}

function grouped(groups: readonly (readonly string[])[]): string {
  const [first = []] = groups;
  const alone = groups.filter(({ length }) => length === 1).flat();
  const alike = groups.filter(({ length }) => length > 1).map(listText);
  if (groups.length < 2) {
    return alike.length === 0
      ? `${first} ran alone`
      : `${alike} behave alike on all that was tried`;
  }
  if (alike.length === 0) return `${listText(alone)} behave differently`;
  const apart = alone.length === 0 ? [] : [`${listText(alone)} ${differ(alone)}`];
  return [...alike.map((names) => `${names} behave alike`), ...apart].join('; ');
}

function differ({ length }: readonly string[]): string {
  return length === 1 ? 'differs' : 'differ';
}

/** The input with both results on one line, however long they are; below it what a judge said. */
function parting(
  { input, sides, judgement }: EvidenceSplit,
  { matrix }: Evidence,
  look: Look,
): readonly Paragraph[] {
  const nameOf = seatNames(matrix);
  const [one, other] = sides;
  const texts = [input, one.outcome, other.outcome];
  const named = sides.map(({ seats }) => ` (${seats.map(nameOf).join(', ')})`);
  const room = look.width - labelCells;
  // Where there is no room for names, the columns below tell who gives which.
  const line =
    joined(texts, named, { room, look, isWhole: true }) ??
    joined(texts, ['', ''], { room, look, isWhole: false }) ??
    '';
  const said = judged(judgement);
  return [{ text: line, tone: 'strong' }, ...(said === '' ? [] : [{ text: said }])];
}

interface Fitting {
  readonly room: number;
  readonly look: Look;
  /** Whether nothing may be cut. */
  readonly isWhole: boolean;
}

/** The line; undefined where it may not be cut and has no room. */
function joined(
  texts: readonly string[],
  [one = '', other = '']: readonly string[],
  { room, look, isWhole }: Fitting,
): string | undefined {
  const joints = [' gives ', `${one}, or `, other];
  const left = room - displayWidth(joints.join(''));
  const parts = shrunk(texts, left, look);
  if (isWhole && parts.some((part, index) => part !== safeLine(texts[index] ?? ''))) return;
  return parts.map((part, index) => `${part}${joints[index]}`).join('');
}

/** Cuts the longest of the texts until they fit together. */
function shrunk(texts: readonly string[], room: number, look: Look): readonly string[] {
  const mark = look.unicode ? '…' : '~';
  const safe = texts.map(safeLine);
  const widths = safe.map(displayWidth);
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0 && Math.max(...widths) > partMinCells) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 0) - 1;
    over -= 1;
  }
  return safe.map((text, index) => fitTo(text, widths[index] ?? 0, mark));
}

function judged({ by, status, why }: EvidenceSplit['judgement']): string {
  switch (status) {
    case 'decided':
      return `${by} judged, not knowing who wrote what${why === '' ? '' : `: ${why}`}`;
    case 'flipped':
      return `${by} judged, and named the other result when their order was turned round`;
    case 'open':
      return `${by} judged that the task does not tell them apart${why === '' ? '' : `: ${why}`}`;
    case 'none':
      return '';
  }
}

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
