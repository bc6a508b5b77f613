import { isEnvironment, type Environment } from '../../core/environments/environment';
import { isObject } from '../../core/json';

export const TASK_TYPE = 'eccaex';

/** What a task of tasks.json says, as far as it can be understood. */
export interface TaskOrder {
  readonly command: 'validate' | 'send';
  /** Glob patterns below the folder of the task; all request files where there are none. */
  readonly files?: readonly string[];
  /** The active one where there is none. */
  readonly environment?: Environment;
}

/** Gives an order, or what is wrong with the definition. */
export function readTaskDefinition(definition: unknown): TaskOrder | string {
  if (!isObject(definition)) return 'The task has no definition.';
  const { command, files, environment } = definition;
  if (command !== 'validate' && command !== 'send') return '"command" is to be "validate" or "send".';
  if (files !== undefined && !isListOfPatterns(files)) return '"files" is to be a list of glob patterns.';
  // A task that names no environment that there is must not go to another one.
  if (environment !== undefined && !isEnvironment(environment))
    return '"environment" is to be "sandbox", "dev", "staging" or "prod".';
  return { command, ...(files ? { files } : {}), ...(environment ? { environment } : {}) };
}

function isListOfPatterns(files: unknown): files is readonly string[] {
  return Array.isArray(files) && files.every((file) => typeof file === 'string' && file !== '');
}
