import { countText, secondsText } from './amounts.ts';
import { displayWidth, fitTo, padTo } from './display-width.ts';
import { type Lane, type LaneState, laneMs } from './lanes.ts';
import { type Look, lineOf } from './line.ts';
import type { Span, Tone } from './paragraph.ts';
import { safeLine } from './safe-text.ts';

/** The most cells that names take; longer ones are cut. */
const nameMaxCells = 24;
const amountCells = '9.9k tokens'.length;
/** Milliseconds for which one picture of the spinner stands. */
const spinnerStepMs = 80;

interface LanesLook extends Look {
  /** Milliseconds since the epoch, for what runs and for the spinner. */
  readonly nowMs: number;
}

interface Signs {
  readonly spinner: readonly string[];
  readonly states: Readonly<Record<Exclude<LaneState, 'asking'>, string>>;
}

const unicodeSigns: Signs = {
  spinner: ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'],
  states: {
    queued: '·',
    substituted: '·',
    retrying: '↻',
    answered: '✓',
    failed: '✗',
    'not-asked': '–',
  },
};

const asciiSigns: Signs = {
  spinner: ['-', '\\', '|', '/'],
  states: {
    queued: '.',
    substituted: '.',
    retrying: '~',
    answered: '+',
    failed: 'x',
    'not-asked': '-',
  },
};

const tones: Readonly<Record<LaneState, Tone | undefined>> = {
  queued: 'quiet',
  substituted: 'quiet',
  asking: 'name',
  retrying: 'warning',
  answered: 'good',
  failed: 'bad',
  'not-asked': 'quiet',
};

/** Draws one line for each lane, none wider than the terminal and none with a character that it would obey. */
export function renderLanes(lanes: readonly Lane[], look: LanesLook): readonly string[] {
  const names = lanes.map(({ runner }) => fitTo(safeLine(runner), nameMaxCells, '~'));
  const nameCells = Math.max(0, ...names.map(displayWidth));
  return lanes.map((lane, index) => {
    const shown = shownState(lane, look.nowMs);
    const name = padTo(names[index] ?? '', nameCells);
    return lineOf(spansOf({ ...lane, state: shown }, name, look), look);
  });
}

/** A lane that waited for its next request is asking once the wait is over. */
function shownState({ state, retryAtMs }: Lane, nowMs: number): LaneState {
  return state === 'retrying' && retryAtMs !== null && retryAtMs <= nowMs ? 'asking' : state;
}

function spansOf(lane: Lane, name: string, look: LanesLook): readonly Span[] {
  const { state } = lane;
  const tone = tones[state];
  const signs = look.unicode ? unicodeSigns : asciiSigns;
  const sign = state === 'asking' ? spinner(signs, look.nowMs) : signs.states[state];
  const notes = notesOf(lane, look.nowMs);
  return [
    { text: `${sign} `, tone },
    { text: `${name}  `, tone: tone === 'quiet' ? 'quiet' : 'strong' },
    { text: wordFor(lane).padEnd(10), tone: state === 'asking' ? undefined : tone },
    { text: timeOf(lane, look.nowMs).padStart(7), tone: 'quiet' },
    { text: amountText(lane, notes.length > 0), tone: 'quiet' },
    ...notes.map((note, index) => ({ ...note, text: `${index === 0 ? '  ' : ', '}${note.text}` })),
  ];
}

function spinner({ spinner: pictures }: Signs, nowMs: number): string {
  return pictures[Math.floor(nowMs / spinnerStepMs) % pictures.length] ?? '';
}

function wordFor({ state, characters, doing }: Lane): string {
  switch (state) {
    case 'queued':
    case 'substituted':
      return 'waiting';
    case 'asking':
      return characters > 0 ? 'writing' : (doing ?? 'asking');
    case 'not-asked':
      return 'not asked';
    case 'retrying':
    case 'answered':
    case 'failed':
      return state;
  }
}

function timeOf(lane: Lane, nowMs: number): string {
  const ms = laneMs(lane, nowMs);
  return lane.startedAtMs === null && ms === 0 ? '' : secondsText(ms);
}

function amountText({ state, characters, outputTokens }: Lane, noteFollows: boolean): string {
  // A failure has no amount, and its note is long.
  if (state === 'failed') return '';
  const written = characters > 0 ? `${countText(characters)} chars` : '';
  // Tokens are told now and then, and characters grow all the time.
  const isWriting = state === 'asking' && characters > 0;
  const amount = outputTokens === null || isWriting ? written : `${countText(outputTokens)} tokens`;
  return `  ${noteFollows ? amount.padEnd(amountCells) : amount}`;
}

function notesOf(lane: Lane, nowMs: number): readonly Span[] {
  const said = saidOf(lane, nowMs);
  const tone: Tone | undefined = lane.state === 'failed' ? 'bad' : undefined;
  const ended = lane.state === 'answered' || lane.state === 'failed';
  return [
    ...(lane.chosen ? [chosen] : []),
    ...(said === '' ? [] : [{ text: said, tone }]),
    ...(said === '' && lane.role === 'validator' ? [quiet('validates')] : []),
    ...(lane.insteadOf === null || ended ? [] : [quiet(`in place of ${lane.insteadOf}`)]),
  ];
}

function saidOf({ state, note, failedTries, retryAtMs }: Lane, nowMs: number): string {
  const next = `try ${failedTries + 1}`;
  if (state === 'asking') return failedTries > 0 ? next : '';
  if (state !== 'retrying') return note ?? '';
  return `${note ?? ''}, ${next} in ${secondsText((retryAtMs ?? nowMs) - nowMs)}`;
}

const chosen: Span = { text: 'chosen', tone: 'good' };

function quiet(text: string): Span {
  return { text, tone: 'quiet' };
}
