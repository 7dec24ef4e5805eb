import * as z from 'zod';
import { failures, optional, pageLimit, time } from '../control/shapes.ts';
import { Validity } from './test-code.ts';

/** Test codes (申请测试授权码) and whether the two mandatory APIs were called for them. */

export const TestCodeView = z.object({
  code: z.string(),
  validity: Validity,
  appliedAt: time,
  expiresAt: time,
  /** 已激活: an activation succeeded. */
  activated: z.boolean(),
  activatedAt: time.nullable(),
  /** 已检测: a query succeeded after the activation. */
  checked: z.boolean(),
  checkedAt: time.nullable(),
});

export const testCodeRoutes = {
  applyTestCodes: {
    method: 'POST',
    path: '/test-codes',
    summary: 'Gives test codes that the License open APIs accept and that no call is made for',
    body: optional({ validity: Validity.default('P30D'), count: z.int().min(1).max(100).default(1) }),
    responses: { ...failures, 200: z.array(TestCodeView) },
  },
  testCodes: {
    method: 'GET',
    path: '/test-codes',
    query: z.strictObject({ after: z.string().optional(), limit: pageLimit }),
    responses: { ...failures, 200: z.array(TestCodeView) },
  },
  testCode: { method: 'GET', path: '/test-codes/:code', responses: { ...failures, 200: TestCodeView } },
  editTestCode: {
    method: 'PUT',
    path: '/test-codes/:code',
    summary: 'Edits the validity, from the day it began',
    body: z.strictObject({ validity: Validity }),
    responses: { ...failures, 200: TestCodeView },
  },
} as const;
