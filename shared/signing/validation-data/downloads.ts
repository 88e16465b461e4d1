import { AppError } from '../../result/result';
import type { HttpPort, HttpRequest } from '../ports';

/** Bounds on one search for validation data, against certificates that name services without end. */
const maxExchanges = 40;
const maxFailures = 3;

/**
 * The exchanges of one search: nothing is fetched twice, an address that failed is left alone, and after three of them the
 * rest is too, so that a fault of the network costs no more than the time of three exchanges.
 */
export class Downloads {
  private readonly http: HttpPort;
  private readonly fetched = new Set<string>();
  private readonly failed = new Set<string>();
  private exchanges = 0;

  constructor(http: HttpPort) {
    this.http = http;
  }

  /** The body of an answer with status 200, or null for any failure: one service never stops the search. */
  async get(request: HttpRequest): Promise<Uint8Array | null> {
    if (this.failed.has(request.url) || this.failed.size >= maxFailures) return null;
    if (this.exchanges >= maxExchanges || this.fetched.has(request.url)) return null;
    // Two questions to one responder differ in what they post.
    if (!request.body) this.fetched.add(request.url);
    this.exchanges += 1;
    try {
      const answer = await this.http.exchange(request);
      return answer.status === 200 ? answer.body : null;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'SERVICE_UNREACHABLE') throw error;
      this.failed.add(request.url);
      return null;
    }
  }
}
