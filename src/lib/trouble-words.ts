/** What the name of an event or a field has in it that tells of no good end. */
const words =
  /abort|blocked|broke(?!r)|cancel(?!l?able)|crash|denied|error|exceed|exhaust|expired|fail|fatal|incomplete|interrupt|invalid(?!at)|(?<!s)kill|overload|panic|refus|reject|stopped|terminat|timed_?out|truncat|unauthor/i;

/** Whether a name tells of trouble. */
export function isTroubleName(name: unknown): name is string {
  return typeof name === 'string' && words.test(name);
}

/** The name of the first field of an object that tells of trouble and is set; undefined for none. */
export function troubleField(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const set = (name: string): unknown => (value as Readonly<Record<string, unknown>>)[name];
  return Object.keys(value).find((name) => isTroubleName(name) && isSet(set(name)));
}

function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Object.keys(value).length > 0
    : Boolean(value);
}
