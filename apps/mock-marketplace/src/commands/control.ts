import { action } from './action.ts';
import type { Command } from './command.ts';
import { exitCode, misuse } from './exit-code.ts';
import { marketOption, withMarket } from './market/client.ts';
import { readInput } from './terminal.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const command: Command = {
  actions: [
    action({
      name: '',
      words: ['<METHOD>', '<path>', '[json]'],
      summary:
        'Makes a call of the control API and prints the answer, which is JSON; "-" reads the body from standard input.',
      options: marketOption,
      run: async (call) => {
        const [method = '', path = '', given] = call.words;
        const verb = method.toUpperCase();
        if (!methods.includes(verb)) return misuse(`"${method}" is none of ${methods.join(', ')}.`);
        const body = given === '-' ? (await readInput(call.terminal)).toString() : given;
        if (body !== undefined && !isJson(body)) return misuse('the body is no JSON.');
        if (body !== undefined && verb === 'GET') return misuse('a GET has no body.');
        return withMarket(call, async (_, url) => {
          const answer = await fetch(`${url}${controlPath(path)}`, {
            method: verb,
            ...(body === undefined ? {} : { body, headers: { 'Content-Type': 'application/json' } }),
          });
          const text = await answer.text();
          call.terminal.stdout.write(`${isJson(text) ? JSON.stringify(JSON.parse(text), null, 2) : text}\n`);
          return answer.ok ? exitCode.done : exitCode.refused;
        });
      },
    }),
  ],
  examples: [
    'control GET products',
    `control POST orders '{"product":"license-yearly"}'`,
    'control GET "messages?status=RETRYING&limit=10"',
    'control GET /control/openapi.json',
  ],
  notes: 'The path may begin with /control or leave it out. GET openapi.json answers the description of every call.',
};

const controlPath = (path: string): string => {
  const absolute = path.startsWith('/') ? path : `/${path}`;
  return /^\/control(?=[/?]|$)/.test(absolute) ? absolute : `/control${absolute}`;
};

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
