import { onlineLicenseTables } from '../online-license/tables.ts';
import { testCodeTables } from '../test-codes/tables.ts';
import { usageTables } from '../usage/tables.ts';

/** What comes in by the open APIs, as one migration. */
export const openApiTables = `${usageTables}${onlineLicenseTables}${testCodeTables}`;
