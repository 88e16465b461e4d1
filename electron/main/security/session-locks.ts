import type { Session } from 'electron';
import { isOwnAddress } from './origin';

// What a page of ours may ask the system for; everything else, and every other page, is refused.
const allowedPermissions: ReadonlySet<string> = new Set([
  'notifications',
  'clipboard-sanitized-write',
  'fullscreen',
]);

// Pages load nothing from outside: all network traffic is the main process's.
const allowedSchemes: ReadonlySet<string> = new Set(['app:', 'data:', 'blob:', 'devtools:']);

/** True when a page at this address may have this permission. */
export function isPermissionAllowed(permission: string, address: string): boolean {
  return allowedPermissions.has(permission) && isOwnAddress(address);
}

/** True when a page may load this address at all. */
export function isLoadAllowed(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || !allowedSchemes.has(url.protocol)) return false;
  return url.protocol !== 'app:' || isOwnAddress(address);
}

/** Closes everything of a session that a page could use to reach out; call once, before the first window. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(isPermissionAllowed(permission, details.requestingUrl));
  });
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isPermissionAllowed(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setBluetoothPairingHandler((_details, answer) => answer({ confirmed: false }));
  session.setDisplayMediaRequestHandler(null);
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: !isLoadAllowed(details.url) }));
  // Files leave the store only through the save dialog of the main process.
  session.on('will-download', (event) => event.preventDefault());
}
