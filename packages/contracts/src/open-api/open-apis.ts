/** Every interface by which a seller calls the store, one row each; what the store calls is in `interfaces`. */
import type { Product } from '../production/activity.ts';
import type { KeyClass } from '../token/key-ring.ts';
import { kitLoginApi } from './kit-login.ts';
import { licenseOpenApi } from './license.ts';
import { orderQueryApi } from './order-query.ts';
import { uploadApi } from './upload.ts';
import { usagePushApi } from './usage-push.ts';

/** How a seller proves who calls; `oauth` is the client of an application or its access token. */
export type OpenApiTokenScheme = 'aksk' | 'usage-push-signature' | 'oauth' | 'none';

export interface OpenApi {
  readonly name: string;
  readonly product: Product | 'every product';
  /** `V1` is the older of two interfaces for one purpose; unlike the callbacks of that name it is not retired. */
  readonly generation: '2.0' | 'V1';
  readonly direction: 'seller to store';
  readonly method: 'GET' | 'POST';
  /** On the store's host; of the Kit's login on the tenant's own domain. A part after a colon is a parameter. */
  readonly path: string;
  /** The seller's key that signs, where one of the production keys does. */
  readonly keyClass?: KeyClass;
  readonly tokenScheme: OpenApiTokenScheme;
  readonly source: string;
}

interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
}

type Facts = Pick<OpenApi, 'product' | 'keyClass' | 'tokenScheme'> & {
  readonly generation?: OpenApi['generation'];
  /** The page's address, or its name below `accessg-marketplace/`. */
  readonly page: string;
};

function rows<Name extends string>(
  router: Readonly<Record<Name, Route>>,
  facts: Readonly<Record<Name, Facts>>,
): OpenApi[] {
  const names = Object.keys(router) as Name[]; // a contract has no members but its routes
  return names.map((name) => {
    const own: Facts = facts[name];
    const { generation = '2.0', page, ...more } = own;
    const { method, path } = router[name];
    const source = page.startsWith('https:')
      ? page
      : `https://support.huaweicloud.com/accessg-marketplace/${page}.html`;
    return { name, ...more, generation, direction: 'seller to store', method, path, source };
  });
}

const licenseCode = (page: string) => ({ product: 'License code', tokenScheme: 'aksk', page }) as const;
const kit = (tokenScheme: 'oauth' | 'none', page: string) => ({ product: 'Kit', tokenScheme, page }) as const;

export const openApis: readonly OpenApi[] = [
  ...rows(orderQueryApi, {
    orderQuery: { product: 'every product', tokenScheme: 'aksk', page: 'zh-cn_topic_0070649350' },
  }),
  ...rows(licenseOpenApi, {
    activate: { ...licenseCode('zh-cn_topic_0070649244'), generation: 'V1' },
    activateBatch: licenseCode('zh-cn_topic_0070649244'),
    heartbeat: { ...licenseCode('zh-cn_topic_0070649245'), generation: 'V1' },
    heartbeatBatch: licenseCode('zh-cn_topic_0070649245'),
    softwareUsage: licenseCode('zh-cn_topic_0000002290055385'),
  }),
  ...rows(usagePushApi, {
    usagePush: {
      product: 'SaaS',
      keyClass: 'base',
      tokenScheme: 'usage-push-signature',
      page: 'zh-cn_topic_0070649410',
    },
    usagePushOld: { product: 'SaaS', generation: 'V1', tokenScheme: 'aksk', page: 'zh-cn_topic_0070649411' },
  }),
  ...rows(uploadApi, {
    upload: { product: 'online License', tokenScheme: 'aksk', page: 'zh-cn_topic_0070649351' },
  }),
  ...rows(kitLoginApi, {
    authorize: kit(
      'none',
      'https://www.huaweicloud.com/guide/productsdesc-bms_a12a064aaae1882ff20965e85e4b9a68support0',
    ),
    token: kit('oauth', 'zh-cn_topic_0070649448'),
    userInfo: kit('oauth', 'zh-cn_topic_0070649450'),
    logout: kit('none', 'zh-cn_topic_0070649145'),
    casValidate: kit('none', 'zh-cn_topic_0070649473'),
    casLogout: kit('none', 'https://support.huaweicloud.com/api-oneaccess/ValidateServiceCAS20.md'),
  }),
];
