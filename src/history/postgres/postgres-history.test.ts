import { describe, test } from 'vitest';
import { noPostgres, postgresDatabase } from '../../../test/services/postgres-database.ts';
import { describeHistory } from '../../testing/describe-history.ts';
import { postgresHistory } from './postgres-history.ts';

const because = noPostgres();

describe.skipIf(because)(`on a real server${because ? `, skipped: ${because}` : ''}`, () => {
  describeHistory(
    'postgresHistory()',
    async () => {
      const database = await postgresDatabase();
      return {
        open: (tools) => postgresHistory(database, tools, { time: 'tools' }),
        [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
      };
    },
    { describe, test },
  );
});
