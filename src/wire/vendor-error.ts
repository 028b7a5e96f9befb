import { fields, list, text } from './json.ts';

/** An error in a vendor's words. */
export interface VendorError {
  readonly message: string;
  /** Codes, types and statuses as the vendor names them: `insufficient_quota`, `UNAVAILABLE`. */
  readonly names: readonly string[];
  /** The HTTP status, where the error itself says one. */
  readonly status?: number | undefined;
  /** Google's list of what goes with the error. */
  readonly details?: readonly unknown[];
}

/**
 * Reads the error in a JSON value: nested as OpenAI, Anthropic and Google have it, flat as xAI has it, a
 * bare text, or any of these in a list. Undefined when there is none.
 */
export function vendorError(value: unknown): VendorError | undefined {
  const body = fields<'code' | 'detail' | 'error' | 'message' | 'type'>(
    Array.isArray(value) ? value[0] : value,
  );
  const { error } = body;
  if (typeof error === 'object' && error !== null) return nested(error);
  const flat = text(error) ?? text(body.message) ?? text(body.detail);
  if (flat === undefined || !(text(error) || body.type === 'error' || isErrorBody(body)))
    return undefined;
  return { message: flat, names: namesOf([body.code, body.type]), status: statusOf(body.code) };
}

function nested(error: object): VendorError {
  const { code, details, message, status, type } = fields<
    'code' | 'details' | 'message' | 'status' | 'type'
  >(error);
  const names = namesOf([code, type, status]);
  return {
    message: text(message) ?? names[0] ?? 'an error without a message',
    names,
    status: statusOf(code) ?? statusOf(status),
    details: list(details),
  };
}

/** Some servers send `{"message": ...}` or FastAPI's `{"detail": ...}` and nothing of an answer. */
function isErrorBody(body: object): boolean {
  return Object.keys(body).every((name) =>
    ['code', 'detail', 'message', 'object', 'param', 'status', 'type'].includes(name),
  );
}

function namesOf(values: readonly unknown[]): readonly string[] {
  return values.filter((value): value is string => typeof value === 'string' && value !== '');
}

function statusOf(code: unknown): number | undefined {
  const status = Number(code);
  return status >= 400 && status < 600 ? status : undefined;
}
