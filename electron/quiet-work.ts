/**
 * Runs work that nobody waits for, where an error would end the process: it is reported instead, the first time in a row.
 * A disk that stays full would otherwise fill the log as well. Answers whether the work was done.
 */
export function createQuietWork(report: (error: unknown) => void): (work: () => void) => boolean {
  let hasFailed = false;
  return (work) => {
    try {
      work();
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) report(error);
      hasFailed = true;
    }
    return !hasFailed;
  };
}
