/** A package as its users get it: packed by pnpm and installed into an empty project outside of the workspace. */

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const compiler = join(dirname(fileURLToPath(import.meta.resolve('typescript/package.json'))), 'bin', 'tsc');
const attw = join(
  dirname(fileURLToPath(import.meta.resolve('@arethetypeswrong/cli/package.json'))),
  'dist',
  'index.js',
);

// The pnpm that runs the tests, which needs no network; npx may.
const running = process.env['npm_execpath'] ?? '';
const isPnpm = /(^|[/\\])pnpm(\.exe)?$/.test(running);
const pack = (tarball: string, cwd: string) =>
  run(isPnpm ? running : 'npx', [...(isPnpm ? [] : ['-y', 'pnpm@12']), 'pack', '--out', tarball], { cwd });

export interface PackedPackage {
  /** What the tarball holds, sorted. */
  readonly files: readonly string[];
  /** Reads one of them. */
  read(file: string): Promise<string>;
  /** Runs an ES module in the project; what it printed. Rejects when it fails, with what it printed as `stdout` and `stderr`. */
  run(program: string): Promise<string>;
  /** What the strict compiler says of a module in the project and of the package's declarations: nothing when all is well. */
  typeCheck(program: string, lib: readonly string[]): Promise<string>;
  /** What publint and are-the-types-wrong find in the tarball: nothing when all is well. */
  lint(): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs the package in `packageDir`, which must be built, and installs it into a new project in the system's temporary
 * directory. `installed` names the packages that the project has besides; they are those of `packageDir`, so that
 * nothing is downloaded. Rejects when the package is not built.
 */
export async function packAndExtract(packageDir: string, installed: readonly string[]): Promise<PackedPackage> {
  if (!existsSync(join(packageDir, 'dist'))) throw new Error(`${packageDir} has no dist: build it first`);
  const project = await mkdtemp(join(await realpath(tmpdir()), 'koobridge-packed-'));
  const { name }: { name: string } = JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8'));
  const home = join(project, 'node_modules', name);

  const tarball = join(project, 'package.tgz');
  await pack(tarball, packageDir);
  await mkdir(home, { recursive: true });
  await run('tar', ['-xzf', tarball, '-C', home, '--strip-components=1']);
  for (const each of installed) {
    const link = join(project, 'node_modules', each);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(join(packageDir, 'node_modules', each)), link);
  }
  await writeFile(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }));

  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
    .sort();
  return {
    files,
    read: (file) => readFile(join(home, file), 'utf8'),
    run: async (program) => {
      await writeFile(join(project, 'program.js'), program);
      return (await run(process.execPath, ['program.js'], { cwd: project })).stdout;
    },
    typeCheck: async (program, lib) => {
      await writeFile(join(project, 'program.ts'), program);
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify(strict(lib)));
      const complaints = await complaintsOf([compiler, '-p', project], project);
      // Other packages lie outside of the project, behind links; their own declarations are not at issue.
      return complaints.replaceAll(/^\.\..*\n( .*\n)*/gm, '');
    },
    lint: async () => {
      const { messages, pkg } = await publint({ pkgDir: home, pack: false });
      const publintSays = messages.map((message) => `${formatMessage(message, pkg)}\n`).join('');
      return publintSays + (await complaintsOf([attw, tarball, '--profile', 'esm-only', '--no-emoji'], project));
    },
    remove: () => rm(project, { recursive: true, force: true }),
  };
}

const strict = (lib: readonly string[]) => ({
  include: ['program.ts'],
  compilerOptions: {
    target: 'es2024',
    lib,
    types: [],
    module: 'nodenext',
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    resolveJsonModule: true,
    noEmit: true,
  },
});

/** What a program of Node printed, if it failed. */
async function complaintsOf(args: readonly string[], cwd: string): Promise<string> {
  try {
    await run(process.execPath, args, { cwd });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }; // what execFile adds to its errors
    return stdout + stderr;
  }
}
