/** The page that shows the documents with Swagger UI. It loads nothing but files of this server and runs nothing inline. */

/** From the page's own address, so that the page also works behind a proxy that puts a path before it. */
const folder = 'reference';

/** What the page needs of the package `swagger-ui-dist`. */
export const swaggerFiles = [
  'swagger-ui.css',
  'swagger-ui-bundle.js',
  'swagger-ui-standalone-preset.js',
  'favicon-32x32.png',
] as const;

export const pageScript = 'page.js';

export const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Koobridge: API reference</title>
    <link rel="stylesheet" href="${folder}/swagger-ui.css">
    <link rel="icon" type="image/png" href="${folder}/favicon-32x32.png">
  </head>
  <body>
    <noscript>The documents themselves: <a href="openapi/production.json">production</a>, <a href="openapi/store.json">store</a>, <a href="openapi/admin.json">admin</a>.</noscript>
    <div id="reference"></div>
    <script src="${folder}/swagger-ui-bundle.js"></script>
    <script src="${folder}/swagger-ui-standalone-preset.js"></script>
    <script src="${folder}/${pageScript}"></script>
  </body>
</html>
`;

// The page is for reading: calls need signatures that no page computes, and no key is to be typed into one.
export const script = `SwaggerUIBundle({
  dom_id: '#reference',
  urls: [
    { name: 'Production address', url: 'openapi/production.json' },
    { name: 'Open APIs of the store', url: 'openapi/store.json' },
    { name: 'Admin API', url: 'openapi/admin.json' },
  ],
  presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
  layout: 'StandaloneLayout',
  deepLinking: true,
  docExpansion: 'list',
  supportedSubmitMethods: [],
  validatorUrl: null,
});
`;

/** Swagger UI draws its icons from data URLs, and React sets single styles on elements, which no policy concerns. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');
