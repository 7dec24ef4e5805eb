import { describe, expect, test } from 'vitest';
import {
  CasValidation,
  KitLoginCallback,
  KitLoginError,
  KitTokenAnswer,
  KitTokenRequest,
  KitUserInfo,
  kitLoginApi,
  kitLoginErrors,
} from '../../src/index.ts';

const code = { grant_type: 'authorization_code', client_id: 'NzZe', client_secret: 's', code: 'z2D' };
const refresh = { grant_type: 'refresh_token', client_id: 'NzZe', client_secret: 's', refresh_token: 'r' };

test('every call is at its path', () => {
  expect(Object.values(kitLoginApi).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /api/v1/oauth2/authorize',
    'POST /api/v1/oauth2/token',
    'GET /api/v1/oauth2/userinfo',
    'GET /api/v1/logout',
    'GET /api/v1/cas/p3/serviceValidate',
    'GET /api/v1/cas/logout',
  ]);
  expect(kitLoginApi.token.contentType).toBe('application/x-www-form-urlencoded');
});

describe('token', () => {
  test.each([
    ['a code', code],
    ['a code with its callback address', { ...code, redirect_uri: 'https://example.com' }],
    ['a refresh token', refresh],
  ])('for %s', (_, form) => expect(KitTokenRequest.parse(form)).toEqual(form));

  test.each(['client_id', 'client_secret', 'code'])('for a code, %s is mandatory', (member) => {
    for (const value of [undefined, null, '', 1]) {
      expect(KitTokenRequest.safeParse({ ...code, [member]: value }).success).toBe(false);
    }
  });
  test.each(['client_id', 'client_secret', 'refresh_token'])('for a refresh token, %s is mandatory', (member) => {
    for (const value of [undefined, null, '', 1]) {
      expect(KitTokenRequest.safeParse({ ...refresh, [member]: value }).success).toBe(false);
    }
  });
  test.each([undefined, '', 'password', 'client_credentials'])('not for the grant %j', (grant_type) =>
    expect(KitTokenRequest.safeParse({ ...code, ...refresh, grant_type }).success).toBe(false),
  );

  const answer = { access_token: 'a', token_type: 'Bearer', expires_in: 7200, scope: 'get_user_info' };
  test.each([
    [answer, true],
    [{ ...answer, refresh_token: 'r' }, true],
    [{ ...answer, scope: undefined }, true],
    [{ ...answer, access_token: '' }, false],
    [{ ...answer, access_token: undefined }, false],
    [{ ...answer, token_type: undefined }, false],
    [{ ...answer, expires_in: '7200' }, false],
    [{ ...answer, refresh_token: 1 }, false],
  ])('answer %j: %s', (body, allowed) => expect(KitTokenAnswer.safeParse(body).success).toBe(allowed));
});

describe('errors', () => {
  test('every row of the pages', () => {
    expect(kitLoginErrors.map(({ error, description, status }) => `${status} ${error} ${description}`)).toEqual([
      '400 invalid_grant Invalid authorization code',
      '400 invalid_grant Invalid refresh token',
      'undefined invalid_client Client ID mismatch',
      'undefined invalid_client Bad client credentials',
      '401 unauthorized Full authentication is required to access this resource',
    ]);
  });
  test.each(kitLoginErrors)('$description is an answer', ({ error, description }) => {
    const body = { error, error_description: description };
    expect(KitLoginError.parse(body)).toEqual(body);
  });
  test('has a name at least', () => {
    expect(KitLoginError.safeParse({ error: 'invalid_grant' }).success).toBe(true);
    expect(KitLoginError.safeParse({ error_description: 'x' }).success).toBe(false);
  });
});

describe('user', () => {
  test.each([
    { id: '20201029190841785-CB37', name: 'test', userName: 'test', mobile: '12345678901', email: '123@example.com' },
    { userName: 'zhangsan', name: '张三', tenant: '34a59a26', organizationCode: '10000', role: 'user' },
    { userName: 'u', accName: 'a', loginName: 'l', email: null, addedLater: 1 },
  ])('%j', (user) => expect(KitUserInfo.parse(user)).toEqual(user));

  test.each([{}, { userName: '' }, { userName: null }, { userName: 'u', role: 'root' }, { userName: 'u', tenant: 1 }])(
    'refused: %j',
    (user) => expect(KitUserInfo.safeParse(user).success).toBe(false),
  );
});

describe('callback', () => {
  test.each([{ code: 'z2D', tenant: '123456' }, { code: 'z2D', state: 'test' }, { code: 'z2D' }])('%j', (query) =>
    expect(KitLoginCallback.parse(query)).toEqual(query),
  );
  test.each([{}, { code: '', tenant: '1' }, { code: ['a', 'b'] }])('refused: %j', (query) =>
    expect(KitLoginCallback.safeParse(query).success).toBe(false),
  );
});

describe('authorize', () => {
  const { query } = kitLoginApi.authorize;
  const asked = { response_type: 'code', client_id: 'c', redirect_uri: 'https://example.com' };
  test.each([asked, { ...asked, scope: 'get_user_info', state: 'test123' }])('%j', (each) =>
    expect(query.parse(each)).toEqual(each),
  );
  test.each([
    { ...asked, response_type: 'token' },
    { ...asked, response_type: undefined },
    { ...asked, client_id: '' },
    { ...asked, redirect_uri: undefined },
    { ...asked, state: 'a-b' },
  ])('refused: %j', (each) => expect(query.safeParse(each).success).toBe(false));
});

test('logout needs no target', () => {
  const { query } = kitLoginApi.logout;
  expect(query.safeParse({}).success).toBe(true);
  expect(query.safeParse({ redirect_url: 'https://example.com' }).success).toBe(true);
});

describe('CAS', () => {
  const { query, responses } = kitLoginApi.casValidate;
  test.each([
    [{ service: 's', ticket: 'ST-1' }, true],
    [{ service: 's', ticket: 'ST-1', format: 'XML' }, true],
    [{ service: 's', ticket: 'ST-1', format: 'JSON' }, true],
    [{ service: 's', ticket: 'ST-1', format: 'xml' }, false],
    [{ service: '', ticket: 'ST-1' }, false],
    [{ service: 's' }, false],
  ])('%j: %s', (asked, allowed) => expect(query.safeParse(asked).success).toBe(allowed));

  const failure = { serviceResponse: { authenticationFailure: { code: 'INVALID_TICKET', description: 'x' } } };
  test('answers JSON or XML', () => {
    expect(CasValidation.parse(failure)).toEqual(failure);
    expect(responses[200].parse(failure)).toEqual(failure);
    expect(responses[200].parse('<cas:serviceResponse/>')).toBe('<cas:serviceResponse/>');
    expect(responses[200].safeParse({}).success).toBe(false);
  });
});
