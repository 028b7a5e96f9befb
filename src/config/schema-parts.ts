import * as z from 'zod';
import { hasPassword, isPostgresUrl } from '../lib/postgres-url.ts';
import { closestName } from './closest-name.ts';
import { isAddress, wantedAddress } from './history-place.ts';
import { configLimits } from './limits.ts';

/** An object that knows all of its keys, and which one was meant by another. */
export function object<const Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? unknownKey(issue, known) : 'an object'),
  });
}

/** What a flaw says of a key that nothing knows. */
function unknownKey(issue: z.core.$ZodRawIssue, known: readonly string[]): string {
  const { keys } = issue;
  const meant = closestName(String(Array.isArray(keys) ? keys[0] : ''), known);
  if (meant !== undefined) return `is no known key, did you mean ${meant}`;
  const untyped = known.includes('type') && !Object.hasOwn(Object(issue.input), 'type');
  const of = untyped ? ' of a runner without type' : '';
  return `is no known key${of}, wanted one of ${known.join(', ')}`;
}

/** A name that is also safe in a path and on a command line. */
export function plainName(noun: string): z.ZodString {
  const wanted = `a ${noun} name of letters, digits, "-", "_" and "."`;
  return z.string(wanted).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, wanted);
}

/** The name of an HTTP header. */
export function headerName(): z.ZodString {
  const wanted = 'the name of an HTTP header';
  return z.string(wanted).regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, wanted);
}

/** The value of an HTTP header. */
export function headerValue(): z.ZodString {
  const wanted = 'a string without line breaks';
  return z.string(wanted).regex(/^[^\r\n\0]*$/, wanted);
}

/** The address of a database, for a file: these are shared and kept, so that no password may be in one. */
export function databaseUrl(): z.ZodString {
  const wanted = `${wantedAddress}, and no password in it`;
  return z.string(wanted).refine((said) => isAddress(said) && !hasPassword(said), wanted);
}

/** A path, or such an address. */
export function historyText(): z.ZodString {
  const wanted = `a path, or ${wantedAddress} with no password in it`;
  return z
    .string(wanted)
    .min(1, wanted)
    .refine((said) => !isPostgresUrl(said) || (isAddress(said) && !hasPassword(said)), wanted);
}

/** An address of HTTP. */
export const url = (): z.ZodURL =>
  z.url({ protocol: /^https?$/, error: 'a URL string that starts with http:// or https://' });

/** A duration. */
export const seconds = (): z.ZodNumber => {
  const { minSeconds, maxSeconds } = configLimits;
  const wanted = `seconds from ${minSeconds} to ${maxSeconds}`;
  return z.number(wanted).min(minSeconds, wanted).max(maxSeconds, wanted);
};

/** What a million tokens cost. */
export const price = (): z.ZodNumber => {
  const wanted = 'US dollars for a million tokens';
  return z.number(wanted).min(0, wanted);
};
