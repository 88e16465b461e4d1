/** The scheme every page of the application is served from; `file:` is never used. */
export const APP_SCHEME = 'app';
const APP_HOST = 'cong-van';
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** True when the address is one of our own pages or files. Never throws: a text that is no address is not ours. */
export function isOwnAddress(raw: string): boolean {
  const url = URL.parse(raw);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.username === '' &&
    url.password === ''
  );
}

/** The part of a frame that decides whether it may ask the main process for anything. */
export type SenderFrame = { readonly url: string; readonly parent: unknown };

/** True only for the main frame of a page that this application served itself. */
export function isTrustedSender(frame: SenderFrame | null | undefined): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isOwnAddress(frame.url);
}
