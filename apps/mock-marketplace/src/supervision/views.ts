import { iso, isoOrNull } from '../clock/calendar.ts';
import { isOver, stepsFrom } from './moves.ts';
import type { SupervisionView } from './routes.ts';
import type { Supervision } from './supervision.ts';

export function supervisionView(supervision: Supervision): SupervisionView {
  const { orderId, subscription, flow, node, appeal, openingAt, closesAt, history } = supervision;
  return {
    orderId,
    subscription,
    flow,
    node,
    steps: stepsFrom(supervision).filter((step) => step !== 'close'), // that one is the clock's
    appeal: appeal === null ? null : { ...appeal, at: iso(appeal.at) },
    openingDate: isoOrNull(openingAt),
    closesAt: isOver(supervision) ? null : isoOrNull(closesAt),
    history: history.map((entry) => ({ ...entry, at: iso(entry.at) })),
  };
}
