import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Koa from 'koa';
import { adminDocument } from './admin-document.ts';
import { contentSecurityPolicy, page, pageScript, script, swaggerFiles } from './page.ts';
import { productionDocument } from './production-document.ts';
import { storeDocument } from './store-document.ts';

export interface ReferenceNeed {
  /** Where this server takes the store's calls. */
  readonly productionPath: string;
}

interface Content {
  readonly type: string;
  readonly body: Buffer;
  readonly etag: string;
}

/**
 * GET and HEAD /reference: a page to read the OpenAPI documents /openapi/production.json, /openapi/store.json and
 * /openapi/admin.json. Open to everybody, because nothing in it is secret. Each is made at its first request and kept.
 */
export function referencePages({ productionPath }: ReferenceNeed): Koa.Middleware {
  const contents = new Map<string, () => Content>([
    ['/openapi/production.json', document(() => productionDocument(productionPath))],
    ['/openapi/store.json', document(storeDocument)],
    ['/openapi/admin.json', document(adminDocument)],
    ['/reference', kept('text/html; charset=utf-8', () => page)],
    [`/reference/${pageScript}`, kept('text/javascript; charset=utf-8', () => script)],
    ...swaggerFiles.map((file) => [`/reference/${file}`, swaggerFile(file)] as const),
  ]);
  return async (ctx, next) => {
    // The whole path must be one of those known: no file is looked for by what a client sends.
    const content = ctx.method === 'GET' || ctx.method === 'HEAD' ? contents.get(ctx.path)?.() : undefined;
    if (content === undefined) return next();
    ctx.set({
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    });
    ctx.type = content.type;
    ctx.etag = content.etag;
    ctx.status = 200;
    if (ctx.fresh) ctx.status = 304;
    else ctx.body = content.body;
  };
}

/** Made once, when first asked for. */
function kept(type: string, make: () => string | Buffer): () => Content {
  let content: Content | undefined;
  return () => {
    if (content === undefined) {
      const body = Buffer.from(make());
      content = { type, body, etag: createHash('sha256').update(body).digest('base64url') };
    }
    return content;
  };
}

const document = (make: () => string) => kept('application/json; charset=utf-8', make);

const types = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', png: 'image/png' } as const;

function swaggerFile(file: (typeof swaggerFiles)[number]): () => Content {
  const extension = file.slice(file.lastIndexOf('.') + 1) as keyof typeof types; // the list holds these three alone
  return kept(types[extension], () => readFileSync(new URL(file, swaggerFolder())));
}

const swaggerFolder = (): string => import.meta.resolve('swagger-ui-dist/package.json');
