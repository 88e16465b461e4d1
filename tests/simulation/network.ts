import { AppError } from '@shared/result/result';
import type { Life } from './pauses';
import { never } from './pauses';

/** A request as it travels: text, so that the two sides share nothing but what can be sent. */
export type Request = { readonly device: string; readonly kind: RequestKind; readonly text: string };
export type RequestKind = 'push' | 'pull' | 'lease' | 'break-glass';

/** What comes back: a text, or the code of a refusal. */
export type Answer = { readonly text: string } | { readonly refusal: AppError };

type Caller = { readonly life: Life; readonly receive: (answer: Answer) => void };
type Flight =
  | { readonly stage: 'request'; readonly request: Request; readonly caller: Caller }
  | { readonly stage: 'answer'; readonly request: Request; readonly caller: Caller; readonly answer: Answer };

const lost = (): Answer => ({ refusal: new AppError('SERVER_UNREACHABLE') });

/**
 * The lines between the machines and the server. Whatever is sent lies here until the schedule delivers it, in any order,
 * more than once, late or never; who waits for a lost answer is told in the end that the server cannot be reached.
 */
export class Network {
  private flights: Flight[] = [];
  /** Those that a slow line holds up. */
  private slow: Flight[] = [];
  /** How many messages of a device still arrive at once. */
  private readonly hurried = new Map<string, number>();
  /** Those whose request the server is working on. */
  private readonly served = new Set<Caller>();
  private readonly serve: (request: Request) => Promise<Answer>;

  constructor(serve: (request: Request) => Promise<Answer>) {
    this.serve = serve;
  }

  /** Sends a request for a running program. Rejects with the server's refusal, or SERVER_UNREACHABLE. */
  async call(request: Request, life: Life): Promise<unknown> {
    const answer = await new Promise<Answer>((receive) => {
      if (!life.over) this.send({ stage: 'request', request, caller: { life, receive } });
    });
    if (life.over) return never();
    if ('refusal' in answer) throw answer.refusal;
    return JSON.parse(answer.text);
  }

  /** How many messages are under way; only those of one device where it is named. */
  count(device?: string): number {
    return this.of(device).length;
  }

  /** Delivers one message; a copy stays under way where `again` is set. Says what was delivered. */
  deliver(
    pick: (count: number) => number,
    options: { device?: string; again?: boolean } = {},
  ): string | null {
    const flight = this.take(pick, options.device);
    if (flight === null) return null;
    if (options.again === true) this.flights.push(flight);
    this.arrive(flight);
    return describe(flight);
  }

  /** The line of a device is good: the next messages of it arrive as soon as they are sent. */
  hurry(device: string, messages: number): void {
    this.hurried.set(device, messages);
  }

  /** Loses one message: its sender learns that there is no answer. */
  drop(pick: (count: number) => number): string | null {
    const flight = this.take(pick);
    if (flight === null) return null;
    if (!flight.caller.life.over) flight.caller.receive(lost());
    return describe(flight);
  }

  /** The sender gives up although the message is still under way and may yet arrive. */
  giveUp(pick: (count: number) => number): string | null {
    const flight = this.take(pick);
    if (flight === null) return null;
    this.flights.push(flight);
    if (!flight.caller.life.over) flight.caller.receive(lost());
    return describe(flight);
  }

  /** Holds one message up: everything else goes past it until {@link speedUp}. */
  slowDown(pick: (count: number) => number): string | null {
    const flight = this.take(pick);
    if (flight === null) return null;
    this.slow.push(flight);
    return describe(flight);
  }

  /** What was held up is under way again; says how many messages that are, null for none. */
  speedUp(): string | null {
    const freed = this.slow.splice(0);
    this.flights.push(...freed);
    return freed.length === 0 ? null : `${freed.length} messages`;
  }

  /** Every line breaks: nothing under way arrives any more, and nobody waits for the server any longer. */
  cut(): void {
    this.speedUp();
    this.hurried.clear();
    const callers = [...this.flights.splice(0).map(({ caller }) => caller), ...this.served];
    this.served.clear();
    for (const { life, receive } of callers) if (!life.over) receive(lost());
  }

  private forward(request: Request, caller: Caller): void {
    this.served.add(caller);
    void this.serve(request).then((answer) => {
      if (this.served.delete(caller)) this.send({ stage: 'answer', request, caller, answer });
    });
  }

  private send(flight: Flight): void {
    const left = this.hurried.get(flight.request.device) ?? 0;
    if (left === 0) this.flights.push(flight);
    else {
      this.hurried.set(flight.request.device, left - 1);
      this.arrive(flight);
    }
  }

  private arrive(flight: Flight): void {
    if (flight.stage === 'request') this.forward(flight.request, flight.caller);
    else if (!flight.caller.life.over) flight.caller.receive(flight.answer);
  }

  private of(device: string | undefined): readonly Flight[] {
    return this.flights.filter(({ request }) => device === undefined || request.device === device);
  }

  private take(pick: (count: number) => number, device?: string): Flight | null {
    const flights = this.of(device);
    const flight = flights[flights.length === 0 ? 0 : pick(flights.length)];
    if (flight === undefined) return null;
    this.flights = this.flights.filter((other) => other !== flight);
    return flight;
  }
}

function describe({ stage, request }: Flight): string {
  return `${request.kind} ${stage} of ${request.device}`;
}
