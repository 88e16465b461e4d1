import { describe, expect, it } from 'vitest';
import { receivedContentType } from '../../../electron/main/app/content-types';
import { findRefusedSwitches } from '../../../electron/main/security/command-line';
import { isOwnAddress, isTrustedSender } from '../../../electron/main/security/origin';
import { resolveInside } from '../../../electron/main/security/resolve-inside';
import { isLoadAllowed, isPermissionAllowed } from '../../../electron/main/security/session-locks';

describe('whose page asks', () => {
  it.each([
    ['app://cong-van/index.html', true],
    ['app://cong-van/', true],
    ['app://cong-van.example/index.html', false],
    ['app://user@cong-van/index.html', false],
    ['https://cong-van/index.html', false],
    ['file:///index.html', false],
    ['about:blank', false],
    ['', false],
  ])('%s is our own: %s', (address, own) => {
    expect(isOwnAddress(address)).toBe(own);
    expect(isTrustedSender({ url: address, parent: null })).toBe(own);
  });

  it('a frame inside our page is not answered', () => {
    expect(isTrustedSender({ url: 'app://cong-van/index.html', parent: {} })).toBe(false);
  });

  it('a frame that is gone is not answered', () => {
    expect(isTrustedSender(null)).toBe(false);
  });
});

describe('what a request may reach', () => {
  it.each([
    '/../x',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/x',
    '/a/../../x',
    '/a%5c..%5c..%5cx',
    '/%00',
    '/%E0%A4%A',
  ])('%s leaves the folder and is refused', (pathname) => {
    expect(resolveInside('/srv/pages', pathname)).toBeNull();
  });

  it('/ is the first page', () => {
    expect(resolveInside('/srv/pages', '/')).toBe('/srv/pages/index.html');
  });

  it('a name that only begins with two dots stays inside', () => {
    expect(resolveInside('/srv/pages', '/assets/..name.js')).toBe('/srv/pages/assets/..name.js');
  });

  it.each([
    ['app://cong-van/index.html', true],
    ['blob:app://cong-van/0f', true],
    ['data:image/png;base64,AA==', true],
    ['app://elsewhere/index.html', false],
    ['https://cong-van/', false],
    ['http://127.0.0.1/', false],
    ['ws://127.0.0.1/', false],
    ['file:///etc/passwd', false],
    ['not an address', false],
  ])('%s loads: %s', (address, allowed) => {
    expect(isLoadAllowed(address)).toBe(allowed);
  });
});

describe('permissions', () => {
  const own = 'app://cong-van/index.html';

  it.each(['notifications', 'clipboard-sanitized-write', 'fullscreen'])(
    '%s is given to our page only',
    (name) => {
      expect(isPermissionAllowed(name, own)).toBe(true);
      expect(isPermissionAllowed(name, 'https://cong-van/')).toBe(false);
    },
  );

  it.each([
    'clipboard-read',
    'display-capture',
    'fileSystem',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
    'media',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'unknown',
    'usb',
    'window-management',
  ])('%s is given to nobody', (name) => {
    expect(isPermissionAllowed(name, own)).toBe(false);
  });
});

describe('received files', () => {
  it.each(['text/html', 'image/svg+xml', 'text/javascript', 'application/wasm', 'text/css', ''])(
    'claimed as %j they are served as plain bytes',
    (claimed) => {
      expect(receivedContentType(claimed)).toBe('application/octet-stream');
    },
  );

  it('PDF, pictures and video keep their type', () => {
    expect(receivedContentType('application/pdf; charset=x')).toBe('application/pdf');
    expect(receivedContentType('video/mp4')).toBe('video/mp4');
  });
});

it('a shipped application names every switch that would open it to another program', () => {
  const given = new Set(['remote-debugging-port', 'disable-web-security', 'data', 'lang']);
  expect(findRefusedSwitches((name) => given.has(name))).toEqual([
    'remote-debugging-port',
    'disable-web-security',
  ]);
});
