import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { root } from '@koobridge/scripts/processes';
import { expect, it } from 'vitest';

it('the demo plays both lives as documented and exits with 0', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['scripts/src/demo.ts'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = once(child, 'exit');
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exit;
  expect(errors).toBe('');
  expect(output).toContain('Every step was as documented');
  expect(output.match(/--> \w+/g)).toEqual([
    '--> refreshLicenseCode',
    '--> refreshLicenseCode',
    '--> updateLicenseCodeStatus',
    '--> refreshLicenseCode',
    '--> updateLicenseCodeStatus',
    '--> updateLicenseCodeStatus',
    '--> releaseLicenseCode',
    '--> releaseLicenseCode',
  ]);
  expect(code).toBe(0);
});
