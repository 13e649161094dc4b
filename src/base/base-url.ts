/**
 * The URL to which the paths of the operator-facing listener are appended. Keeps the path of a proxy in front of the listener. Removes
 * `/docs` and `/api/v1`, which people copy along with the address.
 *
 * @returns for instance `http://localhost:8080` or `https://lab.example.com/mock`, without a trailing slash
 */
export function baseUrl({ origin, pathname }: URL): string {
  const path = withoutSlashes(pathname);
  const copied = ['/docs', '/api/v1', '/api'].find((end) => path.endsWith(end));
  return origin + withoutSlashes(copied === undefined ? path : path.slice(0, -copied.length));
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return path.slice(0, end);
}
