import { runMocha } from './mochaRun';
import { endEverythingOnSignal } from './processes';

/** What a child process is told to run. */
export interface MochaOrder {
  readonly files: readonly string[];
  /** For one test, in milliseconds. */
  readonly timeout: number;
  readonly color: boolean;
}

/** Runs the test files that the order on the command line names, prints as it goes, and sends the tally to the parent process. */
async function main(): Promise<void> {
  const { files, ...options } = JSON.parse(process.argv[2] ?? '') as MochaOrder;
  const tally = await runMocha(files, options);
  process.send?.(tally, () => process.exit(0));
}

endEverythingOnSignal();
process.once('disconnect', () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
