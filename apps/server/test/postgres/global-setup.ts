import { newCluster } from '@koobridge/postgres-cluster';
import type { TestProject } from 'vitest/node';
import { openPostgres } from '../../src/ledger/postgres-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** `postgres://…` of the server on which the tests of this run have their databases, without a database. */
    readonly postgres: string;
  }
}

/** One PostgreSQL for the whole run, with a database of the newest schema that others are copied from. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await newCluster();
  try {
    const template = await openPostgres({ url: await newDatabaseOn(cluster.url), connections: 3 });
    await template.close();
  } catch (error) {
    await cluster.remove();
    throw error;
  }
  project.provide('postgres', cluster.url);
  return () => cluster.remove();
}

async function newDatabaseOn(url: string): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query('CREATE DATABASE template_ledger');
  await client.end();
  return `${url}/template_ledger`;
}
