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
