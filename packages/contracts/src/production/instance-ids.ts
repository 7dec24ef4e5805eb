import { text } from '../text.ts';

const most = 100;
const idLimit = 64;

const isIdList = (ids: readonly string[]) =>
  ids.length <= most && ids.every((id) => id.length >= 1 && id.length <= idLimit);

/**
 * One id, or up to 100 separated by commas, each of 1 to 64 UTF-16 code units; read as a list in the order given. The
 * page's maximum of 100 cannot hold that many ids and is taken for their number (R10).
 */
export const InstanceIds = text(most * (idLimit + 1) - 1)
  .transform((list): readonly string[] => list.split(','))
  .refine(isIdList, `must be 1 to ${most} ids of 1 to ${idLimit} UTF-16 code units, separated by commas`);
