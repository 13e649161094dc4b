import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { statusCodes } from '../../src/wire/rsp/index.js';

/** Compares the status codes that the tests made the server answer with those that it is documented to answer. */
export class AnsweredStatuses implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    if (!(await this.#ranEverything(modules))) return;
    const answered = new Set(modules.flatMap((module) => module.meta().answeredStatuses ?? []));
    const problems = statusCodeProblems(answered);
    for (const problem of problems) this.#vitest!.logger.error(problem);
    if (problems.length > 0) process.exitCode = 1;
  }

  /** A run of some files or some tests answers few status codes. SMDP_ALL_STATUS_CODES=true checks it anyway. */
  async #ranEverything(modules: readonly TestModule[]): Promise<boolean> {
    if (process.env['SMDP_ALL_STATUS_CODES'] === 'true') return true;
    if (this.#vitest!.config.testNamePattern || modules.some((module) => !module.ok())) return false;
    return (await this.#vitest!.globTestSpecifications()).length === modules.length;
  }
}

/** Says which documented status codes were not answered, and which answered ones are not documented. */
export function statusCodeProblems(answered: ReadonlySet<string>): string[] {
  const documented: ReadonlySet<string> = new Set(statusCodes);
  return [
    ...[...documented]
      .filter((status) => !answered.has(status))
      .map((status) => `No test makes the server answer ${status}, which docs/status-codes.md documents.`),
    ...[...answered]
      .filter((status) => !documented.has(status))
      .map((status) => `The server answers ${status}, which src/wire/rsp/status-codes.ts does not list.`),
  ];
}
