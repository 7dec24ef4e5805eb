import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { documentFile, interfacesDocument } from './interfaces/document.ts';
import { languages } from './interfaces/words.ts';
import { root } from './processes.ts';

const usage = `Usage: npx -y pnpm@12 interfaces [--check]

Writes the table of all interfaces, docs/interfaces.md and docs/zh-CN/interfaces.md, from the contracts.
--check writes nothing and ends with 1 if one of them is not as it would be written.`;

const options = readOptions();
if (options.help) {
  console.log(usage);
  process.exit(0);
}

/** The options of the command line. Wrong ones end the process with 2, after a sentence and the usage. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

for (const language of languages) {
  const file = documentFile[language];
  const path = join(root, file);
  const wanted = interfacesDocument(language);
  const isCurrent = written(path) === wanted;
  if (options.check && !isCurrent) {
    console.error(`${file} is out of date: run npx -y pnpm@12 interfaces`);
    process.exitCode = 1;
  } else if (!isCurrent) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
  }
  if (isCurrent || !options.check) console.log(`${file} is up to date`);
}

/** What stands in the file; undefined where there is none that can be read. */
function written(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
