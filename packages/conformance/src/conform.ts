import { writeFileSync } from 'node:fs';
import { type Reports, type RunCommand, readArguments } from './arguments.ts';
import { clause } from './clauses.ts';
import { help } from './help.ts';
import { consoleReport } from './report/console.ts';
import { htmlReport } from './report/html.ts';
import { jsonReport } from './report/json.ts';
import { junitReport } from './report/junit.ts';
import { shellWord } from './report/reproduce.ts';
import { runSuite, type SuiteOptions, type SuiteReport, selectCases } from './run/suite.ts';
import type { Language } from './text.ts';
import { version } from './version.ts';

/** Where a command reads and writes. */
export interface ConformIo {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  /** What the command is called; `koobridge-conform` unless given. */
  readonly program?: string;
}

/**
 * The console command: reads the arguments behind its name, runs, writes the reports, and resolves to the exit code
 * (0 conforms, 1 a required case failed, 2 bad usage or nothing selected, 3 cannot be reached or set up, 4 crashed).
 */
export async function conform(argv: readonly string[], io: ConformIo): Promise<number> {
  const command = readArguments(argv, io.env);
  switch (command.kind) {
    case 'help':
      io.stdout.write(help);
      return 0;
    case 'version':
      io.stdout.write(`${version}\n`);
      return 0;
    case 'bad-usage':
      io.stderr.write(`conform: ${command.problem}\n"conform --help" explains the command.\n`);
      return 2;
    case 'list':
      return list(command.options, command.language, io);
    case 'run':
      return run(command, io);
  }
}

function list(options: SuiteOptions, language: Language, io: ConformIo): number {
  const cases = selectCases(options);
  for (const each of cases) {
    io.stdout.write(`${each.id}  ${each.level}  ${clause(each.clause).id}  ${each.requirement[language]}\n`);
  }
  io.stderr.write(`${cases.length} cases\n`);
  return cases.length === 0 ? 2 : 0;
}

async function run({ options, language, reports, repeat }: RunCommand, io: ConformIo): Promise<number> {
  if (selectCases(options).length === 0) {
    io.stderr.write('conform: nothing is selected: no usual profile has a key; choose with --profile\n');
    return 2;
  }
  const report = await runSuite({ ...options, onResult: progress(io) });
  if (io.stderr.isTTY === true) io.stderr.write('\r\u001b[K');
  const command = [io.program ?? 'koobridge-conform', ...repeat.map(shellWord)].join(' ');
  io.stdout.write(consoleReport(report, language, command));
  return writeReports(report, language, reports, io) ? report.exitCode : 2;
}

/** Tells how far the run is: one line that changes in a terminal, one in a hundred elsewhere. */
const progress =
  (io: ConformIo): NonNullable<SuiteOptions['onResult']> =>
  (result, done, total) => {
    if (io.stderr.isTTY === true) io.stderr.write(`\r\u001b[K${done}/${total} ${result.case.id}`);
    else if (done % 100 === 0 || done === total) io.stderr.write(`${done}/${total}\n`);
  };

function writeReports(report: SuiteReport, language: Language, reports: Reports, io: ConformIo): boolean {
  const files: readonly [string | undefined, (report: SuiteReport, language: Language) => string][] = [
    [reports.junit, junitReport],
    [reports.json, jsonReport],
    [reports.html, htmlReport],
  ];
  for (const [file, write] of files) {
    if (file === undefined) continue;
    try {
      writeFileSync(file, write(report, language));
    } catch (error) {
      io.stderr.write(
        `conform: ${file} cannot be written: ${error instanceof Error ? error.message : String(error)}\n`,
      );
      return false;
    }
  }
  return true;
}
