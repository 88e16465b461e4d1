import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection through a line: the client's side and the server's. */
type Connection = { readonly client: Socket; readonly server: Socket };

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** How long a piece of data is on its way at most, and how late what was on its way when the line broke. */
const slowestMs = 40;
const latestMs = 600;

/**
 * The line from one machine to the server, over real TCP. Every piece of data takes its time. While it is broken nobody gets
 * through: a new connection is refused, or taken and left hanging. When it breaks, some connections end at both ends, and
 * of others the server still gets what was sent: late, after newer requests of the same machine.
 */
export class BreakingLine {
  readonly url: string;
  /** How many connections were broken off, and how many of them delivered their request late. */
  readonly counts = { broken: 0, late: 0 };
  private readonly listener: Server;
  private readonly chance: () => number;
  private readonly open = new Set<Connection>();
  private readonly hanging = new Set<Socket>();
  private isUp = true;

  private constructor(listener: Server, port: number, chance: () => number) {
    this.listener = listener;
    this.url = `http://127.0.0.1:${port}`;
    this.chance = chance;
  }

  /** A line that is up, to the server at the address that `server` gives when a connection is made. */
  static open(server: () => string, chance: () => number): Promise<BreakingLine> {
    return new Promise((resolve, reject) => {
      const listener = createServer((client) => line.take(client, new URL(server())));
      let line: BreakingLine;
      listener.once('error', reject);
      listener.listen(0, '127.0.0.1', () => {
        const address = listener.address();
        if (address === null || typeof address === 'string') return reject(new Error('no port'));
        line = new BreakingLine(listener, address.port, chance);
        resolve(line);
      });
    });
  }

  mend(): void {
    this.isUp = true;
    for (const client of this.hanging) client.destroy();
    this.hanging.clear();
  }

  break(): void {
    this.isUp = false;
    for (const connection of this.open) this.cut(connection);
    this.open.clear();
  }

  /** Comes and goes, each time away for as long as it is up afterwards, `longestMs` at most; in the end it is up. */
  async comeAndGo(chance: () => number, longestMs: number, goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      const ms = chance() % longestMs;
      this.break();
      await pause(ms);
      this.mend();
      await pause(ms);
    }
  }

  async close(): Promise<void> {
    this.break();
    this.mend();
    await new Promise<void>((resolve) => this.listener.close(() => resolve()));
  }

  private take(client: Socket, { hostname, port }: URL): void {
    client.on('error', () => client.destroy());
    if (!this.isUp) {
      if (this.chance() % 2 === 0) client.destroy();
      else {
        this.hanging.add(client);
        client.once('close', () => this.hanging.delete(client));
      }
      return;
    }
    const server = connect(Number(port), hostname);
    server.on('error', () => server.destroy());
    const connection = { client, server };
    this.open.add(connection);
    this.carry(client, server);
    this.carry(server, client);
    client.once('close', () => this.open.delete(connection));
  }

  /** Carries what comes from one end to the other, in order, each piece a little later. */
  private carry(from: Socket, to: Socket): void {
    let before = Promise.resolve();
    from.on('data', (piece: Buffer) => {
      const delay = this.chance() % slowestMs;
      before = before.then(() => pause(delay)).then(() => void (to.destroyed ? undefined : to.write(piece)));
    });
    from.once('close', () => void before.then(() => to.end()));
  }

  private cut({ client, server }: Connection): void {
    this.counts.broken += 1;
    if (this.chance() % 2 === 0) {
      client.destroy();
      server.destroy();
      return;
    }
    // The server's end stays: it gets what is on its way, and answers nobody.
    this.counts.late += 1;
    server.pause();
    client.destroy();
    void pause(this.chance() % latestMs).then(() => server.resume());
  }
}
