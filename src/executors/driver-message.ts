/** Bytes of the header that every message to a driver begins with. */
const headerSize = 64;

/** A message to a driver: what is told, and the numbers that the driver needs before it reads that. */
export interface DriverMessage {
  readonly told: unknown;
  /** Given to the program on stdin. */
  readonly stdin?: string;
  readonly numbers?: readonly number[];
}

/** The bytes of a message: a header with the sizes and the numbers, then JSON, then stdin. */
export function driverMessage({ told, stdin = '', numbers = [] }: DriverMessage): Buffer {
  const json = Buffer.from(JSON.stringify(told));
  const input = Buffer.from(stdin);
  const header = [json.length, input.length, ...numbers].map(Math.ceil).join(' ');
  if (header.length > headerSize) throw new TypeError(`the header is too long: ${header}`);
  return Buffer.concat([Buffer.from(header.padEnd(headerSize)), json, input]);
}
