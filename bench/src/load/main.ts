import { closed } from './closed.ts';
import { type Load, requestsOf } from './load.ts';
import { paced } from './paced.ts';

/** A process of its own that loads a server as its one argument, a `Load` in JSON, says, and prints what it measured. */
const load = JSON.parse(process.argv[2] ?? '') as Load; // of this package's own load-process.ts
const request = requestsOf(load.url, load.asks);
const result = load.rate === undefined ? await closed(load, request) : await paced(load, load.rate, request);
console.log(JSON.stringify(result));
