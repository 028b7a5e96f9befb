import * as z from 'zod';

/** A name that needs no quotes in a shell; the noun says of what. */
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
