import path from 'node:path';

const typesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
};

const UNKNOWN = 'application/octet-stream';
const shown: ReadonlySet<string> = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/bmp',
  'image/tiff',
  'video/mp4',
]);

/** Content type of one of our own files, by its extension. */
export function ownContentType(file: string): string {
  return typesByExtension[path.extname(file).toLowerCase()] ?? UNKNOWN;
}

/** Content type under which a received file may be served: never one that a page could run or lay out as markup. */
export function receivedContentType(claimed: string | null): string {
  const type = claimed?.split(';')[0]?.trim().toLowerCase() ?? '';
  return shown.has(type) ? type : UNKNOWN;
}
