import type { Workstation } from '../driver/workstation';

/** A file of the vault as the page gets it, in base64; '' when it is not on this machine. */
export function fileInPage(workstation: Workstation, sha256: string): Promise<string> {
  return workstation.page.evaluate(async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) return '';
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  }, `app://cong-van/files/${sha256}`);
}

/** The SHA-256 of a file of the vault as the page gets it, in hex; '' when it is not on this machine. */
export function digestInPage(workstation: Workstation, sha256: string): Promise<string> {
  return workstation.page.evaluate(async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) return '';
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await answer.arrayBuffer()));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  }, `app://cong-van/files/${sha256}`);
}
