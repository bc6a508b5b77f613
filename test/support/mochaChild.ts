import { runMocha, type Failure, type Tally } from './mochaRun';
import { endEverythingOnSignal } from './processes';

/** What a child process is told to run. */
export interface MochaOrder {
  readonly files: readonly string[];
  /** For one test, in milliseconds. */
  readonly timeout: number;
  readonly color: boolean;
}

/** What a child process tells of the run: each failure as it happens, and the tally at the end. */
export type MochaMessage = { readonly failure: Failure } | { readonly tally: Tally };

/** Runs the test files that the order on the command line names, prints as it goes, and tells the parent process of it. */
async function main(): Promise<void> {
  const { files, ...options } = JSON.parse(process.argv[2] ?? '') as MochaOrder;
  const tell = (message: MochaMessage): Promise<void> =>
    new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()));
  const tally = await runMocha(files, { ...options, failed: (failure) => void tell({ failure }) });
  await tell({ tally });
  process.exit(0);
}

endEverythingOnSignal();
process.once('disconnect', () => process.exit(1));
main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
