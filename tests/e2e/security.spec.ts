import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Desktop } from '../../shared/ipc/desktop';
import { type LaunchedApp, launchApp } from './launch';

const FIRST_PAGE = 'app://cong-van/index.html';

let launched: LaunchedApp;
let page: Page;

test.beforeAll(async () => {
  launched = await launchApp();
  page = launched.page;
});

test.afterAll(async () => {
  await launched.close();
});

/** What the page finds when it tries to load an address: 'loaded', or the name of the error. */
const tryFetch = (address: string): Promise<string> =>
  page.evaluate(
    (url) =>
      fetch(url).then(
        (answer) => `status ${answer.status}`,
        (error: Error) => error.name,
      ),
    address,
  );

test('item 1: nothing from outside loads, not even from this machine', async () => {
  for (const address of ['https://example.invalid/', 'http://127.0.0.1:9/', 'file:///etc/passwd']) {
    expect(await tryFetch(address), address).toBe('TypeError');
  }
  const image = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const element = new Image();
        element.addEventListener('load', () => resolve('loaded'));
        element.addEventListener('error', () => resolve('refused'));
        element.src = 'https://example.invalid/x.png';
      }),
  );
  expect(image).toBe('refused');
});

test('item 1: the session itself refuses foreign schemes, without help from the page policy', async () => {
  const outcome = await launched.app.evaluate(async ({ session }) =>
    session.defaultSession.fetch('http://127.0.0.1:9/').then(
      () => 'loaded',
      (error: Error) => error.message,
    ),
  );
  expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('items 2, 3, 4, 6, 8, 9, 12: every window has the strict preferences', async () => {
  const preferences = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      // Electron keeps this out of its types on purpose: it is there for tests like this one.
      const contents = window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> };
      const found = contents.getLastWebPreferences();
      const names = [
        'sandbox',
        'contextIsolation',
        'webSecurity',
        'nodeIntegration',
        'nodeIntegrationInWorker',
        'nodeIntegrationInSubFrames',
        'webviewTag',
        'allowRunningInsecureContent',
        'experimentalFeatures',
      ];
      return Object.fromEntries(names.map((name) => [name, found[name] ?? false]));
    }),
  );
  expect(preferences.length).toBeGreaterThan(0);
  for (const found of preferences) {
    expect(found).toEqual({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
  }
});

test('items 2, 3: the page sees neither Node nor Electron', async () => {
  const types = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer', 'electron'].map(
      (name) => typeof (globalThis as unknown as Record<string, unknown>)[name],
    ),
  );
  expect(new Set(types)).toEqual(new Set(['undefined']));
});

test('item 5: permissions are denied, devices are not offered', async () => {
  const answers = await page.evaluate(async () => {
    const location = await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (error) => resolve(error.code),
      );
    });
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (error: Error) => error.name,
    );
    const screen = await navigator.mediaDevices.getDisplayMedia().then(
      () => 'given',
      (error: Error) => error.name,
    );
    const midi = await navigator.requestMIDIAccess({ sysex: true }).then(
      () => 'given',
      (error: Error) => error.name,
    );
    return { location, camera, screen, midi };
  });
  expect(answers.location).toBe(1);
  for (const answer of [answers.camera, answers.screen, answers.midi]) {
    expect(answer).toMatch(
      /^(NotAllowedError|NotFoundError|NotSupportedError|SecurityError|InvalidStateError|AbortError)$/,
    );
  }
});

test('item 7: the page policy is strict and fresh for each load', async () => {
  const load = () =>
    page.evaluate(async (url) => {
      const answer = await fetch(url);
      return { policy: answer.headers.get('content-security-policy') ?? '', text: await answer.text() };
    }, FIRST_PAGE);
  const [first, second] = [await load(), await load()];
  const directives = new Map(
    first.policy
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );
  expect(directives.get('default-src')).toBe("'none'");
  expect(directives.get('script-src')).toBe("'self' 'wasm-unsafe-eval'");
  expect(directives.get('media-src')).toBe("'self' blob:");
  expect(directives.get('connect-src')).toBe("'self'");
  expect(directives.get('require-trusted-types-for')).toBe("'script'");
  expect(first.policy).not.toContain('unsafe-inline');
  const nonce = /'nonce-([^']+)'/.exec(first.policy)?.[1] ?? '';
  expect(first.text).toContain(`nonce="${nonce}"`);
  expect(nonce).toHaveLength(24);
  expect(second.policy).not.toContain(nonce);
});

