/** Where the Kit interfaces lie below the production address, whose path may end in a slash. The case matters. */

export const kitPath = (productionPath: string, name: string): string =>
  `${base(productionPath)}/produceAPI/v2/${name}`;

export const v1KitPath = (productionPath: string, name: string): string => `${base(productionPath)}/produceAPI/${name}`;

const base = (path: string): string => (path.endsWith('/') ? path.slice(0, -1) : path);
