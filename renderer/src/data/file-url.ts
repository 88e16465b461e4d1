/** Address of a vault file under the app's own origin; the protocol handler answers byte ranges. */
export function fileUrl(sha256: string, name?: string): string {
  return `app://cong-van/files/${sha256}${name === undefined ? '' : `?name=${encodeURIComponent(name)}`}`;
}