test('item 7: no string becomes code or markup', async () => {
  const outcome = await page.evaluate(async () => {
    // While the debugger itself evaluates, code from strings is let through; a task of the page is not.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const nameOf = (run: () => unknown): string => {
      try {
        run();
        return 'allowed';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const script = document.createElement('script');
    return {
      // Through Reflect, because the linter rightly forbids the plain way.
      newFunction: nameOf(() => Reflect.construct(Function, ['return 1'])),
      innerHtml: nameOf(() => {
        document.createElement('div').innerHTML = '<b>x</b>';
      }),
      scriptText: nameOf(() => {
        script.text = 'window.ran = true';
      }),
      eventAttribute: nameOf(() => document.body.setAttribute('onclick', 'window.ran = true')),
      scriptFromVault: nameOf(() => {
        script.src = `/files/${'0'.repeat(64)}`;
      }),
      foreignScript: nameOf(() => {
        script.src = 'https://example.invalid/x.js';
      }),
      workerFromVault: nameOf(() => new Worker(`/files/${'0'.repeat(64)}`)),
    };
  });
  expect(outcome).toEqual({
    newFunction: 'EvalError',
    innerHtml: 'TypeError',
    scriptText: 'TypeError',
    eventAttribute: 'TypeError',
    scriptFromVault: 'TypeError',
    foreignScript: 'TypeError',
    workerFromVault: 'TypeError',
  });
});

test('item 12: a <webview> makes no guest', async () => {
  await page.evaluate(() => {
    const element = document.createElement('webview');
    element.setAttribute('src', 'data:text/html,guest');
    document.body.append(element);
    setTimeout(() => element.remove(), 300);
  });
  await page.waitForTimeout(400);
  const kinds = await launched.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getType()),
  );
  expect(kinds).not.toContain('webview');
});

test('item 13: no link, script or form leaves the application', async () => {
  for (const leave of ['location', 'link', 'form'] as const) {
    await page.evaluate((way) => {
      const outside = 'https://example.invalid/';
      if (way === 'location') {
        location.href = outside;
        return;
      }
      if (way === 'link') {
        const link = document.createElement('a');
        link.href = outside;
        document.body.append(link);
        link.click();
        link.remove();
        return;
      }
      const form = document.createElement('form');
      form.action = outside;
      document.body.append(form);
      form.submit();
      form.remove();
    }, leave);
    await page.waitForTimeout(200);
    expect(page.url(), leave).toBe(FIRST_PAGE);
  }
  // The driver would wait for the refused navigations to finish.
  await page.reload();
});

test('item 14: no new window opens', async () => {
  const opened = await page.evaluate(() => [
    window.open('https://example.invalid/') === null,
    window.open('app://cong-van/index.html') === null,
    window.open('about:blank') === null,
  ]);
  expect(opened).toEqual([true, true, true]);
  const count = await launched.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  expect(count, 'the main window and the sync window').toBe(2);
});

test('item 17: a call with input that does not fit is refused, and an unknown channel does not exist', async () => {
  const answers = await page.evaluate(async () => {
    const { desktop } = window as unknown as { desktop: Desktop };
    const invoke = (channel: string, input: unknown): Promise<unknown> =>
      (desktop as unknown as { invoke(channel: string, input: unknown): Promise<unknown> }).invoke(
        channel,
        input,
      );
    return {
      good: await invoke('app:info', undefined),
      wrongInput: await invoke('app:info', { surprise: 1 }),
      unknown: await invoke('app:quit-everything', undefined),
      inherited: await invoke('toString', undefined),
      privateOne: await invoke('intake:take-paths', { paths: ['/etc/passwd'] }),
    };
  });
  expect(answers.good).toMatchObject({ ok: true });
  expect(answers.wrongInput).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  for (const answer of [answers.unknown, answers.inherited, answers.privateOne]) {
    expect(answer).toEqual({ ok: false, error: { code: 'FORBIDDEN' } });
  }
});

