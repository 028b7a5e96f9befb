/** Reads the lines of a text that are JSON; what is none is left out. */
export function jsonLines(text: string): readonly unknown[] {
  return text.split('\n').flatMap((line) => {
    const value = jsonOf(line);
    return value === undefined ? [] : [value];
  });
}

/** Reads a text as JSON; undefined when it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
