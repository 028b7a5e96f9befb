// Writes the JSON Schemas that the package publishes.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { configSchema } from '../src/config/schema.ts';
import { resultSchema } from '../src/report/result-schema.ts';

interface SchemaFile {
  /** Its name in schema/. */
  readonly file: string;
  readonly schema: z.ZodType;
}

/** Every published schema. */
export const schemaFiles: readonly SchemaFile[] = [
  { file: 'config.schema.json', schema: configSchema },
  { file: 'result.schema.json', schema: resultSchema },
];

/** The path of a published schema. */
export function pathOfSchema({ file }: SchemaFile): string {
  return fileURLToPath(new URL(`../schema/${file}`, import.meta.url));
}

/** The text of a published schema, in JSON Schema draft 2020-12. */
export function textOfSchema({ schema }: SchemaFile): string {
  return `${JSON.stringify(z.toJSONSchema(schema, { target: 'draft-2020-12' }), null, 2)}\n`;
}

if (import.meta.main)
  for (const each of schemaFiles) writeFileSync(pathOfSchema(each), textOfSchema(each));
