/** Something to run, known by its name. */
export interface Job<T> {
  readonly name: string;
  readonly run: () => Promise<T>;
}

/** Runs jobs in their order, so many at a time, and tells of each when it has ended. */
export async function runInLanes<T>(
  jobs: readonly Job<T>[],
  lanes: number,
  ended: (job: Job<T>, result: PromiseSettledResult<T>, seconds: number) => void,
): Promise<void> {
  const waiting = [...jobs];
  const lane = async (): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      const begin = performance.now();
      const [result] = await Promise.allSettled([job.run()]);
      ended(job, result, (performance.now() - begin) / 1000);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
