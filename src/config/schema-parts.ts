import * as z from 'zod';
import { hasPassword, isPostgresUrl } from '../lib/postgres-url.ts';
import { closestName } from './closest-name.ts';
import { isAddress, wantedAddress } from './history-place.ts';
import { configLimits } from './limits.ts';

// The message of every rule below is what is wanted, and `flawOf` puts path and finding before it.

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

/** The name of a thing of the configuration, which a command line can hold. */
export function plainName(noun: string): z.ZodString {
  const wanted = `a ${noun} name of letters, digits, "-", "_" and "."`;
  return z.string(wanted).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, wanted);
}

/** The name of an HTTP header. */
export function headerName(): z.ZodString {
  const wanted = 'the name of an HTTP header';
  return z.string(wanted).regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, wanted);
}

/** What an HTTP header can hold. */
export function headerValue(): z.ZodString {
  const wanted = 'a string without line breaks';
  return z.string(wanted).regex(/^[^\r\n\0]*$/, wanted);
}

/** A text that is not empty. */
export function text(wanted = 'a non-empty string'): z.ZodString {
  return z.string(wanted).min(1, wanted);
}

/** A list of at least one name. */
export function names(wanted: string): z.ZodArray<z.ZodString> {
  return z.array(text(), wanted).min(1, wanted);
}

/** Seconds that a timer can wait. */
export function seconds(): z.ZodNumber {
  const { minSeconds, maxSeconds } = configLimits;
  const wanted = `seconds from ${minSeconds} to ${maxSeconds}`;
  return z.number(wanted).min(minSeconds, wanted).max(maxSeconds, wanted);
}

/** What is wanted of a whole number. */
export function wholeNumber(min: number, max: number): string {
  return `a whole number from ${min} to ${max}`;
}

/** A whole number. */
export function count(min: number, max: number, wanted: string = wholeNumber(min, max)): z.ZodInt {
  return z.int(wanted).min(min, wanted).max(max, wanted);
}

/** How often a request is sent again. */
export function retries(): z.ZodInt {
  return count(0, configLimits.maxRetries);
}

/** One of several words. */
export function oneOf<const Values extends readonly string[]>(
  values: Values,
): z.ZodEnum<z.core.util.ToEnum<Values[number]>> {
  return z.enum(values, `one of ${values.join(', ')}`);
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

/** The name of a variable of the environment. */
export function variableName(): z.ZodString {
  const wanted = 'the name of an environment variable';
  return z.string(wanted).regex(/^[A-Za-z_][A-Za-z0-9_]*$/, wanted);
}
