import { type EventType, eventTypes, type KeyClass } from '@koobridge/contracts';
import type { Config } from './config.ts';

/** What of the store's calls nobody of the seller's acts on, as the configuration stands; told when the server starts. */
export interface Unheard {
  /** Provisioning handlers without which a buyer gets a placeholder, or nothing. */
  readonly placeholders: readonly PlaceholderType[];
  /** Events that no handler takes and no webhook. */
  readonly events: readonly EventType[];
}

/** In whose absence something is made up. */
export const placeholderTypes = ['instance.created', 'license.requested'] as const satisfies readonly EventType[];
export type PlaceholderType = (typeof placeholderTypes)[number];

/** Only what callbacks of the rings in use can cause. */
export function unheard({ keys, v1, events, handlers }: Config): Unheard {
  const inUse = (keyClass: KeyClass): boolean => keys[keyClass].length > 0 && (keyClass !== 'v1' || v1.enabled);
  const has = (type: EventType): boolean => handlers.provisioning?.[type] !== undefined;
  const possible = eventTypes.filter((type) => causes(type).some(inUse));
  return {
    placeholders: placeholderTypes.filter((type) => possible.includes(type) && !has(type)),
    events: events === undefined ? possible.filter((type) => !told.has(type) && !has(type)) : [],
  };
}

/** The same as sentences. */
export function unheardAdvice(config: Config): string[] {
  const { placeholders, events } = unheard(config);
  return [
    ...placeholders.map((type) => sentences[type]),
    ...(events.length === 0
      ? []
      : [`EVENTS_URL is not set and there is no handler, so nobody hears of: ${events.join(', ')}`]),
  ];
}

const sentences: Readonly<Record<PlaceholderType, string>> = {
  'instance.created':
    'there is no handler instance.created: a buyer who paid gets a placeholder, unless admitCreate gives a delivery',
  'license.requested':
    'there is no handler license.requested: no License is uploaded, but to a STORE_URL on this machine a placeholder',
};

/** What the server itself brings about, and what is told by the placeholders. */
const told: ReadonlySet<EventType> = new Set(['instance.ready', 'license.delivered', ...placeholderTypes]);

function causes(type: EventType): readonly KeyClass[] {
  if (type === 'license.requested' || type === 'license.delivered') return ['base'];
  if (type.startsWith('license.')) return ['license'];
  if (type.startsWith('instance.')) return ['base', 'v1'];
  return type === 'order.notified' ? ['general'] : ['kit', 'v1'];
}
