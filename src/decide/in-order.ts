const collator = new Intl.Collator('en', { numeric: true });

/** The order of two names, for sorting: `primary-2` before `primary-10`. */
export function inOrder(a: string, b: string): number {
  return collator.compare(a, b);
}
