import type { DeviceStatus } from '@shared/ipc/contract';
import type { Desktop } from '@shared/ipc/desktop';
import { unwrap } from '@shared/result/result';
import type { Person } from '@shared/schema/people';
import { BehaviorSubject } from 'rxjs';

export type SessionState = { readonly device: DeviceStatus; readonly person: Person | null };

/** Who sits at this workstation. PINs are checked by the main process, offline too; the page never sees a verifier. */
export class Session {
  readonly state: BehaviorSubject<SessionState>;
  private readonly desktop: Desktop;

  private constructor(desktop: Desktop, device: DeviceStatus) {
    this.desktop = desktop;
    this.state = new BehaviorSubject<SessionState>({ device, person: null });
  }

  static async open(desktop: Desktop): Promise<Session> {
    return new Session(desktop, unwrap(await desktop.invoke('device:status', undefined)));
  }

  /** Errors: ENROL_CODE_INVALID, SERVER_UNREACHABLE. */
  async enrol(server: string, code: string, name: string): Promise<void> {
    const device = unwrap(await this.desktop.invoke('device:enrol', { server, code, name }));
    this.state.next({ ...this.state.value, device });
  }

  /** Errors: WRONG_PIN (detail: tries left), PIN_LOCKED (detail: seconds). */
  async signIn(person: Person, pin: string): Promise<void> {
    unwrap(await this.desktop.invoke('session:sign-in', { person, pin }));
    this.state.next({ ...this.state.value, person });
  }

  async signOut(): Promise<void> {
    unwrap(await this.desktop.invoke('session:sign-out', undefined));
    this.state.next({ ...this.state.value, person: null });
  }
}
