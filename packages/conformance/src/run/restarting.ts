import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** How long a server may take to listen again, in milliseconds. */
const startLimit = 30_000;

/** Runs a shell command that restarts the server, and waits until its address takes connections again. */
export const restarting =
  (command: string, address: string): (() => Promise<void>) =>
  async () => {
    await run(command);
    const { hostname, port, protocol } = new URL(address);
    const until = Date.now() + startLimit;
    while (!(await listens(hostname, Number(port || (protocol === 'https:' ? 443 : 80))))) {
      if (Date.now() > until) throw new Error(`the server does not listen ${startLimit / 1000} s after "${command}"`);
      await pause(100);
    }
  };

function run(command: string): Promise<void> {
  const child = spawn(command, { shell: true, stdio: 'ignore' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`"${command}" ended with ${code}`))));
  });
}

function listens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/^\[(.*)\]$/, '$1'), port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
