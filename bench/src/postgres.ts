import { type Cluster, newCluster } from '@koobridge/postgres-cluster';
import pg from 'pg';

let cluster: Cluster | undefined;

/**
 * Starts PostgreSQL with an empty database in it; what was in it before is gone. It stands still between two starts, so
 * that its housekeeping falls into nobody else's round. As it comes, with fsync and synchronous_commit on.
 */
export async function startPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  if (cluster === undefined) cluster = await newCluster();
  else await cluster.start();
  const { url, stop } = cluster;
  const client = new pg.Client({ connectionString: `${url}/postgres` });
  await client.connect();
  await client.query('DROP DATABASE IF EXISTS bench');
  await client.query('CREATE DATABASE bench');
  await client.query('CHECKPOINT');
  await client.end();
  return { url: `${url}/bench`, stop };
}

/** Deletes it, after its last stop. */
export async function removePostgres(): Promise<void> {
  await cluster?.remove();
}
