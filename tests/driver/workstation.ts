import path from 'node:path';
import type { Page } from '@playwright/test';
import { type LaunchedApp, launchApp } from '../e2e/launch';
import { killTree } from './process-tree';
import { keyPassword, type Province, samplePin } from './province';

/** One real workstation: the built application in a profile of its own, driven through its screens. */
export class Workstation {
  readonly name: string;
  readonly profile: string;
  private readonly province: Province;
  private readonly args: readonly string[];
  private launched: LaunchedApp;

  private constructor(
    province: Province,
    name: string,
    profile: string,
    args: readonly string[],
    launched: LaunchedApp,
  ) {
    this.province = province;
    this.name = name;
    this.profile = profile;
    this.args = args;
    this.launched = launched;
  }

  /** Starts the application for a unit and, in a fresh profile, enrols it through the screen. */
  static async open(
    province: Province,
    unit: string,
    name: string,
    args: readonly string[] = [],
  ): Promise<Workstation> {
    const profile = path.join(province.folder, name);
    const enrol = province.running ? [`--enrol-code=${province.enrolmentCode(unit)}`] : [];
    const launched = await launch(province, profile, [...args, ...enrol]);
    const workstation = new Workstation(province, name, profile, args, launched);
    await workstation.enrolIfAsked();
    return workstation;
  }

  get page(): Page {
    return this.launched.page;
  }

  /** The hidden window that sends and fetches. */
  get syncPage(): Page {
    return this.launched.syncPage;
  }

  get app(): LaunchedApp['app'] {
    return this.launched.app;
  }

  output(): string {
    return this.launched.output();
  }

  /** Pulls the plug: SIGKILL of the application with all its processes at once, as a power cut would. */
  async kill(): Promise<void> {
    const { pid } = this.launched.app.process();
    const closed = this.launched.app.waitForEvent('close');
    if (pid !== undefined) killTree(pid);
    await closed;
  }

  async close(): Promise<void> {
    await this.launched.close();
  }

  /** Starts the application again on the same profile, as it was started before. */
  async reopen(): Promise<void> {
    this.launched = await launch(this.province, this.profile, this.args);
  }

  /** Signs a person in with the PIN of the sample province. */
  async signIn(person: string): Promise<void> {
    const { page } = this;
    await page.getByRole('radio', { name: new RegExp(person) }).click({ timeout: 60_000 });
    await page.getByRole('textbox', { name: /Mã PIN/ }).fill(samplePin);
    await page.keyboard.press('Enter');
    await page.getByText('Việc hôm nay').first().waitFor({ timeout: 30_000 });
  }

  /** Locks the machine and lets another person in. */
  async changeTo(person: string): Promise<void> {
    await this.page.keyboard.press('Control+l');
    await this.signIn(person);
  }

  /** Goes to an area of the rail. */
  async goTo(area: string): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('link', { name: new RegExp(`^${area}`) })
      .click();
  }

  /** Answers the password window of the main process while `act` runs. */
  async withKeyPassword<T>(act: () => Promise<T>, windows = 1): Promise<T> {
    const answering = this.answerPasswordWindows(windows);
    const result = await act();
    await answering;
    return result;
  }

  private async answerPasswordWindows(windows: number): Promise<void> {
    const opened: Page[] = [];
    const take = (window: Page): number => opened.push(window);
    this.app.on('window', take);
    try {
      for (let answered = 0; answered < windows; answered += 1) {
        const window = opened[answered] ?? (await this.app.waitForEvent('window', { timeout: 60_000 }));
        await window.locator('#secret').fill(keyPassword);
        // The window is destroyed by its own answer, and its end is not always told: what comes of it is looked for anyway.
        const closed = window.waitForEvent('close', { timeout: 2_000 });
        await Promise.allSettled([window.keyboard.press('Enter'), closed]);
      }
    } finally {
      this.app.off('window', take);
    }
  }

  /** Asks for a round (F9) and waits until one has ended with nothing left to send and the server in reach. */
  async settle(): Promise<void> {
    const footer = this.page.getByRole('contentinfo', { name: 'Trạng thái' });
    await this.page.keyboard.press('F9');
    // The words of the round before stand until the new one has begun.
    await this.page.waitForTimeout(300);
    await footer
      .filter({ hasText: 'Chờ gửi 0 ·' })
      .filter({ hasText: 'Có mạng' })
      .waitFor({ timeout: 120_000 });
  }

  private async enrolIfAsked(): Promise<void> {
    const { page } = this;
    const form = page.getByRole('button', { name: 'Ghi danh' });
    const people = page.getByRole('radio').first();
    await form.or(people).first().waitFor({ timeout: 30_000 });
    if (!(await form.isVisible())) return;
    await page.getByLabel('Tên máy').fill(this.name);
    await form.click();
    await people.waitFor({ timeout: 60_000 });
  }
}

function launch(province: Province, profile: string, args: readonly string[]): Promise<LaunchedApp> {
  // The first of two addresses counts: a test may lead the machine to the server another way.
  return launchApp({ profile, args: [...args, `--server-url=${province.url}`] });
}
