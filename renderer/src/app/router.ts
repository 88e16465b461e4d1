import { useSyncExternalStore } from 'react';

/** Where the person is: `#/incoming/abc?filter=mine`. */
export type Location = { readonly path: string; readonly query: Readonly<Record<string, string>> };
export type Parameters = Readonly<Record<string, string>>;

/** The screen of an empty address. */
const home = '/today';

let cached: { readonly hash: string; readonly location: Location } | null = null;

/** Reads the address; the same object as long as the address is the same. */
export function currentLocation(): Location {
  const { hash } = globalThis.location;
  if (cached?.hash !== hash) cached = { hash, location: parseHash(hash) };
  return cached.location;
}

export function parseHash(hash: string): Location {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return {
    path: path === '' || path === '/' ? home : path,
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Goes to a screen. `replace` leaves no step for "Quay lại", for moves inside a list. */
export function navigate(to: string, { replace = false }: { readonly replace?: boolean } = {}): void {
  if (to === globalThis.location.hash.slice(1)) return;
  if (replace) {
    history.replaceState(null, '', `#${to}`);
    globalThis.dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    globalThis.location.hash = to;
  }
}

/** Builds an address: empty values are left out. */
export function address(path: string, query: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(given).toString();
  return text === '' ? path : `${path}?${text}`;
}

export function useLocation(): Location {
  return useSyncExternalStore(subscribe, currentLocation);
}

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener('hashchange', listener);
  return () => globalThis.removeEventListener('hashchange', listener);
}

/** Matches `/incoming/:id?` against a path; a part with `?` may be missing. Null when it does not fit. */
export function matchPath(pattern: string, path: string): Parameters | null {
  const wanted = pattern.split('/').filter((part) => part !== '');
  const given = path.split('/').filter((part) => part !== '');
  if (given.length > wanted.length) return null;
  const parameters: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    if (!part.startsWith(':')) {
      if (value !== part) return null;
      continue;
    }
    const name = part.slice(1).replace(/\?$/, '');
    if (value === undefined && !part.endsWith('?')) return null;
    parameters[name] = value === undefined ? '' : decodeURIComponent(value);
  }
  return parameters;
}
