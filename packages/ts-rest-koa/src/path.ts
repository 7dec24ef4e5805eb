/** ts-rest writes paths as `/posts/:id` and `/posts/:id?`; the router's path syntax gives other characters a meaning too. */

/** A contract's path in the router's syntax: parameters become quoted names, everything else is taken literally. */
export function routerPath(path: string): string {
  return path
    .split('/')
    .map((segment, index) => {
      const slash = index === 0 ? '' : '/';
      if (!segment.startsWith(':') || segment.length === 1) return slash + segment.replace(/[\\{}()[\]+?!*:]/g, '\\$&');
      const optional = segment.endsWith('?');
      const parameter = `${slash}:${JSON.stringify(segment.slice(1, optional ? -1 : undefined))}`;
      return optional ? `{${parameter}}` : parameter;
    })
    .join('');
}

/** How many parameters a contract's path has. */
export function parameterCount(path: string): number {
  return path.split('/').filter((segment) => segment.startsWith(':')).length;
}
