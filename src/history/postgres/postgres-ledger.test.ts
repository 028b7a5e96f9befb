import { describe, test } from 'vitest';
import { noPostgres } from '../../../test/services/postgres-database.ts';
import { postgresStores } from '../../../test/services/postgres-stores.ts';
import { describeLedger } from '../../testing/describe-ledger.ts';

const because = noPostgres();

describe.skipIf(because)(`on a real server${because ? `, skipped: ${because}` : ''}`, () => {
  describeLedger('postgresLedger()', () => postgresStores(({ ledger }) => ledger), {
    describe,
    test,
  });
});
