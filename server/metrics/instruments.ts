/** What a metric shows: lines of the Prometheus text format, version 0.0.4. */
export type Instrument = { text(): string | Promise<string> };

function head(name: string, help: string, type: 'counter' | 'gauge' | 'histogram'): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`;
}

function labelled(names: readonly string[], values: readonly string[]): string {
  if (names.length === 0) return '';
  const escape = (value: string) =>
    value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
  return `{${names.map((name, index) => `${name}="${escape(values[index] ?? '')}"`).join(',')}}`;
}

/** Counts up from 0 since the process started, per combination of label values. */
export class Counter implements Instrument {
  readonly #name: string;
  readonly #help: string;
  readonly #labels: readonly string[];
  readonly #counts = new Map<string, number>();

  constructor(name: string, help: string, labels: readonly string[] = []) {
    this.#name = name;
    this.#help = help;
    this.#labels = labels;
    if (labels.length === 0) this.#counts.set('', 0);
  }

  /** Label values must come from a small closed set. */
  add(by: number, ...values: readonly string[]): void {
    const key = labelled(this.#labels, values);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + by);
  }

  text(): string {
    const lines = [...this.#counts].map(([labels, count]) => `${this.#name}${labels} ${count}\n`);
    return head(this.#name, this.#help, 'counter') + lines.join('');
  }
}

/** A value that is read when it is asked for; one that cannot be read is left out. */
export class Gauge implements Instrument {
  readonly #name: string;
  readonly #help: string;
  readonly #read: () => number | null | Promise<number | null>;

  constructor(name: string, help: string, read: () => number | null | Promise<number | null>) {
    this.#name = name;
    this.#help = help;
    this.#read = read;
  }

  async text(): Promise<string> {
    const value = await this.#read();
    return value === null ? '' : `${head(this.#name, this.#help, 'gauge')}${this.#name} ${value}\n`;
  }
}

/** How often a value fell below each bound, with sum and count. */
export class Histogram implements Instrument {
  readonly #name: string;
  readonly #help: string;
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name;
    this.#help = help;
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#sum += value;
    this.#count++;
    for (const [index, bound] of this.#bounds.entries()) {
      if (value <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    }
  }

  text(): string {
    const name = this.#name;
    const buckets = this.#bounds.map(
      (bound, index) => `${name}_bucket{le="${bound}"} ${this.#counts[index]}\n`,
    );
    return [
      head(name, this.#help, 'histogram'),
      ...buckets,
      `${name}_bucket{le="+Inf"} ${this.#count}\n`,
      `${name}_sum ${this.#sum}\n${name}_count ${this.#count}\n`,
    ].join('');
  }
}
