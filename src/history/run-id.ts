import { createHash, randomBytes } from 'node:crypto';

/** Digits and letters without those that are taken for others. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

const length = 10;

/** Makes the id of a run: ten letters, of which the first few are enough to name it. */
export function runId(): string {
  return lettersOf(randomBytes(length));
}

/** Letters of an id that is made of what the run is, so that the same one gets the same id: too many to be met twice. */
const madeLength = 20;

/** Makes the id of the run that these words name. */
export function runIdOf(words: readonly (string | number)[]): string {
  const digest = createHash('sha256').update(JSON.stringify(words)).digest();
  return lettersOf(digest.subarray(0, madeLength));
}

function lettersOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join('');
}
