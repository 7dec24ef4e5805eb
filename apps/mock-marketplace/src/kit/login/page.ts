import { type LoginTarget, loginPagePath, targetPairs } from './addresses.ts';
import type { SignInRefusal } from './sign-in.ts';

/** The login page: one form, without a script and without anything from elsewhere. */

const reasons: Readonly<Record<SignInRefusal, string>> = {
  wrong: 'Enterprise, account or password is wrong.',
  locked: 'Too many wrong passwords: the account is locked for a quarter of an hour.',
  'not-authorized': 'The account is disabled, or not authorised for this application.',
};

export const loginPage = (target: LoginTarget, tenant: string, refusal?: SignInRefusal): string =>
  page(`
    <h1>Log in to ${escaped(target.application.name)}</h1>
    ${refusal === undefined ? '' : `<p role="alert">${reasons[refusal]}</p>`}
    <form method="post" action="${loginPagePath}">
      ${Object.entries(targetPairs(target))
        .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
        .join('\n      ')}
      ${
        target.via === 'authorize'
          ? `<input type="hidden" name="tenant" value="${escaped(target.tenantId)}">`
          : `<label>Enterprise, by its code or id <input name="tenant" required value="${escaped(tenant)}"></label>`
      }
      <label>Account <input name="account" required autocomplete="username"></label>
      <label>Password <input name="password" type="password" required autocomplete="current-password"></label>
      <button>Log in</button>
    </form>`);

/** Where the link names no application: at the store it stands behind the `#`, which reaches no server. */
export const applicationPage = (problem?: string): string =>
  page(`
    <h1>Log in</h1>
    ${problem === undefined ? '' : `<p role="alert">${escaped(problem)}</p>`}
    <form method="get" action="${loginPagePath}">
      <input type="hidden" name="ind" value="UNOP">
      <label>Application, by its appId <input name="appId" required></label>
      <button>Go on</button>
    </form>`);

const page = (content: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Unified login of the mock marketplace</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 24rem; margin: 4rem auto; padding: 0 1rem; }
      label { display: block; margin: 1rem 0; }
      input { display: block; width: 100%; box-sizing: border-box; padding: 0.5rem; font: inherit; }
      button { padding: 0.5rem 1.5rem; font: inherit; }
    </style>
  </head>
  <body>${content}
  </body>
</html>
`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For HTML and XML, inside elements and quoted attributes. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