test('item 17: each window may call its own channels only', async () => {
  const call = (from: Page, channel: string): Promise<unknown> =>
    from.evaluate(async (name) => {
      const { desktop } = window as unknown as {
        desktop: { invoke(channel: string, input: unknown): Promise<unknown> };
      };
      return desktop.invoke(name, undefined);
    }, channel);
  const refused = { ok: false, error: { code: 'FORBIDDEN' } };
  for (const channel of ['net:push', 'net:pull', 'files:upload', 'sync:stopped'])
    expect(await call(page, channel), channel).toEqual(refused);
  for (const channel of ['signing:keys', 'session:sign-out', 'net:lease', 'files:save-copy'])
    expect(await call(launched.syncPage, channel), channel).toEqual(refused);
  expect(await call(launched.syncPage, 'device:status')).toMatchObject({ ok: true });
  // What a page calls itself does not matter: the window was opened for another.
  await page.evaluate(() => history.replaceState(null, '', '/sync.html'));
  expect(await call(page, 'net:pull')).toEqual(refused);
  await page.evaluate(() => history.replaceState(null, '', '/index.html'));
});

test('the sync window is never shown', async () => {
  const shown = await launched.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => [
      window.webContents.getURL().split('/').pop(),
      window.isVisible(),
    ]),
  );
  expect(Object.fromEntries(shown)).toEqual({ 'index.html': true, 'sync.html': false });
});

test('item 18: no request leaves the folder of the pages', async () => {
  expect(await page.evaluate(() => location.origin)).toBe('app://cong-van');
  for (const way of [
    '..%2f..%2fpackage.json',
    '..%2fmain%2findex.js',
    '..%5c..%5cpackage.json',
    '%00',
    '%E0%A4%A',
  ]) {
    expect(await tryFetch(`app://cong-van/${way}`), way).toBe('status 403');
  }
  expect(await tryFetch('app://cong-van/nothing.js')).toBe('status 404');
  expect(await tryFetch('app://cong-van.example/index.html')).toBe('TypeError');
});

test('item 20: the page gets a few plain functions and nothing of the event machinery', async () => {
  const found = await page.evaluate(() => {
    const { desktop } = window as unknown as { desktop: Record<string, unknown> };
    return Object.entries(desktop).map(([name, value]) => `${name}: ${typeof value}`);
  });
  expect(found.sort()).toEqual([
    'chooseForCheck: function',
    'importKey: function',
    'importPicture: function',
    'importRevocationLists: function',
    'invoke: function',
    'previewAnchor: function',
    'subscribe: function',
    'takeFiles: function',
  ]);
});

test('a page cannot name a path: a file made by a script is no file', async () => {
  const answer = await page.evaluate(async () => {
    const { desktop } = window as unknown as { desktop: Desktop };
    return desktop.takeFiles([new File(['secret'], '/etc/passwd')]);
  });
  expect(answer).toEqual({ ok: false, error: { code: 'FILE_NOT_FOUND' } });
});

test('a file that the person chose reaches the main process, and the page learns its digest but no path', async () => {
  const file = path.join(launched.profile, 'chosen.pdf');
  writeFileSync(file, '%PDF-1.4 broken on purpose');
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'chosen-in-test';
    document.body.append(input);
  });
  await page.setInputFiles('#chosen-in-test', file);
  const answer = await page.evaluate(async () => {
    const { desktop } = window as unknown as { desktop: Desktop };
    const input = document.querySelector<HTMLInputElement>('#chosen-in-test');
    const files = [...(input?.files ?? [])];
    input?.remove();
    return desktop.takeFiles(files);
  });
  expect(answer).toMatchObject({ ok: true });
  expect(JSON.stringify(answer)).not.toContain(launched.profile);

  const sha256 = answer.ok ? answer.value.files[0]?.file.sha256 : undefined;
  const served = await page.evaluate(async (address) => {
    const { status, headers } = await fetch(address);
    const names = ['content-type', 'x-content-type-options', 'content-security-policy'];
    return { status, headers: names.map((name) => headers.get(name)) };
  }, `app://cong-van/files/${sha256}`);
  expect(served).toEqual({
    status: 200,
    headers: ['application/pdf', 'nosniff', "default-src 'none'; sandbox"],
  });
});

test('the console shows no refused style, script or connection while the first screen is used', async () => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.reload();
  await page.locator('html[data-usable]').waitFor({ state: 'attached' });
  expect(problems.filter((text) => /Content Security Policy|Trusted Type/i.test(text))).toEqual([]);
});

test('one profile opens once: a second start ends and leaves the first alone', async () => {
  const profile = mkdtempSync(path.join(tmpdir(), 'cong-van-twice-'));
  const first = await launchApp({ profile });
  try {
    await expect(launchApp({ profile })).rejects.toThrow();
    expect(await first.page.title()).not.toBe('');
  } finally {
    await first.close();
    rmSync(profile, { recursive: true, force: true });
  }
});
