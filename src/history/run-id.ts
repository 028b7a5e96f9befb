import { randomBytes } from 'node:crypto';

/** Digits and letters without those that are taken for others. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';

const length = 10;

/** Makes the id of a run: ten letters, of which the first few are enough to name it. */
export function runId(): string {
  return Array.from(randomBytes(length), (byte) => letters[byte % letters.length]).join('');
}
