import type { Candidate } from '../domain/candidate.ts';
import type { ReviewReason } from '../domain/validation.ts';
import type { Evidence } from './validate.ts';

/** Words with which an answer speaks to whoever judges it; in an honest answer they have no place. */
const addresses: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|other)\b[^.\n]{0,30}\b(?:instructions?|prompts?|rules|candidates?|answers|solutions)\b/i,
  /\b(?:dear|note to|attention|hello|message to|to)(?: the| all| any)? (?:llm |ai |code )?(?:judges?|reviewers?|validators?|graders?|evaluators?)\b/i,
  /\b(?:as|you are) (?:an?|the) (?:impartial |expert |ai |llm |code )?(?:judge|reviewer|validator|grader|evaluator)\b/i,
  /\b(?:judges?|reviewers?|validators?|graders?|evaluators?)\b[^.\n]{0,20}\b(?:must|should|please|shall)\b[^.\n]{0,30}\b(?:accept|approve|choose|select|pick|prefer|rate|rank|pass)\b/i,
  /\b(?:please |always |you must )(?:accept|approve|choose|select|pick|prefer|rate|rank)(?: only)? this (?:answer|solution|code|implementation|candidate|submission|one)\b/i,
  /["']?verdict["']?\s*[:=]\s*["']accept["']/i,
  /\bthis (?:answer|solution|code|implementation) (?:was|has been|is) (?:already )?(?:verified|approved|reviewed|accepted|certified) by\b/i,
];

/** The most characters of an answer that are looked at, and of a find that are shown. */
const textMaxLength = 200_000;
const witnessMaxLength = 120;

/** Names the answers that address their judges; the witness is what the first of them says. */
export function injectionSuspected({ candidates }: Evidence): readonly ReviewReason[] {
  const found = candidates.flatMap((candidate) => {
    const text = textOf(candidate).slice(0, textMaxLength);
    const said = addresses.map((pattern) => pattern.exec(text)?.[0]).find((match) => match);
    return said === undefined ? [] : [{ seat: candidate.seat, said }];
  });
  const [first] = found;
  if (!first) return [];
  const witness = first.said.replaceAll(/\s+/g, ' ').slice(0, witnessMaxLength);
  return [
    {
      code: 'injection_suspected',
      message: `An answer addresses those who judge it: "${witness}"`,
      seats: found.map(({ seat }) => seat),
      witness,
    },
  ];
}

function textOf(candidate: Candidate): string {
  if (candidate.status === 'none') return '';
  const files = candidate.status === 'code' ? candidate.files.map(({ text }) => text) : [];
  return [candidate.prose, ...files].join('\n');
}
