import { setNonce } from 'get-nonce';

type Policy = {
  createHTML(value: string): string;
  createScriptURL(value: string): string;
};
type PolicyFactory = { createPolicy(name: 'default', policy: Policy): unknown };

/**
 * The page's one Trusted Types policy. React writes the text of <style> through innerHTML: style text has no "<" and
 * passes, markup has one and does not. Scripts come from our own pages folder only, never from the stored files.
 */
export const defaultPolicy: Policy = {
  createHTML(value) {
    if (value.includes('<')) throw new TypeError('markup is not allowed here');
    return value;
  },
  createScriptURL(value) {
    const url = new URL(value, globalThis.location.href);
    const own =
      url.protocol === 'app:' && url.host === globalThis.location.host && !url.pathname.startsWith('/files/');
    if (!own) throw new TypeError('this script address is not allowed');
    return value;
  },
};

/**
 * Must run before anything touches the document.
 * @returns the nonce that styles made at run time need under the page's Content-Security-Policy
 */
export function installTrustedTypes(): string {
  const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
  trustedTypes?.createPolicy('default', defaultPolicy);
  const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
  // The scroll lock of Mantine's Modal and Drawer takes its nonce from here.
  setNonce(nonce);
  return nonce;
}
