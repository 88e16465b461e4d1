import path from 'node:path';

/**
 * Maps the path of a request to a file inside a folder.
 * @param root absolute folder
 * @param pathname of the address, still percent-encoded; `/` is the first page
 * @returns the absolute file, or null when the path would leave the folder or cannot be decoded
 */
export function resolveInside(root: string, pathname: string): string | null {
  const decoded = decode(pathname);
  if (decoded === null || decoded.includes('\0') || decoded.includes('\\')) return null;
  const file = path.join(root, decoded === '/' ? '/index.html' : decoded);
  const relative = path.relative(root, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? null : file;
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}
