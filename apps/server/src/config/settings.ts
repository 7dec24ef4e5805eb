import { handlerProblems } from '../handlers/handlers.ts';
import type { ConfigFile } from './config-file.ts';
import { nearestName } from './nearest-name.ts';
import { variableNames } from './variables.ts';

/** What is set in the environment and in the configuration file, by name, before any value is judged. */
export interface Settings {
  readonly set: Readonly<Record<string, unknown>>;
  /** What is wrong with the file as such: unknown names, values of a type that no variable has, handlers. */
  readonly problems: readonly string[];
}

/** Both places together; the environment wins. What is empty is not set: that is how shells and compose files leave it out. */
export function settings(env: Readonly<Record<string, string | undefined>>, file: ConfigFile): Settings {
  const { handlers, ...inFile } = file;
  const known = (name: string) => variableNames.includes(name);
  const isSet = ([, value]: readonly [string, unknown]) => value !== undefined && value !== '';
  const unknown = Object.keys(inFile).filter((name) => !known(name));
  const merged = [...Object.entries(inFile), ...Object.entries(env)].filter((entry) => known(entry[0]) && isSet(entry));
  const set = Object.fromEntries(merged);
  const wrongTypes = Object.entries(set).filter(([name, value]) => !isText(value) && !isRings(name, value));
  return {
    set: Object.fromEntries(Object.entries(set).map(([name, value]) => [name, isText(value) ? String(value) : value])),
    problems: [
      ...unknown.map(sayUnknown),
      ...wrongTypes.map(([name]) => `${name} must be a text, a number or a boolean`),
      ...(handlers === undefined ? [] : handlerProblems(handlers)),
    ],
  };
}

/** Numbers and booleans are judged as the text that an environment variable would hold. */
const isText = (value: unknown): boolean => ['string', 'number', 'boolean'].includes(typeof value);

const isRings = (name: string, value: unknown): boolean =>
  name === 'KOOBRIDGE_KEYS' && typeof value === 'object' && value !== null;

function sayUnknown(name: string): string {
  const meant = nearestName(name, [...variableNames, 'handlers']);
  return `${name} is no setting of the server${meant === undefined ? '' : `; did you mean ${meant}?`}`;
}
