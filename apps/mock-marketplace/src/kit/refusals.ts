import type { DepartmentRefusal } from './departments.ts';
import type { PublicKeyRefusal } from './public-key.ts';
import type { UserRefusal } from './users.ts';

/** Why the Kit's control calls do nothing. */
export type KitRefusal =
  | PublicKeyRefusal
  | UserRefusal
  | DepartmentRefusal
  | 'unknown-application'
  | 'unknown-tenant'
  | 'login-url-taken'
  | 'multi-instance-stays'
  | 'test-account-exists'
  | 'not-bound'
  | 'which-application';

export const kitReasons: Readonly<Record<KitRefusal, readonly [404 | 409 | 422, string]>> = {
  'unknown-application': [404, 'There is no such credential: GET /control/applications lists them.'],
  'unknown-tenant': [404, 'There is no such enterprise: GET /control/tenants lists them.'],
  'unknown-user': [404, 'One of the users is not authorised for the application: authorise first.'],
  'unknown-department': [404, 'The enterprise has no such department: add it first.'],
  'unknown-parent': [404, 'The enterprise has no department "parentCode": add it first, or leave it empty.'],
  'public-key-unreadable': [422, 'The public key is no RSA key in PEM: export the public half of your key pair.'],
  'public-key-private': [422, 'That is a private key, which stays with the seller: give the public half.'],
  'public-key-weak': [422, 'The RSA key has fewer than 3072 or more than 16384 bits: make one of 3072 or 4096.'],
  'login-url-taken': [
    409,
    'Another credential has this login address, by which a login is told from others: choose another.',
  ],
  'multi-instance-stays': [409, 'Multi-instance binding cannot be taken back: leave "multiInstance" true.'],
  'test-account-exists': [409, 'A credential has one test account: apply for another credential to get another.'],
  'not-bound': [409, 'The enterprise does not use the application: buy a product of it first.'],
  'which-application': [422, 'The enterprise uses several applications: name one with "appId".'],
  'department-exists': [409, 'The enterprise has this "orgCode" already: modify it, or choose another.'],
  'department-in-use': [409, 'Departments or users belong to the department: move or delete them first.'],
  'department-name-taken': [409, 'A department beside it has this name already: choose another.'],
  'parent-below': [422, 'The parent is the department itself or lies below it: choose another.'],
  'too-many-departments': [
    409,
    'The enterprise has 1000 departments, and this marketplace keeps no more: delete some.',
  ],
};
