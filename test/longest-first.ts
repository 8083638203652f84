import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Whole processes that are killed many times, and simulated offices: minutes each. */
const long = /\/kill(\/|\.test)|\/sim\//;

/** Begins with the files that take longest: one of them begun last would be waited for with all other cores idle. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const isLong = ({ moduleId }: TestSpecification) => Number(long.test(moduleId));
    return sorted.toSorted((a, b) => groupOf(a) - groupOf(b) || isLong(b) - isLong(a));
  }
}
