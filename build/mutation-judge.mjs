/**
 * Judges a check that no test missed in the sweep, where each test is asked in a process that has run others before, and
 * only some of them: here processes are fresh, and all tests are asked in which the check said no.
 */
export class MutationJudge {
  /**
   * @param {import('./mutation-runs.mjs').TestRuns} runs
   * @param {readonly import('./mutation-runs.mjs').Swept[]} swept
   */
  constructor(runs, swept) {
    this.runs = runs;
    this.swept = swept;
  }

  /** @returns {Promise<{ outcome: 'caught' | 'endless' | 'survived', by?: string }>} */
  async judge(check, lane) {
    const candidates = this.candidates(check);
    if (candidates.length === 0) return { outcome: 'survived', by: 'in no test does it say no' };
    for (const { name, only } of candidates) {
      const trial = await this.tryTwice(name, check, only, lane);
      if (trial.outcome === 'failed') return { outcome: 'caught', by: trial.by };
      if (trial.outcome === 'endless') return { outcome: 'endless', by: `${name} > time limit` };
    }
    return { outcome: 'survived' };
  }

  /**
   * A test that fails alone also with all checks on needs those before it: then all tests of its file are run. What
   * takes too long is tried again, for the machine may have been busy.
   */
  async tryTwice(name, check, only, lane) {
    const first = await this.runs.try(name, check, only, lane);
    if (first.outcome === 'passed') return first;
    if (first.outcome === 'endless' || first.place === -1) return this.runs.try(name, check, only, lane);
    const alone = await this.runs.try(name, null, [first.place], lane);
    return only === null || alone.outcome === 'passed' ? first : this.runs.try(name, check, null, lane);
  }

  /** The files and their tests that the check matters to, the quick ones first. */
  candidates(check) {
    return this.swept
      .map(({ name, outside, tests }) => {
        const asked = outside.includes(check) ? tests : tests.filter(({ fired }) => fired.includes(check));
        const only = outside.includes(check) ? null : asked.map(({ place }) => place);
        return { name, only, isAsked: asked.length > 0, ms: asked.reduce((sum, { ms }) => sum + ms, 0) };
      })
      .filter(({ isAsked }) => isAsked)
      .sort((a, b) => a.ms - b.ms);
  }
}
