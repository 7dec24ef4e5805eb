/** What the table of interfaces says, in the two languages of its readers. */
import type { KeyClass, OpenApi, OpenApiTokenScheme, StoreInterface, TokenScheme } from '@koobridge/contracts';

type Row = StoreInterface | OpenApi;

export interface Words {
  readonly title: string;
  /** The link to the same in the other language. */
  readonly other: string;
  readonly introduction: string;
  readonly columns: readonly string[];
  readonly product: Readonly<Record<Row['product'], string>>;
  readonly direction: Readonly<Record<Row['direction'], string>>;
  readonly keyClass: Readonly<Record<KeyClass, string>>;
  readonly tokenScheme: Readonly<Record<TokenScheme | OpenApiTokenScheme, string>>;
  readonly page: string;
  /** Stands for the address that the seller chooses. */
  readonly address: string;
}

export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

export const words: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Interfaces',
    other: '[简体中文](zh-CN/interfaces.md)',
    introduction: `Every interface between a seller and the store, made from the tables of
[@koobridge/contracts](../packages/contracts) by \`npx -y pnpm@12 interfaces\`; do not edit it. The same as OpenAPI 3.1
is served by every [server](../apps/server) at \`/openapi/production.json\`, \`/openapi/store.json\` and
\`/openapi/admin.json\`, to read at \`/reference\`. V1 of what the store calls is retired, and off unless it is switched on
([R25](rulings.md#r25-the-retired-v1)). Key classes are those of [R6](rulings.md#r6-key-rings).`,
    columns: [
      'name',
      'product',
      'generation',
      'direction',
      'method and path',
      'key class',
      'token',
      'source',
      'handled in',
      'tests',
    ],
    product: {
      'License code': 'License code',
      SaaS: 'SaaS',
      'online License': 'online License',
      'order notice': 'order notice',
      Kit: 'Kit',
      License: 'License',
      'every product': 'every product',
    },
    direction: { 'store to seller': 'store → seller', 'seller to store': 'seller → store' },
    keyClass: { base: 'base', license: 'license', kit: 'kit', general: 'general', v1: 'v1' },
    tokenScheme: {
      'security-token': 'security token',
      'kit-signature': 'Kit signature',
      'auth-token': '`authToken`',
      aksk: 'AK/SK',
      'usage-push-signature': 'usage push signature',
      oauth: 'OAuth',
      none: 'none',
    },
    page: 'page',
    address: '{production address}',
  },
  'zh-CN': {
    title: '接口一览',
    other: '[English](../interfaces.md)',
    introduction: `商家与云商店之间的全部接口，由 \`npx -y pnpm@12 interfaces\` 根据
[@koobridge/contracts](../../packages/contracts) 中的表生成，请勿手工修改。每个[生产服务](../../apps/server)都以
OpenAPI 3.1 提供同样的内容：\`/openapi/production.json\`、\`/openapi/store.json\`、\`/openapi/admin.json\`，可在
\`/reference\` 阅读。云商店调用的 V1 接口已停用，默认关闭（[R25](rulings.md#r25-已停用的-v1)）；密钥类别见
[R6](rulings.md#r6-密钥环)。`,
    columns: ['名称', '商品类型', '版本', '方向', '方法与路径', '密钥类别', '认证方式', '来源', '处理代码', '测试'],
    product: {
      'License code': 'License 授权码',
      SaaS: 'SaaS',
      'online License': '在线 License',
      'order notice': '订单通知',
      Kit: '联营 Kit',
      License: 'License',
      'every product': '所有商品',
    },
    direction: { 'store to seller': '云商店 → 商家', 'seller to store': '商家 → 云商店' },
    keyClass: {
      base: '基础（base）',
      license: '授权码（license）',
      kit: '联营 Kit（kit）',
      general: '通用（general）',
      v1: 'V1（v1）',
    },
    tokenScheme: {
      'security-token': '安全令牌',
      'kit-signature': 'Kit 签名',
      'auth-token': '`authToken`',
      aksk: 'AK/SK',
      'usage-push-signature': '使用量推送签名',
      oauth: 'OAuth',
      none: '无',
    },
    page: '页面',
    address: '{生产地址}',
  },
};
