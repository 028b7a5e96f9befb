import type { Candidate } from '../domain/candidate.ts';
import type { ReviewReason } from '../domain/validation.ts';
import { wordsToJudges } from '../domain/words-to-judges.ts';
import type { Evidence } from './validate.ts';

/** The most characters of a find that are shown. */
const witnessMaxLength = 120;

/** Names the answers that address their judges, in words or in results; the witness is what the first of them says. */
export function injectionSuspected(evidence: Evidence): readonly ReviewReason[] {
  const { candidates, task } = evidence;
  const found = candidates.flatMap((candidate) => {
    const text = [textOf(candidate), ...resultsOf(candidate, evidence)].join('\n');
    const said = wordsToJudges(text, task.text);
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

/** What a judge was shown, or would have been. */
function resultsOf({ seat }: Candidate, { settlement }: Evidence): readonly string[] {
  const sides = settlement?.sides.filter(({ seats }) => seats.includes(seat)) ?? [];
  return sides.map(({ outcome }) => outcome);
}
