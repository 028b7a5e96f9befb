import { OrchestratorError } from '../domain/mistake.ts';

/** A misuse that lies in known fields of a request. */
export class FieldMistake extends OrchestratorError {
  /** The names of the fields. */
  readonly fields: readonly string[];

  constructor({ code, message, hint, cause }: OrchestratorError, fields: readonly string[]) {
    super(code, message, { hint, cause });
    this.fields = fields;
  }
}

/** Makes what throws a misuse on, with the fields in which it lies; other errors are thrown as they are. */
export function inFields(...fields: readonly string[]): (error: unknown) => never {
  return (error) => {
    if (error instanceof OrchestratorError && fields.length > 0)
      throw new FieldMistake(error, fields);
    throw error;
  };
}
